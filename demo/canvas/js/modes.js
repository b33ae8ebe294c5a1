// What each mode shows: which grid is pointed at, which one is painted, and the map between them.
import { cellAt, contributed, largestContribution, largestWeight, looksAt, peakOf, seenBy } from "./attention.js";
import { lookedAt } from "./flow.js";
import { remembered } from "./remembered.js";
import { rolledOut } from "./rollout.js";

const queryGrid = (layer) => ({ rows: layer.queryHeight, columns: layer.queryWidth });
const keyGrid = (layer) => ({ rows: layer.keyHeight, columns: layer.keyWidth });
const lastGrid = (layer, layers) => queryGrid(layers.at(-1));

const KINDS = {
  looks: { pointed: queryGrid, painted: keyGrid, map: looksAt, largest: largestWeight },
  seen: { pointed: keyGrid, painted: queryGrid, map: seenBy, largest: largestWeight },
  contribution: {
    pointed: queryGrid, painted: keyGrid, map: contributed, largest: largestContribution,
    has: (layer) => layer.lengths !== null,
  },
  rollout: {
    pointed: lastGrid, painted: queryGrid, keepsItself: true,
    map: (layer, picture, head, cell, layers) => rolledOut(layers, layer, picture, cell),
  },
  flow: { pointed: queryGrid, painted: keyGrid, ofAll: lookedAt },
};

export const MODES = Object.keys(KINDS);

/** Sizes of the grid that is pointed at and of the grid that the map is painted on. */
export function gridsOf(layers, layer, mode) {
  return { pointed: KINDS[mode].pointed(layer, layers), painted: KINDS[mode].painted(layer, layers) };
}

/** Whether a layer carries what the mode shows. */
export function canShow(layer, mode) {
  return KINDS[mode].has?.(layer) ?? true;
}

/** Index of the cell under a point in a grid. */
export function indexAt(point, grid) {
  return cellAt(point.y, grid.rows) * grid.columns + cellAt(point.x, grid.columns);
}

/**
 * The map of the points, or their mean, of one head ("mean" for all) of a picture's layer, its peak, and its `rest`:
 * the map without the points' own cells where a point's own would outshine all, else the same. Null without a point,
 * save where the mode is about all of them.
 */
export function mapAt(layers, layer, picture, head, mode, points) {
  const kind = KINDS[mode];
  const { pointed, painted } = gridsOf(layers, layer, mode);
  if (!points.length && !kind.ofAll) return null;
  const cells = points.map((point) => indexAt(point, pointed));
  const map = kind.ofAll
    ? kind.ofAll(layer, picture, head)
    : meanOf(cells.map((cell) => kind.map(layer, picture, head, cell, layers)));
  const own = kind.keepsItself ? points.map((point) => indexAt(point, painted)) : [];
  const rest = own.length ? map.map((value, cell) => (own.includes(cell) ? 0 : value)) : map;
  return { map, rest, peak: peakOf(rest), pointed, painted };
}

function meanOf(maps) {
  if (maps.length === 1) return maps[0];
  return maps[0].map((_, cell) => maps.reduce((sum, map) => sum + map[cell], 0) / maps.length);
}

/** The largest value of all maps of a picture's layer; null where the mode's maps have no common scale. */
export function largestIn(layer, picture, mode) {
  const { largest } = KINDS[mode];
  return largest ? remembered(layer, `largest ${mode} ${picture}`, () => largest(layer, picture)) : null;
}
