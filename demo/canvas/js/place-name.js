// What places are called. All that lies on a picture is told in its pixels, column and row, counted from 0, 0 in its
// upper left corner: a cell by the pixels that it covers. Words and columns have their names.
import { partAt } from "./grid.js";

/**
 * @import { Grid } from "./grid.js"
 * @import { Box, Places } from "./places.js"
 */

/**
 * The ending of the keys of texts on whose map it is: of a cell, a column or a word.
 * @param {Places} places
 */
export const endingOf = ({ kind }) => ({ grid: "", columns: "_named", words: "_word" })[kind];

const [NO_BREAK, JOINED] = ["\u00a0", "\u2060"]; // a space and a joint at which no line ends

/**
 * A place of an item, whose own places are `whole`.
 * @param {Places} places
 * @param {number} place
 * @param {number} item
 * @param {Places} whole
 */
export function namePlace(places, place, item, whole) {
  return places.kind === "grid" ? nameBox(places.box(place), whole.kind === "grid" ? whole : places) : places.name(place, item);
}

/**
 * "8–11, 0–3", which no line breaks apart: the pixels whose middles lie in a box, their columns and rows; the one in its middle where there is none.
 * @param {Box} box
 * @param {Places} whole  a grid
 */
export function nameBox({ x, y, width, height }, whole) {
  const { rows, columns } = /** @type {Grid} */ (whole);
  return `${range(x, width, columns)},${NO_BREAK}${range(y, height, rows)}`;
}

/**
 * @param {number} start
 * @param {number} length
 * @param {number} count
 */
function range(start, length, count) {
  /** @type {(side: number) => number} */
  const firstAfter = (side) => Math.ceil(side * count - 0.5 - 1e-6);
  const [first, last] = [firstAfter(start), firstAfter(start + length) - 1];
  if (last < first) return String(partAt(start + length / 2, count));
  return first === last ? String(first) : `${first}–${JOINED}${last}`;
}
