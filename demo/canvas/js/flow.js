// The strongest links of a whole item: which places look where, drawn as curves over it.
import { looksAt } from "./attention.js";
import { cached } from "./cache.js";
import { placeUnder } from "./sides.js";

/**
 * @import { Layer } from "./frame.js"
 * @import { Head } from "./attention.js"
 * @import { Places, Point } from "./places.js"
 * @import { Shown } from "./view.js"
 */

export const MOST_LINKS = 200;
const BEND = 0.18; // of a link's length, how far its middle lies aside
const VEIL = "rgba(12, 12, 18, 0.75)"; // over the picture, so that links stand out on any

/** @typedef {{query: number, key: number, weight: number}} Link */

/**
 * The weights that each key gets, as the mean over all queries.
 * @param {Layer} layer
 * @param {number} picture
 * @param {Head} head
 */
export function lookedAt(layer, picture, head) {
  return cached(layer, `lookedAt ${picture} ${head}`, () => {
    const total = new Float32Array(layer.keys);
    const queries = layer.queryPlaces.size(picture);
    for (let query = 0; query < queries; query++) {
      looksAt(layer, picture, head, query).forEach((weight, key) => (total[key] += weight / queries));
    }
    return total;
  });
}

/**
 * The strongest links {query, key, weight}, strongest first; a look at the own place is none.
 * @param {Layer} layer
 * @param {number} picture
 * @param {Head} head
 * @returns {Link[]}
 */
export function strongestLinks(layer, picture, head) {
  return cached(layer, `links ${picture} ${head}`, () => {
    /** @type {Link[]} */
    const links = [];
    let weakest = 0;
    for (let query = 0; query < layer.queryPlaces.size(picture); query++) {
      const own = ownKey(layer, query);
      looksAt(layer, picture, head, query).forEach((weight, key) => {
        if (key !== own && weight > weakest) links.push({ query, key, weight });
      });
      if (links.length < 2 * MOST_LINKS) continue;
      links.sort((one, other) => other.weight - one.weight).length = MOST_LINKS;
      weakest = links.at(-1).weight;
    }
    return links.sort((one, other) => other.weight - one.weight).slice(0, MOST_LINKS);
  });
}

/**
 * How many links there are between all places of an item.
 * @param {Layer} layer
 * @param {number} item
 */
export function countLinks({ queryPlaces, keyPlaces }, item) {
  return queryPlaces.size(item) * (keyPlaces.size(item) - (keyPlaces.isOf(queryPlaces) ? 1 : 0));
}

/**
 * The key that holds the middle of a query's place; null where keys are places of something else.
 * @param {Layer} layer
 * @param {number} query
 */
function ownKey({ queryPlaces, keyPlaces }, query) {
  return keyPlaces.isOf(queryPlaces) ? keyPlaces.at(queryPlaces.middle(query)) : null;
}

/**
 * Draw links over the stage: thin at the place that looks, thick where it looks. Where some of them touch the place that
 * is pointed at, the others are faint. `middleOn(places, place)` is where a place has its middle on the canvas.
 * @param {HTMLCanvasElement} canvas
 * @param {Shown} shown
 * @param {Link[]} links
 * @param {(places: Places, place: number) => Point} middleOn
 * @param {Uint8Array} colours
 * @param {number} strength
 * @param {Places} whole  the item's own places
 */
export function paintLinks(canvas, { layer, place, point, item }, links, middleOn, colours, strength, whole) {
  const key = placeUnder(point, layer.keyPlaces, item, whole);
  /** @param {Link} link */
  const touches = (link) => link.query === place || link.key === key;
  const choosing = Boolean(point) && links.some(touches);
  const context = canvas.getContext("2d");
  const { width, height } = canvas;
  const unit = Math.max(1, width / 480);
  const top = links[0]?.weight ?? 1;
  context.globalAlpha = strength;
  context.fillStyle = VEIL;
  context.fillRect(0, 0, width, height);
  for (const link of [...links].reverse()) {
    context.globalAlpha = (choosing && !touches(link) ? 0.25 : 1) * strength;
    const colour = 3 * Math.round(255 * (link.weight / top));
    context.fillStyle = `rgb(${colours[colour]}, ${colours[colour + 1]}, ${colours[colour + 2]})`;
    fillLink(context, middleOn(layer.queryPlaces, link.query), middleOn(layer.keyPlaces, link.key), unit, link.weight / top);
  }
  context.globalAlpha = 1;
}

/**
 * Fill a curve, thin where it begins at the place that looks, at its end as thick as `share` of the strongest says.
 * @param {CanvasRenderingContext2D} context
 * @param {Point} from
 * @param {Point} to
 * @param {number} unit
 * @param {number} share
 */
export function fillLink(context, { x: x1, y: y1 }, { x: x2, y: y2 }, unit, share) {
  const [aside, down] = [-(y2 - y1) * BEND, (x2 - x1) * BEND];
  const [xm, ym] = [(x1 + x2) / 2 + aside, (y1 + y2) / 2 + down];
  const long = Math.hypot(x2 - xm, y2 - ym) || 1;
  const thick = (0.8 + 2.4 * share) * unit;
  const [across, along] = [(-(y2 - ym) / long) * thick, ((x2 - xm) / long) * thick];
  context.beginPath();
  context.moveTo(x1, y1);
  context.quadraticCurveTo(xm + across / 2, ym + along / 2, x2 + across, y2 + along);
  context.arc(x2, y2, thick, Math.atan2(along, across), Math.atan2(along, across) + Math.PI, true);
  context.quadraticCurveTo(xm - across / 2, ym - along / 2, x1, y1);
  context.fill();
}
