// What is notable, in sentences: scripts that are not finished, faults, silence, ends, flaws.

const MAX_FINDINGS = 12;
const BECAUSE_OF_SCRIPT = "because the script failed";
const LONG_SILENCE = 200000;
const WAITS = "waits for ";
const CHANGES_BYTES = /^(corrupt|loss|reorder|duplicate)\b/;

const endEvent = (() => {
  for (let event = eventCount - 1; event >= 0; event--) if (kindOf(event) === "end") return event;
  return -1;
})();

const waitEvents = new Map();
for (let event = 0; event < eventCount; event++) {
  if (kindOf(event) === "wait") waitEvents.set(owners[event], event);
}

function scriptFindings() {
  return [...scripts.values()]
    .filter((script) => !script.finished)
    .map((script) => {
      const name = connectionName(script.connection);
      const differing = [...differences.keys()].find((e) => owners[e] === script.connection);
      const event = differing === undefined ? waitEvents.get(script.connection) : differing;
      const waits = script.summary.startsWith(WAITS);
      const text =
        waits && isWaiting
          ? "the test waits in " + calledFrame.short + " at " + ownFrame.place + ", the " + SIDES[script.side] +
            " expects " + script.summary.slice(WAITS.length)
          : "the script " + script.summary;
      return { text: name + ": " + text, event, bad: true, script: true, failed: !waits, differs: differing !== undefined };
    });
}

function hitPlace(hit) {
  if (hit.offset < 0) return "";
  const unit = connections[hit.connection].transport === "UDP" ? "datagram " : "offset ";
  return " at " + unit + hit.offset + " of the " + SIDES[hit.side];
}

/** Returns whether the peer did not get what was sent, rather than late or in other pieces. */
function isSevere(hit, event) {
  const isCut = ends[hit.connection].some((end) => isByFault(end) && sideOf(end) === hit.side);
  return isCut || isWithheld(event) || CHANGES_BYTES.test(hit.fault.text);
}

function faultFindings() {
  const first = new Map();
  hits.forEach((list, event) =>
    list.forEach((hit) => {
      const key = hit.fault.text + " " + hit.connection;
      if (!first.has(key)) first.set(key, { hit, event, more: -1 });
      first.get(key).more++;
    }),
  );
  const fired = [...first.values()].map(({ hit, event, more }) => ({
    text:
      "fault “" + hit.fault.text + "” hit " + connectionName(hit.connection) + hitPlace(hit) +
      (hit.detail ? " (" + hit.detail + ")" : "") +
      (isWithheld(event) ? ", " + partOf(deliveredBytes(event), sizes[event]) + " delivered" : "") +
      (more ? " and " + count(more, "more place") : ""),
    event,
    severe: isSevere(hit, event),
  }));
  const idle = data.sections.flatMap((section) =>
    section.faults
      .filter((fault) => fault.counted && fault.count === 0)
      .map((fault) => ({ text: "fault “" + fault.text + "” hit nothing" })),
  );
  return fired.concat(idle);
}

/** Finds what was held back where no fault of the list begins, such as by a delay that has hit long before. */
function deliveryFindings(listed) {
  return connections.flatMap((connection, index) =>
    streams[index].flatMap((list, side) => {
      const event = list.find(isWithheld);
      if (event === undefined || connection.passed[side] < 0 || listed.some((each) => each.event === event)) return [];
      const part = partOf(connection.passed[side], sentBytes[index][side]);
      return [{ text: connectionName(index) + ": " + part + " of the " + SIDES[side] + " were delivered", event }];
    }),
  );
}

