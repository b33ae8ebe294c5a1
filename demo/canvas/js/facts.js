// What attention is and does in the chosen picture: a verdict, and a table of layers and heads.
import { make, term } from "./element.js";
import { nameLayer } from "./layer-name.js";

const HARDLY = 0.01; // of the pixels: less than this moved is no use
const MOSTLY = 0.2; // of what moved lies in one of nine regions
const COLUMNS = ["gate", "spread", "distance", "moved"];

/** Show in `place` what attention does in a picture (attngan.explain.facts). */
export function showFacts(place, facts, speak) {
  place.querySelector(".verdict").textContent = verdictOf(facts, speak);
  place.querySelector("details div").replaceChildren(tableOf(facts, speak));
}

/** "Attention moves 14 % of this picture's pixels, mostly at the lower middle." */
function verdictOf({ removed, regions, layers }, speak) {
  const moved = speak.percent(removed.moved);
  if (removed.moved < HARDLY) return speak("know_unused", { moved });
  const share = Math.max(...regions);
  const values = { moved, region: speak("canvas_region_" + regions.indexOf(share)), share: speak.percent(share) };
  const whole = speak(share < MOSTLY ? "know_everywhere" : "know_mostly", values);
  const strongest = layers.reduce((most, one) => (one.removed.mean > most.removed.mean ? one : most));
  return layers.length > 1 ? whole + " " + speak("know_layer", { layer: nameLayer(strongest.name, speak) }) : whole;
}

function tableOf({ layers }, speak) {
  const header = make("tr", "", make("td", ""), ...COLUMNS.map((name) =>
    make("th", "", term(`explain_${name}`, speak(`know_${name}`)))));
  const pixels = (value) => speak("know_pixels", { pixels: speak.number(value, 1) });
  const row = (className, name, ...values) =>
    make("tr", className, make("th", "", name), ...values.map((text) => make("td", "", text)));
  const mean = (heads, key) => heads.reduce((sum, head) => sum + head[key], 0) / heads.length;
  const rows = layers.flatMap((layer) => [
    row("layer-row", nameLayer(layer.name, speak), speak.number(layer.gate),
      speak.percent(mean(layer.heads, "spread")), pixels(mean(layer.heads, "distance")), speak.percent(layer.removed.moved)),
    ...layer.heads.map((head, index) => row("", speak("canvas_head_number", { number: index + 1 }), "",
      speak.percent(head.spread), pixels(head.distance), speak.percent(head.removed.moved))),
    row("even-row", speak("know_even"), "", speak.percent(1), pixels(layer.even_distance), ""),
  ]);
  return make("table", "figures", make("thead", "", header), make("tbody", "", ...rows));
}
