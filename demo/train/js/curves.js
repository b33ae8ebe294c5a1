// Loss curves: all of a run's history in a bounded number of points, drawn as lines of one SVG.
const MOST = 1200; // points kept; beyond it neighbours are averaged in pairs
const SIDES = ["generator", "discriminator"];

/**
 * @typedef {number[][]} History  points of equal length: [step, seconds, generator loss, discriminator loss] or others
 * @typedef {(seconds: number) => string} Duration  says a time
 */

/** @returns {History} */
export function newHistory() {
  return [];
}

/**
 * Take in points; returns the history, perhaps a new one.
 * @param {History} history
 * @param {History} points
 */
export function remember(history, points) {
  const whole = history.concat(points);
  if (whole.length <= MOST) return whole;
  /** @type {History} */
  const halved = [];
  for (let index = 0; index < whole.length; index += 2) {
    const [one, other] = [whole[index], whole[index + 1] ?? whole[index]];
    halved.push(one.map((value, column) => (value + other[column]) / 2));
  }
  return halved;
}

/**
 * The values of one side with short wiggles averaged away: over about a 25th of the run, at least 3 points.
 * @param {number[]} values
 */
export function smoothed(values) {
  const share = 2 / (1 + Math.max(3, values.length / 25));
  let mean = values[0];
  return values.map((value) => (mean += share * (value - mean)));
}

/**
 * Lowest and highest value to draw: the middle 96 % of all, so that one wild step does not flatten the rest.
 * @param {number[]} values
 */
export function spanOf(values) {
  const sorted = [...values].sort((one, other) => one - other);
  /** @param {number} share */
  const at = (share) => sorted[Math.round(share * (sorted.length - 1))];
  const [low, high] = [at(0.02), at(0.98)];
  const margin = Math.max(0.05, 0.08 * (high - low));
  return [low - margin, high + margin];
}

/**
 * @param {HTMLElement} figure
 * @param {History} history
 * @param {import("../../canvas/js/texts.js").Speak} speak
 * @param {Duration} duration
 */
export function drawCurves(figure, history, speak, duration) {
  figure.classList.toggle("silent", !history.length);
  if (!history.length) return;
  const until = history[history.length - 1][1] || 1;
  const sides = SIDES.map((name, index) => {
    const raw = history.map((point) => point[2 + index]);
    return { name, raw, smooth: smoothed(raw) };
  });
  const [lowest, highest] = spanOf(sides.flatMap(({ raw }) => raw));
  const calm = sides.flatMap(({ smooth }) => smooth); // never cut off
  const [low, high] = [Math.min(lowest, ...calm), Math.max(highest, ...calm)];
  /** @param {number} seconds */
  const x = (seconds) => ((1000 * seconds) / until).toFixed(1);
  /** @param {number} value */
  const y = (value) => Math.max(-1000, Math.min(1000, (100 * (high - value)) / (high - low))).toFixed(1);
  /** @param {number[]} values */
  const line = (values) => values.map((value, index) => `${x(history[index][1])},${y(value)}`).join(" ");
  /** @type {Object<string, string>} */
  const last = {};
  for (const { name, raw, smooth } of sides) {
    last[name] = speak.number(smooth[smooth.length - 1]);
    figure.querySelector(`polyline.${name}.raw`).setAttribute("points", line(raw));
    figure.querySelector(`polyline.${name}.smooth`).setAttribute("points", line(smooth));
    figure.querySelector(`.key.${name} b`).textContent = last[name];
  }
  const zero = figure.querySelector(".zero");
  zero.setAttribute("y1", y(0));
  zero.setAttribute("y2", y(0));
  figure.querySelector(".top").textContent = speak.number(high, 1);
  figure.querySelector(".bottom").textContent = speak.number(low, 1);
  figure.querySelector(".until").textContent = duration(until);
  const said = speak("live_losses_said", { seconds: duration(until), ...last });
  figure.querySelector("svg").setAttribute("aria-label", said);
}
