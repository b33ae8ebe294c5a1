// Which items of a frame changed most since another frame of the same noise.

/** @import { Frame } from "./frame.js" */

/**
 * Indices of the items that changed most, the first by most; those that did not change are left out.
 * @param {Frame} before
 * @param {Frame} after
 * @param {number} most
 */
export function mostMoved(before, after, most) {
  const size = after.item.values.length / after.count;
  if (before.item.values.length !== after.item.values.length) return [];
  const moved = Array.from({ length: after.count }, (_, index) => {
    let sum = 0;
    for (let at = index * size; at < (index + 1) * size; at++) sum += Math.abs(after.item.values[at] - before.item.values[at]);
    return { index, sum };
  });
  const ordered = moved.filter(({ sum }) => sum > 0).sort((one, other) => other.sum - one.sum);
  return ordered.slice(0, most).map(({ index }) => index);
}
