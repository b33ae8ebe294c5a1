// The map in words: one sentence for everyone, and the numbers behind it.
import { countLinks } from "./flow.js";
import { nameLayers } from "./layer-name.js";
import { pixelOf } from "./pins.js";
import { contentOf } from "./frame.js";
import { endingOf, nameBox, namePlace } from "./place-name.js";
import { planeOf, sidesBetween } from "./plane.js";
import { isBeside, placeUnder } from "./sides.js";
import { tableOf } from "./table.js";
import { attendedOf, layersOf, linksOf, wholeOf, wordedOf } from "./view.js";

/**
 * @import { Layer } from "./frame.js"
 * @import { Box, Places } from "./places.js"
 * @import { Speak } from "./texts.js"
 * @import { Shown, View } from "./view.js"
 */

const MEASURED = ["looks", "seen"]; // modes that show the weights themselves
const SURE = 0.5; // overlap with its thing from which on a word's map may be taken for where this is
const HARDLY = 0.005; // of a plane's side: who moves less hardly moves
const NEARLY_EVEN = 1.25; // times the even share; below this what is named says little

/**
 * "Pixel 12, 20 looks most at …": what is named of the map (window.js), a window of a grid, a word or a column.
 * @param {View} view
 * @param {Shown} found
 * @param {Speak} speak
 */
export function sentenceOf(view, found, speak) {
  const who = found.place === null ? "" : whoOf(view, found, speak);
  const { painted, peak, named } = found;
  if (!(peak.value > 0)) return speak(`canvas_${view.mode}_nothing`, { who });
  if (!named) return speak(`canvas_${view.mode}_alike`, { who, ...more(view, found, speak) });
  const isGrid = painted.kind === "grid";
  const place = isGrid
    ? { region: regionOf(named.box, speak), pixels: nameBox(named.box, pixelsOf(view, painted)) }
    : nameOf(view, painted, peak.index, speak);
  const values = {
    who, ...place, share: speak.percent(named.share), times: speak.number(named.times, 1), ...more(view, found, speak),
  };
  const how = named.times < NEARLY_EVEN ? "_everywhere" : "";
  return speak(`canvas_${view.mode}${isGrid ? how || "_sentence" : how + "_named"}`, values);
}

/**
 * The name of a word or column, and what stands there if it is a place of the item.
 * @param {View} view
 * @param {Places} places
 * @param {number} place
 * @param {Speak} speak
 */
function nameOf(view, places, place, speak) {
  const { frame, index } = attendedOf(view);
  const isItem = places.kind !== "grid" && !isBeside(places, wholeOf(view));
  const content = isItem ? contentOf(frame, index, place, (value) => speak.number(value)) : "";
  return { name: places.name(place, index), content: content === " " ? "␣" : content, place: place + 1 };
}

/**
 * What a place is called by itself: a character of a text as it is.
 * @param {View} view
 * @param {Places} places
 * @param {number} place
 * @param {number} item
 * @param {Speak} speak
 */
function labelOf(view, places, place, item, speak) {
  const content = view.frame.item.texts ? nameOf(view, places, place, speak).content : "";
  return content || namePlace(places, place, item, wholeOf(view));
}

/**
 * The grid whose pixels name what lies on an item.
 * @param {View} view
 * @param {Places} painted
 */
