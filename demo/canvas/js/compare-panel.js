// The Compare panel: the same noise drawn by another model, or without attention; one pointer moves over both.
import { showCards } from "./card-table.js";
import { coloursOf } from "./colours.js";
import { amountOf } from "./describe.js";
import { changeInWords, showTrio } from "./difference.js";
import { term } from "./element.js";
import { listen } from "./input.js";
import { nameLayer } from "./layer-name.js";
import { pathOfItem } from "./questions.js";
import { redrawer } from "./redrawer.js";
import { sayProblem } from "./requests.js";
import { stageOn } from "./stage.js";
import { asSeenIn } from "./view.js";

const WITHOUT = "off"; // the same model with every gate closed

export function comparePanel(context) {
  const { root, view, speak } = context;
  const find = (selector) => root.querySelector(".panel.compare " + selector);
  const canvas = find(".other");
  const select = find("select");
  const stage = stageOn(canvas);
  let open = false;
  let missing = false; // what the address asks for is not here
  let other = null; // frame of the other item
  listen(stage, context.act);
  new ResizeObserver(context.repaint).observe(canvas);

  const others = () => context.value()?.others ?? [];
  const models = () => others().filter(({ key }) => key !== context.value()?.recipe?.model);
  const canBeOff = () => Boolean(view.frame?.layers.length);
  const known = (name) => (name === WITHOUT && canBeOff()) || models().some(({ key }) => key === name);

  const redraws = redrawer({
    arrived(frame) {
      other = frame;
      stage.take(frame, 0);
      showResult();
    },
    failed(problem) {
      other = null;
      showResult();
      find(".outcome").textContent = sayProblem(problem, speak);
    },
    busy: context.busy,
  });

  function ask() {
    const value = context.value();
    if (!open || !view.frame || !value?.single || !context.isPresent() || !known(view.against)) {
      other = null;
      redraws.wish(null);
      return showResult();
    }
    if (view.against === WITHOUT) {
      const removed = view.frame.layers.map(({ name }) => `${name}*g0`).join("_");
      return redraws.wish(`${pathOfItem(value, view)}&edit=${removed}`);
    }
    const { classes, version } = others().find(({ key }) => key === view.against);
    const single = value.single.replace(/frame\/[^?]*/, `frame/${view.against}`).replace(/&v=\d+/, `&v=${version}`);
    return redraws.wish(pathOfItem({ single }, view, classes));
  }

  function showResult() {
    if (!view.frame) return;
    const original = { frame: view.frame, index: view.chosen };
    const drawn = other ? { frame: other, index: 0 } : original;
    const change = showTrio(find(".trio"), original, drawn, coloursOf(view.colours), speak);
    const advice = missing ? speak("compare_missing") : context.isPresent() ? "" : speak("edit_past");
    find(".outcome").textContent = advice || (other ? changeInWords(change, speak) : "");
    canvas.hidden = find(".trio").hidden = !other;
    const cardOf = (key) => others().find((one) => one.key === key);
    showCards(find(".cards"), cardOf(context.value()?.recipe?.model), cardOf(view.against), speak);
    context.repaint();
  }

  select.addEventListener("change", () => context.change(() => {
    view.against = select.value;
    missing = false;
    ask();
  }));

  function offer() {
    const options = [
      ...(canBeOff() ? [[WITHOUT, speak("compare_off")]] : []), ...models().map(({ key, title }) => [key, title]),
    ];
    select.replaceChildren(...options.map(([value, text]) => new Option(text, value)));
    missing ||= Boolean(view.against) && !known(view.against);
    if (!known(view.against)) view.against = open ? (options[0]?.[0] ?? null) : null;
    select.value = view.against ?? "";
  }

  return {
    wanted: () => Boolean(view.against),
    changed() {
      offer();
      ask();
    },
    opened(isOpen) {
      if (open === isOpen) return;
      open = isOpen;
      if (!isOpen) view.against = null;
      if (view.frame) this.changed();
      context.remember();
    },
    overlay() {
      if (!open || !other) return;
      const found = stage.paint(asSeenIn(view, other));
      const text = found
        ? speak("compare_layer", { layer: nameLayer(found.layer.name, speak), most: amountOf(found.peak.value, view.mode, speak) })
        : speak("compare_no_map");
      const place = find(".numbers");
      if (place.textContent !== text) place.replaceChildren(found ? term("explain_largest", text) : text);
    },
  };
}
