// Attention through all layers, as attngan.explain.rollout has it: of which places of an earlier layer one of the last is made.
import { rowOf } from "./attention.js";
import { spreadOver } from "./overlap.js";

/** @import { Layer } from "./frame.js" */

/**
 * The shares of the places that enter `layer` in one place of the last layer: Abnar & Zuidema 2020, arXiv 2005.00928.
 * @param {Layer[]} layers
 * @param {Layer} layer
 * @param {number} picture
 * @param {number} place
 */
export function rolledOut(layers, layer, picture, place) {
  /** @type {Float32Array} */
  let shares = new Float32Array(layers.at(-1).queries);
  shares[place] = 1;
  for (let index = layers.length - 1; ; index--) {
    const here = layers[index];
    shares = entered(here, picture, shares);
    if (here === layer || index === 0) return shares;
    const earlier = layers[index - 1].queryPlaces;
    shares = spreadOver(shares, here.queryPlaces, earlier) ?? new Float32Array(earlier.count);
  }
}

/**
 * What entered a layer's places to make `shares` of what left them: the residual, and what the gate let in. What comes
 * from keys that are places of something else is passed over, so that the shares sum to what was kept.
 * @param {Layer} layer
 * @param {number} picture
 * @param {Float32Array} shares
 */
function entered(layer, picture, shares) {
  const gate = Math.abs(layer.gate);
  const kept = new Float32Array(layer.queries);
  const looked = new Float32Array(layer.keys);
  const weights = new Float32Array(layer.keys);
  for (let query = 0; query < layer.queries; query++) {
    if (!shares[query]) continue;
    weights.fill(0);
    let sum = 0;
    for (let head = 0; head < layer.heads; head++) {
      const row = rowOf(layer, picture, head, query);
      const factor = layer.scale[row] / 255 / layer.heads;
      for (let key = 0; key < layer.keys; key++) {
        const weight = factor * layer.weights[row * layer.keys + key];
        weights[key] += weight;
        sum += weight;
      }
    }
    const share = shares[query] / (1 + gate * sum);
    kept[query] += share;
    for (let key = 0; key < layer.keys; key++) looked[key] += share * gate * weights[key];
  }
  const brought = spreadOver(looked, layer.keyPlaces, layer.queryPlaces);
  return brought ? kept.map((share, query) => share + brought[query]) : kept;
}
