// A map in colours: how a value becomes a colour that covers more the larger it is.

/** @import { Places } from "./places.js" */

/**
 * @typedef {object} Heat
 * @property {Float32Array} map
 * @property {import("./places.js").Places} places  those that the map is over
 * @property {number} item  index of the item
 * @property {number} top  the value of the brightest colour
 * @property {Uint8Array} colours  768 bytes (colours.js)
 * @property {number} strength  0 to 1
 */

/**
 * The colour of one place: red, green and blue of 255, and how much it covers, 0 to 1.
 * @param {Heat} heat
 * @param {number} place
 * @returns {[number, number, number, number]}
 */
export function colourAt({ map, top, colours, strength }, place) {
  const level = top > 0 ? Math.min(1, map[place] / top) : 0;
  const colour = 3 * Math.round(255 * level);
  return [colours[colour], colours[colour + 1], colours[colour + 2], strength * Math.sqrt(level)];
}

/**
 * ImageData with a pixel for each place; `faintest` is the share of the strength that a value of zero gets.
 * @param {Heat} heat
 */
export function imageOfHeat(heat, faintest = 0) {
  const { map, places, top, colours, strength } = heat;
  const { width, height } = places.raster;
  const image = new ImageData(width, height);
  for (let place = 0; place < map.length; place++) { // as colourAt has it, without an array for each place
    const level = top > 0 ? Math.min(1, map[place] / top) : 0;
    const colour = 3 * Math.round(255 * level);
    image.data[4 * place] = colours[colour];
    image.data[4 * place + 1] = colours[colour + 1];
    image.data[4 * place + 2] = colours[colour + 2];
    image.data[4 * place + 3] = Math.round(255 * strength * (faintest + (1 - faintest) * Math.sqrt(level)));
  }
  return image;
}

/**
 * ImageData of a map by itself, which covers all.
 * @param {Float32Array} map
 * @param {Places} places
 * @param {number} top
 * @param {Uint8Array} colours
 */
export function imageOfMap(map, places, top, colours) {
  return imageOfHeat({ map, places, item: 0, top, colours, strength: 1 }, 1);
}
