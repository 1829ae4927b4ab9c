// The selected event: its bytes as text and as hex, in their conversation, and as a protocol reads them.

const TABS = ["text", "hex", "conversation", "protocol"];
const MAX_SHOWN = 4096;
const AROUND = 40;
/** Where 16 bytes as hex and as ASCII have room beside each other. */
const MIN_WIDTH_OF_16 = 514;
const detail = document.getElementById("detail");
let tab = "text";
let shownBytes = MAX_SHOWN;
let searchHits = new Map();

/** Returns what to mark in the bytes of an event: offset to the classes of the byte. */
function marksOf(event) {
  const marks = new Map();
  const add = (offset, name) => marks.set(offset, (marks.get(offset) || "") + " " + name);
  (hits.get(event) || []).forEach((hit) => hit.at >= 0 && add(hit.at, "fault"));
  if (differences.has(event)) add(differences.get(event), "difference");
  (searchHits.get(event) || []).forEach(([from, to]) => {
    for (let at = from; at < to && at < shownBytes; at++) add(at, "found");
  });
  return marks;
}

/** Adds bytes as text to an element; line ends are shown and kept. */
function appendText(target, bytes, marks, start = 0) {
  let plain = "";
  const flush = () => {
    if (plain) target.append(document.createTextNode(plain));
    plain = "";
  };
  eachCharacter(bytes, (text, offset, length) => {
    let classes = "";
    for (let at = offset; at < offset + length; at++) classes += marks.get(start + at) || "";
    const isEscape = text.length > 1 && text[0] === "\\";
    if (classes || isEscape) {
      flush();
      const span = element("span", (classes + (isEscape ? " escape" : "")).trim());
      span.textContent = text;
      target.append(span);
      if (bytes[offset] === "\n") plain += "\n";
    } else {
      plain += text;
    }
  });
  flush();
}

/** Adds the bytes of an event as text: those that were not delivered are grey. */
function appendEvent(target, bytes, event) {
  const marks = marksOf(event);
  const delivered = deliveredBytes(event);
  appendText(target, bytes.slice(0, delivered), marks);
  if (delivered < bytes.length) {
    const rest = element("span", "withheld");
    appendText(rest, bytes.slice(delivered), marks, delivered);
    target.append(rest);
  }
  if (marks.has(bytes.length)) target.append(element("span", "difference", "▮"));
}

const isPrintable = (byte) => byte >= " " && byte < "\x7f";

/** Adds them as hex, and beside that as ASCII. */
function appendHex(target, bytes, event) {
  const marks = marksOf(event);
  const delivered = deliveredBytes(event);
  const perRow = detail.clientWidth < MIN_WIDTH_OF_16 ? 8 : 16;
  target.classList.add("hex");
  for (let row = 0; row < bytes.length; row += perRow) {
    target.append(element("span", "dim", (offsets[event] + row).toString(16).padStart(6, "0") + " "));
    const ascii = [];
    for (let at = row; at < row + perRow; at++) {
      const isThere = at < bytes.length;
      const classes = isThere ? ((marks.get(at) || "") + (at < delivered ? "" : " withheld")).trim() : "";
      const text = isThere ? bytes.charCodeAt(at).toString(16).padStart(2, "0") : "  ";
      target.append(element("span", classes, text), at === row + 7 && perRow > 8 ? "  " : " ");
      const character = isPrintable(bytes[at]) ? bytes[at] : ".";
      if (isThere) ascii.push(classes ? element("span", classes, character) : character);
    }
    target.append(...ascii, "\n");
  }
}

function bytesPanel(event, append) {
  const pre = element("pre", "bytes");
  const box = element("div", "card");
  box.append(pre);
  const bytes = bytesOf(event, shownBytes);
  if (bytes === null) {
    pre.textContent = "loading …";
    loadBytes(event).then((loaded) => {
      if (loaded && selected === event) showDetail(event);
      else if (!loaded) pre.textContent = "The file with these bytes is not beside this page.";
    });
    return box;
  }
  append(pre, bytes, event);
  if (sizes[event] > bytes.length) {
    box.append(
      button("", "show " + count(sizes[event] - bytes.length, "more byte"), () => {
        shownBytes *= 8;
        showDetail(event);
      }),
    );
  }
  return box;
}

