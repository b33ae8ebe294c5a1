// The plane of points, as numbers: where a value lies on the screen, how real a place looks, what noise becomes of.

/** @import { Frame } from "./frame.js" */
/** @import { Box } from "./places.js" */

/**
 * What a frame of points says besides (attngan.kinds.rows.plane): ranges, the discriminator's logits row by row from the
 * lowest y, points of a grid of noise, the slope of each point's logit, the noise of each, some real points, and of each
 * layer where the points would lie without it, which frames of before it was kept lack.
 * @typedef {{x: number[], y: number[], field: number[], middle: number, manifold: number[], nodes: number[], pull: number[], noise: number[], reals: number[], without?: Object<string, number[]>}} Plane
 */

/** @param {Frame} frame @returns {Plane|null} */
export const planeOf = (frame) => frame.header.plane ?? null;

/**
 * Where a point of the plane lies in a box, y upwards.
 * @param {Plane} plane
 * @param {Box} box
 * @param {number} x
 * @param {number} y
 */
export function placeOn({ x: [left, right], y: [low, high] }, box, x, y) {
  return {
    x: box.x + ((x - left) / (right - left)) * box.width,
    y: box.y + ((high - y) / (high - low)) * box.height,
  };
}

/** How a logit rises along either side of the plane, whatever is measured there, point by point. @param {Plane} plane */
export const pullsOf = ({ x, y, pull }) => pull.map((slope, index) => slope * (index % 2 ? y[1] - y[0] : x[1] - x[0]));

/**
 * How far it is from one place to another, in sides of the plane.
 * @param {Plane} plane
 * @param {[number, number]} from
 * @param {[number, number]} to
 */
export const sidesBetween = ({ x, y }, [left, low], [right, high]) =>
  Math.hypot((right - left) / (x[1] - x[0]), (high - low) / (y[1] - y[0]));

/** How sure the discriminator is that a point of this logit is real, 0 to 1; half at the middle. @param {number} logit @param {Plane} plane */
export const realness = (logit, { middle }) => 1 / (1 + Math.exp(middle - logit));

/** How far noise is shown, along either side: to the manifold's outermost nodes. @param {Plane} plane */
export const farthest = ({ nodes }) => nodes[nodes.length - 1];

/**
 * What the generator makes of noise (u, v), between the four nodes around it; null outside of them.
 * @param {Plane} plane
 * @param {number} u
 * @param {number} v
 */
export function madeOf({ nodes, manifold }, u, v) {
  const [column, across] = between(nodes, u);
  const [row, up] = between(nodes, v);
  if (column < 0 || row < 0) return null;
  /** @param {number} axis */
  const mixed = (axis) => {
    /** @param {number} down @param {number} right */
    const at = (down, right) => manifold[2 * ((row + down) * nodes.length + column + right) + axis];
    return (1 - up) * ((1 - across) * at(0, 0) + across * at(0, 1)) + up * ((1 - across) * at(1, 0) + across * at(1, 1));
  };
  return { x: mixed(0), y: mixed(1) };
}

/** The node before a number and how far it lies on the way to the next, or -1 where it lies outside. @param {number[]} nodes @param {number} value */
function between(nodes, value) {
  const next = nodes.findIndex((node) => node > value);
  if (next < 1) return [-1, 0];
  return [next - 1, (value - nodes[next - 1]) / (nodes[next] - nodes[next - 1])];
}

/**
 * The number of the nearest of some places, null where none lies within `reach` pixels.
 * @param {{x: number, y: number}[]} places
 * @param {{x: number, y: number}} at
 * @param {number} reach
 */
export function nearestOf(places, at, reach) {
  /** @type {number|null} */
  let nearest = null;
  let least = reach * reach;
  places.forEach(({ x, y }, index) => {
    const far = (x - at.x) ** 2 + (y - at.y) ** 2;
    if (far < least) [nearest, least] = [index, far];
  });
  return nearest;
}
