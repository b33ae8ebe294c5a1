// The tool that is held in the Edit panel, and whom its change is for: state, and what follows from it.
import { itemOf, layerOf } from "./view.js";

/**
 * @import { Places } from "./places.js"
 * @import { View } from "./view.js"
 */

const OVER_KEYS = ["looks", "contribution"]; // modes whose map lies on the places that are painted

/**
 * @typedef {object} Tool
 * @property {"look"|"forbid"|"allow"|"send"|"region"} name
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
 * @param {Tool["name"]} name
 */
export function takeTool(tool, name) {
  tool.name = name;
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
  return ["look", "forbid", "allow", "send", ...(whom === "region" ? ["region"] : [])];
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
  if (tool.whom === "pin") return [layerOf(view).queryPlaces.at(view.pin, itemOf(view))];
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
  const lacksQuery = (tool.whom === "pin" && !view.pin) || (tool.whom === "region" && !regionIn(tool, view).size);
  return lacksQuery ? null : layer.keyPlaces;
}

/**
 * Whether the mode in view shows the keys, which tools paint on.
 * @param {View} view
 */
export function showsKeys({ mode }) {
  return OVER_KEYS.includes(mode);
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
  return point && layerOf(view).queryPlaces.at(point, itemOf(view));
}
