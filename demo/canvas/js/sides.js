// The two sides of a layer: the item itself, and what stands beside it, such as the words that a picture is drawn from.
import { cached } from "./cache.js";

/**
 * @import { Layer } from "./frame.js"
 * @import { Places, Point } from "./places.js"
 */

/**
 * Whether these are no places of the item, whose own places are `whole`.
 * @param {Places} places
 * @param {Places} whole
 */
export function isBeside(places, whole) {
  return cached(places, "is beside", () => !places.isOf(whole));
}

/**
 * The keys or the queries of a layer that are not the item's; null where it looks from the item at the item.
 * @param {Layer} layer
 * @param {Places} whole
 */
export function besideOf({ keyPlaces, queryPlaces }, whole) {
  return [keyPlaces, queryPlaces].find((places) => places.kind !== "grid" && isBeside(places, whole)) ?? null;
}

/**
 * Whether a point lies on the side of these places.
 * @param {Point} point
 * @param {Places} places
 * @param {Places} whole
 */
export function liesOn(point, places, whole) {
  return (point.beside !== undefined) === isBeside(places, whole);
}

/**
 * The place of an item under a point, or null where it lies on the other side.
 * @param {Point|null} point
 * @param {Places} places
 * @param {number} item
 * @param {Places} whole
 */
export function placeUnder(point, places, item, whole) {
  return point && liesOn(point, places, whole) ? places.at(point, item) : null;
}

/**
 * The point in the middle of a place.
 * @returns {Point}
 * @param {Places} places
 * @param {number} place
 * @param {Places} whole
 */
export function pointOn(places, place, whole) {
  return isBeside(places, whole) ? { ...places.middle(place), beside: place } : places.middle(place);
}
