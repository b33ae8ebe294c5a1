// How point and pins, mode and layer are moved on.
import { besideOf, placeUnder, pointOn } from "./sides.js";
import { itemOf, keepHead, layerOf, layersOf, mapOf, pointedIn, wholeOf, wordedOf } from "./view.js";

/** @import { View } from "./view.js" */

export const MIDDLE = { x: 0.5, y: 0.5 };

/**
 * Move the pin, or the point when nothing is pinned, by whole places of the layer in view; from a line up or down to the
 * other side.
 * @param {View} view
 * @param {number} across
 * @param {number} down
 */
export function stepPoint(view, across, down) {
  const pointed = pointedIn(view);
  if (!pointed) return;
  if (down && pointed.raster.height === 1) return crossOver(view);
  const item = itemOf(view);
  const from = placeUnder(view.pin ?? view.point, pointed, item, wholeOf(view));
  const place = from === null ? pointed.at(MIDDLE, item) : pointed.step(from, across, down, item);
  const point = pointOn(pointed, place, wholeOf(view));
  if (view.pin) view.pins[view.active] = point;
  else view.hovering = true;
  view.point = point;
}

/**
 * Show the coarsest layer of words where the one in view looks at none.
 * @param {View} view
 */
export function showWords(view) {
  const layer = layerOf(view);
  const worded = view.frame && wordedOf(layersOf(view), wholeOf(view));
  if (worded && layer && !besideOf(layer, wholeOf(view))) chooseLayer(view, worded.name);
}

/**
 * Go with point or pin to the other side of the layer in view, if it has one: to the strongest place of the map there.
 * @param {View} view
 */
export function crossOver(view) {
  const layer = layerOf(view);
  const beside = layer && besideOf(layer, wholeOf(view));
  if (!beside) return;
  const found = mapOf(view);
  const from = view.pin ?? view.point;
  const onto = [layer.queryPlaces, layer.keyPlaces].find((places) => (places === beside) === (from?.beside === undefined));
  const place = found?.painted === onto ? found.peak.index : onto.at(MIDDLE, itemOf(view));
  const point = pointOn(onto, place, wholeOf(view));
  if (view.pins.length) Object.assign(view, { pins: [point], active: 0, together: false });
  else view.hovering = true;
  view.point = point;
}

/**
 * @template T
 * @param {T[]} list
 * @param {T} current
 * @param {number} by
 */
export function turn(list, current, by) {
  const at = Math.max(0, list.indexOf(current));
  return list[(at + by + list.length) % list.length];
}

/**
 * Change the mode; through all layers means down to the first one, and after it comes the layer from before. A mode that is
 * pointed at on the other side takes the point there.
 * @param {View} view
 * @param {string} mode
 */
export function chooseMode(view, mode) {
  const names = layersOf(view).map(({ name }) => name);
  if (mode === "rollout" && view.wished !== mode) {
    view.before = view.layer;
    chooseLayer(view, names[0] ?? null);
  } else if (view.wished === "rollout" && mode !== "rollout" && names.includes(view.before)) chooseLayer(view, view.before);
  view.mode = mode;
  if (view.mode !== mode) crossOver(view);
}

/**
 * @param {View} view
 * @param {string|null} name
 */
export function chooseLayer(view, name) {
  view.layer = name;
  keepHead(view);
}
