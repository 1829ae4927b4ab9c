// The keyboard, and the start of everything.

const help = byId("help");
const KEYS = {
  ArrowDown: () => step(1),
  ArrowRight: () => step(1),
  ArrowUp: () => step(-1),
  ArrowLeft: () => step(-1),
  PageDown: () => step(15),
  PageUp: () => step(-15),
  Home: () => step(-eventCount),
  End: () => step(eventCount),
  f: () => select(firstEvent()),
  t: nextTab,
  n: () => showFound(1),
  N: () => showFound(-1),
  0: () => focus(-1),
  "/": () => {
    searchBox.focus();
    searchBox.select();
  },
  b: () => compared && showBeside(besideBox.hidden),
  "?": () => help.showModal(),
};

for (let digit = 1; digit <= 9; digit++) KEYS[digit] = () => focus(digit - 1);

function onKey(press) {
  if (press.ctrlKey || press.metaKey || press.altKey || help.open) return;
  if (press.target === searchBox) {
    if (press.key === "Enter") showFound(press.shiftKey ? -1 : 1);
    else if (press.key === "Escape") ladder.focus();
    else return;
  } else if (KEYS[press.key]) {
    KEYS[press.key]();
  } else {
    return;
  }
  press.preventDefault();
}

function redraw() {
  readColors();
  measure();
  drawStrip();
  moveFrame();
}

/** Returns the event that the address names, as page.html#e12 does. */
function linkedEvent() {
  const found = /^#e(\d+)$/.exec(location.hash);
  return found && Number(found[1]) < eventCount ? Number(found[1]) : undefined;
}

document.addEventListener("keydown", onKey);
window.addEventListener("hashchange", () => select(linkedEvent() ?? selected));
byId("keys").addEventListener("click", () => help.showModal());
byId("close").addEventListener("click", () => help.close());
new ResizeObserver(redraw).observe(ladder);
window.matchMedia("(prefers-color-scheme: dark)").addEventListener("change", redraw);
selectionListeners.push(moveFrame);

readColors();
showHead();
showPanels();
layOut();
redraw();
if (compared) showBeside(true);
if (eventCount) select(linkedEvent() ?? firstEvent());
