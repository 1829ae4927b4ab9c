// The selected event: its bytes as text and as hex, in their conversation, and as a protocol reads them.

const TABS = ["text", "hex", "conversation", "protocol"];
const MAX_SHOWN = 4096;
const AROUND = 40;
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
function appendText(target, bytes, marks) {
  let plain = "";
  const flush = () => {
    if (plain) target.append(document.createTextNode(plain));
    plain = "";
  };
  eachCharacter(bytes, (text, offset, length) => {
    let classes = "";
    for (let at = offset; at < offset + length; at++) classes += marks.get(at) || "";
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
  if (marks.has(bytes.length)) target.append(element("span", "difference", "▮"));
}

function appendHex(target, bytes, marks, start) {
  for (let row = 0; row < bytes.length; row += 16) {
    target.append(element("span", "dim", (start + row).toString(16).padStart(6, "0") + "  "));
    let right = "";
    for (let at = row; at < row + 16; at++) {
      const isThere = at < bytes.length;
      const text = isThere ? bytes.charCodeAt(at).toString(16).padStart(2, "0") : "  ";
      target.append(element("span", isThere ? (marks.get(at) || "").trim() : "", text), at % 8 === 7 ? "  " : " ");
      if (isThere) right += bytes[at] >= " " && bytes[at] < "\x7f" ? bytes[at] : ".";
    }
    target.append(right + "\n");
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
  append(pre, bytes, marksOf(event));
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
    else appendText(row, bytes, marksOf(each));
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
  const range = isSent ? ", bytes " + offsets[event] + "–" + (offsets[event] + sizes[event] - 1) : "";
  return (owner >= 0 ? connectionName(owner) + " · " : "") + describe(event).slice(0, 300) + range + " · at " + duration(times[event]);
}

function showDetail(event) {
  detail.replaceChildren(element("h2", "", heading(event)));
  if (owners[event] < 0) return;
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
  else if (tab === "text") detail.append(bytesPanel(event, appendText));
  else detail.append(bytesPanel(event, (pre, bytes, marks) => appendHex(pre, bytes, marks, offsets[event])));
  (hits.get(event) || []).slice(0, 20).forEach((hit) =>
    detail.append(element("p", "fault-line", "⚡ " + hit.fault.text + hitPlace(hit) + (hit.detail ? ": " + hit.detail : ""))),
  );
  if (differences.has(event)) {
    const at = offsets[event] + differences.get(event);
    detail.append(element("p", "bad-line", "✗ byte " + at + " is the first that differs from the script"));
  }
}

selectionListeners.push((event) => {
  shownBytes = MAX_SHOWN;
  showDetail(event);
});
