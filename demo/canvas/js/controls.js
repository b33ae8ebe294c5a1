// The choices beside the picture, shown as the view has them.
import { showAxes } from "./axes.js";
import { showChoices } from "./choices.js";
import { COLOUR_BYTES, coloursOf } from "./colours.js";
import { phrase } from "./element.js";
import { nameLayer } from "./layer-name.js";
import { headName, headsOf } from "./maps.js";
import { chooseLayer, chooseMode } from "./moves.js";
import { paintBar } from "./paint.js";
import { MODES, placesIn } from "./modes.js";
import { layerOf, layersOf } from "./view.js";

/** Bring all choices into line with `view`; a person's choice is made inside `change(apply)`. */
export function showControls(root, view, speak, change) {
  const find = (selector) => root.querySelector(selector);
  const choose = (apply) => (chosen) => change(() => apply(chosen));
  const set = (key) => choose((chosen) => (view[key] = chosen));
  const named = (kind, values) =>
    values.map((value) => ({
      value, label: speak(`canvas_${kind}_${value}`), hint: speak(`canvas_${kind}_${value}_hint`),
    }));
  const layers = layersOf(view).map(({ name }) => ({ value: name, label: nameLayer(name, speak) }));
  const layer = layerOf(view);
  const heads = (layer ? headsOf(layer) : []).map((head) => ({
    value: head, label: head === "mean" ? speak("canvas_mean") : String(head + 1), hint: headName(head, speak),
  }));
  const colours = Object.keys(COLOUR_BYTES).map((name) => ({ value: name, label: name }));
  showChoices(find(".mode"), named("mode", MODES), view.mode, choose((mode) => chooseMode(view, mode)));
  const asks = view.mode === "rollout" ? "canvas_layer_down" : "canvas_layer";
  if (find(".layer legend").textContent !== speak(asks)) find(".layer legend").replaceChildren(...phrase(speak, asks));
  showChoices(find(".layer"), layers, view.layer, choose((name) => chooseLayer(view, name)));
  showChoices(find(".head"), heads, view.head, set("head"));
  showChoices(
    find(".cells"), named("cells", ["raw", "smooth"]), view.smooth ? "smooth" : "raw",
    choose((chosen) => (view.smooth = chosen === "smooth")),
  );
  showChoices(find(".range"), named("range", ["map", "layer"]), view.range, set("range"));
  showChoices(find(".colours"), colours, view.colours, set("colours"));
  find(".strength input").value = Math.round(100 * view.strength);
  find(".strength output").textContent = speak.percent(view.strength);
  find(".links input").value = view.links;
  find(".links output").textContent = view.links;
  showAxes(find(".axes"), view, speak, change);
  root.dataset.mode = view.mode;
  const isNamed = layer && placesIn(layersOf(view), layer, view.mode).painted.kind !== "grid"; // words, columns
  find(".why").dataset.explain = `explain_${view.mode}${isNamed ? "_places" : ""}`;
  paintBar(find(".bar"), coloursOf(view.colours));
}
