// A map in colours: how a value becomes shade and tint over a picture, a tint on plain ground, or an image by itself.

/** @import { Places } from "./places.js" */

const SHADE = 0.6; // how much darker a picture is where nothing looks, at full strength
const TINT = 0.75; // how much of a picture the largest value covers, at full strength

/**
 * @typedef {object} Heat
 * @property {Float32Array} map
 * @property {import("./places.js").Places} places  those that the map is over
 * @property {number} item  index of the item
 * @property {number} top  the value of the brightest colour
 * @property {number} even  the value that every place would have if all had the same
 * @property {Uint8Array} colours  768 bytes (colours.js)
 * @property {number} strength  0 to 1
 */

/**
 * The colour of one place on plain ground: red, green and blue of 255, and how much it covers, 0 to 1.
 * @param {Heat} heat
 * @param {number} place
 * @returns {[number, number, number, number]}
 */
export function colourAt({ map, top, colours, strength }, place) {
  const level = levelOf(map[place], top);
  const colour = 3 * Math.round(255 * level);
  return [colours[colour], colours[colour + 1], colours[colour + 2], strength * Math.sqrt(level)];
}

/** @type {(value: number, top: number) => number} */
const levelOf = (value, top) => (top > 0 ? Math.min(1, value / top) : 0);

/**
 * ImageData with a pixel for each place, to lie over a picture: darker the less a place has, and in the map's colours
 * only where it has more than the even share.
 * @param {Heat} heat
 */
export function imageOfHeat({ map, places, top, even, colours, strength }) {
  return imageOf(map, places, (value) => {
    const level = levelOf(value, top);
    const shade = strength * SHADE * (1 - Math.sqrt(level));
    const above = value > even && top > even ? Math.min(1, (value - even) / (top - even)) : 0;
    const tint = strength * TINT * above ** 0.6;
    const cover = 1 - (1 - shade) * (1 - tint);
    const colour = 3 * Math.round(255 * level);
    const part = cover ? tint / cover : 0; // the rest of what covers is black
    return [part * colours[colour], part * colours[colour + 1], part * colours[colour + 2], 255 * cover];
  });
}

/**
 * ImageData with a pixel for each place, the more opaque the less it has of the even share.
 * @param {Heat} heat
 */
export function imageOfLack({ map, places, even, strength }) {
  return imageOf(map, places, (value) => [0, 0, 0, even > 0 ? 255 * strength * Math.max(0, 1 - value / even) : 0]);
}

/**
 * ImageData of a map by itself, which covers all.
 * @param {Float32Array} map
 * @param {Places} places
 * @param {number} top
 * @param {Uint8Array} colours
 */
export function imageOfMap(map, places, top, colours) {
  return imageOf(map, places, (value) => {
    const colour = 3 * Math.round(255 * levelOf(value, top));
    return [colours[colour], colours[colour + 1], colours[colour + 2], 255];
  });
}

/**
 * @param {Float32Array} map
 * @param {Places} places
 * @param {(value: number) => number[]} colourOf  red, green, blue and opacity, of 255
 */
function imageOf(map, places, colourOf) {
  const { width, height } = places.raster;
  const image = new ImageData(width, height);
  map.forEach((value, place) => image.data.set(colourOf(value), 4 * place));
  return image;
}
