// Two models' measured figures, from their cards, side by side, and what real items read.

import { make, term } from "./element.js";
import { writeMeasure } from "./measure.js";
import { nameModel } from "./model-name.js";

const WORK = ["steps", "seconds"]; // what training took
const SEEN = ["fd", "kd", "precision", "recall", "coverage", "memorisation"]; // by a network: after what is counted exactly

/** Show the table `place` for two cards {key, title, data, figures, real}; without one of them, hide it. */
export function showCards(place, mine, its, speak) {
  place.hidden = !mine || !its;
  if (place.hidden) return;
  const real = mine.data === its.data ? { ...its.real, ...mine.real } : {};
  const columns = [mine.figures, its.figures, ...(Object.keys(real).length ? [real] : [])];
  const heads = [nameModel(mine, speak), nameModel(its, speak), term("explain_real", speak("compare_real"))].slice(0, columns.length);
  const rows = (names, label) => names
    .filter((name) => name in mine.figures || name in its.figures)
    .map((name) => make("tr", "", make("th", "", label(name)),
      ...columns.map((figures) => make("td", "", name in figures ? writeMeasure(name, figures[name], speak) : ""))));
  const known = Object.keys({ ...mine.figures, ...its.figures }).filter((name) => speak.has(`measure_${name}`));
  const measures = [...known.filter((name) => !SEEN.includes(name)), ...SEEN];
  place.querySelector("thead").replaceChildren(make("tr", "", make("td", ""), ...heads.map((head) => make("th", "", head))));
  place.querySelector("tbody").replaceChildren(
    ...rows(WORK, (name) => term(`compare_${name}_hint`, speak(`compare_${name}`))),
    ...rows(measures, (name) => term(`explain_measure_${name}`, speak(`measure_${name}`))));
}
