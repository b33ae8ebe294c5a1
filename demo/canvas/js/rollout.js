// Attention through all layers, as attngan.explain.rollout has it: of which cells of an earlier map a cell is made.
import { rowOf } from "./attention.js";

/** The shares of the cells that enter `layer` in one cell of the last layer: Abnar & Zuidema 2020, arXiv 2005.00928. */
export function rolledOut(layers, layer, picture, cell) {
  let shares = new Float32Array(layers.at(-1).queries);
  shares[cell] = 1;
  for (let index = layers.length - 1; ; index--) {
    const here = layers[index];
    shares = entered(here, picture, shares);
    if (here === layer || index === 0) return shares;
    shares = spread(shares, queriesOf(here), queriesOf(layers[index - 1]));
  }
}

const queriesOf = (layer) => [layer.queryHeight, layer.queryWidth];

/** What entered a layer's cells to make `shares` of what left them: the residual, and what the gate let in. */
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
  const spreadOut = spread(looked, [layer.keyHeight, layer.keyWidth], queriesOf(layer));
  return kept.map((share, query) => share + spreadOut[query]);
}

/** A map over the cells of one grid [rows, columns] as one over another's, by how much of each lies in which. */
function spread(map, from, to) {
  const rows = overlapsAlong(from[0], to[0]);
  const columns = overlapsAlong(from[1], to[1]);
  const result = new Float32Array(to[0] * to[1]);
  rows.forEach((downs, row) =>
    columns.forEach((acrosses, column) => {
      const value = map[row * from[1] + column];
      if (!value) return;
      for (const [down, tall] of downs) {
        for (const [across, wide] of acrosses) result[down * to[1] + across] += value * tall * wide;
      }
    }));
  return result;
}

/** For each of `count` equal parts of a line: [index, share] of the `other` parts that it overlaps. */
function overlapsAlong(count, other) {
  return Array.from({ length: count }, (_, index) => {
    const parts = [];
    for (let at = Math.floor((index * other) / count); at * count < (index + 1) * other; at++) {
      const first = Math.max(index / count, at / other);
      const last = Math.min((index + 1) / count, (at + 1) / other);
      if (last > first) parts.push([at, (last - first) * count]);
    }
    return parts;
  });
}
