// What is measured of the drawn pictures while a network learns: a number a measure, and the first one as a curve.
import { make, term } from "../../canvas/js/element.js";
import { writeMeasure } from "../../canvas/js/measure.js";
import { drawWordMaps, isOfWords } from "./word-maps.js";

/**
 * @param {HTMLElement} root
 * @param {string[]} measures  keys of attngan.vocabulary; the first is the one to follow
 * @param {import("./curves.js").History} measured  rows [seconds, the value of each measure]
 * @param {import("../../canvas/js/texts.js").Speak} speak
 * @param {import("./curves.js").Duration} duration
 */
export function drawQuality(root, measures, measured, speak, duration) {
  const newest = new Map((measured.at(-1) ?? []).slice(1).map((value, index) => [measures[index], value]));
  showNumbers(root.querySelector("dl.quality"), newest, speak);
  drawWordMaps(root.querySelector("#train-words"), newest, speak);
  const figure = root.querySelector("#train-measured");
  figure.classList.toggle("silent", measured.length < 2);
  if (measured.length < 2) return;
  const values = measured.map((row) => row[1]);
  const [from, until] = [measured[0][0], measured.at(-1)[0]];
  const high = Math.max(...values, 0.1);
  const low = Math.min(...values, 0); // unbiased, so a little below 0 may come
  /** @param {number} seconds */
  const x = (seconds) => ((1000 * (seconds - from)) / (until - from || 1)).toFixed(1);
  /** @param {number} value */
  const y = (value) => ((100 * (high - value)) / (high - low)).toFixed(1);
  const line = measured.map((row) => `${x(row[0])},${y(row[1])}`).join(" ");
  figure.querySelector("polyline").setAttribute("points", line);
  figure.querySelector(".zero").setAttribute("y1", y(0));
  figure.querySelector(".zero").setAttribute("y2", y(0));
  figure.querySelector(".top").textContent = speak.number(high, 1);
  figure.querySelector(".bottom").textContent = speak.number(low, 1);
  figure.querySelector(".until").textContent = duration(until);
  const measure = speak(`measure_${measures[0]}`);
  const said = { measure, seconds: duration(until), first: speak.number(values[0]), last: speak.number(values.at(-1)) };
  figure.querySelector("svg").setAttribute("aria-label", speak("live_measure_said", said));
}

/**
 * The newest value of each measure; none before anything is measured.
 * @param {HTMLElement} place
 * @param {Map<string, number>} newest
 * @param {import("../../canvas/js/texts.js").Speak} speak
 */
function showNumbers(place, newest, speak) {
  const shown = [...newest.keys()].filter((key) => !isOfWords(key));
  if (place.dataset.measures !== String(shown)) {
    place.dataset.measures = String(shown);
    place.replaceChildren(...shown.map((key) => {
      const value = Object.assign(term(`explain_measure_${key}`, ""), { id: `train-${key}` });
      return make("div", "", make("dt", "", term(`explain_measure_${key}`, speak(`measure_${key}`))), make("dd", "", value));
    }));
  }
  for (const key of shown) place.querySelector(`#train-${key}`).textContent = writeMeasure(key, newest.get(key), speak);
}
