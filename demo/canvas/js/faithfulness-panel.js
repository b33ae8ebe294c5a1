// Does the map tell the truth? The test of the layer in view, asked for by a button: three bars and a verdict.
import { term } from "./element.js";
import { nameLayer } from "./layer-name.js";
import { fetchJson, sayProblem } from "./requests.js";

const FORBIDDEN = ["most", "random", "nearest"];

/** `pathOf(layer)` is the question about a layer of the model in view; `layerName()` the one in view, if it can be asked. */
export function faithfulnessPanel(place, speak, layerName, pathOf) {
  const button = place.querySelector("button");
  const table = place.querySelector("tbody");
  const verdict = place.querySelector(".verdict");
  let shown = null; // the question whose answer is shown

  function show(found) {
    const largest = Math.max(...FORBIDDEN.map((kind) => found.own[kind]), 1e-9);
    table.replaceChildren(...FORBIDDEN.map((kind) => {
      const row = document.createElement("tr");
      const name = document.createElement("th");
      const bar = document.createElement("td");
      const fill = document.createElement("i");
      name.append(term("explain_truth", speak(`truth_${kind}`, { count: found.cells })));
      fill.style.width = `${(100 * found.own[kind]) / largest}%`;
      bar.append(fill, Object.assign(document.createElement("span"), { textContent: speak.number(found.own[kind], 1) }));
      bar.title = speak("truth_picture", { change: speak.number(found.picture[kind]) });
      row.append(name, bar);
      return row;
    }));
    place.querySelector("table").hidden = false;
    verdict.textContent = speak(`truth_verdict_${found.verdict}`, {
      times: speak.number(found.own.most / Math.max(found.own.random, 1e-9), 1),
      share: speak.percent(found.share), trials: found.trials,
    });
  }

  function clear(text = "") {
    shown = null;
    place.querySelector("table").hidden = true;
    verdict.textContent = text;
  }

  const question = () => (layerName() ? pathOf(layerName()) : null);

  button.addEventListener("click", async () => {
    const asked = question();
    button.disabled = true;
    try {
      const found = await fetchJson(asked);
      if (asked === question()) [shown] = [asked, show(found)];
    } catch (problem) {
      if (asked === question()) [, shown] = [clear(sayProblem(problem, speak)), asked];
    }
    button.disabled = false;
  });

  return {
    refresh() {
      place.hidden = !layerName();
      button.textContent = speak("truth_ask", { layer: nameLayer(layerName() ?? "", speak) });
      if (shown && shown !== question()) clear();
    },
  };
}
