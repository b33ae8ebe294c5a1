// What is being looked at, and what follows from it. Changing a view and drawing it are kept apart.
import { strongestLinks } from "./flow.js";
import { headsOf } from "./maps.js";
import { canShow, isOfAll, largestIn, mapAt, modeAt, placesIn } from "./modes.js";
import { besideOf, liesOn, placeUnder } from "./sides.js";
import { namedIn } from "./window.js";

/** @typedef {import("./frame.js").Frame} Frame */
/** @typedef {import("./frame.js").Layer} Layer */
/** @typedef {import("./places.js").Point} Point */

/**
 * What is being looked at. Everything that is shown follows from it and from what the server was asked for.
 * @typedef {object} View
 * @property {Frame|null} frame  the items in view
 * @property {Map<number, Frame>} details  index of an item -> frame of that item alone, with its attention
 * @property {Frame|null} stand  stands in for the chosen item: drawn with an edit, or between two samples
 * @property {number} chosen  index of the item on the stage
 * @property {string|null} layer  name of the layer in view
 * @property {"mean"|number} head
 * @property {string} wished  the mode that was chosen, one of MODES (modes.js)
 * @property {string} mode  the mode in view, which follows the side that is pointed at
 * @property {string|null} before  name of the layer in view before all layers were, to go back to
 * @property {Point[]} pins
 * @property {number} active  index of the active pin
 * @property {Point|null} pin  the active pin
 * @property {boolean} together  the mean of all pins is shown
 * @property {boolean} adding  the next press is one more pin
 * @property {Point|null} point  where the pointer was last
 * @property {boolean} hovering  the pointer is over the stage, or keys move over it
 * @property {import("./edit.js").Edit} edit  changed attention, asked of the server
 * @property {string|null} swapped  a text in place of the item's own, asked of the server
 * @property {number} truncation  factor of the noise, asked of the server
 * @property {string|null} against  what to compare with, asked of the server
 * @property {number} strength  of the map over the item, 0 to 1
 * @property {boolean} smooth  interpolated between cells
 * @property {"map"|"layer"} range  whether each map has its own scale
 * @property {string} colours
 * @property {number} links  how many links flow draws
 * @property {boolean} bare  the item alone is shown for as long as a person holds it
 * @property {import("./trail.js").Trail|null} trail  where points were at earlier moments
 * @property {import("./trail.js").Glance|null} glance  where points lie now, while a training goes on
 * @property {string|null} phase  of a step in slow motion
 * @property {number[]|null} axes  the two columns that a table is shown along, once somebody chose them
 */

/** @type {Pick<View, "trail"|"glance">} */
const NOBODYS = { trail: null, glance: null }; // of another frame

/** @typedef {import("./modes.js").Found & {layer: Layer, top: number}} Scaled  a map with its layer and the top of its scale */

/**
 * The map in view, with the point and place that it is of, and what is named of it.
 * @typedef {Scaled & {point: Point|null, place: number|null, named: import("./window.js").Named|null}} Shown
 */

/**
 * A fresh view: nothing loaded, nothing pinned.
 * @returns {View}
 */
export function newView() {
  return {
    frame: null, details: new Map(), stand: null,
    chosen: 0, layer: null, head: "mean", wished: "looks", before: null,
    get mode() {
      const layer = layerOf(this);
      return layer ? modeIn(this, layer) : this.wished;
    },
    set mode(mode) {
      this.wished = mode;
    },
    pins: [], active: 0, together: false, adding: false,
    get pin() {
      return this.pins[this.active] ?? null;
    },
    point: null, hovering: false,
    edit: {}, swapped: null, truncation: 1, against: null,
    strength: 0.8, smooth: false, range: "map", colours: "magma", links: 40, bare: false,
    trail: null, glance: null, phase: null, axes: null,
  };
}

/**
 * Whether all of the attention is switched off.
 * @param {View} view
 */
export function isOff(view) {
  const layers = layersOf(view);
  return layers.length > 0 && layers.every(({ name }) => view.edit[name]?.gate === 0);
}

/**
 * Two items are to be compared, of two networks or with attention and without, and nothing is pointed at or pinned:
 * they are shown as they are, without a map.
 * @param {View} view
 */
export function awaitsPointer(view) {
  return (view.against !== null || isOff(view)) && !view.hovering && !view.pins.length;
}

/**
 * Take a new frame into the view; what the person chose stays where it still exists.
 * @param {View} view
 * @param {Frame} frame
 */
export function adopt(view, frame) {
  view.frame = frame;
  view.details.clear();
  Object.assign(view, { stand: null, swapped: null });
  if (view.chosen >= frame.count) view.chosen = 0;
  fitLayer(view);
}

/**
 * Keep layer and head where the layers in view have them; else the coarsest layer that looks at words, or the last of all.
 * @param {View} view
 */
export function fitLayer(view) {
  const layers = layersOf(view);
  const usual = wordedOf(layers, wholeOf(view)) ?? layers.at(-1);
  if (!layers.some(({ name }) => name === view.layer)) view.layer = usual?.name ?? null;
  keepHead(view);
}

/**
 * The coarsest layer that looks at words, the last of several; undefined where none does.
 * @param {Layer[]} layers
 * @param {import("./places.js").Places} whole
 */
