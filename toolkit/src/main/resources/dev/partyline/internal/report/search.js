// Searching bytes, across the reads and writes of a side: text, or hex after "hex:".

const searchBox = byId("search");
const searchCount = byId("found");
const MAX_FOUND = 10000;
let found = [];
let foundIndex = -1;
let searchRun = 0;

/** Returns the bytes that are searched as a binary string; \r, \n, \t, \\ and \xHH are escapes. */
function pattern(text) {
  if (/^hex:/i.test(text)) {
    const pairs = text.slice(4).replace(/\s/g, "").match(/^([0-9a-f]{2})+$/i);
    return pairs ? pairs[0].replace(/../g, (pair) => String.fromCharCode(parseInt(pair, 16))) : "";
  }
  const utf8 = Array.from(new TextEncoder().encode(text), (byte) => String.fromCharCode(byte)).join("");
  return utf8.replace(/\\(r|n|t|0|\\|x([0-9a-fA-F]{2}))/g, (all, code, hex) =>
    hex ? String.fromCharCode(parseInt(hex, 16)) : { r: "\r", n: "\n", t: "\t", 0: "\0", "\\": "\\" }[code],
  );
}

const folded = (text) => text.replace(/[A-Z]+/g, (letters) => letters.toLowerCase());

/** Passes each place of a pattern in what a side sent to a function. */
async function searchStream(list, wanted, fold, run, action) {
  let tail = "";
  let spans = [];
  for (let i = 0; i < list.length; i++) {
    if (i % 2000 === 1999) await new Promise((resolve) => setTimeout(resolve));
    if (run !== searchRun) return;
    const event = list[i];
    if (kindOf(event) !== "sent") {
      tail = "";
      spans = [];
      continue;
    }
    let bytes = bytesOf(event);
    if (bytes === null) {
      await loadBytes(event);
      bytes = bytesOf(event) ?? "";
    }
    const text = tail + (fold ? folded(bytes) : bytes);
    spans.push({ event, from: tail.length, to: text.length });
    for (let at = text.indexOf(wanted); at >= 0; at = text.indexOf(wanted, at + 1)) {
      action(spans.filter((span) => span.from < at + wanted.length && span.to > at).map((span) => [span, at]));
      if (found.length >= MAX_FOUND) return;
    }
    const keep = Math.min(text.length, wanted.length - 1);
    const cut = text.length - keep;
    tail = text.slice(cut);
    spans = spans.filter((span) => span.to > cut).map((s) => ({ event: s.event, from: s.from - cut, to: s.to - cut }));
  }
}

async function search(text) {
  const run = ++searchRun;
  const fold = text === text.toLowerCase() && !/^hex:/i.test(text);
  const wanted = fold ? folded(pattern(text)) : pattern(text);
  found = [];
  searchHits = new Map();
  foundIndex = -1;
  if (wanted) {
    searchCount.textContent = "searching …";
    for (const [client, server] of streams) {
      for (const list of [client, server]) {
        await searchStream(list, wanted, fold, run, (places) => {
          found.push(places[0][0].event);
          places.forEach(([span, at]) => {
            const from = Math.max(0, at - span.from);
            const to = Math.min(span.to - span.from, at + wanted.length - span.from);
            if (!searchHits.has(span.event)) searchHits.set(span.event, []);
            searchHits.get(span.event).push([from, to]);
          });
        });
        if (run !== searchRun) return;
      }
    }
    found.sort((a, b) => a - b);
  }
  if (found.length) showFound(1);
  else searchCount.textContent = text ? (wanted ? "not found" : "pairs of hex digits") : "";
  if (!found.length && selected >= 0) showDetail(selected);
}

/** Selects the next place, or the previous one; after the last comes the first. */
function showFound(by) {
  if (!found.length) return;
  const next = foundIndex < 0 ? Math.max(0, found.findIndex((event) => event >= selected)) : foundIndex + by;
  foundIndex = (next + found.length) % found.length;
  const more = found.length >= MAX_FOUND ? " or more" : "";
  searchCount.textContent = foundIndex + 1 + " of " + found.length + more;
  if (tab === "protocol") tab = "text";
  select(found[foundIndex]);
}

let searchDelay = 0;
searchBox.addEventListener("input", () => {
  clearTimeout(searchDelay);
  searchDelay = setTimeout(() => search(searchBox.value), 200);
});
