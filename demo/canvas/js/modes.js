// What each mode shows: which grid is pointed at, which one is painted, and the map between them.
import { cellAt, contributed, largestContribution, largestWeight, looksAt, seenBy } from "./attention.js";

const queryGrid = (layer) => ({ rows: layer.queryHeight, columns: layer.queryWidth });
const keyGrid = (layer) => ({ rows: layer.keyHeight, columns: layer.keyWidth });

const KINDS = {
  looks: { pointed: queryGrid, painted: keyGrid, map: looksAt, largest: largestWeight },
  seen: { pointed: keyGrid, painted: queryGrid, map: seenBy, largest: largestWeight },
  contribution: {
    pointed: queryGrid, painted: keyGrid, map: contributed, largest: largestContribution,
    has: (layer) => layer.lengths !== null,
  },
};

export const MODES = Object.keys(KINDS);

/** Sizes of the grid that is pointed at and of the grid that the map is painted on. */
export function gridsOf(layers, layer, mode) {
  return { pointed: KINDS[mode].pointed(layer), painted: KINDS[mode].painted(layer) };
}

/** Whether a layer carries what the mode shows. */
export function canShow(layer, mode) {
  return KINDS[mode].has?.(layer) ?? true;
}

const largest = new WeakMap(); // layer -> what was found of it, since it never changes

/** The largest value of all maps of a picture's layer. */
export function largestIn(layer, picture, mode) {
  const found = largest.get(layer) ?? {};
  largest.set(layer, found);
  return (found[`${mode} ${picture}`] ??= KINDS[mode].largest(layer, picture));
}

/** Index of the cell under a point in a grid. */
export function indexAt(point, grid) {
  return cellAt(point.y, grid.rows) * grid.columns + cellAt(point.x, grid.columns);
}

/** The map of the points, or their mean, of one head ("mean" for all) of a picture's layer. */
export function mapAt(layers, layer, picture, head, mode, points) {
  const { pointed } = gridsOf(layers, layer, mode);
  const maps = points.map((point) => KINDS[mode].map(layer, picture, head, indexAt(point, pointed)));
  if (maps.length === 1) return maps[0];
  return maps[0].map((_, cell) => maps.reduce((sum, map) => sum + map[cell], 0) / maps.length);
}
