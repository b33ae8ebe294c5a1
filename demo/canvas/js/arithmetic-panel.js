// The arithmetic of the pinned pixel in the head in view, with its own numbers: score, softmax, weighted sum. With the
// mean of the heads in view, first that mean, then the first head's.
import { nameLayer } from "./layer-name.js";
import { namePlace } from "./place-name.js";
import { asker, pathTo } from "./questions.js";
import { writeEdit } from "./edit.js";
import { looksAt, peakOf } from "./attention.js";
import { make, term } from "./element.js";
import { placeUnder } from "./sides.js";
import { itemOf, layerOf } from "./view.js";

const SETTLED_MILLISECONDS = 150; // a pin that is moved by keys is asked for where it stops

/** The panel in `.arithmetic`: there with a pin, fetched while it is open. */
export function arithmeticPanel(context) {
  const { root, view, speak } = context;
  const place = root.querySelector(".arithmetic");
  const content = place.querySelector("div");
  let asked = null; // {layer, item, head, query, whole, isMean} of the answer that is awaited
  let waiting = 0;

  const ask = asker(speak, {
    arrived: (answer) => content.replaceChildren(...stepsOf(answer, asked, speak)),
    failed: (problem) => content.replaceChildren(make("p", "outcome", problem)),
  });

  function refresh() {
    const layer = layerOf(view);
    const head = view.head === "mean" ? 0 : view.head;
    const query = layer && placeUnder(view.pin, layer.queryPlaces, itemOf(view), view.frame.item.places);
    const path = layer && query !== null
      ? pathTo("arithmetic", context, { layer: layer.name, head, query, edit: writeEdit(view.edit) })
      : null;
    place.hidden = !path;
    clearTimeout(waiting);
    if (!path || !place.open) return;
    waiting = setTimeout(() => {
      const whole = view.frame.item.places;
      asked = { layer, item: itemOf(view), head, query, whole, isMean: view.head === "mean" };
      ask(path);
    }, SETTLED_MILLISECONDS);
  }

  place.addEventListener("toggle", refresh);
  return { refresh };
}

function stepsOf(answer, { layer, item, head, query, whole, isMean }, speak) {
  const { terms, total, gate } = answer;
  const best = terms[0];
  const number = (value, places = 2) => speak.number(value, places);
  const width = answer.query.length;
  const vector = (values) => make("code", "vector", "[" + values.map((value) => number(value)).join(" ") + "]");
  const sum = (...parts) => make("code", "sum", ...parts);
  const step = (name, line, ...more) => make("li", "", term(`explain_${name}`, speak(`work_${name}`)), line, ...more);
  const mean = isMean ? [meanOf(layer, item, query, whole, speak)] : [];
  const lead = make("p", "", speak(layer.heads > 1 ? "work_lead_head" : "work_lead", {
    cell: namePlace(layer.queryPlaces, query, item, whole), layer: nameLayer(layer.name, speak), head: head + 1, heads: layer.heads,
    keys: layer.keyPlaces.size(item),
  }));
  const steps = make("ol", "steps",
    step("query", vector(answer.query)),
    step("best", sum(`${number(best.product)} / √${width} = ${number(best.score)}`)),
    step("softmax", sum(`e^${number(best.score)} / ${speak("work_all")} = ${number(best.exponential)} / ${number(total)} = `,
      speak.percent(best.weight))),
    step("summed", vector(answer.summed)),
    step("added", sum(`|${number(gate)} × s × W| = ${number(answer.added, 3)}`)),
  );
  const columns = ["key", "product", "score", "exponential", "weight", "length"];
  const header = make("tr", "", ...columns.map((name) => make("th", "", term(`explain_${name}`, speak(`work_${name}`)))));
  const rows = terms.map((one) => make("tr", "", make("th", "", namePlace(layer.keyPlaces, one.key, item, whole)), ...[
    number(one.product), number(one.score), number(one.exponential), speak.percent(one.weight), number(one.length, 3),
  ].map((text) => make("td", "", text))));
  const rest = make("tr", "", make("th", "", speak("work_rest", { count: answer.rest })), ...[
    "", "", number(answer.rest_exponential), speak.percent(answer.rest_weight), "",
  ].map((text) => make("td", "", text)));
  const table = make("table", "figures", make("thead", "", header), make("tbody", "", ...rows, ...(answer.rest ? [rest] : [])));
  return [...mean, lead, steps, table];
}

/** "In view is the mean …: 12% = (30% + 5% + 1%) / 3", of the key that the mean of the heads looks at most. */
function meanOf(layer, item, query, whole, speak) {
  const { index, value } = peakOf(looksAt(layer, item, "mean", query));
  const each = Array.from({ length: layer.heads }, (_, head) => speak.percent(looksAt(layer, item, head, query)[index]));
  const said = speak("work_mean", { heads: layer.heads, key: namePlace(layer.keyPlaces, index, item, whole) });
  return make("p", "", said + " ", make("code", "sum", `(${each.join(" + ")}) / ${layer.heads} = ${speak.percent(value)}`));
}
