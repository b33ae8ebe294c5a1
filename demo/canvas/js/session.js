// What the server was asked for and what it gave: the canvas's value and the frame of the model as it is.

/** @import { View } from "./view.js" */

/**
 * @typedef {object} Session
 * @property {any} value  the canvas's value (demo.canvas.CanvasValue) that the frames in view came from, or null
 * @property {import("./frame.js").Frame|null} present  the frame of the model as it is, whatever moment is in view
 */

/** @returns {Session} */
export function newSession() {
  return { value: null, present: null };
}

/**
 * Whether the model as it is is in view, not an earlier moment of its training.
 * @param {Session} session
 * @param {View} view
 */
export function isPresent({ present }, { frame }) {
  return Boolean(frame) && frame === present;
}

/**
 * Whether what is in view was drawn as it was when the model was measured: by the model as it is, of usual noise, with
 * nothing done to its attention.
 * @param {Session} session
 * @param {View} view
 */
export function isAsMeasured(session, view) {
  const isItsOwn = !view.stand || view.swapped !== null;
  return isPresent(session, view) && isItsOwn && view.truncation === 1 && !Object.keys(view.edit).length;
}

/**
 * Whether the chosen item's attention has to be asked for by itself.
 * @param {Session} session
 * @param {View} view
 */
export function lacksAttention(session, view) {
  const { frame, chosen } = view;
  if (!session.value?.single || !frame.layers.length || !isPresent(session, view)) return false;
  return chosen >= frame.attended && !view.details.has(chosen);
}

/**
 * A value with the noise scaled as the view has it; trainings keep drawing unscaled noise.
 * @param {any} value
 * @param {View} view
 */
export function scaled(value, { truncation }) {
  if (truncation === 1) return value;
  const more = `&truncation=${truncation}`;
  return { ...value, url: value.url + more, single: value.single && value.single + more, timeline: undefined };
}

/**
 * What a sample is called: its number, seed and class, as values for a text.
 * @param {Session} session
 * @param {View} view
 * @param {number} index
 */
export function sampleNames({ value }, { frame }, index) {
  const { seeds, labels } = frame.header;
  const label = labels ? (value?.names?.[labels[index]] ?? labels[index]) : null;
  return { number: index + 1, seed: seeds[index], label };
}
