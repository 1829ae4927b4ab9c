// What the ladder draws in a row: arrows between the two sides, their bytes, and remarks below.

let colors = {};
const MONO = '12px ui-monospace, SFMono-Regular, Menlo, Consolas, "DejaVu Sans Mono", monospace';
const SANS = '12px system-ui, "Segoe UI", sans-serif';

function readColors() {
  const style = getComputedStyle(document.documentElement);
  const names = ["panel", "ink", "dim", "line", "client", "server", "bad", "badbg", "mark", "sel", "hit"];
  names.forEach((name) => (colors[name] = style.getPropertyValue("--" + name).trim()));
}

const sideColor = (side) => (side === 0 ? colors.client : colors.server);

/** Returns where the lines of the two sides are in a column. */
const clientX = (x) => x + 26;
const serverX = (x) => x + columnWidth - 26;
const sideX = (x, side) => (side === 0 ? clientX(x) : serverX(x));

const MAX_DRAWN = 500;

/** Returns as much of a text as fits into a width. */
function fitted(text, width) {
  const start = text.slice(0, MAX_DRAWN);
  if (pen.measureText(start).width <= width) return start;
  let low = 1;
  let high = start.length;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (pen.measureText(start.slice(0, middle) + "…").width <= width) low = middle;
    else high = middle - 1;
  }
  return start.slice(0, low) + "…";
}

/** Writes a text, cut to a width. */
function write(text, x, y, width, color, align = "left", font = SANS) {
  pen.font = font;
  pen.fillStyle = color;
  pen.textAlign = align;
  pen.fillText(fitted(text, width), x, y);
}

function line(x1, y1, x2, y2, color, width = 1, dash = []) {
  pen.strokeStyle = color;
  pen.lineWidth = width;
  pen.setLineDash(dash);
  pen.beginPath();
  pen.moveTo(x1, y1);
  pen.lineTo(x2, y2);
  pen.stroke();
  pen.setLineDash([]);
}

function arrowHead(x, y, direction, color) {
  pen.fillStyle = color;
  pen.beginPath();
  pen.moveTo(x, y);
  pen.lineTo(x - 8 * direction, y - 4.5);
  pen.lineTo(x - 8 * direction, y + 4.5);
  pen.fill();
}

function cross(x, y, color) {
  line(x - 5, y - 5, x + 5, y + 5, color, 2);
  line(x - 5, y + 5, x + 5, y - 5, color, 2);
}

function diamond(x, y, color) {
  pen.fillStyle = color;
  pen.beginPath();
  pen.moveTo(x - 6, y);
  pen.lineTo(x, y - 6);
  pen.lineTo(x + 6, y);
  pen.lineTo(x, y + 6);
  pen.fill();
}

function drawLifelines({ connection, x }, first, last, yOf) {
  const from = Math.max(first, rowOf[firstEvents[connection]] ?? 0);
  const isOpen = connections[connection].open;
  const to = isOpen ? last : Math.min(last, rowOf[lastEvents[connection]] ?? last);
  if (to < from) return;
  for (const side of [0, 1]) {
    line(sideX(x, side), yOf(from) + 20, sideX(x, side), yOf(to) + (isOpen ? ROW : 20), colors.line, 2);
  }
}

