// What is shown of the view: the stage at every move of the pointer, all else when something is chosen.
import { coloursOf } from "./colours.js";
import { showControls } from "./controls.js";
import { buildMaps, paintMaps } from "./maps.js";
import { chooseLayer } from "./moves.js";
import { showPins } from "./pins.js";
import { readoutOf } from "./readout.js";
import { markChosen, showSamples } from "./samples.js";
import { isAsMeasured, sampleNames } from "./session.js";
import { areTogether, sayItem, stageNameOf } from "./stages.js";
import { fillWords } from "./texts.js";
import { showUnknown } from "./unknown-words.js";
import { attendedOf, besideIn, layersOf, mapIn } from "./view.js";

const MOST_LATENCIES = 2000;
const REST_MILLISECONDS = 200;

/**
 * Shows `view` in the elements of `root`. `parts` has, once all of them are made, act (commands.js), panels (panels.js),
 * answers to refresh, and fetchDetail(index) for an item that lacks its attention.
 */
export function screenOf(root, view, session, speak, stage, parts) {
  const find = (selector) => root.querySelector(selector);
  const readout = readoutOf(root, view, speak, {
    measured: () => session.value?.wordMaps,
    isAsMeasured: () => isAsMeasured(session, view),
  });
  const latencies = []; // pointer event to painted, ms
  let resting = 0; // the timer of a pointer that may rest
  let asked = false; // a repaint is under way
  let pointedAt = 0; // time stamp of the pointer event that waits for its painting

  function repaint(time = 0) {
    if (time && !asked) pointedAt = time;
    if (!asked) requestAnimationFrame(paint);
    asked = true;
  }

  /** The stage alone, where nothing else differs. */
  function repaintStage() {
    requestAnimationFrame(() => asked || stage.paint(view, () => parts.panels.overlay()));
  }

  function paint() {
    asked = false;
    if (view.frame && root.dataset.mode !== view.mode) showControls(root, view, speak, parts.act.change); // another side
    const found = stage.paint(view, () => parts.panels.overlay());
    for (const one of parts.answers) one.overlay?.();
    paintMaps(find(".maps"), layersOf(view), view, (layer, head) => mapIn(view, layer, head), coloursOf(view.colours));
    readout.show(found);
    if (!pointedAt) return;
    latencies.push(performance.now() - pointedAt);
    if (latencies.length > MOST_LATENCIES) latencies.shift();
    pointedAt = 0;
  }

  function refresh() {
    const layers = layersOf(view);
    const { change } = parts.act;
    showControls(root, view, speak, change);
    buildMaps(find(".maps"), layers, speak, (name, head) =>
      change(() => {
        chooseLayer(view, name);
        view.head = head;
      }));
    showPins(find(".pins"), view, speak, change);
    readout.facts(layers);
    root.classList.toggle("plain", Boolean(view.frame) && !layers.length);
    root.classList.toggle("worded", Boolean(view.frame && besideIn(view)));
    parts.panels.refresh();
    for (const one of parts.answers) one.refresh();
    repaint();
  }

  function nameOf(index) {
    const names = sampleNames(session, view, index);
    const name = speak(names.label === null ? "canvas_sample" : "canvas_sample_of", names);
    const words = sayItem(view.frame, index, speak);
    return words ? speak("canvas_sample_words", { name, words }) : name;
  }

  function draw() {
    if (view.stand) stage.take(view.stand, 0);
    else stage.take(view.frame, view.chosen);
    markChosen(find(".grid"), view.chosen);
    refresh();
  }

  function showItem() {
    view.stand = null;
    draw();
    if (!attendedOf(view)) parts.fetchDetail(view.chosen);
    parts.panels.changed();
  }

  /** Another item of those that are seen at once; what takes longer follows when the pointer rests. */
  function glanceItem(time) {
    view.stand = null;
    stage.take(view.frame, view.chosen);
    repaint(time);
    clearTimeout(resting);
    resting = setTimeout(showItem, REST_MILLISECONDS);
  }

  /** The texts of a kind of items, where they differ. */
  function speakOf(kind) {
    root.dataset.kind = kind;
    if (speak.about(kind)) sayFixedTexts();
  }

  function sayFixedTexts() {
    fillWords(root, speak);
    stage.canvas.setAttribute("aria-label", speak("canvas_picture"));
  }

  function say(text) {
    showUnknown(find(".unknown"), {}, speak);
    find(".empty").hidden = false;
    find(".empty").textContent = text;
  }

  /** What is in view is shown, and nothing else said in its place. */
  function showPresent() {
    find(".empty").hidden = true;
    showUnknown(find(".unknown"), view.frame.header, speak);
  }

  root.lang = speak.language;
  sayFixedTexts();
  new ResizeObserver(() => repaint()).observe(stage.canvas);

  return {
    latencies, repaint, repaintStage, refresh, draw, showItem, glanceItem, showPresent, say,
    /** All items of the frame in view. */
    showFrame() {
      showPresent();
      root.classList.toggle("worded", typeof view.frame.header.labels?.[0] === "string");
      speakOf(stageNameOf(view.frame));
      root.dataset.points = stageNameOf(view.frame) === "plane" ? view.frame.item.values.length : 0; // how many numbers
      root.classList.toggle("together", areTogether(view.frame));
      showSamples(find(".grid"), view.frame, view.chosen, speak, nameOf, (index) => parts.act.choose(index));
      showItem();
    },
    /** That frames have arrived, for whoever waits for it, and whose they are. */
    showArrival({ credit, hard, version }) {
      const said = [hard ? speak("canvas_hard") : "", credit ? speak("canvas_credit", { credit }) : ""];
      find(".credit").textContent = said.filter(Boolean).join(" ");
      root.dataset.version = String(version);
    },
    speakAloud: () => readout.aloud(),
    showBusy: (on) => (find(".busy").hidden = !on),
    showInvitation: (on) => (find(".invite").hidden = !on),
  };
}
