// Stack traces: the first frame that is the test's own, and frames without what is the same in all.

const IN_JDK = /^(java|javax|jdk|sun|com\.sun)\./;
const IN_LIBRARY =
  /^(org\.(junit|assertj|hamcrest|opentest4j|testng|mockito)|com\.google\.common\.truth|dev\.partyline\.(assertions|internal|junit5|loopback|ports|replay|script|weather|wire))\./;

/** Returns the name, the short name and the place of a frame; null of a line that is none. */
function frameOf(line) {
  const found = /^\s*at (.+)\(([^()]*)\)\s*$/.exec(line);
  if (!found) return null;
  // Before the last slash are the class loader and the module.
  const name = found[1].replace(/^.*\//, "");
  const short = name
    .replace(/^([^.]+\.)*(?=[^.]+\.[^.]+$)/, "")
    .replace(/lambda\$(.+)\$\d+$/, "$1, in a lambda");
  return { name, short, place: found[2], inJdk: IN_JDK.test(name), isLambda: found[1].includes("$$Lambda") };
}

/** The lines of the test's thread: frames, and texts between them. */
const threadLines = data.threads
  .split("\n")
  .filter((line) => line.trim())
  .map((text) => ({ text, frame: frameOf(text) }))
  .filter(({ frame }) => !frame || !frame.isLambda);

const threadFrames = threadLines.map(({ frame }) => frame).filter(Boolean);

/** The frame of the test nearest to where its thread was; undefined if there is none. */
const ownFrame =
  threadFrames.find((frame) => !frame.inJdk && !IN_LIBRARY.test(frame.name)) ??
  threadFrames.find((frame) => !frame.inJdk);

/** What of the JDK or of a library the test had called there, such as InputStream.read. */
const calledFrame = ownFrame && threadFrames[threadFrames.indexOf(ownFrame) - 1];

const isWaiting = data.result === "interrupted" && Boolean(calledFrame);

function placeText() {
  if (!ownFrame) return "";
  const at = "at " + ownFrame.short + " (" + ownFrame.place + ")";
  return isWaiting ? "waits in " + calledFrame.short + " " + at : at;
}
