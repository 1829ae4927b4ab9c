// The list of the tests of a run.

const { entries } = JSON.parse(document.getElementById("data").textContent);
const tests = new Map();
const notes = [];

/** Called by the file beside the page. */
window.partylineTest = (test) => {
  tests.delete(test.href);
  tests.set(test.href, test);
};
window.partylineNote = (text) => notes.push(text);

function cellsOf(test) {
  const good = { passed: "good", aborted: "", running: "" };
  const tag = element("span", "tag " + (good[test.result] ?? "bad"), test.result);
  const time = new Date(test.time).toLocaleString();
  return [tag, link(test.name, test.href), test.millis < 0 ? "" : duration(test.millis * 1000), test.summary, time];
}

function show(shown) {
  const failures = shown.filter((test) => test.result === "failed" || test.result === "interrupted").length;
  document.getElementById("facts").textContent = count(shown.length, "test") + ", " + failures + " failed";
  const list = document.getElementById("tests");
  shown.forEach((test) => {
    const row = element("tr");
    cellsOf(test).forEach((cell) => {
      const td = element("td");
      td.append(cell instanceof Node ? cell : visible(cell));
      row.append(td);
    });
    list.append(row);
  });
  notes.forEach((note) => list.before(element("p", "note", note)));
}

document.title = "Tests";
const policy = window.trustedTypes
  ? window.trustedTypes.createPolicy("partyline", { createScriptURL: (url) => url })
  : { createScriptURL: (url) => url };
const script = document.createElement("script");
script.src = policy.createScriptURL("./" + encodeURIComponent(entries));
script.onload = () => show([...tests.values()].reverse());
script.onerror = () => {
  notes.push("There are no tests: " + entries + " is not beside this page.");
  show([]);
};
document.head.append(script);
