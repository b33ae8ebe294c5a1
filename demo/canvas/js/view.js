// What is being looked at, and what follows from it. Changing a view and drawing it are kept apart.
import { cellAt, largestWeight, looksAt, peakOf, seenBy, spreadOf } from "./attention.js";
import { headsOf } from "./maps.js";

export const MODES = ["looks", "seen"];

/** A fresh view: nothing loaded, nothing pinned. */
export function newView() {
  return {
    frame: null, details: new Map(), // details: picture index -> frame of that picture alone, with its attention
    chosen: 0, layer: null, head: "mean", mode: "looks",
    pin: null, point: null, hovering: false, // points are fractions of the picture's sides
    strength: 0.7, smooth: false, range: "map", colours: "magma",
  };
}

/** Take a new frame into the view; what the person chose stays where it still exists. */
export function adopt(view, frame) {
  view.frame = frame;
  view.details.clear();
  if (view.chosen >= frame.count) view.chosen = 0;
  const names = frame.layers.map((layer) => layer.name);
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

/** Sizes of the grid that is pointed at and of the grid that the map is painted on. */
export function gridsOf(layer, mode) {
  const query = { rows: layer.queryHeight, columns: layer.queryWidth };
  const key = { rows: layer.keyHeight, columns: layer.keyWidth };
  return mode === "looks" ? { pointed: query, painted: key } : { pointed: key, painted: query };
}

/** Index of the cell under a point in a grid. */
export function indexAt(point, grid) {
  return cellAt(point.y, grid.rows) * grid.columns + cellAt(point.x, grid.columns);
}

/** The top of the colour scale: this map's own largest weight, or the layer's. */
export function topOf(view, layer, index, peak) {
  return view.range === "map" ? peak : largestWeight(layer, index);
}

/** The map of the pinned or hovered point, with all that is said about it; null when there is none. */
export function mapOf(view) {
  const attended = attendedOf(view);
  const layer = layerOf(view);
  const point = view.pin ?? view.point;
  if (!attended || !layer || !point) return null;
  const { pointed, painted } = gridsOf(layer, view.mode);
  const cell = indexAt(point, pointed);
  const map = (view.mode === "looks" ? looksAt : seenBy)(layer, attended.index, view.head, cell);
  const peak = peakOf(map);
  return { layer, point, pointed, painted, cell, map, peak, top: topOf(view, layer, attended.index, peak.value) };
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
  const { pointed } = gridsOf(layer, view.mode);
  const from = view.pin ?? view.point;
  const column = from ? cellAt(from.x, pointed.columns) + columns : Math.floor(pointed.columns / 2);
  const row = from ? cellAt(from.y, pointed.rows) + rows : Math.floor(pointed.rows / 2);
  const kept = (value, size) => Math.min(size - 1, Math.max(0, value));
  const point = {
    x: (kept(column, pointed.columns) + 0.5) / pointed.columns,
    y: (kept(row, pointed.rows) + 0.5) / pointed.rows,
  };
  if (view.pin) view.pin = point;
  view.point = point;
}

/** Pin a point, move the pin there, or lift it when it already is in that cell. */
export function togglePin(view, point) {
  const layer = layerOf(view);
  if (!layer || !point) return;
  const { pointed } = gridsOf(layer, view.mode);
  const same = view.pin && indexAt(view.pin, pointed) === indexAt(point, pointed);
  view.pin = same ? null : { ...point };
  view.point = { ...point };
}

export function turn(list, current, by) {
  const at = Math.max(0, list.indexOf(current));
  return list[(at + by + list.length) % list.length];
}

export function chooseLayer(view, name) {
  view.layer = name;
  keepHead(view);
}
