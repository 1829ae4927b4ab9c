// The other panels: what failed, what is notable, scripts, faults, ends, addresses, sockets, threads.

const MAX_LISTED = 300;
const byId = (id) => document.getElementById(id);
const STATES = { sent: "sent", matched: "matched", current: "here", unmet: "not met", pending: "" };

/** Returns when the test ended, on the clock of the ladder, and when it began. */
function clockText() {
  if (endEvent < 0 || !connections.length) return data.micros >= 0 ? duration(data.micros) : "";
  const verb = data.result === "passed" ? "ended" : data.result;
  const lead = data.micros - times[endEvent];
  const before = lead >= 0 ? "after" : "before";
  return (
    verb + " at " + duration(times[endEvent]) + " · t = 0 is the first event" +
    (data.micros >= 0 ? ", " + duration(Math.abs(lead)) + " " + before + " the test began" : "")
  );
}

function showHead() {
  document.title = visible(data.name) + " – " + visible(data.result);
  const tag = byId("result");
  tag.textContent = visible(data.result);
  tag.classList.add(data.result === "passed" ? "good" : "bad");
  byId("name").textContent = visible(data.name);
  const bytes = streams.flat(2).reduce((sum, event) => sum + sizes[event], 0);
  const facts = [
    clockText(),
    count(connections.length, "connection"),
    count(bytes, "byte"),
    ...data.sections.filter((each) => each.seed && each.seed !== "0" && each.faults.length).map((each) => "seed " + each.seed),
    data.omittedEvents ? count(data.omittedEvents, "event") + " in the middle left out" : "",
    ...data.sections
      .filter((each) => each.omittedConnections)
      .map((each) => each.name + ": " + count(each.omittedConnections, "connection") + " left out"),
  ];
  byId("facts").textContent = visible(facts.filter(Boolean).join(" · "));
  data.links.forEach((each) => byId("links").append(link(each.text, each.href)));
  byId("failure").textContent = visibleLines(data.failure);
  byId("failure").hidden = !data.failure;
  byId("place").textContent = visible(placeText());
  findings.forEach((finding) => {
    const row = element("li", finding.dim ? "dim" : finding.bad ? "bad" : "");
    if (finding.event >= 0) row.append(button("", finding.text, () => select(finding.event)));
    else row.append(element("span", "", finding.text));
    byId("findings").append(row);
  });
}

function panel(title, className, open) {
  const box = element("details", className);
  box.open = open;
  box.append(element("summary", "", title));
  return box;
}

/** Shows the script of the connection that the selected event is of, with its cursor. */
function scriptPanel(connection) {
  const script = scripts.get(connection);
  if (!script) return null;
  const box = panel("script of " + connectionName(connection) + ", which plays the " + SIDES[script.side], "", true);
  const list = element("ol", "card script");
  script.rows.forEach(([state, text]) => {
    const row = element("li", state);
    row.append(element("span", "state", STATES[state]), element("span", "", text));
    if (state === "current") row.setAttribute("aria-current", "step");
    list.append(row);
  });
  box.append(list);
  if (script.failure) {
    const asText = panel("as the failure has it", "", false);
    asText.append(element("pre", "card wide", script.failure));
    box.append(asText);
  }
  return box;
}

function addressPanel(connection) {
  const box = panel("addresses of " + connectionName(connection), "", false);
  const each = connections[connection];
  const lines = [
    "client  " + each.client,
    "server  " + each.server,
    each.transport + ", " + stateOf(connection),
    sectionOf(connection).description,
    ...each.tls,
  ];
  box.append(element("pre", "card wide", lines.filter(Boolean).join("\n")));
  return box;
}

let shownConnection = -2;

/** Shows what belongs to the connection of the selected event. */
function showConnection(event) {
  const connection = owners[event] >= 0 ? owners[event] : connections.length ? Math.max(0, shownConnection) : -1;
  if (connection === shownConnection) return;
  shownConnection = connection;
  const panels = connection < 0 ? [] : [scriptPanel(connection), addressPanel(connection)];
  byId("connection").replaceChildren(...panels.filter(Boolean));
}

