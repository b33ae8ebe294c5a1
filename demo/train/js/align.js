// Which moment of another training goes with each of one's own: at equal steps, or after equal time of training.

/** @typedef {import("./curves.js").History} History  rows [step, seconds, ...] */

/**
 * Seconds of training at a step, read off a history between its points.
 * @param {History} history
 * @param {number} step
 */
export function secondsAt(history, step) {
  const after = history.findLastIndex((point) => point[0] < step) + 1; // the last time: it may have been taken back before
  if (after === history.length) return history.at(-1)?.[1] ?? 0;
  const [x1, y1] = history[after];
  const [x0, y0] = after > 0 ? history[after - 1] : [0, 0];
  return x1 === x0 ? y1 : y0 + ((step - x0) / (x1 - x0)) * (y1 - y0);
}

/**
 * For each of one's own steps the other's step that is nearest: by steps, or by "time".
 * @param {{steps: number[], history: History}} own
 * @param {{steps: number[], history: History}} other
 * @param {string} by
 * @returns {Object<number, number>}
 */
export function aligned(own, other, by) {
  if (!other.steps.length) return {};
  /** @type {(run: {history: History}, step: number) => number} */
  const place = (run, step) => (by === "time" ? secondsAt(run.history, step) : step);
  const places = other.steps.map((step) => place(other, step));
  return Object.fromEntries(own.steps.map((step) => [step, other.steps[nearest(places, place(own, step))]]));
}

/**
 * The index of the nearest of numbers that rise.
 * @param {number[]} places
 * @param {number} wanted
 */
function nearest(places, wanted) {
  let index = places.findIndex((one) => one >= wanted);
  if (index < 0) index = places.length - 1;
  return index > 0 && wanted - places[index - 1] <= places[index] - wanted ? index - 1 : index;
}
