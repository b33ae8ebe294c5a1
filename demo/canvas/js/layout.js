// Where an item and what stands beside it lie on a stage, in pixels of the screen.
import { inside } from "./grid.js";
import { pointOn } from "./sides.js";

/**
 * @import { Box, Places, Point } from "./places.js"
 */

export const GAP = 14; // between an item and what stands beside it
export const EDGE = 4; // of the stage, in which frames around its outer boxes have room
const REACH = 10; // beyond a box, in which a pointer still means it
const CHIP = { tall: 26, apart: 5, padding: 8 }; // of words
const CELL = { tall: 24, apart: 0, padding: 3 }; // of characters, which stand edge to edge
const [NARROWEST, WIDEST] = [15, 22]; // of these

/**
 * One side of a stage: an item, or what stands beside it.
 * @typedef {object} Side
 * @property {(places: Places, place: number) => Box} boxOf
 * @property {(at: {x: number, y: number}) => Point|null} pointAt  the point there, null outside of this side
 */

/**
 * @typedef {object} Layout
 * @property {number} height  of the whole stage
 * @property {Side} item
 * @property {Side|null} beside
 * @property {Box} [area]  that the item fills
 * @property {Box} [plane]  in which points lie
 * @property {any} [matrix]  of all weights (matrix.js)
 * @property {Box[]} [input]  of what was read, where nothing is looked at
 * @property {number} [rows]  so many places of the item are shown
 */

/**
 * Boxes of places one behind another, in lines.
 * @typedef {{boxes: Box[], height: number}} Lines
 */

/**
 * An item that fills an area.
 * @param {Box} area
 * @returns {Side}
 */
export function areaSide(area) {
  return {
    boxOf: (places, place) => boxOn(area, places.box(place)),
    pointAt({ x, y }) {
      const point = { x: (x - area.x) / area.width, y: (y - area.y) / area.height };
      return point.x >= 0 && point.x < 1 && point.y >= 0 && point.y < 1 ? point : null;
    },
  };
}

/**
 * Places in boxes of their own, of which a pointer means the nearest one.
 * @param {Box[]} boxes
 * @param {Places} places
 * @param {Places} whole  the item's own places
 * @returns {Side}
 */
export function boxesSide(boxes, places, whole) {
  return {
    boxOf: (_, place) => boxes[inside(place, boxes.length)],
    pointAt({ x, y }) {
      /** @type {(at: number, from: number, length: number) => number} */
      const beyond = (at, from, length) => Math.max(0, from - at, at - from - length);
      let [nearest, least] = [-1, REACH];
      boxes.forEach((box, place) => {
        const far = Math.hypot(beyond(x, box.x, box.width), beyond(y, box.y, box.height));
        if (far < least) [nearest, least] = [place, far];
      });
      return nearest < 0 ? null : pointOn(places, nearest, whole);
    },
  };
}

/**
 * Texts in lines no longer than `width`; `measure` gives a text's own width. Single characters have boxes of one width.
 * @param {string[]} texts
 * @param {number} width
 * @param {(text: string) => number} measure
 * @returns {Lines}
 */
export function linesOf(texts, width, measure) {
  const areCharacters = texts.every((text) => [...text].length <= 1);
  const { tall, apart, padding } = areCharacters ? CELL : CHIP;
  const widths = texts.map((text) => Math.min(width, Math.ceil(measure(text)) + 2 * padding));
  const least = areCharacters ? Math.max(inside(Math.floor(width / texts.length), WIDEST + 1), NARROWEST, ...widths) : 0;
  let [x, y] = [0, 0];
  const boxes = widths.map((own) => {
    const wide = Math.max(least, own);
    if (x && x + wide > width) [x, y] = [0, y + tall + CHIP.apart];
    const box = { x, y, width: wide, height: tall };
    x += wide + apart;
    return box;
  });
  return { boxes, height: texts.length ? y + tall : 0 };
}

/**
 * The lines moved to a place on the stage.
 * @param {Lines} lines
 * @param {number} left
 * @param {number} top
 * @returns {Box[]}
 */
export function linesAt({ boxes }, left, top) {
  return boxes.map((box) => ({ ...box, x: left + box.x, y: top + box.y }));
}

/**
 * A box in fractions of an area, in the area's pixels.
 * @param {Box} area
 * @param {Box} box
 * @returns {Box}
 */
export function boxOn(area, { x, y, width, height }) {
  return {
    x: area.x + x * area.width, y: area.y + y * area.height, width: width * area.width, height: height * area.height,
  };
}