function pixelsOf(view, painted) {
  return wholeOf(view).kind === "grid" ? wholeOf(view) : painted;
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
  const carried = links.reduce((sum, { weight }) => sum + weight, 0) / found.layer.queryPlaces.size(found.item);
  return { count: links.length, all: countLinks(found.layer, found.item), carried: speak.percent(carried) };
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
  const { pointed, place, point } = found;
  const values = { ...pixelOf(point, view.frame), ...nameOf(view, pointed, place, speak), number: view.active + 1 };
  return speak((view.pins.length > 1 ? "canvas_who_pin" : "canvas_who") + endingOf(pointed), values);
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
 * The ninth of an item in which the middle of a box lies.
 * @param {Box} box
 * @param {Speak} speak
 */
function regionOf({ x, y, width, height }, speak) {
  /** @param {number} middle */
  const third = (middle) => Math.min(2, Math.floor(3 * middle + 1e-6));
  return speak("canvas_region_" + (3 * third(y + height / 2) + third(x + width / 2)));
}

/**
 * [explanation, text] of the place pointed at, of the largest value, and with a pin of the place under the pointer.
 * @param {View} view
 * @param {Shown} found
 * @param {Speak} speak
 */
export function numbersOf(view, found, speak) {
  const { pointed, painted, place, map, peak, item, even } = found;
  const here = view.pin && view.hovering ? placeUnder(view.point, painted, item, wholeOf(view)) : null;
  /** @type {(what: string, places: Places, index: number, values: object) => [string, string]} */
  const part = (what, places, index, values) => [
    `explain_${what}${places.kind === "grid" ? "" : "_places"}`,
    speak(`canvas_${what}${suffixOf(places)}`, {
      place: labelOf(view, places, index, item, speak), size: places.size(item), ...values,
    }),
  ];
  const share = amountOf(peak.value, view.mode, speak);
  const parts = place === null ? [] : [part("cell", pointed, place, {})];
  parts.push(part("largest", painted, peak.index, { share }));
  if (here !== null) {
    const values = { share: amountOf(map[here], view.mode, speak), times: speak.number(map[here] / even, 1) };
    parts.push(part("here", painted, here, values));
  }
  return parts;
}

/**
 * [explanation, text] of how far maps of such a word as is pointed at overlap with its thing; none where nothing was
 * measured of the network's words. Measured is the mean of the heads of the coarsest layer with words.
 * @param {View} view
 * @param {Shown} found
 * @param {{sorts: Object<string, string>, overlaps: Object<string, any>, chance: number}|undefined} measured
 * @param {boolean} isAsMeasured  whether what is in view was drawn as it was then
 * @param {Speak} speak
 * @returns {[string, string][]}
 */
export function rightnessOf(view, { pointed, painted, place, item, layer }, measured, isAsMeasured, speak) {
  if (!measured || place === null || pointed.kind === "grid" || painted.kind !== "grid") return [];
  const name = pointed.name(place, item);
  const isMeasured = isAsMeasured && MEASURED.includes(view.mode) && view.head === "mean" && layer === wordedOf(layersOf(view), wholeOf(view));
  const sort = isMeasured && measured.sorts[name];
  if (!sort) return [["explain_word_map", speak("canvas_word_map_none", { name })]];
  const { generator, discriminator } = measured.overlaps[sort];
  const numbers = Object.entries({ generator, discriminator, chance: measured.chance }).map(([key, value]) => [key, speak.number(value, 2)]);
  const said = { kind: speak(`canvas_word_map_${sort}`), ...Object.fromEntries(numbers) };
  return [["explain_word_map", speak(generator < SURE ? "canvas_word_map_unsure" : "canvas_word_map_sure", said)]];
}

/**
 * [explanation, text] of what the chosen point or row would be without the layer in view; none where that is not known.
 * @param {View} view
 * @param {Shown} found
 * @param {Speak} speak
 */
export function withoutOf(view, { layer }, speak) {
  const { frame, index } = attendedOf(view);
  const [plane, table] = [planeOf(frame), tableOf(frame)];
  const bare = (plane ?? table)?.without?.[layer.name];
  if (!bare) return [];
  /** @param {ArrayLike<number>} of @returns {[number, number]} */
  const pointIn = (of) => [of[2 * index], of[2 * index + 1]];
  const far = plane ? sidesBetween(plane, pointIn(frame.item.values), pointIn(bare)) : bare[index];
  const isHardly = plane ? far < HARDLY : far === 0;
  const said = { far: speak.percent(far), changed: far, count: wholeOf(view).count };
  return [["explain_without", speak(isHardly ? "canvas_without_hardly" : "canvas_without", said)]];
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
