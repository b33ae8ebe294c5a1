// Arithmetic on the weights of a frame's layer; nothing here draws.
// A `map` is a Float32Array over the cells of a feature map, row by row.

/** Index of the row of (picture, head, query) in a layer. */
export function rowOf(layer, picture, head, query) {
  return (picture * layer.heads + head) * layer.queries + query;
}

function headList(layer, head) {
  return head === "mean" ? [...Array(layer.heads).keys()] : [head];
}

/** Where `query` looks: its weights over the keys; `head` is a number or "mean". */
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

/** Who looks at `key`: over the queries, the weight that each gives to it. */
export function seenBy(layer, picture, head, key) {
  const map = new Float32Array(layer.queries);
  const heads = headList(layer, head);
  for (const one of heads) {
    for (let query = 0; query < layer.queries; query++) {
      const row = rowOf(layer, picture, one, query);
      map[query] += (layer.scale[row] / 255 / heads.length) * layer.weights[row * layer.keys + key];
    }
  }
  return map;
}

/** What `query` receives from every key: weight times the length of what that key's value carries, times the gate. */
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

/** The largest contribution of a picture's layer over all heads, queries and keys. */
export function largestContribution(layer, picture) {
  let largest = 0;
  for (let head = 0; head < layer.heads; head++) {
    for (let query = 0; query < layer.queries; query++) {
      largest = Math.max(largest, peakOf(contributed(layer, picture, head, query)).value);
    }
  }
  return largest;
}

/** The largest weight of a picture's layer over all heads and queries: a row's scale is its largest weight. */
export function largestWeight(layer, picture) {
  const start = rowOf(layer, picture, 0, 0);
  let largest = 0;
  for (let row = start; row < start + layer.heads * layer.queries; row++) {
    largest = Math.max(largest, layer.scale[row]);
  }
  return largest;
}

/** Largest value of a map and where it lies. */
export function peakOf(map) {
  let index = 0;
  for (let cell = 1; cell < map.length; cell++) if (map[cell] > map[index]) index = cell;
  return { index, value: map.length ? map[index] : 0 };
}

/**
 * Entropy of the rows of one head as a share of the entropy of looking everywhere alike, in [0, 1]:
 * mean over the queries that look anywhere; NaN when none does. For "mean", the mean over the heads.
 */
export function spreadOf(layer, picture, head) {
  let total = 0;
  let counted = 0;
  for (const one of headList(layer, head)) {
    for (let query = 0; query < layer.queries; query++) {
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
  return layer.keys > 1 && counted ? total / counted / Math.log(layer.keys) : NaN;
}

/** The window of about a quarter of each side that holds most of a map, and its share of the map's sum. */
export function strongestWindow(map, height, width) {
  const rows = Math.max(1, Math.round(height / 4));
  const columns = Math.max(1, Math.round(width / 4));
  const total = map.reduce((sum, value) => sum + value, 0);
  let best = { row: 0, column: 0, sum: -1 };
  for (let row = 0; row + rows <= height; row++) {
    for (let column = 0; column + columns <= width; column++) {
      let sum = 0;
      for (let y = row; y < row + rows; y++) {
        for (let x = column; x < column + columns; x++) sum += map[y * width + x];
      }
      if (sum > best.sum) best = { row, column, sum };
    }
  }
  return { ...best, rows, columns, share: total ? best.sum / total : 0 };
}

/** The cell of a feature map under a point given as a fraction of the picture's side. */
export function cellAt(fraction, cells) {
  return Math.min(cells - 1, Math.max(0, Math.floor(fraction * cells)));
}
