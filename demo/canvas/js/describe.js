// The map in words: one sentence for everyone, and the numbers behind it.
import { strongestWindow } from "./attention.js";
import { indexAt } from "./modes.js";
import { pixelOf } from "./pins.js";
import { layersOf, linksOf } from "./view.js";

const NEARLY_EVEN = 1.25; // times the even share; below this the strongest window says little

/** "Pixel 12, 20 looks most at the upper left, columns 8 to 11, rows 0 to 3: 31 %, 5.0 times the even share". */
export function sentenceOf(view, found, speak) {
  const { painted, rest } = found;
  const { width, height } = view.frame;
  const who = found.point ? whoOf(view, found, speak) : "";
  if (!(found.peak.value > 0)) return speak(`canvas_${view.mode}_nothing`, { who });
  const best = strongestWindow(rest, painted.rows, painted.columns);
  const first = (cell, cells, pixels) => Math.floor((cell * pixels) / cells);
  const times = (best.share * rest.length) / (best.rows * best.columns);
  const values = {
    who,
    region: regionOf(best, painted, speak),
    left: first(best.column, painted.columns, width),
    right: first(best.column + best.columns, painted.columns, width) - 1,
    top: first(best.row, painted.rows, height),
    bottom: first(best.row + best.rows, painted.rows, height) - 1,
    share: speak.percent(best.share),
    times: speak.number(times, 1),
    ...more(view, found, speak),
  };
  return speak(`canvas_${view.mode}_${times < NEARLY_EVEN ? "everywhere" : "sentence"}`, values);
}

/** What only one mode has to say. */
function more(view, found, speak) {
  if (view.mode === "rollout") {
    const names = layersOf(view).map(({ name }) => name);
    const passed = names.slice(names.indexOf(view.layer)).reverse();
    return { layers: new Intl.ListFormat(speak.language).format(passed), own: speak.percent(1 - sumOf(found.rest) / sumOf(found.map)) };
  }
  if (view.mode !== "flow") return {};
  const links = linksOf(view);
  const carried = links.reduce((sum, { weight }) => sum + weight, 0) / found.layer.queries;
  return { count: links.length, all: found.layer.queries * found.layer.keys, carried: speak.percent(carried) };
}

const sumOf = (map) => map.reduce((sum, value) => sum + value, 0);

/** Whose map it is: "Pixel 12, 20", "Pin 2 (pixel 12, 20)" or "The mean of 3 pixels". */
function whoOf(view, found, speak) {
  if (view.together) return speak("canvas_who_mean", { count: view.pins.length });
  const pixel = pixelOf(found.point, view.frame);
  return view.pins.length > 1
    ? speak("canvas_who_pin", { ...pixel, number: view.active + 1 })
    : speak("canvas_who", pixel);
}

/** A value of the map in the words of its mode: weights are shares, contributions are lengths. */
export function amountOf(value, mode, speak) {
  return mode === "contribution" ? speak.number(value, 3) : speak.percent(value);
}

function regionOf(best, painted, speak) {
  const third = (middle, size) => Math.min(2, Math.floor((3 * middle) / size));
  const row = third(best.row + best.rows / 2, painted.rows);
  const column = third(best.column + best.columns / 2, painted.columns);
  return speak("canvas_region_" + (3 * row + column));
}

/** [explanation, text] of the cell pointed at, of the largest value, and with a pin of the cell under the pointer. */
export function numbersOf(view, found, speak) {
  const { pointed, painted, cell, map, peak } = found;
  const at = (index, grid) => ({ column: index % grid.columns, row: Math.floor(index / grid.columns) });
  const parts = [];
  if (cell !== null) {
    const { rows, columns } = pointed;
    parts.push(["explain_cell", speak("canvas_cell", { ...at(cell, pointed), rows, columns })]);
  }
  const share = amountOf(peak.value, view.mode, speak);
  parts.push(["explain_largest", speak("canvas_largest", { share, ...at(peak.index, painted) })]);
  if (view.pin && view.hovering && view.point) {
    const here = indexAt(view.point, painted);
    const even = sumOf(map) / map.length;
    const values = { share: amountOf(map[here], view.mode, speak), times: speak.number(map[here] / even, 1) };
    parts.push(["explain_here", speak("canvas_here", { ...values, ...at(here, painted) })]);
  }
  return parts;
}

/** [explanation, text] of what is known of a layer at a glance: its gate and spread. */
export function factsOf(layer, spread, speak) {
  return [
    ["explain_gate", speak("canvas_facts_gate", { gate: speak.number(layer.gate) })],
    ["explain_spread", speak("canvas_facts_spread", { spread: speak.percent(spread) })],
  ];
}
