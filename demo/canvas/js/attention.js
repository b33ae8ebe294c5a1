// Arithmetic on the weights of a frame's layer; nothing here draws.
// A `map` is a Float32Array over the places of the queries or of the keys; `picture` is the index of an item.

/** @import { Layer } from "./frame.js" */

/** @typedef {number|"mean"} Head */

/**
 * Index of the row of (picture, head, query) in a layer.
 * @param {Layer} layer
 * @param {number} picture
 * @param {number} head
 * @param {number} query
 */
export function rowOf(layer, picture, head, query) {
  return (picture * layer.heads + head) * layer.queries + query;
}

/**
 * @param {Layer} layer
 * @param {Head} head
 * @returns {number[]}
 */
function headList(layer, head) {
  return head === "mean" ? [...Array(layer.heads).keys()] : [head];
}

/**
 * Where `query` looks: its weights over the keys; `head` is a number or "mean".
 * @param {Layer} layer
 * @param {number} picture
 * @param {Head} head
 * @param {number} query
 */
export function looksAt(layer, picture, head, query) {
  const map = new Float32Array(layer.keys);
  const heads = headList(layer, head);
  for (const one of heads) {
    const row = rowOf(layer, picture, one, query);
    const factor = layer.scale[row] / 255 / heads.length;
    const start = row * layer.keys;
    for (let key = 0; key < layer.keys; key++) map[key] += factor * layer.weights[start + key];
  }
  return map;
}

/**
 * Who looks at `key`: over the queries, the weight that each gives to it.
 * @param {Layer} layer
 * @param {number} picture
 * @param {Head} head
 * @param {number} key
 */
export function seenBy(layer, picture, head, key) {
  const map = new Float32Array(layer.queries);
  const heads = headList(layer, head);
  for (const one of heads) {
    for (let query = 0; query < layer.queryPlaces.size(picture); query++) {
      const row = rowOf(layer, picture, one, query);
      map[query] += (layer.scale[row] / 255 / heads.length) * layer.weights[row * layer.keys + key];
    }
  }
  return map;
}

/**
 * What `query` receives from every key: weight times the length of what that key's value carries, times the gate.
 * @param {Layer} layer
 * @param {number} picture
 * @param {Head} head
 * @param {number} query
 */
export function contributed(layer, picture, head, query) {
  const map = new Float32Array(layer.keys);
  const heads = headList(layer, head);
  for (const one of heads) {
    const row = rowOf(layer, picture, one, query);
    const factor = (Math.abs(layer.gate) * layer.scale[row]) / 255 / heads.length;
    const start = row * layer.keys;
    const carried = (picture * layer.heads + one) * layer.keys;
    for (let key = 0; key < layer.keys; key++) {
      map[key] += factor * layer.weights[start + key] * layer.lengths[carried + key];
    }
  }
  return map;
}

/**
 * The largest contribution of a picture's layer over all heads, queries and keys.
 * @param {Layer} layer
 * @param {number} picture
 */
export function largestContribution(layer, picture) {
  let largest = 0;
  for (let head = 0; head < layer.heads; head++) {
    for (let query = 0; query < layer.queryPlaces.size(picture); query++) {
      largest = Math.max(largest, peakOf(contributed(layer, picture, head, query)).value);
    }
  }
  return largest;
}

/**
 * The largest weight of a picture's layer over all heads and queries: a row's scale is its largest weight.
 * @param {Layer} layer
 * @param {number} picture
 */
export function largestWeight(layer, picture) {
  let largest = 0;
  for (let head = 0; head < layer.heads; head++) {
    const start = rowOf(layer, picture, head, 0);
    for (let row = start; row < start + layer.queryPlaces.size(picture); row++) {
      largest = Math.max(largest, layer.scale[row]);
    }
  }
  return largest;
}

/**
 * Largest value of a map and where it lies.
 * @param {Float32Array} map
 */
export function peakOf(map) {
  let index = 0;
  for (let place = 1; place < map.length; place++) if (map[place] > map[index]) index = place;
  return { index, value: map.length ? map[index] : 0 };
}

/**
 * Entropy of the rows of one head as a share of the entropy of looking everywhere alike, in [0, 1]:
 * mean over the queries that look anywhere; NaN when none does. For "mean", the mean over the heads.
 * @param {Layer} layer
 * @param {number} picture
 * @param {Head} head
 */
export function spreadOf(layer, picture, head) {
  const keys = layer.keyPlaces.size(picture);
  let total = 0;
  let counted = 0;
  for (const one of headList(layer, head)) {
    for (let query = 0; query < layer.queryPlaces.size(picture); query++) {
      const start = rowOf(layer, picture, one, query) * layer.keys;
      let sum = 0;
      let weighted = 0;
      for (let key = start; key < start + layer.keys; key++) {
        const weight = layer.weights[key];
        if (weight) {
          sum += weight;
          weighted += weight * Math.log(weight);
        }
      }
      if (sum) {
        total += Math.log(sum) - weighted / sum;
        counted += 1;
      }
    }
  }
  return keys > 1 && counted ? total / counted / Math.log(keys) : NaN;
}
