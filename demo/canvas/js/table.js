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
const STREWN = [0.75487767, 0.56984029]; // of each axis: their multiples strew points evenly over a plane

/** @param {Frame} frame @returns {Table|null} */
export const tableOf = (frame) => frame.header.table ?? null;

/** The two columns that somebody chose, if there are both; else two of numbers, where there are. @param {number[]|null} axes @param {Table} table */
export function axesIn(axes, { columns }) {
  const byKind = [...columns.keys()].sort((one, other) => Number(Boolean(columns[one].values)) - Number(Boolean(columns[other].values)));
  const found = axes?.every((column) => column < columns.length) ? axes : byKind.slice(0, 2);
  return found.length > 1 ? found : [0, 0];
}

/**
 * Where a number lies along its column's axis, 0 to 1 and beyond; of one value rows are strewn, by `part` in 0 to 1.
 * @param {{low?: number, high?: number, values?: string[]}} column
 * @param {number} value
 * @param {number} part
 */
export function along({ low, high, values }, value, part) {
  const inner = values
    ? (value + 0.5 + SCATTERED * (part - 0.5)) / values.length
    : (value - low) / (high - low);
  return MARGIN + (1 - 2 * MARGIN) * inner;
}

/**
 * Where rows lie in a box, the second axis upwards.
 * @param {Table} table
 * @param {ArrayLike<number>} rows  one after another
 * @param {number[]} axes
 * @param {Box} box
 * @param {number} [first]  the number of the first of them, by which rows of one value are strewn
 */
export function rowsIn({ columns }, rows, axes, box, first = 0) {
  return Array.from({ length: rows.length / columns.length }, (_, row) => {
    const [x, y] = axes.map((column, axis) =>
      along(columns[column], rows[row * columns.length + column], ((first + row + 1) * STREWN[axis]) % 1));
    return { x: box.x + x * box.width, y: box.y + (1 - y) * box.height };
  });
}
