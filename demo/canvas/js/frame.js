// A frame: items and the attention they were drawn with, as attngan.explain.frames encodes them.
import { gridOf, placesOf } from "./places.js";

/** @import { Places } from "./places.js" */

/**
 * One attention layer of a frame. Q queries, K keys, N heads, A items with attention; rows are (A, N, Q).
 * @typedef {object} Layer
 * @property {string} name
 * @property {number} heads
 * @property {number} gate
 * @property {import("./places.js").Places} queryPlaces
 * @property {import("./places.js").Places} keyPlaces
 * @property {number} queries  queryPlaces.count
 * @property {number} keys  keyPlaces.count
 * @property {Float32Array} scale  the largest weight of each row (A, N, Q)
 * @property {Uint8Array} weights  levels (A, N, Q, K): a weight is scale * level / 255
 * @property {Float32Array|null} lengths  of what the values carry (A, N, K); frames of before they were kept have none
 */

/**
 * The items that were drawn: M of them, each of shape `shape`, whose first axes are the places.
 * @typedef {object} Items
 * @property {Uint8Array|Float32Array|Int32Array} values  of all items, one after another
 * @property {number[]} shape  of one item
 * @property {import("./places.js").Places} places
 * @property {string[][]|null} texts  what to show at each place of each item; null: its numbers
 */

/**
 * @typedef {object} Frame
 * @property {any} header  as it was written: version, seeds, labels, edit, judged, unknown, ...
 * @property {string} kind  of the items: "pictures", or any other
 * @property {number} count  M
 * @property {number} attended  A: the first so many items have their attention
 * @property {Items} item
 * @property {Uint8Array|null} pictures  (M, H, W, C), null for another kind; so are height, width and channels
 * @property {number|undefined} height
 * @property {number|undefined} width
 * @property {number|undefined} channels
 * @property {Layer[]} layers
 * @property {number} bytes
 */

/** @type {Object<string, Float32ArrayConstructor|Int32ArrayConstructor|Uint8ArrayConstructor>} */
const ARRAYS = { "<f4": Float32Array, "<i4": Int32Array, u1: Uint8Array };

/**
 * Views into the bytes of one frame; throws when they do not fit the header.
 * @param {ArrayBuffer} buffer
 * @returns {Frame}
 */
export function decodeFrame(buffer) {
  const headerLength = new DataView(buffer).getUint32(0, true);
  const header = JSON.parse(new TextDecoder().decode(new Uint8Array(buffer, 4, headerLength)));
  if (header.version !== 1) throw new Error("frame version " + header.version);
  const { kind = "pictures", count, attended, height, width, channels } = header;
  const item = kind === "pictures" ? picturesIn(buffer, header) : itemsIn(buffer, header);
  const pictures = kind === "pictures" ? /** @type {Uint8Array} */ (item.values) : null;
  const layers = header.layers.map((/** @type {any} */ layer, /** @type {number} */ index) => layerIn(buffer, header, layer, index));
  return { header, kind, count, attended, item, height, width, channels, pictures, layers, bytes: buffer.byteLength };
}

/** @param {number[]} sizes */
const product = (sizes) => sizes.reduce((all, size) => all * size, 1);

/**
 * @param {ArrayBuffer} buffer
 * @param {any} header
 * @returns {Items}
 */
function picturesIn(buffer, { count, height, width, channels, offsets }) {
  const shape = [height, width, channels];
  const values = new Uint8Array(buffer, offsets.pictures, count * product(shape));
  return { values, shape, places: gridOf(height, width), texts: null };
}

/**
 * @param {ArrayBuffer} buffer
 * @param {any} header
 * @returns {Items}
 */
function itemsIn(buffer, { count, item, offsets }) {
  const values = new ARRAYS[item.type](buffer, offsets.items, count * product(item.shape));
  return { values, shape: item.shape, places: placesOf(item.places), texts: item.texts ?? null };
}

/**
 * @param {ArrayBuffer} buffer
 * @param {any} header
 * @param {any} layer
 * @param {number} index
 * @returns {Layer}
 */
function layerIn(buffer, { attended, offsets, unknown }, { name, heads, gate, query, key }, index) {
  const missing = unknown?.map((/** @type {[string, string]} */ [word]) => word);
  const [queryPlaces, keyPlaces] = [placesOf(query, missing), placesOf(key, missing)];
  const [queries, keys] = [queryPlaces.count, keyPlaces.count];
  const rows = attended * heads * queries;
  const at = offsets.layers[index];
  return {
    name, heads, gate, queryPlaces, keyPlaces, queries, keys,
    scale: new Float32Array(buffer, at.scale, rows),
    weights: new Uint8Array(buffer, at.weights, rows * keys),
    lengths: at.lengths === undefined ? null : new Float32Array(buffer, at.lengths, attended * heads * keys),
  };
}

/**
 * Each item of a frame as a frame of its own, on the same bytes; only those that have their attention.
 * @param {Frame} frame
 * @returns {Frame[]}
 */
export function singlesOf(frame) {
  const { item, pictures } = frame;
  const size = product(item.shape);
  return [...Array(frame.attended).keys()].map((index) => {
    const values = item.values.subarray(index * size, (index + 1) * size);
    return {
      ...frame,
      count: 1,
      attended: 1,
      item: { ...item, values, places: item.places.single(index), texts: item.texts && [item.texts[index]] },
      pictures: pictures && /** @type {Uint8Array} */ (values),
      layers: frame.layers.map((layer) => singleLayer(layer, index)),
    };
  });
}

/**
 * @param {Layer} layer
 * @param {number} index
 * @returns {Layer}
 */
function singleLayer(layer, index) {
  const rows = layer.heads * layer.queries;
  /** @type {(values: any, size: number) => any} */
  const part = (values, size) => values?.subarray(index * size, (index + 1) * size) ?? null;
  return {
    ...layer,
    queryPlaces: layer.queryPlaces.single(index),
    keyPlaces: layer.keyPlaces.single(index),
    scale: part(layer.scale, rows),
    weights: part(layer.weights, rows * layer.keys),
    lengths: part(layer.lengths, layer.heads * layer.keys),
  };
}

/**
 * What stands at a place of an item, for a person: its text, or its numbers as `say(number)` writes them.
 * @param {Frame} frame
 * @param {number} index
 * @param {number} place
 * @param {(value: number) => string} say
 */
export function contentOf({ item }, index, place, say) {
  if (item.texts) return item.texts[index]?.[place] ?? "";
  const size = product(item.shape) / item.places.count;
  const from = (index * item.places.count + place) * size;
  return [...item.values.subarray(from, from + size)].map(say).join(", ");
}
