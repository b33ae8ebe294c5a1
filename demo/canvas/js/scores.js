// The discriminator's scores on one line, and how well it tells what is drawn from what is real.
import { cached } from "./cache.js";
import { make } from "./element.js";

/** @import { Speak } from "./texts.js" */

/**
 * Logits of what the generator drew and of real ones.
 * @typedef {{made: number[], reals: number[]}} Scores
 */

/**
 * Show scores on one line, higher to the right: what the generator drew, real ones, and this one.
 * @param {any} place  has an element of the class "axis"
 * @param {Scores} scores
 * @param {number} own
 * @param {Speak} speak
 */
export function showScores(place, { made, reals }, own, speak) {
  const all = [...made, ...reals, own];
  const [low, high] = [Math.min(...all), Math.max(...all)];
  /** @type {(kind: string, score: number) => HTMLElement} */
  const mark = (kind, score) => {
    const one = make("i", kind);
    one.style.left = `${4 + (92 * (score - low)) / Math.max(1e-6, high - low)}%`;
    return one;
  };
  place.hidden = false;
  place.querySelector(".axis").replaceChildren(
    ...made.map((score) => mark("made", score)), ...reals.map((score) => mark("real", score)), mark("this", own),
  );
  place.setAttribute("aria-label", speak("judge_scores", { score: speak.number(own, 2) }));
}

/**
 * The share of all pairs of a drawn and a real one in which the real one has the higher score; a draw counts half.
 * @param {Scores} scores
 */
export function shareToldApart(scores) {
  return cached(scores, "share told apart", () => pairsWon(scores));
}

/** @param {Scores} scores */
function pairsWon({ made, reals }) {
  const points = made.flatMap((drawn) => reals.map((real) => (real > drawn ? 1 : real === drawn ? 0.5 : 0)));
  return points.reduce((/** @type {number} */ sum, point) => sum + point, 0) / points.length;
}

/**
 * What the discriminator gave an item when it was drawn, in words.
 * @param {Scores} scores
 * @param {number} index  of the item
 * @param {Speak} speak
 */
export function sayThen(scores, index, speak) {
  const values = { score: speak.number(scores.made[index], 2), share: speak.percent(shareToldApart(scores)) };
  return speak("judge_then", values);
}
