// The map in words: one sentence for everyone, and the numbers behind it.
import { strongestWindow } from "./attention.js";
import { indexAt } from "./view.js";

const NEARLY_EVEN = 1.25; // times the even share; below this the strongest window says little

/** "Pixel 12, 20 looks most at the upper left, columns 8 to 11, rows 0 to 3: 31 %, 5.0 times the even share". */
export function sentenceOf(view, found, speak) {
  const { painted, map, point } = found;
  const { width, height } = view.frame;
  const pixel = {
    x: Math.min(width - 1, Math.floor(point.x * width)),
    y: Math.min(height - 1, Math.floor(point.y * height)),
  };
  if (!(found.peak.value > 0)) {
    return speak(view.mode === "looks" ? "canvas_looks_nowhere" : "canvas_seen_by_none", pixel);
  }
  const best = strongestWindow(map, painted.rows, painted.columns);
  const first = (cell, cells, pixels) => Math.floor((cell * pixels) / cells);
  const times = (best.share * map.length) / (best.rows * best.columns);
  const values = {
    ...pixel,
    region: regionOf(best, painted, speak),
    left: first(best.column, painted.columns, width),
    right: first(best.column + best.columns, painted.columns, width) - 1,
    top: first(best.row, painted.rows, height),
    bottom: first(best.row + best.rows, painted.rows, height) - 1,
    share: speak.percent(best.share),
    times: speak.number(times, 1),
  };
  const kind = times < NEARLY_EVEN ? "everywhere" : "sentence";
  return speak(`canvas_${view.mode === "looks" ? "looks" : "seen"}_${kind}`, values);
}

function regionOf(best, painted, speak) {
  const third = (middle, size) => Math.min(2, Math.floor((3 * middle) / size));
  const row = third(best.row + best.rows / 2, painted.rows);
  const column = third(best.column + best.columns / 2, painted.columns);
  return speak("canvas_region_" + (3 * row + column));
}

/** The cell that is pointed at, the largest weight, and with a pin the weight under the pointer. */
export function numbersOf(view, found, speak) {
  const { pointed, painted, cell, map, peak } = found;
  const parts = [
    speak("canvas_cell", {
      column: cell % pointed.columns, row: Math.floor(cell / pointed.columns),
      columns: pointed.columns, rows: pointed.rows,
    }),
    speak("canvas_largest", {
      share: speak.percent(peak.value),
      column: peak.index % painted.columns, row: Math.floor(peak.index / painted.columns),
    }),
  ];
  if (view.pin && view.hovering && view.point) {
    const here = indexAt(view.point, painted);
    const even = view.mode === "looks" ? map.length : found.layer.keys;
    parts.push(
      speak("canvas_here", {
        share: speak.percent(map[here]), times: speak.number(map[here] * even, 1),
        column: here % painted.columns, row: Math.floor(here / painted.columns),
      }),
    );
  }
  return parts.join(" · ");
}

/** What is known of a layer at a glance: its size, gate and spread. */
export function factsOf(layer, spread, speak) {
  return speak("canvas_facts", { layer: layer.name, gate: speak.number(layer.gate), spread: speak.percent(spread) });
}
