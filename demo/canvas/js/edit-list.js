// The list of what an edit changes, each line with a button that takes it back.
import { editOf, edited } from "./edit.js";
import { nameLayer } from "./layer-name.js";
import { namePlace } from "./place-name.js";
import { itemOf, layersOf } from "./view.js";

const MOST_NAMED = 5; // words by their names; more are counted

/** Show a view's edit in the list `place`; `make(next)` is called with the edit that lacks one of its lines. */
export function showEditList(place, view, speak, make) {
  const { edit } = view;
  const item = itemOf(view);
  const whole = view.frame?.item.places;
  const shape = JSON.stringify([edit, item]);
  if (place.dataset.shape === shape) return;
  place.dataset.shape = shape;
  const lines = layersOf(view).filter(({ name }) => edit[name]).flatMap((layer) =>
    changesIn(edit, layer, (places, one) => namePlace(places, one, item, whole), speak));
  place.replaceChildren(...lines.map(({ text, without }) => {
    const entry = document.createElement("li");
    const said = document.createElement("span");
    const button = document.createElement("button");
    said.textContent = text;
    button.type = "button";
    button.textContent = speak("edit_take_back_short");
    button.setAttribute("aria-label", speak("edit_take_back", { what: text }));
    button.addEventListener("click", () => make(without));
    entry.append(said, button);
    return entry;
  }));
}

function changesIn(edit, layer, nameOf, speak) {
  const { gate, heads, rules, gains = [] } = editOf(edit, layer.name);
  const lines = [];
  const add = (key, values, parts) =>
    lines.push({ text: speak(key, { layer: nameLayer(layer.name, speak), ...values }), without: edited(edit, layer.name, parts) });
  if (gate === 0) add("edit_made_removed", {}, { gate: 1 });
  else if (gate !== 1) add("edit_made_gate", { gate: speak.percent(gate) }, { gate: 1 });
  if (heads) {
    const muted = heads.flatMap((gain, head) => (gain ? [] : [head + 1]));
    add("edit_made_heads", { heads: muted.join(", ") || heads.map((gain) => speak.percent(gain)).join(", ") }, { heads: null });
  }
  const [ofQuery, ofKey] = [layer.queryPlaces, layer.keyPlaces].map(({ kind }) => (kind === "grid" ? "" : "_places"));
  const named = (keys) => {
    if (!ofKey) return keys.length;
    if (keys.length > MOST_NAMED) return speak("edit_counted", { count: keys.length });
    return keys.map((key) => speak("edit_named", { name: nameOf(layer.keyPlaces, key) })).join(", ");
  };
  gains.forEach(({ gain, keys }, index) => add("edit_made_weighed" + ofKey, { what: named(keys), times: speak.number(gain, 0) },
    { gains: gains.filter((_, other) => other !== index) }));
  rules.forEach((rule, index) => {
    const whom = rule.queries === null ? speak("edit_for_all")
      : rule.queries.length === 1 ? speak("edit_for_cell" + ofQuery, { cell: nameOf(layer.queryPlaces, rule.queries[0]) })
      : speak("edit_for_region" + ofQuery, { count: rule.queries.length });
    const what = rule.only && rule.keys.length === 1 ? nameOf(layer.keyPlaces, rule.keys[0]) : named(rule.keys);
    const kind = rule.only ? (rule.keys.length === 1 ? "edit_made_sent" : "edit_made_only") : "edit_made_forbidden";
    add(kind + ofKey, { whom, what }, { rules: rules.filter((_, other) => other !== index) });
  });
  return lines;
}
