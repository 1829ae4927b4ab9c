// What the page shows: events in columns, and their bytes in blocks.

const data = JSON.parse(document.getElementById("data").textContent);
const KINDS = ["open", "sent", "fin", "rst", "tls", "note", "dropped", "mark", "wait", "end"];
const END_WORDS = {
  passed: "the test ended",
  failed: "the test failed",
  interrupted: "the test was interrupted",
  aborted: "the test was aborted",
};
const BY_FAULT = "by a fault: ";
const SIDES = ["client", "server"];
const connections = data.connections;
const eventCount = data.events.codes.length;
const texts = data.events.texts;

/** Columns: when in microseconds, and where the bytes are among those of all, and of the side. */
const times = new Float64Array(eventCount);
const starts = new Float64Array(eventCount);
const offsets = new Float64Array(eventCount);
const sizes = data.events.sizes;
const owners = data.events.connections;

/** How many bytes each side of each connection has sent. */
const sentBytes = connections.map(() => [0, 0]);
/** The events of each side of each connection that have bytes, or stand for some. */
const streams = connections.map(() => [[], []]);
/** The FIN and RST of each connection. */
const ends = connections.map(() => []);
const firstEvents = connections.map(() => -1);
const lastEvents = connections.map(() => -1);

const kindOf = (event) => KINDS[data.events.codes[event] >> 1];
const sideOf = (event) => data.events.codes[event] & 1;
const sectionOf = (connection) => data.sections[connections[connection].section];
const scripts = new Map();

(function decode() {
  let time = 0;
  let start = 0;
  for (let event = 0; event < eventCount; event++) {
    times[event] = time += data.events.delays[event];
    starts[event] = start;
    const owner = owners[event];
    const kind = kindOf(event);
    if (kind === "sent") start += sizes[event];
    if (owner < 0) continue;
    if (firstEvents[owner] < 0) firstEvents[owner] = event;
    if (kind !== "note" && kind !== "wait") lastEvents[owner] = event;
    if (kind === "fin" || kind === "rst") ends[owner].push(event);
    offsets[event] = sentBytes[owner][sideOf(event)];
    if (kind === "sent" || kind === "dropped") {
      sentBytes[owner][sideOf(event)] += sizes[event];
      streams[owner][sideOf(event)].push(event);
    }
  }
  data.sections.forEach((section) =>
    section.scripts.forEach((script) => scripts.set(script.connection, script)),
  );
})();

const connectionName = (connection) =>
  sectionOf(connection).name + " #" + connections[connection].number;

/** Returns whether a fault has dropped a datagram, and none has sent it twice. */
function isLostDatagram(event) {
  if (!hits.has(event) || connections[owners[event]].transport !== "UDP") return false;
  const faults = hits.get(event).map((hit) => hit.fault.text);
  return faults.some((text) => /^loss\b/.test(text)) && !faults.some((text) => /^duplicate\b/.test(text));
}

/** Returns how many bytes of an event were delivered: all, unless a tap knows that it has kept some. */
function deliveredBytes(event) {
  if (isLostDatagram(event)) return 0;
  const passed = owners[event] < 0 ? -1 : connections[owners[event]].passed[sideOf(event)];
  return passed < 0 ? sizes[event] : Math.max(0, Math.min(sizes[event], passed - offsets[event]));
}

const isWithheld = (event) => deliveredBytes(event) < sizes[event];

const partOf = (some, all) => some.toLocaleString("en") + " of " + count(all, "byte");

/** Returns how much a side had sent before an end; of one by a fault, how much of that was delivered. */
function progress(event) {
  const sent = offsets[event];
  const passed = connections[owners[event]].passed[sideOf(event)];
  return isByFault(event) && passed >= 0 && passed < sent
    ? partOf(passed, sent) + " of the " + SIDES[sideOf(event)]
    : count(sent, "byte");
}

/** Returns whether a FIN was held back, as bytes before it were; that of a fault was not. */
function isHeldFin(event) {
  const passed = kindOf(event) === "fin" ? connections[owners[event]].passed[sideOf(event)] : -1;
  return passed >= 0 && passed < offsets[event] && !isByFault(event);
}

/** Returns whether an end was made by a fault of a tap, in the name of the side. */
const isByFault = (event) => (texts[event] || "").startsWith(BY_FAULT);

/** Returns whether a connection is closed, and if not, which side may still send (RFC 9293, 3.6). */
function stateOf(connection) {
  if (!connections[connection].open) return "closed at our end";
  const [client, server] = [0, 1].map((side) => ends[connection].some((end) => sideOf(end) === side));
  if (client === server) return client ? "open at our end" : "still open";
  return "half-closed: the " + SIDES[client ? 0 : 1] + " sent FIN, the " + SIDES[client ? 1 : 0] + " can still send";
}

