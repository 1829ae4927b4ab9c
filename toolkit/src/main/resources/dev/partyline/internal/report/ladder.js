// The ladder: a row for each event, a column for each connection. Only what is on the screen is drawn.

const ROW = 38;
const HEAD = 62;
const LONG_GAP = 10000;
const ladder = document.getElementById("ladder");
const canvas = document.getElementById("canvas");
const spacer = document.getElementById("rows");
const current = document.getElementById("current");
const pen = canvas.getContext("2d", { alpha: false });

/** The events on the ladder; a gap in time stands as -1 minus the event after it. */
let rows = new Int32Array(0);
let rowCount = 0;
const rowOf = new Int32Array(eventCount);
let columns = [];
let selected = -1;
let focused = -1;
let drawing = false;
const selectionListeners = [];

/** Lists the rows of all connections, or of the one that has the focus. */
function layOut() {
  rows = new Int32Array(eventCount * 2);
  rowCount = 0;
  let last = -1;
  for (let event = 0; event < eventCount; event++) {
    const isShown = focused < 0 || owners[event] === focused || owners[event] < 0;
    rowOf[event] = -1;
    if (!isShown) continue;
    if (last >= 0 && times[event] - times[last] > LONG_GAP) rows[rowCount++] = -1 - event;
    rowOf[event] = rowCount;
    rows[rowCount++] = event;
    last = event;
  }
  columns = focused < 0 ? connections.map((_, index) => index) : [focused];
  spacer.style.height = HEAD + rowCount * ROW + ROW + "px";
  measure();
}

let gutter = 78;
let columnWidth = 200;

function measure() {
  const width = ladder.clientWidth;
  const ratio = window.devicePixelRatio || 1;
  gutter = width < 500 ? 74 : 78;
  const fair = columns.length ? (width - gutter) / columns.length : width - gutter;
  columnWidth = Math.max(width < 500 ? 210 : 230, Math.min(520, fair));
  spacer.style.width = Math.max(width, gutter + columns.length * columnWidth) + "px";
  canvas.width = Math.round(width * ratio);
  canvas.height = Math.round(ladder.clientHeight * ratio);
  canvas.style.width = width + "px";
  canvas.style.height = ladder.clientHeight + "px";
  pen.setTransform(ratio, 0, 0, ratio, 0, 0);
  draw();
}

function requestDraw() {
  if (drawing) return;
  drawing = true;
  requestAnimationFrame(() => {
    drawing = false;
    draw();
  });
}

/** Returns the gap before an event as a row. */
const isGap = (row) => rows[row] < 0;
const eventOfRow = (row) => (isGap(row) ? -1 - rows[row] : rows[row]);

function draw() {
  const height = ladder.clientHeight;
  const width = ladder.clientWidth;
  const top = ladder.scrollTop;
  const left = ladder.scrollLeft;
  const first = Math.max(0, Math.floor(top / ROW) - 1);
  const last = Math.min(rowCount - 1, Math.ceil((top + height - HEAD) / ROW));
  pen.fillStyle = colors.panel;
  pen.fillRect(0, 0, width, height);
  const shown = [];
  columns.forEach((connection, index) => {
    const x = gutter + index * columnWidth - left;
    if (x + columnWidth > 0 && x < width) shown.push({ connection, x });
  });
  const yOf = (row) => HEAD + row * ROW - top;
  shown.forEach((column) => drawLifelines(column, first, last, yOf));
  for (let row = first; row <= last; row++) drawRow(row, yOf(row), shown, width);
  drawHead(shown, width);
}

/** Selects an event, shows its row, and says what it is. */
function select(event, scroll = true) {
  if (event < 0 || event >= eventCount) return;
  if (rowOf[event] < 0) focus(-1);
  selected = event;
  if (scroll) reveal(event);
  const owner = owners[event];
  const name = owner >= 0 ? connectionName(owner) + ", " : "";
  current.textContent = visible(duration(times[event]) + ", " + name + describe(event));
  current.setAttribute("aria-posinset", rowOf[event] + 1);
  current.setAttribute("aria-setsize", rowCount);
  selectionListeners.forEach((listener) => listener(event));
  requestDraw();
}

function reveal(event) {
  const y = rowOf[event] * ROW;
  const height = ladder.clientHeight - HEAD - ROW;
  if (y < ladder.scrollTop || y > ladder.scrollTop + height) {
    ladder.scrollTop = Math.max(0, y - height / 3);
  }
  const column = columns.indexOf(owners[event]);
  const x = column * columnWidth;
  if (column >= 0 && (x < ladder.scrollLeft || x + columnWidth > ladder.scrollLeft + ladder.clientWidth - gutter)) {
    ladder.scrollLeft = Math.max(0, x - 20);
  }
}

/** Moves by some events among those that are shown. */
function step(by) {
  let row = rowOf[selected] ?? 0;
  const direction = Math.sign(by);
  for (let left = Math.abs(by); left > 0; ) {
    const next = row + direction;
    if (next < 0 || next >= rowCount) break;
    row = next;
    if (!isGap(row)) left--;
  }
  while (row < rowCount - 1 && isGap(row)) row++;
  select(eventOfRow(row));
}

/** Shows one connection alone, or all of them. */
function focus(connection) {
  focused = connection < connections.length ? connection : -1;
  layOut();
  if (selected >= 0 && rowOf[selected] >= 0) reveal(selected);
  else if (focused >= 0 && firstEvents[focused] >= 0) select(firstEvents[focused]);
}

ladder.addEventListener("scroll", requestDraw, { passive: true });
canvas.addEventListener("click", (click) => {
  const box = canvas.getBoundingClientRect();
  const row = Math.floor((click.clientY - box.top - HEAD + ladder.scrollTop) / ROW);
  if (click.clientY - box.top < HEAD) {
    const index = Math.floor((click.clientX - box.left + ladder.scrollLeft - gutter) / columnWidth);
    if (columns[index] !== undefined) focus(focused < 0 ? columns[index] : -1);
  } else if (row >= 0 && row < rowCount) {
    select(eventOfRow(row), false);
  }
});
