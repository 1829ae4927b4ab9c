// Two ladders side by side: the run that failed, and the nearest one that has passed.

const compared = data.compared;
const besideBox = byId("beside");
const besideButton = byId("compare");
const SHAPES = { open: "connects", fin: "FIN", rst: "RST", tls: "TLS starts" };
let besideRows = [];

const otherKind = (index) => KINDS[compared.codes[index] >> 1];
const otherSide = (index) => compared.codes[index] & 1;

/** Returns the names of the connections of a run, by their place in the pairs; null for none. */
const columnsOf = (which) =>
  compared.connections.map((pair) => (pair[which] > 0 ? visible(pair[0]) + " #" + pair[which] : null));

/** Returns what stands above an arrow, and below it. */
function besideTexts(kind, bytes, size, text) {
  if (kind === "sent") return [size ? shortText(bytes, 200) : "(an empty datagram)", count(size, "byte")];
  if (kind === "dropped") return [count(size, "byte") + " not kept", ""];
  return [SHAPES[kind], kind === "open" ? "" : visible((text || "").replace(BY_FAULT, "⚡ "))];
}

function besideArrow(kind, side, bytes, size, text, action) {
  const made = button("arrow " + SIDES[side] + " " + kind, "", action);
  const [above, below] = besideTexts(kind, bytes, size, text);
  made.append(element("span", "above", above), element("span", "shaft"), element("span", "below", below));
  return made;
}

/** Returns the cells of a run in a row: a cell for each of its connections, one with the arrow. */
function besideCells(names, column, arrow, time, extra) {
  const cells = [element("td", "time" + extra, time)];
  names.forEach((name, index) => {
    if (name === null) return;
    const cell = element("td", "lane" + extra);
    if (index === column && arrow) cell.append(arrow);
    cells.push(cell);
  });
  return cells;
}

function ownCells(event, names, column) {
  if (event < 0) return besideCells(names, column, null, "", "");
  const bytes = bytesOf(event, 200);
  const arrow = besideArrow(
    kindOf(event), sideOf(event), bytes ?? "…", sizes[event], texts[event], () => select(event),
  );
  return besideCells(names, column, arrow, duration(times[event]), "");
}

function otherCells(index, names, column) {
  if (index < 0) return besideCells(names, column, null, "", " other");
  const arrow = besideArrow(
    otherKind(index), otherSide(index), atob(compared.bytes[index]), compared.sizes[index], compared.texts[index],
    () => showOther(index, names[column]),
  );
  return besideCells(names, column, arrow, duration(compared.micros[index]), " other");
}

/** Shows the bytes of an event of the passing run where those of the failing run are shown. */
function showOther(index, name) {
  const [above] = besideTexts(otherKind(index), "", 0, compared.texts[index]);
  const isSent = otherKind(index) === "sent";
  const what = SIDES[otherSide(index)] + " sent " + (isSent ? count(compared.sizes[index], "byte") : above);
  detail.replaceChildren(element("h2", "", compared.name + ", which passed · " + name + " · " + what));
  if (!isSent) return;
  const pre = element("pre", "bytes");
  const box = element("div", "card");
  const bytes = atob(compared.bytes[index]);
  appendText(pre, bytes, new Map());
  box.append(pre);
  detail.append(box);
  if (bytes.length < compared.sizes[index]) {
    detail.append(element("p", "dim", "… " + count(compared.sizes[index] - bytes.length, "more byte")));
  }
}

function headRow(own, other) {
  const row = element("tr");
  const add = (names, title, extra) => {
    row.append(element("th", "time" + extra, title));
    names.filter((name) => name !== null).forEach((name) => {
      const cell = element("th", extra.trim());
      cell.append(element("div", "", name), element("div", "client", "client"), element("div", "server", "server"));
      row.append(cell);
    });
  };
  add(own, "this run", "");
  add(other, compared.name + ", passed", " other");
  return row;
}

function wideRow(text, width, className) {
  const row = element("tr", className);
  const cell = element("td", "", text);
  cell.colSpan = width;
  row.append(cell);
  return row;
}

function buildBeside() {
  const own = columnsOf(1);
  const other = columnsOf(2);
  const width = [...own, ...other].filter((name) => name !== null).length + 2;
  const body = element("tbody");
  body.append(headRow(own, other));
  if (compared.omitted) body.append(wideRow(count(compared.omitted, "equal event") + " before", width, "dim"));
  const places = new Set(compared.differences.map(([, event]) => event).filter((event) => event >= 0));
  compared.rows.forEach(([event, index, isEqual, column], number) => {
    const isFirst = number === compared.first;
    if (isFirst) body.append(wideRow("✗ the first event that is different", width, "first"));
    const row = element("tr", isFirst || places.has(event) ? "first" : isEqual ? "" : "different");
    row.append(...ownCells(event, own, column), ...otherCells(index, other, column));
    if (event >= 0) besideRows[event] = row;
    body.append(row);
  });
  const end = wideRow(END_WORDS[data.result] ?? data.result, width, "ending");
  body.append(end);
  const made = element("table");
  made.append(body);
  besideBox.append(made);
}

function showBeside(isShown) {
  besideBox.hidden = !isShown;
  ladder.hidden = isShown;
  besideButton.textContent = visible(isShown ? "the ladder alone" : "beside " + compared.name + ", which passed");
  if (!isShown) redraw();
}

if (compared) {
  buildBeside();
  besideButton.hidden = false;
  besideButton.addEventListener("click", () => showBeside(besideBox.hidden));
  selectionListeners.push((event) => {
    besideBox.querySelectorAll("tr.on").forEach((row) => row.classList.remove("on"));
    const row = besideRows[event];
    if (!row) return;
    row.classList.add("on");
    if (!besideBox.hidden) row.scrollIntoView({ block: "nearest" });
  });
}
