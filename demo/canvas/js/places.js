// Places: what the queries and the keys of a layer are, as a value. A picture has a grid of them, a text its words, a
// row of numbers its columns. Nobody but these (grid.js, line.js) and overlap.js asks for rows and columns, unless
// what is said or painted is really about a grid.
import { Grid } from "./grid.js";
import { columnsOf, wordsOf } from "./line.js";

/**
 * Fractions of the sides of an item, (0, 0) is its upper left corner; or `beside` it, which of the places there (sides.js).
 * @typedef {{x: number, y: number, beside?: number}} Point
 */
/** @typedef {{x: number, y: number, width: number, height: number}} Box  in the same fractions */

/**
 * What queries or keys are. `item` is the index of an item in the frame; only words differ from item to item.
 * @typedef {object} Places
 * @property {"grid"|"words"|"columns"} kind
 * @property {number} count  of places, padding included: as many as a map has numbers
 * @property {{width: number, height: number}} raster  size of the smallest image that has a pixel for each place
 * @property {(item?: number) => number} size  how many places an item has; those from there on are padding
 * @property {(place: number, item?: number) => boolean} isPadding
 * @property {(place: number, item?: number) => boolean} isUnknown  it is a word that the model does not know
 * @property {(point: Point, item?: number) => number} at  the place under a point; outside, the nearest one
 * @property {(place: number) => Point} middle
 * @property {(place: number) => Box} box
 * @property {(place: number, item?: number) => string} name  its word or column; of a cell its numbers, "column, row"
 * @property {(place: number, across: number, down: number, item?: number) => number} step  the place some arrows away
 * @property {(from: Point, to: Point) => number} between  how many places lie on the way, about
 * @property {(place: number) => [number, number]} coordinates  column and row, as an address has them
 * @property {(column: number, row: number) => number} nearest  the place with the nearest coordinates
 * @property {(other: Places) => boolean} isOf  whether both are places of one thing, so that one lies in the other
 * @property {(item: number) => Places} single  those of one item, for a frame of that item alone
 */

/**
 * Places as a frame's header has them: [rows, columns], {words: texts} or {columns: names}; throws on others.
 * @returns {Places}
 * @param {any} form
 * @param {string[]} [missing]  words that the model does not know (line.js)
 */
export function placesOf(form, missing) {
  if (Array.isArray(form) && form.length === 2) return gridOf(form[0], form[1]);
  if (Array.isArray(form?.words)) return wordsOf(form.words, missing);
  if (Array.isArray(form?.columns)) return columnsOf(form.columns);
  throw new Error("places " + JSON.stringify(form));
}

/**
 * The places of a grid.
 * @returns {Places}
 * @param {number} rows
 * @param {number} columns
 */
export function gridOf(rows, columns) {
  return new Grid(rows, columns);
}
