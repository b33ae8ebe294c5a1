// Rows of a table along two of their columns, as numbers: where a row lies on the screen.

/** @import { Frame } from "./frame.js" */
/** @import { Box } from "./places.js" */

/**
 * What a frame of a table's rows says besides (attngan.kinds.rows.table): the lowest and the highest number of each column
 * or its values, some real rows, and how many columns of each row would hold something else without a layer.
 * @typedef {{columns: {low?: number, high?: number, values?: string[]}[], reals: number[], without: Object<string, number[]>}} Table
 */

const MARGIN = 0.06; // of an axis, beyond its lowest and its highest
const SCATTERED = 0.6; // of the room of a value, over which its rows are strewn
const GOLDEN = 0.618034; // its multiples strew evenly

/** @param {Frame} frame @returns {Table|null} */
export const tableOf = (frame) => frame.header.table ?? null;

/** Two columns that there are. @param {number[]} axes @param {Table} table */
export function axesIn([across, up], { columns }) {
  const most = columns.length - 1;
  return [Math.min(across, most), Math.min(up, most)];
}

/**
 * Where a number lies along its column's axis, 0 to 1 and beyond; rows of one value are strewn by their number.
 * @param {{low?: number, high?: number, values?: string[]}} column
 * @param {number} value
 * @param {number} row
 */
export function along({ low, high, values }, value, row) {
  const inner = values
    ? (value + 0.5 + SCATTERED * (((row * GOLDEN) % 1) - 0.5)) / values.length
    : (value - low) / (high - low);
  return MARGIN + (1 - 2 * MARGIN) * inner;
}

/**
 * Where rows lie in a box, the second axis upwards.
 * @param {Table} table
 * @param {ArrayLike<number>} rows  one after another
 * @param {number[]} axes
 * @param {Box} box
 */
export function rowsIn({ columns }, rows, [across, up], box) {
  return Array.from({ length: rows.length / columns.length }, (_, row) => {
    const at = (/** @type {number} */ column) => along(columns[column], rows[row * columns.length + column], row * (column + 1));
    return { x: box.x + at(across) * box.width, y: box.y + (1 - at(up)) * box.height };
  });
}
