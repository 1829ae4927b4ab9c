// The strip above: all of the time line at once, longer times closer together.

const strip = document.getElementById("strip");
const frame = document.getElementById("frame");
const stripPen = strip.getContext("2d");
const LANE = 18;
const MAX_LANES = 8;
const lastTime = eventCount ? Math.max(1, times[eventCount - 1]) : 1;
const stripX = (time, width) => 90 + (Math.log1p(time / 100) / Math.log1p(lastTime / 100)) * (width - 110);

function laneCount() {
  return Math.max(1, Math.min(MAX_LANES, connections.length));
}

const laneOf = (connection) =>
  connections.length <= MAX_LANES ? connection : Math.floor((connection * MAX_LANES) / connections.length);

function drawStrip() {
  const ratio = window.devicePixelRatio || 1;
  const width = strip.clientWidth;
  const height = 18 + laneCount() * LANE;
  strip.width = Math.round(width * ratio);
  strip.height = Math.round(height * ratio);
  strip.style.height = height + "px";
  stripPen.setTransform(ratio, 0, 0, ratio, 0, 0);
  stripPen.clearRect(0, 0, width, height);
  drawTicks(width, height);
  drawLanes(width);
  drawEvents(width, height);
}

function drawTicks(width, height) {
  stripPen.font = "11px system-ui, sans-serif";
  stripPen.textAlign = "center";
  let last = -100;
  for (let time = 100; time <= lastTime; time *= 10) {
    const x = stripX(time, width);
    if (x - last < 55) continue;
    last = x;
    stripPen.fillStyle = colors.line;
    stripPen.fillRect(x, 14, 1, height - 14);
    stripPen.fillStyle = colors.dim;
    const half = stripPen.measureText(duration(time)).width / 2;
    stripPen.fillText(duration(time), Math.min(x, width - half - 2), 11);
  }
}

function drawLanes(width) {
  stripPen.textAlign = "left";
  for (let lane = 0; lane < laneCount(); lane++) {
    const y = 26 + lane * LANE;
    stripPen.fillStyle = colors.dim;
    const name = connections.length <= MAX_LANES && connections.length ? visible(connectionName(lane)) : "";
    stripPen.fillText(name.length > 13 ? name.slice(0, 12) + "…" : name, 2, y + 4);
    stripPen.fillStyle = colors.line;
    stripPen.fillRect(90, y, width - 100, 1);
  }
}

/** Draws each pixel of a lane once, however many events fall on it. */
function drawEvents(width, height) {
  const seen = new Set();
  for (let event = 0; event < eventCount; event++) {
    const x = Math.round(stripX(times[event], width));
    const kind = kindOf(event);
    const key = (x * 64 + laneOf(owners[event])) * 32 + data.events.codes[event];
    if (seen.has(key)) continue;
    seen.add(key);
    const y = 26 + laneOf(owners[event]) * LANE;
    stripPen.fillStyle = kind === "end" || kind === "rst" || kind === "wait" ? colors.bad : sideColor(sideOf(event));
    if (kind === "end" || kind === "mark") {
      stripPen.fillStyle = kind === "end" && data.result !== "passed" ? colors.bad : colors.mark;
      stripPen.fillRect(x, 14, kind === "end" ? 2 : 1, height - 14);
    } else if (kind === "sent") {
      stripPen.fillRect(x - 1, sideOf(event) ? y + 1 : y - 7, 3, 7);
    } else {
      stripPen.fillRect(x - 1, y - 5, 2, 10);
    }
  }
}

/** Moves the frame to the selected event. */
function moveFrame() {
  frame.hidden = selected < 0;
  if (selected >= 0) frame.style.left = stripX(times[selected], strip.clientWidth) - 5 + "px";
}

strip.addEventListener("click", (click) => {
  const box = strip.getBoundingClientRect();
  let best = -1;
  let distance = Infinity;
  for (let event = 0; event < eventCount; event++) {
    const x = Math.abs(stripX(times[event], strip.clientWidth) - (click.clientX - box.left));
    const y = owners[event] < 0 ? 8 : Math.abs(26 + laneOf(owners[event]) * LANE - (click.clientY - box.top));
    if (x * 3 + y < distance) [best, distance] = [event, x * 3 + y];
  }
  select(best);
});
