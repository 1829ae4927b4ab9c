// The list of the tests of a run.

const tests = JSON.parse(document.getElementById("data").textContent);
const list = document.getElementById("tests");
const failures = tests.filter((test) => test.result === "failed" || test.result === "interrupted").length;
document.title = "Tests";
document.getElementById("facts").textContent = count(tests.length, "test") + ", " + failures + " failed";

tests.forEach((test) => {
  const row = element("tr");
  const tag = element("span", "tag " + (test.result === "passed" ? "good" : test.result === "aborted" ? "" : "bad"), test.result);
  const cells = [tag, link(test.name, test.href), test.millis < 0 ? "" : duration(test.millis * 1000), test.summary];
  cells.forEach((cell) => {
    const td = element("td");
    td.append(cell instanceof Node ? cell : visible(cell));
    row.append(td);
  });
  list.append(row);
});