/** Finds connections on which nothing was sent for long before the end. */
function silenceFindings() {
  if (endEvent < 0 || data.result === "passed") return [];
  return connections.flatMap((connection, index) => {
    const last = Math.max(...streams[index].map((list) => list[list.length - 1] ?? -1));
    const from = last >= 0 ? last : firstEvents[index];
    const next = ends[index].find((end) => end > from) ?? -1;
    const until = next >= 0 ? next : endEvent;
    const silence = times[until] - times[from];
    if (from < 0 || silence < LONG_SILENCE) return [];
    const what = last >= 0 ? "after the " + SIDES[sideOf(last)] + " had sent " + count(sizes[last], "byte") : "since it was opened";
    const ending = next >= 0 ? "; then " + describe(next) : " until the end of the test";
    return [
      {
        text: connectionName(index) + ": neither side sent anything for " + duration(silence) + " " + what + ending,
        event: from,
        bad: true,
      },
    ];
  });
}

function endFindings() {
  const found = [];
  for (let event = 0; event < eventCount && found.length < MAX_FINDINGS; event++) {
    const kind = kindOf(event);
    if (texts[event] === BECAUSE_OF_SCRIPT) continue;
    if (kind === "rst" || (kind === "fin" && texts[event])) {
      found.push({
        text: connectionName(owners[event]) + ": " + describe(event) + " after " + progress(event),
        event,
        bad: kind === "rst",
      });
    }
  }
  return found;
}

/** Lists flaws; one that many connections have only once. */
function flawFindings() {
  const byText = new Map();
  connections.forEach((connection, index) =>
    connection.readings.forEach((reading) =>
      reading.flaws.slice(0, 2).forEach(([side, offset, , flaw]) => {
        const text = reading.name + ": " + flaw;
        if (!byText.has(text)) byText.set(text, { index, event: eventAt(index, side, offset), more: -1 });
        byText.get(text).more++;
      }),
    ),
  );
  return [...byText].map(([text, { index, event, more }]) => ({
    text: connectionName(index) + (more ? " and " + more + " more" : "") + ", " + text,
    event,
  }));
}

const timeOf = (finding) => (finding.event >= 0 ? times[finding.event] : Infinity);
const byTime = (one, other) => timeOf(one) - timeOf(other);

/** Lists what may be the cause first, then what follows from it, and then what tells less. */
function ranked() {
  const ofScripts = scriptFindings().sort(byTime);
  const ofFaults = faultFindings();
  const causes = [...ofFaults.filter((each) => each.severe), ...ofScripts.filter((each) => each.differs)].sort(byTime);
  const first = causes[0] ?? ofScripts.find((each) => each.failed);
  const others = [...ofScripts, ...endFindings()];
  const isLater = (finding) =>
    // What came after the test had failed is no cause of it.
    (endEvent >= 0 && finding.event > endEvent) ||
    (first && finding !== first && others.includes(finding) && timeOf(finding) >= timeOf(first));
  const hasCause = first || ofScripts.length > 0;
  return [
    ...causes,
    ...ofFaults.filter((each) => !each.severe),
    ...deliveryFindings(ofFaults),
    ...ofScripts.filter((each) => !each.differs),
    ...others.filter((each) => !each.script),
    ...flawFindings(),
    ...silenceFindings().map((each) => (hasCause ? { ...each, bad: false, dim: true } : each)),
  ]
    .map((each) => (isLater(each) ? { ...each, dim: true, later: true, text: "later: " + each.text } : each))
    .sort((one, other) => Boolean(one.dim) - Boolean(other.dim) || Boolean(other.later) - Boolean(one.later));
}

/** Lists what no passing run of the test has done. */
function comparedFindings() {
  if (!data.compared) return [];
  const { count: runs, differences: found } = data.compared;
  const text = "on the wire this run did what " + count(runs, "passing run") + " did";
  return found.length
    ? found.map(([difference, event]) => ({ text: "only in this run: " + difference, event, bad: true }))
    : [{ text, event: -1 }];
}

const findings = [...comparedFindings(), ...ranked()].slice(0, MAX_FINDINGS);

/** Returns where to begin: at what went wrong first. */
function firstEvent() {
  const first = findings.find((finding) => finding.event >= 0);
  return first ? first.event : 0;
}