/** Shows each read and write around an event in its place; a click selects one. */
function conversationPanel(event) {
  const owner = owners[event];
  const box = element("div", "card chunks");
  const near = [];
  for (let at = event; at >= 0 && near.length < AROUND; at--) if (owners[at] === owner) near.unshift(at);
  for (let at = event + 1; at <= lastEvents[owner] && near.length < 2 * AROUND; at++) {
    if (owners[at] === owner) near.push(at);
  }
  let missing = false;
  near.forEach((each) => {
    const kind = kindOf(each);
    const row = element("div", "chunk " + (kind === "sent" ? SIDES[sideOf(each)] : "event"));
    if (each === event) row.classList.add("on");
    row.title = duration(times[each]) + ", " + visible(describe(each));
    row.addEventListener("click", () => select(each));
    const bytes = kind === "sent" ? bytesOf(each, 1024) : null;
    if (kind !== "sent") row.textContent = visible(describe(each));
    else if (bytes === null) missing = row.textContent = "…";
    else appendEvent(row, bytes, each);
    if (kind === "sent" && sizes[each] > 1024) row.append(element("span", "dim", "… " + count(sizes[each], "byte")));
    box.append(row);
  });
  if (missing) Promise.all(near.map(loadBytes)).then((all) => all.some(Boolean) && selected === event && showDetail(event));
  return box;
}

/** Lists the parts that a protocol has read; those that the event has bytes of are marked. */
function protocolPanel(event) {
  const owner = owners[event];
  const box = element("div", "card");
  box.append(...withheldNotes(owner));
  if (!connections[owner].readings.length) box.append(element("p", "dim", "No protocol was recognized by the first bytes."));
  connections[owner].readings.forEach((reading) => {
    box.append(element("h3", "", reading.name));
    const rowsOf = (list, name) => list.map(([side, from, to, text]) => ({ side, from, to, text, name }));
    const list = rowsOf(reading.flaws, "flaw ").concat(rowsOf(reading.parts, ""));
    list.forEach((part) => {
      const isHere =
        part.side === sideOf(event) && part.from < offsets[event] + sizes[event] && part.to > offsets[event];
      const row = button(part.name + "part" + (isHere ? " on" : ""), part.text, () =>
        select(eventAt(owner, part.side, part.from)),
      );
      box.append(row);
    });
    if (reading.omitted) box.append(element("p", "dim", "… " + count(reading.omitted, "more part")));
    if (reading.text) box.append(element("pre", "", reading.text));
  });
  return box;
}

function showTab(name) {
  tab = name;
  if (selected >= 0) showDetail(selected);
}

function nextTab() {
  showTab(TABS[(TABS.indexOf(tab) + 1) % TABS.length]);
}

function heading(event) {
  const owner = owners[event];
  const isSent = kindOf(event) === "sent" && sizes[event] > 0;
  const range = isSent ? ", bytes " + offsets[event] + ".." + (offsets[event] + sizes[event]) : "";
  return (owner >= 0 ? connectionName(owner) + " · " : "") + describe(event).slice(0, 300) + range + " · t=" + duration(times[event]);
}

function withheldText(event) {
  const delivered = deliveredBytes(event);
  const rest = delivered ? "; the others, in grey, were not" : "";
  return partOf(delivered, sizes[event]) + (delivered === 1 ? " was" : " were") + " delivered" + rest;
}

/** Says what of a conversation the other side did not get, since a protocol is read from what was sent. */
function withheldNotes(connection) {
  return connections[connection].passed.flatMap((passed, side) => {
    const sent = sentBytes[connection][side];
    if (passed < 0 || passed >= sent) return [];
    const text = "As the " + SIDES[side] + " sent it: " + partOf(passed, sent) + " were delivered.";
    return [element("p", "fault-line", text)];
  });
}

function showDetail(event) {
  const title = element("h2", "", heading(event) + " ");
  const address = element("a", "address", "link");
  address.href = "#e" + event;
  address.title = "the address of this event, to be sent to others";
  title.append(address);
  detail.replaceChildren(title);
  if (owners[event] < 0) {
    detail.append(element("div", "card", kindOf(event) === "end" ? data.failure || describe(event) : describe(event)));
    return;
  }
  const bar = element("div", "tabs");
  TABS.forEach((name) => {
    const made = button("", name, () => showTab(name));
    made.setAttribute("aria-pressed", String(name === tab));
    bar.append(made);
  });
  detail.append(bar);
  const isSent = kindOf(event) === "sent";
  if (tab === "conversation") detail.append(conversationPanel(event));
  else if (tab === "protocol") detail.append(protocolPanel(event));
  else if (!isSent) detail.append(element("div", "card", texts[event] || describe(event)));
  else detail.append(bytesPanel(event, tab === "text" ? appendEvent : appendHex));
  if (isWithheld(event)) detail.append(element("p", "fault-line", withheldText(event)));
  (hits.get(event) || []).slice(0, 20).forEach((hit) =>
    detail.append(element("p", "fault-line", "⚡ " + hit.fault.text + hitPlace(hit) + (hit.detail ? ": " + hit.detail : ""))),
  );
  if (differences.has(event)) {
    const at = offsets[event] + differences.get(event);
    detail.append(element("p", "bad-line", "✗ the byte at offset " + at + " is the first that differs from the script"));
  }
}

selectionListeners.push((event) => {
  shownBytes = MAX_SHOWN;
  showDetail(event);
});
