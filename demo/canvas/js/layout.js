// Where an item and the keys beside it lie on a stage: the item above, and below it a row of keys that are places of
// something else. Sizes are shares of the stage's width.

/**
 * @import { Layer } from "./frame.js"
 * @import { Box, Places } from "./places.js"
 */

const GAP_SHARE = 0.05;
const ROW_SHARE = 0.2;

/**
 * @typedef {object} Layout
 * @property {number} aspect  width / height of the whole stage
 * @property {number} itemShare  of the stage's height
 * @property {import("./places.js").Places|null} keys  those with a row of their own
 */

/**
 * The layout for an item of this width / height, and for the keys of a layer or of none.
 * @returns {Layout}
 * @param {number} aspect
 * @param {Layer|null} layer
 */
export function layoutOf(aspect, layer) {
  const keys = layer && !layer.keyPlaces.isOf(layer.queryPlaces) ? layer.keyPlaces : null;
  if (!keys) return { aspect, itemShare: 1, keys };
  const tall = 1 / aspect + GAP_SHARE + ROW_SHARE;
  return { aspect: 1 / tall, itemShare: 1 / aspect / tall, keys };
}

/**
 * The item's part of a canvas, in its pixels.
 * @param {Layout} layout
 * @param {HTMLCanvasElement} canvas
 * @returns {Box}
 */
export function itemArea({ itemShare }, { width, height }) {
  return { x: 0, y: 0, width, height: height * itemShare };
}

/**
 * The part of a canvas, in its pixels, that these places lie on.
 * @param {Layout} layout
 * @param {HTMLCanvasElement} canvas
 * @param {Places} places
 * @returns {Box}
 */
export function areaOf(layout, canvas, places) {
  if (places !== layout.keys) return itemArea(layout, canvas);
  const tall = canvas.width * ROW_SHARE;
  return { x: 0, y: canvas.height - tall, width: canvas.width, height: tall };
}

/**
 * A place's box on a canvas, in its pixels.
 * @param {Box} area
 * @param {Places} places
 * @param {number} place
 */
export function boxIn(area, places, place) {
  return boxOn(area, places.box(place));
}

/**
 * A box in fractions of an area on a canvas, in its pixels.
 * @param {Box} area
 * @param {Box} box
 * @returns {Box}
 */
export function boxOn(area, { x, y, width, height }) {
  return {
    x: area.x + x * area.width, y: area.y + y * area.height, width: width * area.width, height: height * area.height,
  };
}
