// How much of one's places lies in another's: how a map over some becomes a map over others of the same item.
// Grids are laid over one item, so their rows and columns overlap by shares; words and columns are the same or not.

/**
 * @import { Places } from "./places.js"
 * @import { Grid } from "./grid.js"
 */

/**
 * A map over the places `from` as one over `to`; null where they are not places of one thing.
 * @param {Float32Array} map
 * @param {Places} from
 * @param {Places} to
 * @returns {Float32Array|null}
 */
export function spreadOver(map, from, to) {
  if (!from.isOf(to)) return null;
  return from.kind === "grid" ? spreadOverGrid(map, /** @type {Grid} */ (from), /** @type {Grid} */ (to)) : map;
}

/**
 * @param {Float32Array} map
 * @param {Grid} from
 * @param {Grid} to
 */
function spreadOverGrid(map, from, to) {
  const rows = overlapsAlong(from.rows, to.rows);
  const columns = overlapsAlong(from.columns, to.columns);
  const result = new Float32Array(to.count);
  rows.forEach((downs, row) =>
    columns.forEach((acrosses, column) => {
      const value = map[row * from.columns + column];
      if (!value) return;
      for (const [down, tall] of downs) {
        for (const [across, wide] of acrosses) result[down * to.columns + across] += value * tall * wide;
      }
    }));
  return result;
}

/**
 * For each of `count` equal parts of a line: [index, share] of the `other` parts that it overlaps.
 * @param {number} count
 * @param {number} other
 */
function overlapsAlong(count, other) {
  return Array.from({ length: count }, (_, index) => {
    /** @type {[number, number][]} */
    const parts = [];
    for (let at = Math.floor((index * other) / count); at * count < (index + 1) * other; at++) {
      const first = Math.max(index / count, at / other);
      const last = Math.min((index + 1) / count, (at + 1) / other);
      if (last > first) parts.push([at, (last - first) * count]);
    }
    return parts;
  });
}
