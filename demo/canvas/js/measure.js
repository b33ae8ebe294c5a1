// How a measured value is written.

/** @type {Object<string, number>} */
const PLACES = { steps: 0, seconds: 0, modes: 0, kd: 3 }; // after the point

/**
 * A value of a measure (a key of attngan.vocabulary, or of a card), with so many places where it has none of its own.
 * @param {string} key
 * @param {number} value
 * @param {import("./texts.js").Speak} speak
 */
export function writeMeasure(key, value, speak, places = 2) {
  return speak.number(value, PLACES[key] ?? places);
}
