// Two models' measured figures, from their cards, side by side.

import { make, term } from "./element.js";

const FIGURES = ["steps", "seconds", "fd", "kd", "precision", "recall", "coverage", "memorisation", "agreement"];
const WHOLE = ["steps", "seconds"];

/** Show the table `place` for two cards {title, figures}; without one of them, hide it. */
export function showCards(place, mine, its, speak) {
  place.hidden = !mine || !its;
  if (place.hidden) return;
  const named = FIGURES.filter((name) => name in mine.figures || name in its.figures);
  const said = (card, name) => speak.number(card.figures[name] ?? NaN, WHOLE.includes(name) ? 0 : 2);
  place.querySelector("thead").replaceChildren(
    make("tr", "", make("td", ""), make("th", "", mine.title), make("th", "", its.title)));
  place.querySelector("tbody").replaceChildren(...named.map((name) => make("tr", "",
    make("th", "", term(`compare_${name}_hint`, speak(`compare_${name}`))),
    make("td", "", said(mine, name)), make("td", "", said(its, name)))));
}