/** Returns the event that has a byte of a side, or -1; datagrams are counted from 1. */
function eventAt(connection, side, offset) {
  const list = streams[connection][side];
  let low = 0;
  let high = list.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (offsets[list[middle]] <= offset) low = middle;
    else high = middle - 1;
  }
  // The byte after the last one is shown where it would have been.
  return list.length ? list[low] : -1;
}

/** What faults did: for each event the texts and, of a stream, the offset in its bytes. */
const hits = new Map();
const hitsOutside = [];

data.sections.forEach((section) =>
  section.faults.forEach((fault) =>
    fault.hits.forEach(([connection, side, offset, detail]) => {
      if (connection < 0) return;
      const isDatagram = connections[connection].transport === "UDP";
      const event =
        offset < 0
          ? firstEvents[connection]
          : isDatagram
            ? streams[connection][side][offset - 1]
            : eventAt(connection, side, offset);
      const hit = { fault, detail, connection, side, offset };
      if (event === undefined || event < 0) {
        hitsOutside.push(hit);
        return;
      }
      hit.at = isDatagram || offset < 0 ? -1 : offset - offsets[event];
      if (!hits.has(event)) hits.set(event, []);
      hits.get(event).push(hit);
    }),
  ),
);

/** Where bytes first differ from the script: event to the offset in its bytes. */
const differences = new Map();
scripts.forEach((script, connection) => {
  if (script.difference < 0 || script.differenceSide < 0) return;
  const event = eventAt(connection, script.differenceSide, script.difference);
  if (event >= 0) differences.set(event, script.difference - offsets[event]);
});

// Bytes are binary strings, a character for each byte.

const blocks = new Map();
const loading = new Map();
const blockSize = data.blocks.size;

for (const index in data.blocks.inline) {
  blocks.set(Number(index), atob(data.blocks.inline[index]));
}
data.blocks.inline = {};

/** Called by the files beside the page. */
window.partylineBlock = (index, text) => blocks.set(index, atob(text));

const policy = window.trustedTypes
  ? window.trustedTypes.createPolicy("partyline", { createScriptURL: (url) => url })
  : { createScriptURL: (url) => url };

function load(index) {
  if (!loading.has(index)) {
    loading.set(
      index,
      new Promise((resolve) => {
        const script = document.createElement("script");
        script.src = policy.createScriptURL("./" + encodeURIComponent(data.blocks.name) + "-" + Number(index) + ".js");
        script.onload = script.onerror = () => resolve(blocks.has(index));
        document.head.append(script);
      }),
    );
  }
  return loading.get(index);
}

/** Returns the bytes of an event, or null if they are not loaded. */
function bytesOf(event, maxBytes = Infinity) {
  const size = kindOf(event) === "sent" ? Math.min(sizes[event], maxBytes) : 0;
  const start = starts[event];
  let result = "";
  for (let at = start; at < start + size; ) {
    const index = Math.floor(at / blockSize);
    if (!blocks.has(index)) return null;
    const part = blocks.get(index).slice(at - index * blockSize, start + size - index * blockSize);
    if (!part) return null;
    result += part;
    at += part.length;
  }
  return result;
}

/** Loads the bytes of an event; the promise has whether they are there. */
function loadBytes(event) {
  const first = Math.floor(starts[event] / blockSize);
  const last = Math.floor((starts[event] + Math.max(1, sizes[event]) - 1) / blockSize);
  const missing = [];
  for (let index = first; index <= last; index++) if (!blocks.has(index)) missing.push(load(index));
  return Promise.all(missing).then((loaded) => loaded.every((each) => each));
}

/** Returns what an event is, in a few words. */
function describe(event) {
  const side = SIDES[sideOf(event)];
  const text = texts[event] || "";
  switch (kindOf(event)) {
    case "open":
      return "opened by " + text;
    case "sent":
      return (
        side + " sent " + count(sizes[event], "byte") +
        (isWithheld(event) ? ", " + deliveredBytes(event).toLocaleString("en") + " of them delivered" : "")
      );
    case "fin":
    case "rst":
      return isByFault(event)
        ? "the tap sent " + kindOf(event).toUpperCase() + " (fault “" + text.slice(BY_FAULT.length) + "”)"
        : side + " sent " + kindOf(event).toUpperCase() + (text ? " (" + text + ")" : "") +
            (isHeldFin(event) ? ", which was not delivered" : "");
    case "tls":
      return "TLS starts here";
    case "dropped":
      return count(sizes[event], "byte") + " of the " + side + " not kept";
    case "mark":
      return "mark " + text;
    case "wait":
      return "the script " + text;
    case "end":
      return END_WORDS[data.result] + (text ? ": " + text.replace(/^([\w$]+\.)+(?=[A-Z])/, "") : "");
    default:
      return text;
  }
}
