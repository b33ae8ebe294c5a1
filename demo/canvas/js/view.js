// What is being looked at, and what follows from it. Changing a view and drawing it are kept apart.
import { cellAt, spreadOf } from "./attention.js";
import { strongestLinks } from "./flow.js";
import { headsOf } from "./maps.js";
import { canShow, gridsOf, indexAt, largestIn, mapAt } from "./modes.js";

/** A fresh view: nothing loaded, nothing pinned. */
export function newView() {
  return {
    stand: null, // frame of one picture that stands in for the chosen one: drawn with an edit, or between two samples
    edit: {}, truncation: 1, against: null, // asked of the server: changed attention, scaled noise, what to compare with
    frame: null, details: new Map(), // details: picture index -> frame of that picture alone, with its attention
    chosen: 0, layer: null, head: "mean", mode: "looks",
    pins: [], active: 0, // points are fractions of the picture's sides
    together: false, adding: false, // show the mean of all pins; let the next press be one more
    get pin() {
      return this.pins[this.active] ?? null;
    },
    point: null, hovering: false,
    strength: 0.8, smooth: false, range: "map", colours: "magma", links: 40,
  };
}

/** Take a new frame into the view; what the person chose stays where it still exists. */
export function adopt(view, frame) {
  view.frame = frame;
  view.details.clear();
  view.stand = null;
  if (view.chosen >= frame.count) view.chosen = 0;
  fitLayer(view);
}

/** Keep layer and head where the layers in view have them. */
export function fitLayer(view) {
  const names = layersOf(view).map(({ name }) => name);
  if (!names.includes(view.layer)) view.layer = names.at(-1) ?? null;
  keepHead(view);
}

function keepHead(view) {
  const layer = layerOf(view);
  if (layer && !headsOf(layer).includes(view.head)) view.head = headsOf(layer)[0];
}

/** The frame and the index in it that hold the chosen picture's attention, or null while there is none. */
export function attendedOf(view) {
  const { frame, chosen } = view;
  if (!frame) return null;
  if (view.stand) return { frame: view.stand, index: 0 };
  if (chosen < frame.attended) return { frame, index: chosen };
  const detail = view.details.get(chosen);
  return detail ? { frame: detail, index: 0 } : null;
}

export function layersOf(view) {
  return attendedOf(view)?.frame.layers ?? view.frame?.layers ?? [];
}

export function layerOf(view) {
  return layersOf(view).find((layer) => layer.name === view.layer) ?? null;
}

/** Points whose map is shown: the active pin, or all of them together, else where the pointer is. */
export function pointsOf(view) {
  if (view.together) return view.pins;
  const point = view.pin ?? view.point;
  return point ? [point] : [];
}

/** The map of one head of a layer for the points in view, with the top of its scale; null when there is none. */
export function mapIn(view, layer, head) {
  const attended = attendedOf(view);
  if (!attended || !canShow(layer, view.mode)) return null;
  const found = mapAt(layersOf(view), layer, attended.index, head, view.mode, pointsOf(view));
  if (!found) return null;
  const shared = view.range === "layer" ? largestIn(layer, attended.index, view.mode) : null;
  return { ...found, layer, top: shared ?? found.peak.value };
}

/** The map that is painted over the picture, with all that is said about it; null when there is none. */
export function mapOf(view) {
  const layer = layerOf(view);
  const found = layer && mapIn(view, layer, view.head);
  if (!found) return null;
  const point = view.pin ?? view.point;
  if (view.mode === "flow") found.top = linksOf(view)[0]?.weight ?? 0; // the colours are the links'
  return { ...found, point, cell: point ? indexAt(point, found.pointed) : null };
}

/** The strongest links of the chosen layer and head, as many as wished; null in other modes. */
export function linksOf(view) {
  const attended = attendedOf(view);
  const layer = layerOf(view);
  if (view.mode !== "flow" || !attended || !layer) return null;
  return strongestLinks(layer, attended.index, view.head).slice(0, view.links);
}

/** Entropy share of each layer for the chosen head, by layer name. */
export function spreadsOf(view) {
  const attended = attendedOf(view);
  const spreads = new Map();
  for (const layer of layersOf(view)) {
    const head = headsOf(layer).includes(view.head) ? view.head : headsOf(layer)[0];
    spreads.set(layer.name, attended ? spreadOf(layer, attended.index, head) : NaN);
  }
  return spreads;
}

/** Move the pin, or the point when nothing is pinned, by whole cells of the layer in view. */
export function stepPoint(view, columns, rows) {
  const layer = layerOf(view);
  if (!layer) return;
  const { pointed } = gridsOf(layersOf(view), layer, view.mode);
  const from = view.pin ?? view.point;
  const column = from ? cellAt(from.x, pointed.columns) + columns : Math.floor(pointed.columns / 2);
  const row = from ? cellAt(from.y, pointed.rows) + rows : Math.floor(pointed.rows / 2);
  const kept = (value, size) => Math.min(size - 1, Math.max(0, value));
  const point = {
    x: (kept(column, pointed.columns) + 0.5) / pointed.columns,
    y: (kept(row, pointed.rows) + 0.5) / pointed.rows,
  };
  if (view.pin) view.pins[view.active] = point;
  view.point = point;
}

export function turn(list, current, by) {
  const at = Math.max(0, list.indexOf(current));
  return list[(at + by + list.length) % list.length];
}

/** Change the mode; through all layers means down to the first one. */
export function chooseMode(view, mode) {
  view.mode = mode;
  if (mode === "rollout") chooseLayer(view, layersOf(view)[0]?.name ?? null);
}

export function chooseLayer(view, name) {
  view.layer = name;
  keepHead(view);
}