function table(box, names, list) {
  const made = element("table", "card");
  const row = (cells, name) => {
    const tr = element("tr");
    cells.forEach((cell) => tr.append(cell instanceof Node ? cell : element(name, "", cell)));
    made.append(tr);
  };
  row(names, "th");
  list.slice(0, MAX_LISTED).forEach((cells) => row(cells, "td"));
  box.append(made);
  if (list.length > MAX_LISTED) box.append(element("p", "dim", "… " + count(list.length - MAX_LISTED, "more row")));
}

function eventCell(event, text) {
  const cell = element("td");
  cell.append(button("link", text, () => select(event)));
  return cell;
}

function ledgerPanel() {
  const list = [];
  for (let event = 0; event < eventCount && list.length <= MAX_LISTED; event++) {
    const kind = kindOf(event);
    if (kind !== "open" && kind !== "fin" && kind !== "rst") continue;
    const after = kind === "open" ? "" : "after " + progress(event);
    const sender = isByFault(event) ? "the tap" : SIDES[sideOf(event)];
    list.push([
      eventCell(event, duration(times[event])),
      connectionName(owners[event]),
      kind === "open" ? "opened" : sender + " sent " + kind.toUpperCase(),
      after,
      kind === "open" ? "" : (texts[event] || "").replace(BY_FAULT, ""),
    ]);
  }
  connections.forEach((each, index) => each.open && list.push(["end", connectionName(index), stateOf(index), "", ""]));
  const box = panel("how connections ended", "", true);
  table(box, ["time", "connection", "what", "", "why"], list);
  return box;
}

function faultsPanel() {
  const all = data.sections.filter((section) => section.faults.length);
  if (!all.length) return null;
  const box = panel("faults", "", true);
  const list = [];
  all.forEach((section) =>
    section.faults.forEach((fault) => {
      const total = fault.counted ? fault.count + "×" : "not counted";
      const places = [...hits].flatMap(([event, found]) =>
        found
          .filter((hit) => hit.fault === fault)
          .slice(0, 20)
          .map((hit) => [eventCell(event, connectionName(hit.connection) + hitPlace(hit)), hit.detail]),
      );
      const [first, ...others] = places.length ? places : [["", ""]];
      list.push([section.name, fault.text, total, ...first]);
      others.forEach((place) => list.push(["", "", "", ...place]));
    }),
  );
  const names = ["tap", "fault", "hits", "where", "what"];
  const width = list.some((cells) => cells[4]) ? 5 : 4;
  table(box, names.slice(0, width), list.map((cells) => cells.slice(0, width)));
  return box;
}

/** Shows the frames of the test's thread; those of the JDK are folded. */
function threadPanel() {
  if (!threadLines.length) return null;
  const when = { interrupted: " when it was interrupted", failed: " when it failed" };
  const title = "the test's thread" + (when[data.result] || "");
  const box = panel(title, "", data.result !== "passed");
  const list = element("div", "card stack");
  let folded = null;
  threadLines.forEach(({ text, frame }) => {
    const row = element("div", frame ? "frame" : "", frame ? "at " + frame.short + " (" + frame.place + ")" : text.trim());
    if (frame) row.title = visible(frame.name);
    if (frame === ownFrame) row.classList.add("own");
    if (!frame || !frame.inJdk) {
      folded = null;
      list.append(row);
      return;
    }
    if (!folded) {
      folded = panel("", "dim", false);
      list.append(folded);
    }
    folded.append(row);
    const frames = count(folded.childElementCount - 1, "frame");
    folded.firstChild.textContent = visible(frames + " of the JDK: " + frame.short);
  });
  box.append(list);
  return box;
}

function textPanel(title, text, open) {
  if (!text) return null;
  const box = panel(title, "", open);
  box.append(element("pre", "card wide", text));
  return box;
}

function showPanels() {
  const panels = [
    threadPanel(),
    faultsPanel(),
    ledgerPanel(),
    textPanel("sockets", data.sockets, false),
  ];
  byId("panels").replaceChildren(...panels.filter(Boolean));
}

selectionListeners.push(showConnection);
