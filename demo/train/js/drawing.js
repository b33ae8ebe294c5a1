// Points that a person draws: a brush sprays them, an eraser takes them away; they become a table of x and y.

export const MOST = 20_000;
export const FEWEST = 16; // that a table must have (attngan.data.rows.own)
const HALF = 2; // the sheet goes from -2 to 2 in the table, y upwards

/** @typedef {{x: number, y: number}} Spot  in fractions of the sheet's sides, from its upper left corner */

/**
 * The points with some more around a spot, evenly in a disc; no more than MOST.
 * @param {Spot[]} points
 * @param {Spot} spot
 * @param {number} radius
 * @param {number} count
 * @param {() => number} [chance]
 */
export function sprayed(points, { x, y }, radius, count, chance = Math.random) {
  const more = Array.from({ length: Math.min(count, MOST - points.length) }, () => {
    const [turn, far] = [2 * Math.PI * chance(), radius * Math.sqrt(chance())];
    return { x: x + far * Math.cos(turn), y: y + far * Math.sin(turn) };
  });
  return [...points, ...more.filter(isOnSheet)];
}

/**
 * The points without those around a spot.
 * @param {Spot[]} points
 * @param {Spot} spot
 * @param {number} radius
 */
export function erased(points, { x, y }, radius) {
  return points.filter((one) => Math.hypot(one.x - x, one.y - y) > radius);
}

/**
 * The way from one spot to another, in steps of at most `step`, without its beginning.
 * @param {Spot} from
 * @param {Spot} to
 * @param {number} step
 */
export function between(from, to, step) {
  const steps = Math.max(1, Math.ceil(Math.hypot(to.x - from.x, to.y - from.y) / step));
  return Array.from({ length: steps }, (_, index) => {
    const part = (index + 1) / steps;
    return { x: from.x + part * (to.x - from.x), y: from.y + part * (to.y - from.y) };
  });
}

/** The points as a .csv. @param {Spot[]} points */
export function tableOf(points) {
  const lines = points.map(({ x, y }) => `${(HALF * (2 * x - 1)).toFixed(4)},${(HALF * (1 - 2 * y)).toFixed(4)}`);
  return ["x,y", ...lines, ""].join("\n");
}

/** @param {Spot} spot */
const isOnSheet = ({ x, y }) => x >= 0 && x <= 1 && y >= 0 && y <= 1;
