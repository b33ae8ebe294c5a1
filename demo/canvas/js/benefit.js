// Did attention help? What the attention study measured on the same data: a verdict, and the arms with intervals.
import { make, term } from "./element.js";
import { nameModel } from "./model-name.js";

/**
 * What the study found on one data set (demo/explorer/study.py); an interval is [mean, half its width].
 * @typedef {object} Found
 * @property {string} measure  key of attngan.vocabulary
 * @property {number} seconds
 * @property {number} runs
 * @property {Object<string, number[]>} arms
 * @property {Object<string, {difference: number[], attention_is: string}>} against
 */

/**
 * @param {HTMLElement} place
 * @param {{found: Found|null, studied: string[], document: string}} study
 * @param {import("./texts.js").Speak} speak
 */
export function showBenefit(place, { found, studied, document }, speak) {
  const [verdict, about] = place.querySelectorAll("p");
  const table = place.querySelector("table");
  place.querySelector("a").href = document.replace(/^\/+/, "");
  verdict.textContent = found ? verdictOf(found, speak) : speak("help_not_studied");
  about.textContent = found
    ? speak("help_about", { runs: found.runs, seconds: speak.number(found.seconds, 0) })
    : speak("help_studied", { data: listOf(studied.map((key) => nameModel({ key, title: key }, speak)), speak) });
  table.hidden = !found;
  if (found) showArms(table, found, speak);
}

/** "a, b, and c". @param {string[]} names @param {import("./texts.js").Speak} speak */
const listOf = (names, { language }) => new Intl.ListFormat(language, { type: "conjunction" }).format(names);

/**
 * "No: in equal time, attention was worse than ..." as far as the intervals of the differences allow.
 * @param {Found} found
 * @param {import("./texts.js").Speak} speak
 */
export function verdictOf({ measure, against }, speak) {
  const others = Object.keys(against);
  /** @param {string} word */
  const count = (word) => others.filter((arm) => against[arm].attention_is === word).length;
  const all = count("better") === others.length;
  const answer = all ? "yes" : count("better") ? "part" : count("worse") ? "no" : "unclear";
  return speak(`help_verdict_${others.join("_")}`, {
    answer: speak(`help_${answer}`), measure: speak(`measure_${measure}`),
    ...Object.fromEntries(others.map((arm) => [arm, speak(`help_than_${against[arm].attention_is}`)])),
  });
}

/**
 * A row for each arm: its name, its interval on an axis from 0, its numbers.
 * @param {HTMLElement} table
 * @param {Found} found
 * @param {import("./texts.js").Speak} speak
 */
function showArms(table, { measure, arms }, speak) {
  const most = Math.max(...Object.values(arms).map(([mean, half = 0]) => mean + half)) || 1;
  /** @param {number} value */
  const at = (value) => (100 * Math.max(0, value)) / most;
  table.querySelector("caption").replaceChildren(term(`explain_measure_${measure}`, speak(`measure_${measure}`)));
  table.querySelector("tbody").replaceChildren(...Object.entries(arms).map(([arm, [mean, half = 0]]) => {
    const [line, dot] = [make("i"), make("b")];
    line.style.left = `${at(mean - half)}%`;
    line.style.width = `${at(mean + half) - at(mean - half)}%`;
    dot.style.left = `${at(mean)}%`;
    const numbers = term("explain_interval", speak("help_interval", { mean: speak.number(mean), half: speak.number(half) }));
    return make("tr", "", make("th", "", speak(`help_arm_${arm}`)),
      make("td", "", make("span", "track", line, dot)), make("td", "", numbers));
  }));
}
