// The map in words: one sentence for everyone, and the numbers behind it.
import { strongestWindow } from "./attention.js";
import { nameLayers } from "./layer-name.js";
import { pixelOf } from "./pins.js";
import { layersOf, linksOf } from "./view.js";

/**
 * @import { Layer } from "./frame.js"
 * @import { Grid } from "./grid.js"
 * @import { Places } from "./places.js"
 * @import { Speak } from "./texts.js"
 * @import { Shown, View } from "./view.js"
 */

const NEARLY_EVEN = 1.25; // times the even share; below this the strongest window says little

/**
 * "Pixel 12, 20 looks most at …": the strongest window of a grid, or the strongest word or column.
 * @param {View} view
 * @param {Shown} found
 * @param {Speak} speak
 */
export function sentenceOf(view, found, speak) {
  const who = found.point ? whoOf(view, found, speak) : "";
  if (!(found.peak.value > 0)) return speak(`canvas_${view.mode}_nothing`, { who });
  return found.painted.kind === "grid" ? ofWindow(view, found, who, speak) : ofNamed(view, found, who, speak);
}

/**
 * "… looks most at “red”: 31 % of its attention, 5.0 times the even share".
 * @param {View} view
 * @param {Shown} found
 * @param {string} who
 * @param {Speak} speak
 */
function ofNamed(view, found, who, speak) {
  const { painted, rest, peak, item } = found;
  const share = peak.value / sumOf(rest);
  const times = share * painted.size(item);
  const values = {
    who, name: painted.name(peak.index, item), share: speak.percent(share), times: speak.number(times, 1),
    ...more(view, found, speak),
  };
  return speak(`canvas_${view.mode}_${times < NEARLY_EVEN ? "everywhere_named" : "named"}`, values);
}

/**
 * "… looks most at the upper left, columns 8 to 11, rows 0 to 3: 31 %, 5.0 times the even share"; only of a grid.
 * @param {View} view
 * @param {any} found
 * @param {string} who
 * @param {Speak} speak
 */
function ofWindow(view, found, who, speak) {
  const { painted, rest } = found;
  const { width = painted.columns, height = painted.rows } = view.frame;
  const best = strongestWindow(rest, painted);
  /** @type {(cell: number, cells: number, pixels: number) => number} */
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

/**
 * What only one mode has to say.
 * @param {View} view
 * @param {Shown} found
 * @param {Speak} speak
 * @returns {object}
 */
function more(view, found, speak) {
  if (view.mode === "rollout") {
    const names = layersOf(view).map(({ name }) => name);
    const passed = names.slice(names.indexOf(view.layer)).reverse();
    /** @param {string[]} all */
    const listed = (all) => new Intl.ListFormat(speak.language).format(all);
    return { layers: nameLayers(passed, speak, listed), own: speak.percent(1 - sumOf(found.rest) / sumOf(found.map)) };
  }
  if (view.mode !== "flow") return {};
  const links = linksOf(view);
  const [queries, keys] = [found.layer.queryPlaces.size(found.item), found.layer.keyPlaces.size(found.item)];
  const carried = links.reduce((sum, { weight }) => sum + weight, 0) / queries;
  return { count: links.length, all: queries * keys, carried: speak.percent(carried) };
}

/** @param {Float32Array} map */
const sumOf = (map) => map.reduce((sum, value) => sum + value, 0);

/**
 * Whose map it is: "Pixel 12, 20", "Pin 2 (pixel 12, 20)", "The mean of 3 pins", or a word or column by its name.
 * @param {View} view
 * @param {Shown} found
 * @param {Speak} speak
 */
function whoOf(view, found, speak) {
  if (view.together) return speak("canvas_who_mean", { count: view.pins.length });
  const name = found.pointed.name(found.place, found.item);
  const values = { ...pixelOf(found.point, view.frame), name, number: view.active + 1 };
  return speak((view.pins.length > 1 ? "canvas_who_pin" : "canvas_who") + suffixOf(found.pointed), values);
}

/**
 * The ending of a text's key for these places: cells have their numbers, words and columns their names.
 * @param {Places} places
 */
const suffixOf = (places) => (places.kind === "grid" ? "" : "_named");

/**
 * A value of the map in the words of its mode: weights are shares, contributions are lengths.
 * @param {number} value
 * @param {string} mode
 * @param {Speak} speak
 */
export function amountOf(value, mode, speak) {
  return mode === "contribution" ? speak.number(value, 3) : speak.percent(value);
}

/**
 * @param {ReturnType<typeof strongestWindow>} best
 * @param {Grid} painted
 * @param {Speak} speak
 */
function regionOf(best, painted, speak) {
  /** @type {(middle: number, size: number) => number} */
  const third = (middle, size) => Math.min(2, Math.floor((3 * middle) / size));
  const row = third(best.row + best.rows / 2, painted.rows);
  const column = third(best.column + best.columns / 2, painted.columns);
  return speak("canvas_region_" + (3 * row + column));
}

/**
 * [explanation, text] of the place pointed at, of the largest value, and with a pin of the place under the pointer.
 * @param {View} view
 * @param {Shown} found
 * @param {Speak} speak
 */
export function numbersOf(view, found, speak) {
  const { pointed, painted, place, map, peak, item } = found;
  /** @type {(what: string, places: Places, index: number, values: object) => [string, string]} */
  const part = (what, places, index, values) => [
    `explain_${what}${places.kind === "grid" ? "" : "_places"}`,
    speak(`canvas_${what}${suffixOf(places)}`, { place: places.name(index, item), size: places.extent(item), ...values }),
  ];
  const share = amountOf(peak.value, view.mode, speak);
  const parts = place === null ? [] : [part("cell", pointed, place, {})];
  parts.push(part("largest", painted, peak.index, { share }));
  if (view.pin && view.hovering && view.point) {
    const here = painted.at(view.point, item);
    const even = sumOf(map) / painted.size(item);
    const values = { share: amountOf(map[here], view.mode, speak), times: speak.number(map[here] / even, 1) };
    parts.push(part("here", painted, here, values));
  }
  return parts;
}

/**
 * [explanation, text] of what is known of a layer at a glance: its gate and spread.
 * @param {Layer} layer
 * @param {number} spread
 * @param {Speak} speak
 */
export function factsOf(layer, spread, speak) {
  return [
    ["explain_gate", speak("canvas_facts_gate", { gate: speak.number(layer.gate) })],
    ["explain_spread", speak("canvas_facts_spread", { spread: speak.percent(spread) })],
  ];
}
