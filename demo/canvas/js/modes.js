// What each mode shows: which places are pointed at, which ones are painted, and the map between them.
import { contributed, largestContribution, largestWeight, looksAt, peakOf, seenBy } from "./attention.js";
import { cached } from "./cache.js";
import { lookedAt } from "./flow.js";
import { rolledOut } from "./rollout.js";
import { liesOn } from "./sides.js";

/**
 * @import { Head } from "./attention.js"
 * @import { Layer } from "./frame.js"
 * @import { Places, Point } from "./places.js"
 */

/** @param {Layer} layer */
const queriesOf = (layer) => layer.queryPlaces;
/** @param {Layer} layer */
const keysOf = (layer) => layer.keyPlaces;
/** @type {(layer: Layer, layers: Layer[]) => Places} */
const lastQueriesOf = (layer, layers) => layers.at(-1).queryPlaces;

/**
 * @typedef {object} Mode
 * @property {(layer: Layer, layers: Layer[]) => Places} pointed
 * @property {(layer: Layer, layers: Layer[]) => Places} painted
 * @property {(layer: Layer, picture: number, head: Head, place: number, layers: Layer[]) => Float32Array} [map]  of a place
 * @property {(layer: Layer, picture: number, head: Head) => Float32Array} [ofAll]  of all places, in place of `map`
 * @property {(layer: Layer, picture: number) => number} [largest]  value of all maps, where they have a common scale
 * @property {(layer: Layer) => boolean} [has]  whether a layer carries what is shown
 * @property {boolean} [keepsItself]  a place's own value would outshine all others
 * @property {boolean} [isShared]  the values of a map are shares of one whole
 */

/** @type {Object<string, Mode>} */
const KINDS = {
  looks: { pointed: queriesOf, painted: keysOf, map: looksAt, largest: largestWeight, isShared: true },
  seen: { pointed: keysOf, painted: queriesOf, map: seenBy, largest: largestWeight },
  contribution: {
    pointed: queriesOf, painted: keysOf, map: contributed, largest: largestContribution,
    has: (layer) => layer.lengths !== null,
  },
  rollout: {
    pointed: lastQueriesOf, painted: queriesOf, keepsItself: true,
    map: (layer, picture, head, place, layers) => rolledOut(layers, layer, picture, place),
  },
  flow: { pointed: queriesOf, painted: keysOf, ofAll: lookedAt, isShared: true },
};

export const MODES = Object.keys(KINDS);

/**
 * The places that are pointed at, and the places that the map is painted on.
 * @returns {{pointed: import("./places.js").Places, painted: import("./places.js").Places}}
 * @param {Layer[]} layers
 * @param {Layer} layer
 * @param {string} mode
 */
export function placesIn(layers, layer, mode) {
  return { pointed: KINDS[mode].pointed(layer, layers), painted: KINDS[mode].painted(layer, layers) };
}

/**
 * The mode that shows a point: the wished one where this is pointed at on the point's side, else what looks from there or
 * is seen there.
 * @param {Layer[]} layers
 * @param {Layer} layer
 * @param {string} wished
 * @param {Point} point
 * @param {Places} whole  the item's own places
 */
export function modeAt(layers, layer, wished, point, whole) {
  if (KINDS[wished].ofAll) return wished;
  return [wished, "looks", "seen"].find((mode) => liesOn(point, KINDS[mode].pointed(layer, layers), whole)) ?? wished;
}

/**
 * Whether a layer carries what the mode shows.
 * @param {Layer} layer
 * @param {string} mode
 */
export function canShow(layer, mode) {
  return KINDS[mode].has?.(layer) ?? true;
}

/**
 * Whether a map in this mode is of all places, whichever is pointed at.
 * @param {string} mode
 */
export function isOfAll(mode) {
  return Boolean(KINDS[mode].ofAll);
}

/**
 * A map with all that it is of.
 * @typedef {object} Found
 * @property {Float32Array} map  over the places that are painted
 * @property {Float32Array} rest  the map without the points' own places where these would outshine all, else the same:
 *   what is painted
 * @property {{index: number, value: number}} peak  the largest value of `rest`
 * @property {number} even  what every place would have if all had the same of it
 * @property {import("./places.js").Places} pointed
 * @property {import("./places.js").Places} painted
 * @property {number} item  index of the item
 */

/**
 * The map of the points, or their mean, of one head ("mean" for all) of an item's layer. Null without a point, save
 * where the mode is about all of them.
 * @returns {Found|null}
 * @param {Layer[]} layers
 * @param {Layer} layer
 * @param {number} item
 * @param {Head} head
 * @param {string} mode
 * @param {Point[]} points
 */
export function mapAt(layers, layer, item, head, mode, points) {
  const kind = KINDS[mode];
  const { pointed, painted } = placesIn(layers, layer, mode);
  if (!points.length && !kind.ofAll) return null;
  const places = points.map((point) => pointed.at(point, item));
  const map = kind.ofAll
    ? kind.ofAll(layer, item, head)
    : meanOf(places.map((place) => kind.map(layer, item, head, place, layers)));
  const own = kind.keepsItself ? points.map((point) => painted.at(point, item)) : [];
  const rest = own.length ? map.map((value, place) => (own.includes(place) ? 0 : value)) : map;
  const whole = kind.isShared ? 1 : rest.reduce((sum, value) => sum + value, 0);
  return { map, rest, peak: peakOf(rest), even: whole / painted.size(item), pointed, painted, item };
}

/** @param {Float32Array[]} maps */
function meanOf(maps) {
  if (maps.length === 1) return maps[0];
  return maps[0].map((_, place) => maps.reduce((sum, map) => sum + map[place], 0) / maps.length);
}

/**
 * The largest value of all maps of an item's layer; null where the mode's maps have no common scale.
 * @param {Layer} layer
 * @param {number} item
 * @param {string} mode
 */
export function largestIn(layer, item, mode) {
  const { largest } = KINDS[mode];
  return largest ? cached(layer, `largest ${mode} ${item}`, () => largest(layer, item)) : null;
}
