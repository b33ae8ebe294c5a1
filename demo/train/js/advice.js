// What one sees in a training now, in a sentence: chosen from what the panel knows, and left standing for some seconds.
// The bounds are of real trainings (docs/experiments.md, E69).

/**
 * What the panel knows of a training that runs.
 * @typedef {object} Known
 * @property {number[][]} history  points [step, seconds, generator loss, discriminator loss]
 * @property {number[][]} measured  rows [seconds, the value of each measure]
 * @property {string[]} measures  their keys; the first is the one to follow
 * @property {boolean} less  whether less of the first is better
 * @property {number} seconds  trained so far
 * @property {Object<string, number>} gates  of the attention layers
 * @property {Object<string, any>} settings  those that can be changed, and the loss
 * @property {number|null} changed  seconds at which a setting was changed, or training taken back, the last time
 * @property {number|null} share  of the processor that it lately got
 *
 * @typedef {{key: string, values: Object<string, number>}} Advice
 */

export const HOLD = 6000; // ms that a sentence stands at least
export const BUSY = 0.8; // share of the processor, below which others take what the training would use (attngan.share)
const FIRST = 10; // seconds in which nothing need be right yet
const SETTLES = 8; // seconds after a change in which it is too early to say what that does
const RECENT = 6; // seconds whose losses count
const FAR = 3; // logits: healthy trainings were seen below it, but in the first seconds
const LITTLE = 0.6; // of the variety of real ones; healthy trainings were seen at 0.84 and more
const SWING = 4; // logits between the quartiles of the generator's losses; healthy trainings have less than 1.5
const SHUT = 0.1; // a gate through which hardly anything comes
const OPENS = 0.15; // that a gate has moved from where it was
const GAIN = 0.04; // of a measure in the last third of the time, below which it hardly gets better
const ENOUGH = 6; // measurements before that can be told

/** @param {number[]} values @param {number} [share] */
function quantile(values, share = 0.5) {
  const sorted = [...values].sort((one, other) => one - other);
  return sorted[Math.round(share * (sorted.length - 1))];
}

/**
 * By how much reals are given more than drawn ones, in logits, as the two losses tell: 0 is a balance.
 * @param {string} loss
 * @param {number} generator
 * @param {number} discriminator
 */
export function leadOf(loss, generator, discriminator) {
  if (loss === "hinge") return 2 * (2 - discriminator); // at a balance 2, at a margin of 1 on either side 0
  if (loss === "minmax") return generator - discriminator + Math.LN2; // at a balance ln 2 and 2 ln 2
  return generator - discriminator; // softplus(d) - softplus(-d) = d
}

/**
 * By what part the last third of the measurements is better than the third before it.
 * @param {number[]} values
 * @param {boolean} less
 */
function gainOf(values, less) {
  const third = Math.max(1, Math.floor(values.length / 3));
  const [before, now] = [values.slice(-2 * third, -third), values.slice(-third)].map((some) => quantile(some));
  const scale = Math.max(Math.abs(before), Math.abs(now), 1e-6);
  return (less ? before - now : now - before) / scale;
}

/** @param {Known} known @param {Object<string, number>} first  the gates at the beginning @returns {Advice} */
export function adviceOf(known, first) {
  const { history, measured, measures, less, seconds, gates, settings, changed, share } = known;
  /** @type {(key: string, values?: Object<string, number>) => Advice} */
  const say = (key, values = {}) => ({ key, values });
  if (share !== null && share < BUSY) return say("advice_busy", { share });
  if (changed !== null && seconds - changed < SETTLES) return say("advice_changed");
  const recent = history.filter((point) => point[1] > seconds - RECENT);
  const values = measured.map((row) => row[1]);
  const told = values.length >= ENOUGH ? { first: values[0], now: values[values.length - 1] } : null;
  const gain = told ? gainOf(values, less) : 0;
  if (settings.loss === "taught") {
    if (seconds < FIRST) return say("advice_taught_first");
    return told && gain < GAIN ? say("advice_level", told) : say("advice_taught");
  }
  if (!recent.length) return say("advice_first");
  const [made, judged] = [2, 3].map((column) => quantile(recent.map((point) => point[column])));
  const lead = leadOf(settings.loss, made, judged);
  if (seconds < FIRST) return say(lead > 1 ? "advice_first_discriminator" : "advice_first");
  const spread = [0.75, 0.25].map((part) => quantile(recent.map((point) => point[2]), part));
  if (spread[0] - spread[1] > SWING) return say("advice_swings");
  const varied = measured.at(-1)?.[1 + measures.indexOf("variety")];
  if (measures.includes("variety") && varied !== undefined && varied < LITTLE) return say("advice_variety", { varied });
  if (lead > FAR) return say("advice_discriminator", { lead });
  if (lead < 0) return say("advice_generator");
  const learnt = typeof settings.gate === "number" ? [] : Object.keys(gates);
  if (learnt.length && learnt.every((name) => Math.abs(gates[name]) < SHUT)) return say("advice_shut");
  if (told && gain < GAIN) return say("advice_level", told);
  const moved = learnt.filter((name) => name in first && Math.abs(gates[name] - first[name]) > OPENS);
  if (moved.length && values.length % 2) { // in turn with what was measured
    return say(moved.every((name) => Math.abs(gates[name]) > Math.abs(first[name])) ? "advice_opens" : "advice_closes");
  }
  return told ? say("advice_improving", told) : say("advice_balanced");
}

/** One who keeps to a sentence for a while: `hear(known)` is what stands now, `forget()` begins anew. */
export function adviser(clock = () => performance.now()) {
  /** @type {Advice|null} */
  let standing = null;
  let since = 0;
  /** @type {Object<string, number>} */
  let first = {};
  return {
    forget() {
      standing = null;
      first = {};
    },
    /** @param {Known} known */
    hear(known) {
      first = { ...known.gates, ...first };
      if (standing && clock() - since < HOLD) return standing;
      since = clock();
      standing = adviceOf(known, first);
      return standing;
    },
  };
}

/**
 * How much of the processor a training lately got: the mean of what its steps told in the last FIRST seconds of training,
 * null before it has told for so long.
 * @param {number[][]} told  rows [seconds, share]
 */
export function shareOf(told) {
  const last = told.at(-1);
  if (!last) return null;
  const recent = told.filter(([seconds]) => seconds >= last[0] - FIRST);
  if (last[0] - told[0][0] < FIRST) return null;
  return recent.reduce((sum, [, share]) => sum + share, 0) / recent.length;
}

/**
 * What part of the processor a whole training got, and the seconds that make up for what others had; null where that was
 * not much.
 * @param {number[][]} told  rows [seconds, share until then]
 * @param {number} budget  seconds asked for
 * @returns {{share: number, seconds: number}|null}
 */
export function madeUpFor(told, budget) {
  let [counted, got] = [0, 0];
  for (let index = 1; index < told.length; index += 1) {
    const passed = told[index][0] - told[index - 1][0];
    counted += passed;
    got += passed * told[index][1];
  }
  const share = got / counted;
  return share < BUSY ? { share, seconds: Math.min(3600, Math.max(5, Math.round(budget * (1 - share)))) } : null;
}
