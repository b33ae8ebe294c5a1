// Two models' measured figures, from their cards, side by side.

const FIGURES = ["fd", "kd", "precision", "recall", "coverage", "memorisation", "agreement"];

/** Show the table `place` for two cards {title, metrics}; without one of them, or without figures, hide it. */
export function showCards(place, mine, its, speak) {
  const named = FIGURES.filter((name) => name in (mine?.metrics ?? {}) || name in (its?.metrics ?? {}));
  place.hidden = !mine || !its || !named.length;
  if (place.hidden) return;
  const said = (card, name) => speak.number(card.metrics[name] ?? NaN);
  place.querySelector("thead").replaceChildren(cardRow(["", mine.title, its.title], () => "th"));
  place.querySelector("tbody").replaceChildren(...named.map((name) => {
    const row = cardRow([speak(`compare_${name}`), said(mine, name), said(its, name)], (index) => (index ? "td" : "th"));
    row.title = speak(`compare_${name}_hint`);
    return row;
  }));
}

function cardRow(texts, kindOf) {
  const row = document.createElement("tr");
  row.append(...texts.map((text, index) => Object.assign(document.createElement(kindOf(index)), { textContent: text })));
  return row;
}