export function wordedOf(layers, whole) {
  const all = layers.filter((layer) => besideOf(layer, whole));
  return all.findLast(({ queries }) => queries === Math.min(...all.map((one) => one.queries)));
}

/**
 * The view as another frame's only item has it: the same point, in the nearest layer and head that it has.
 * @param {View} view
 * @param {Frame} frame
 * @returns {View}
 */
export function asSeenIn(view, frame) {
  const its = Object.assign(Object.create(view), { stand: frame, ...NOBODYS });
  fitLayer(its);
  return its;
}

/**
 * The view as it is in another frame of the same samples.
 * @param {View} view
 * @param {Frame} frame
 * @returns {View}
 */
export function inFrame(view, frame) {
  const its = Object.assign(Object.create(view), { frame, stand: null, details: new Map(), ...NOBODYS });
  fitLayer(its);
  return its;
}

/**
 * Keep the head where the layer in view has it.
 * @param {View} view
 */
export function keepHead(view) {
  const layer = layerOf(view);
  if (layer && !headsOf(layer).includes(view.head)) view.head = headsOf(layer)[0];
}

/**
 * The frame and the index in it that hold the chosen item's attention, or null while there is none.
 * @param {View} view
 */
export function attendedOf(view) {
  const { frame, chosen } = view;
  if (!frame) return null;
  if (view.stand) return { frame: view.stand, index: 0 };
  if (chosen < frame.attended) return { frame, index: chosen };
  const detail = view.details.get(chosen);
  return detail ? { frame: detail, index: 0 } : null;
}

/**
 * The index of the chosen item in the frame that holds its attention, or else in the frame in view.
 * @param {View} view
 */
export function itemOf(view) {
  return attendedOf(view)?.index ?? view.chosen;
}

/** @param {View} view */
export function layersOf(view) {
  return attendedOf(view)?.frame.layers ?? view.frame?.layers ?? [];
}

/** @param {View} view */
export function layerOf(view) {
  return layersOf(view).find((layer) => layer.name === view.layer) ?? null;
}

/**
 * The places of the item itself.
 * @param {View} view
 */
export function wholeOf(view) {
  return view.frame.item.places;
}

/**
 * What stands beside the item: the places of the layer in view that are not the item's, else those of the last layer that
 * has such; null where there are none.
 * @param {View} view
 */
export function besideIn(view) {
  const layer = layerOf(view);
  const all = layer ? [...layersOf(view), layer] : [];
  return all.map((one) => besideOf(one, wholeOf(view))).findLast(Boolean) ?? null;
}

/**
 * The mode in which a layer is shown.
 * @param {View} view
 * @param {Layer} layer
 */
function modeIn(view, layer) {
  const point = view.pin ?? view.point;
  return point ? modeAt(layersOf(view), layer, view.wished, point, wholeOf(view)) : view.wished;
}

/**
 * The places of the layer in view that are pointed at in this mode, or null without a layer.
 * @param {View} view
 */
export function pointedIn(view) {
  const layer = layerOf(view);
  return layer && placesIn(layersOf(view), layer, view.mode).pointed;
}

/**
 * Points whose map is shown: the active pin, or all of them together, else where the pointer is.
 * @param {View} view
 */
export function pointsOf(view) {
  if (view.together) return view.pins;
  const point = view.pin ?? view.point;
  return point ? [point] : [];
}

/**
 * The map of one head of a layer for the points in view, with the top of its scale; null when there is none.
 * @param {View} view
 * @param {Layer} layer
 * @param {"mean"|number} head
 * @returns {Scaled|null}
 */
export function mapIn(view, layer, head) {
  const attended = attendedOf(view);
  const mode = modeIn(view, layer);
  if (!attended || !canShow(layer, mode)) return null;
  const { pointed } = placesIn(layersOf(view), layer, mode);
  const points = pointsOf(view).filter((point) => isOfAll(mode) || liesOn(point, pointed, wholeOf(view)));
  const found = mapAt(layersOf(view), layer, attended.index, head, mode, points);
  if (!found) return null;
  const shared = view.range === "layer" ? largestIn(layer, attended.index, mode) : null;
  return { ...found, layer, top: shared ?? found.peak.value };
}

/**
 * The map that is painted over the item, with all that is said about it; null when there is none.
 * @param {View} view
 * @returns {Shown|null}
 */
export function mapOf(view) {
  const layer = layerOf(view);
  const found = layer && !awaitsPointer(view) && mapIn(view, layer, view.head);
  if (!found) return null;
  const point = view.pin ?? view.point;
  if (view.mode === "flow") found.top = linksOf(view)[0]?.weight ?? 0; // the colours are the links'
  const place = placeUnder(point, found.pointed, found.item, wholeOf(view));
  return { ...found, point, place, named: namedIn(found) };
}

/**
 * The strongest links of the chosen layer and head, as many as wished; null in other modes.
 * @param {View} view
 */
export function linksOf(view) {
  const attended = attendedOf(view);
  const layer = layerOf(view);
  if (view.mode !== "flow" || !attended || !layer || awaitsPointer(view)) return null;
  return strongestLinks(layer, attended.index, view.head).slice(0, view.links);
}
