// Where points were at those moments of a training that were seen, so that the way of each can be shown.

/** @typedef {{training: string, moments: Map<number, Float32Array>}} Trail  points by their step */

/**
 * Keep where the points of a training's moment lie. Another training begins anew, other noise has none, and moments that
 * the training has not any more are forgotten.
 * @param {import("./view.js").View} view
 * @param {{url: string, steps: number[]}|undefined} timeline
 * @param {import("./frame.js").Frame} frame
 */
export function noteMoment(view, timeline, { header, item, count }) {
  const training = timeline?.url;
  if (view.trail?.training !== training) Object.assign(view, { trail: null, glance: null });
  if (!training || !header.plane || header.step === undefined || count < 2) return;
  view.trail ??= { training, moments: new Map() };
  view.trail.moments.set(header.step, Float32Array.from(item.values)); // its own: a frame's bytes would all be kept with them
  for (const step of view.trail.moments.keys()) {
    if (step !== header.step && !timeline.steps.includes(step)) view.trail.moments.delete(step);
  }
}

/** @typedef {{step: number, values: Float32Array}} Glance  points as they lay a moment ago */

/**
 * Have points in view lie where they were seen last, or with null again where their frame has them; false where that
 * changes nothing.
 * @param {import("./view.js").View} view
 * @param {Glance|null} glance
 */
export function takeGlance(view, glance) {
  const { frame } = view;
  const isOf = Boolean(glance && frame?.header.plane) && frame.count > 1 && frame.item.values.length === glance.values.length;
  const before = view.glance;
  view.glance = isOf ? glance : null;
  return view.glance !== before;
}

/**
 * Where a point was, moment by moment, up to that of a frame, which need not be of a training.
 * @param {Trail|null} trail
 * @param {import("./frame.js").Frame} frame
 * @param {number} index
 */
export function wayOf(trail, frame, index) {
  if (!trail) return [];
  const end = frame.header.step ?? Infinity;
  const earlier = [...trail.moments].filter(([step]) => step < end).sort(([one], [other]) => one - other);
  const all = [...earlier.map(([, points]) => points), /** @type {Float32Array} */ (frame.item.values)];
  if (all.some((one) => one.length !== frame.item.values.length)) return [];
  return all.map((one) => ({ x: one[2 * index], y: one[2 * index + 1] }));
}
