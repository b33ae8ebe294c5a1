// The part of a map that the sentence names and the stage outlines: it always holds the brightest place.

/**
 * @import { Grid } from "./grid.js"
 * @import { Found } from "./modes.js"
 * @import { Box } from "./places.js"
 */

const ALIKE = 1.05; // times the even share; where the brightest place has less, none stands out

/**
 * @typedef {object} Named
 * @property {Box} box  where it lies, in fractions of what the map is over
 * @property {number} share  of all that the map holds
 * @property {number} times  the even share
 */

/**
 * What is named of a map: a window of a grid, else the brightest place; null where no place stands out.
 * @param {Pick<Found, "rest"|"peak"|"painted"|"item"|"even">} found
 * @returns {Named|null}
 */
export function namedIn({ rest, peak, painted, item, even }) {
  if (!(peak.value > 0) || peak.value < ALIKE * even) return null;
  const { box, count, sum } = painted.kind === "grid"
    ? windowAround(rest, peak.index, /** @type {Grid} */ (painted))
    : { box: painted.box(peak.index), count: 1, sum: peak.value };
  return { box, share: sum / (even * painted.size(item)), times: sum / (even * count) };
}

/**
 * Of a map over a grid, the window around a place that holds most: as large as its mean is at least half that place's
 * value and no less than the map's mean, and at most a quarter of each side.
 * @param {Float32Array} map
 * @param {number} place
 * @param {Grid} grid
 */
export function windowAround(map, place, grid) {
  const [most, mean] = [map[place], map.reduce((sum, value) => sum + value, 0) / map.length];
  const [rows, columns] = [grid.rows, grid.columns].map((side) => Math.max(1, Math.round(side / 4)));
  for (let size = Math.max(rows, columns); size > 1; size--) {
    const found = strongest(map, place, grid, Math.min(size, rows), Math.min(size, columns));
    if (found.sum / found.count >= Math.max(most / 2, mean)) return found;
  }
  return strongest(map, place, grid, 1, 1);
}

/**
 * The window of so many rows and columns that holds a place and, of all such, most of the map.
 * @param {Float32Array} map
 * @param {number} place
 * @param {Grid} grid
 * @param {number} rows
 * @param {number} columns
 */
function strongest(map, place, grid, rows, columns) {
  const [x, y] = grid.coordinates(place);
  let best = { row: 0, column: 0, sum: -1 };
  for (let row = Math.max(0, y - rows + 1); row <= Math.min(y, grid.rows - rows); row++) {
    for (let column = Math.max(0, x - columns + 1); column <= Math.min(x, grid.columns - columns); column++) {
      let sum = 0;
      for (let down = row; down < row + rows; down++) {
        for (let across = column; across < column + columns; across++) sum += map[down * grid.columns + across];
      }
      if (sum > best.sum) best = { row, column, sum };
    }
  }
  const box = {
    x: best.column / grid.columns, y: best.row / grid.rows, width: columns / grid.columns, height: rows / grid.rows,
  };
  return { ...best, rows, columns, box, count: rows * columns };
}