function drawHead(shown, width) {
  pen.fillStyle = colors.panel;
  pen.fillRect(0, 0, width, HEAD);
  shown.forEach(({ connection, x }) => {
    const section = sectionOf(connection);
    const name = visible(section.name) + " #" + connections[connection].number;
    const kind = visible(section.description.replace(/\{.*/, "").toLowerCase());
    const middle = x + columnWidth / 2;
    write(name, middle, 17, columnWidth - 16, colors.ink, "center", "600 13px system-ui, sans-serif");
    const detail = (kind ? kind + " · " : "") + connections[connection].transport;
    write(detail, middle, 33, columnWidth - 16, colors.dim, "center");
    const playedBy = scripts.has(connection) ? scripts.get(connection).side : -1;
    write(playedBy === 0 ? "client (script)" : "client", x + 8, 52, columnWidth / 2, colors.client);
    write(playedBy === 1 ? "server (script)" : "server", x + columnWidth - 8, 52, columnWidth / 2, colors.server, "right");
  });
  pen.fillStyle = colors.panel;
  pen.fillRect(0, 0, gutter - 4, HEAD);
  write("t", gutter - 10, 52, gutter, colors.dim, "right");
  line(0, HEAD - 0.5, width, HEAD - 0.5, colors.line);
}

function drawRow(row, y, shown, width) {
  const event = eventOfRow(row);
  if (isGap(row)) {
    const previous = row > 0 ? times[eventOfRow(row - 1)] : 0;
    line(gutter, y + 20, width, y + 20, colors.line, 1, [2, 5]);
    drawTime("+" + duration(times[event] - previous), y, colors.dim);
    return;
  }
  if (event === selected) {
    pen.fillStyle = colors.sel;
    pen.fillRect(0, y + 1, width, ROW - 2);
    line(1.5, y + 1, 1.5, y + ROW - 1, colors.client, 3);
    shown.forEach(({ x }) => [0, 1].forEach((s) => line(sideX(x, s), y, sideX(x, s), y + ROW, colors.line, 2)));
  }
  const kind = kindOf(event);
  if (kind === "end") drawEnd(event, y, width);
  else if (kind === "mark") drawMark(event, y, shown);
  else {
    const column = shown.find((each) => each.connection === owners[event]);
    if (column) drawEvent(event, kind, column.x, y);
    else drawElsewhere(event, y, shown, width);
  }
  drawTime(duration(times[event]), y, event === selected ? colors.ink : colors.dim);
}

/** Says where an event is that is on a connection beside the screen. */
function drawElsewhere(event, y, shown, width) {
  const isLeft = shown.length > 0 && columns.indexOf(owners[event]) < columns.indexOf(shown[0].connection);
  const name = visible(connectionName(owners[event]));
  if (isLeft) write("← " + name, gutter + 6, y + 24, 200, colors.dim);
  else write(name + " →", width - 8, y + 24, 200, colors.dim, "right");
}

/** Writes at the left edge, over columns that were scrolled below it. */
function drawTime(text, y, color) {
  pen.fillStyle = color === colors.ink ? colors.sel : colors.panel;
  pen.fillRect(3, y + 1, gutter - 8, ROW - 2);
  write(text, gutter - 10, y + 24, gutter, color, "right");
}

function drawEnd(event, y, width) {
  const color = data.result === "passed" ? colors.dim : colors.bad;
  line(gutter, y + 24, width, y + 24, color, 2, [5, 3]);
  write(visible(describe(event)), gutter + 8, y + 17, width - gutter - 20, color, "left", "600 12px system-ui, sans-serif");
}

/** Draws a mark where scripts set and await it, and in every column if none names it. */
function drawMark(event, y, shown) {
  const name = texts[event];
  shown.forEach(({ connection, x }) => {
    const roles = markRoles(connection, name);
    if (!roles.set && !roles.awaited && scripts.size > 0) return;
    const side = scripts.has(connection) ? scripts.get(connection).side : 1;
    const at = sideX(x, side);
    diamond(at, y + 20, colors.mark);
    const text = (roles.awaited ? "awaited: " : "mark: ") + visible(name);
    write(text, at + (side ? -10 : 10), y + 24, columnWidth - 50, colors.mark, side ? "right" : "left");
  });
}

function markRoles(connection, name) {
  const script = scripts.get(connection);
  if (!script) return {};
  script.marks ??= script.rows.map(([, text]) => /^\s*(mark|await) (\S+)/.exec(text)).filter(Boolean);
  return {
    set: script.marks.some((found) => found[1] === "mark" && found[2] === name),
    awaited: script.marks.some((found) => found[1] === "await" && found[2] === name),
  };
}

function drawEvent(event, kind, x, y) {
  const side = sideOf(event);
  const to = sideX(x, 1 - side);
  // The tap is in the middle.
  const from = isByFault(event) ? x + columnWidth / 2 : sideX(x, side);
  const direction = to > from ? 1 : -1;
  const color = sideColor(side);
  const room = Math.abs(to - from) - 12;
  const middle = (from + to) / 2;
  if (kind === "note" || kind === "tls" || kind === "wait") {
    drawSentence(event, kind, x, y, room);
    return;
  }
  const isSent = kind === "sent" || kind === "dropped";
  const tone = kind === "rst" ? colors.bad : color;
  const isLost = (isWithheld(event) && deliveredBytes(event) === 0) || isHeldFin(event);
  const isHit = isLost || (isSent && (hits.has(event) || isWithheld(event)));
  line(from, y + 20, isHit ? middle : to - 8 * direction, y + 20, tone, isSent ? 2 : 1.5, isSent ? [] : [5, 4]);
  // Something happened to it on the way.
  if (isHit && !isLost) line(middle, y + 20, to - 8 * direction, y + 20, colors.mark, 2, [3, 4]);
  if (isLost) line(middle, y + 15, middle, y + 25, colors.mark, 3);
  else if (kind === "rst") cross(to - 4 * direction, y + 20, tone);
  else arrowHead(to, y + 20, direction, tone);
  line(from, y + 14, from, y + 26, tone, 2);
  const ink = kind === "rst" ? tone : isLost ? colors.dim : colors.ink;
  write(label(event, kind, room), middle, y + 14, room, ink, "center", kind === "sent" ? MONO : SANS);
  drawRemark(event, kind, middle, y, room);
}

/** Draws a remark, or where a script waits or has failed, at the line of the side that plays it. */
function drawSentence(event, kind, x, y, room) {
  const side = sideOf(event);
  if (kind !== "wait") {
    write(visible(describe(event)), x + columnWidth / 2, y + 24, room, colors.mark, "center");
    return;
  }
  cross(sideX(x, side), y + 20, colors.bad);
  const text = "script " + visible(texts[event]);
  write(text, sideX(x, side) + (side ? -12 : 12), y + 24, room + 6, colors.bad, side ? "right" : "left");
}

function label(event, kind, room) {
  if (kind === "open") return "connects";
  if (kind === "fin" || kind === "rst") return (isByFault(event) ? "tap’s " : "") + kind.toUpperCase();
  if (kind === "dropped") return count(sizes[event], "byte") + " not kept";
  if (sizes[event] === 0) return "(an empty datagram)";
  const bytes = bytesOf(event, 100);
  if (bytes === null) {
    loadBytes(event).then((loaded) => loaded && requestDraw());
    return "…";
  }
  const maxChars = Math.floor(room / 7.25);
  const cut = (hits.get(event) || []).find((hit) => hit.at > 0 && hit.at < bytes.length);
  return cut
    ? shortText(bytes.slice(0, cut.at), maxChars) + "┊" + shortText(bytes.slice(cut.at), maxChars)
    : shortText(bytes, maxChars);
}

/** Writes below an arrow what is special about it, and otherwise how many bytes it has. */
function drawRemark(event, kind, middle, y, room) {
  const delivered = isWithheld(event) ? partOf(deliveredBytes(event), sizes[event]) + " delivered" : "";
  if (differences.has(event)) {
    const text = "✗ first difference, offset " + (offsets[event] + differences.get(event));
    write(text, middle, y + 34, room, colors.bad, "center");
  } else if (hits.has(event)) {
    const list = hits.get(event);
    const place = list[0].at >= 0 && !delivered ? " at offset " + list[0].offset : "";
    const more = list.length > 1 ? " +" + (list.length - 1) : "";
    const text = (delivered ? delivered + ": " : "") + visible(list[0].fault.text) + place + more;
    write("⚡ " + text, middle, y + 34, room, colors.mark, "center");
  } else if (texts[event] && kind !== "open") {
    write(visible(texts[event].replace(BY_FAULT, "⚡ ")), middle, y + 34, room, colors.mark, "center");
  } else if (isHeldFin(event)) {
    write("⚡ not delivered", middle, y + 34, room, colors.mark, "center");
  } else if (kind === "sent") {
    write(delivered || count(sizes[event], "byte"), middle, y + 34, room, colors.dim, "center");
  }
}
