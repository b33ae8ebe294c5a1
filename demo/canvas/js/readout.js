// Everything that is said about the map: sentence, numbers, colour bar, facts of the layers, screen reader.
import { spreadOf } from "./attention.js";
import { amountOf, factsOf, numbersOf, rightnessOf, sentenceOf, withoutOf } from "./describe.js";
import { term } from "./element.js";
import { nameLayer, nameLayers } from "./layer-name.js";
import { headsOf } from "./maps.js";
import { canShow } from "./modes.js";
import { besideOf } from "./sides.js";
import { attendedOf, besideIn, layerOf, layersOf, mapOf, pointsOf, wholeOf } from "./view.js";

const GATE_CLOSED = 0.02; // a gate nearer to zero than this lets next to nothing through
const STILL_MILLISECONDS = 250; // after which a screen reader is told

/**
 * Writes into the elements of `root` what `view` shows; `measured()` is what is known of words' maps (describe.js), and
 * `isAsMeasured()` whether what is in view was drawn as it was then.
 */
export function readoutOf(root, view, speak, { measured, isAsMeasured }) {
  const find = (selector) => root.querySelector(selector);
  let waiting = 0;
  // the same text again would be laid out again
  const tell = (selector, text) => find(selector).textContent !== text && (find(selector).textContent = text);

  // [explanation, text] each as a term, of which there are as many as there were at most
  function tellTerms(place, parts) {
    while (place.children.length < parts.length) place.append(term("", ""));
    [...place.children].forEach((one, index) => {
      one.hidden = index >= parts.length;
      const [key, text] = parts[index] ?? ["", ""];
      one.dataset.explain = key;
      if (one.textContent !== text) one.textContent = text;
    });
  }

  function hint() {
    if (!view.frame) return "";
    if (!view.frame.layers.length) return speak("canvas_none");
    if (!attendedOf(view)) return speak("canvas_unattended", { count: view.frame.attended });
    if (!canShow(layerOf(view), view.mode)) return speak("canvas_contribution_missing");
    if ((view.pin ?? view.point)?.beside === undefined) return speak(besideIn(view) ? "canvas_hint_beside" : "canvas_hint");
    const layers = layersOf(view).filter((layer) => besideOf(layer, wholeOf(view))).map(({ name }) => name);
    return speak("canvas_elsewhere", { layers: nameLayers(layers, speak) });
  }

  return {
    /** For every painted map, or none. */
    show(found) {
      const even = found?.even ?? 0;
      const share = found && found.top > 0 ? even / found.top : 0;
      tell(".sentence", found ? sentenceOf(view, found, speak) : hint());
      const rightness = found ? rightnessOf(view, found, measured(), isAsMeasured(), speak) : [];
      const without = found ? withoutOf(view, found, speak) : [];
      tellTerms(find(".numbers"), found ? [...numbersOf(view, found, speak), ...rightness, ...without] : []);
      find(".scale").classList.toggle("off", !found);
      const isHatched = view.mode !== "flow" && view.frame?.kind === "pictures" && found?.painted.kind === "grid";
      find(".ramp .less").hidden = !isHatched;
      tell(".low", "0");
      tell(".high", found ? amountOf(found.top, view.mode, speak) : "");
      find(".scale").style.setProperty("--share", String(Math.min(1, share)));
      tell(".even", found ? speak("canvas_even", { share: amountOf(even, view.mode, speak) }) : "");
    },

    /** To screen readers, once the person has stopped moving. */
    aloud() {
      clearTimeout(waiting);
      waiting = setTimeout(() => {
        const found = mapOf(view);
        find(".spoken").textContent = found
          ? sentenceOf(view, found, speak)
          : pointsOf(view).length ? hint() : speak("canvas_cleared");
      }, STILL_MILLISECONDS);
    },

    /** For every picture: gate and spread of each layer, and a warning where a gate is closed. */
    facts(layers) {
      const spreads = spreadsOf(view);
      for (const row of find(".maps").children) {
        const layer = layers.find(({ name }) => name === row.dataset.layer);
        const [name, terms] = row.querySelector(".facts").children;
        name.textContent = nameLayer(layer.name, speak);
        tellTerms(terms, factsOf(layer, spreads.get(layer.name), speak));
      }
      const closed = layers.filter((layer) => !view.stand && Math.abs(layer.gate) < GATE_CLOSED).map(({ name }) => name);
      find(".warning").hidden = !closed.length;
      find(".warning").textContent = closed.length ? speak("canvas_gate_closed", { layers: nameLayers(closed, speak) }) : "";
    },
  };
}

/**
 * Entropy share of each layer for the chosen head, by layer name.
 * @param {import("./view.js").View} view
 */
function spreadsOf(view) {
  const attended = attendedOf(view);
  const spreads = new Map();
  for (const layer of layersOf(view)) {
    const head = headsOf(layer).includes(view.head) ? view.head : headsOf(layer)[0];
    spreads.set(layer.name, attended ? spreadOf(layer, attended.index, head) : NaN);
  }
  return spreads;
}
