// The tool that is held in the Edit panel, and whom its change is for: state, and what follows from it.
import { isBeside, placeUnder } from "./sides.js";
import { itemOf, layerOf, wholeOf } from "./view.js";

/**
 * @import { Places } from "./places.js"
 * @import { View } from "./view.js"
 */

const OVER_KEYS = ["looks", "contribution"]; // modes whose map lies on the places that are painted

/**
 * @typedef {object} Tool
 * @property {"look"|"forbid"|"allow"|"send"|"weigh"|"region"} name
 * @property {"pin"|"region"|"all"} whom
 * @property {{layer: string|null, places: Set<number>}} region  marked queries of one layer
 * @property {boolean} open  the panel is open
 */

/** @returns {Tool} */
export function newTool() {
  return { name: "look", whom: "pin", region: { layer: null, places: new Set() }, open: false };
}

/**
 * @param {Tool} tool
 * @param {View} view
 * @param {Tool["name"]} name
 */
export function takeTool(tool, view, name) {
  tool.name = name;
  const layer = layerOf(view);
  const isOfWords = layer && isBeside(layer.keyPlaces, wholeOf(view));
  if (isOfWords && tool.whom === "pin" && pinnedIn(view) === null) tool.whom = "all"; // a word is silenced for all
}

/**
 * A region is marked before anything is done to it, and without one its tool is put down.
 * @param {Tool} tool
 * @param {View} view
 * @param {Tool["whom"]} whom
 */
export function chooseWhom(tool, view, whom) {
  tool.whom = whom;
  if (whom === "region" && !regionIn(tool, view).size) tool.name = "region";
  if (whom !== "region" && tool.name === "region") tool.name = "look";
}

/**
 * The tools that there are for whom the change is.
 * @param {Tool} tool
 * @returns {string[]}
 */
export function toolsOf({ whom }) {
  return ["look", "forbid", "allow", "send", "weigh", ...(whom === "region" ? ["region"] : [])];
}

/**
 * The marked queries of the layer in view.
 * @param {Tool} tool
 * @param {View} view
 */
export function regionIn({ region }, view) {
  return region.layer === view.layer ? region.places : new Set();
}

/**
 * Mark a query of the layer in view, or with `erasing` take the mark away.
 * @param {Tool} tool
 * @param {View} view
 * @param {number} place
 * @param {boolean} erasing
 */
export function markRegion(tool, view, place, erasing) {
  if (tool.region.layer !== view.layer) tool.region = { layer: view.layer, places: new Set() };
  if (erasing) tool.region.places.delete(place);
  else tool.region.places.add(place);
}

/**
 * The queries that a change is for, null for all of them.
 * @param {Tool} tool
 * @param {View} view
 */
export function queriesFor(tool, view) {
  if (tool.whom === "all") return null;
  if (tool.whom === "pin") return [pinnedIn(view)];
  return [...regionIn(tool, view)].sort((one, other) => one - other);
}

/**
 * The places that the tool paints on, or null where it can paint on none.
 * @param {Tool} tool
 * @param {View} view
 * @param {boolean} isPresent
 * @returns {Places|null}
 */
export function placesFor(tool, view, isPresent) {
  const layer = layerOf(view);
  if (!tool.open || tool.name === "look" || !layer || !isPresent) return null;
  if (tool.name === "region") return layer.queryPlaces;
  if (tool.name === "weigh") return layer.keyPlaces; // for all queries
  const lacksQuery = (tool.whom === "pin" && pinnedIn(view) === null) || (tool.whom === "region" && !regionIn(tool, view).size);
  return lacksQuery ? null : layer.keyPlaces;
}

/**
 * The query that is pinned, or null.
 * @param {View} view
 */
export function pinnedIn(view) {
  const layer = layerOf(view);
  return layer && placeUnder(view.pin, layer.queryPlaces, itemOf(view), wholeOf(view));
}

/**
 * Whether the keys are in view, which tools paint on: always where they stand beside the item.
 * @param {View} view
 */
export function showsKeys(view) {
  return OVER_KEYS.includes(view.mode) || isBeside(layerOf(view).keyPlaces, wholeOf(view));
}

/**
 * The query whose forbidden keys are shown; null where only those forbidden to all are.
 * @param {Tool} tool
 * @param {View} view
 */
export function queryShown(tool, view) {
  if (tool.whom === "all" && tool.name !== "look") return null;
  if (tool.whom === "region" && tool.name !== "look" && regionIn(tool, view).size) return [...regionIn(tool, view)][0];
  const point = view.pin ?? (tool.name === "look" ? view.point : null);
  return placeUnder(point, layerOf(view).queryPlaces, itemOf(view), wholeOf(view));
}
