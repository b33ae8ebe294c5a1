// The attention canvas: joins fetching, view, painting, words and input. One call per component.
import { addressOf } from "./address.js";
import { coloursOf } from "./colours.js";
import { comparePanel } from "./comparing.js";
import { showControls } from "./controls.js";
import { editPanel } from "./editing.js";
import { explain } from "./explaining.js";
import { fetchFrame, loader } from "./fetching.js";
import { listen } from "./input.js";
import { knowingOf } from "./knowing.js";
import { keepPanel } from "./keeping.js";
import { buildMaps, headsOf, paintMaps } from "./maps.js";
import { MODES } from "./modes.js";
import { panelsOf } from "./panels.js";
import { addPin, clearPins, liftPin, pressPin, showPins, turnPin } from "./pins.js";
import { readoutOf } from "./readout.js";
import { markChosen, showSamples } from "./samples.js";
import { stageOn } from "./stage.js";
import { fillWords, speaker } from "./texts.js";
import { timelineOf } from "./timeline.js";
import {
  adopt, attendedOf, chooseLayer, chooseMode, layerOf, layersOf, linksOf, mapIn, mapOf, newView, stepPoint, turn,
} from "./view.js";
import { tourOf } from "./tour.js";
import { wander } from "./wander.js";
import { wanderPanel } from "./wandering.js";
import { workingOf } from "./working.js";

const PANELS = { edit: editPanel, wander: wanderPanel, compare: comparePanel, keep: keepPanel };
const LINK_MILLISECONDS = 5000; // the server may take to answer what a link asks for

export function start(element, props, watch, words, options) {
  const root = element.querySelector(".attention");
  const find = (selector) => root.querySelector(selector);
  const canvas = find("canvas.picture");
  const speak = speaker(words);
  const view = newView();
  const readout = readoutOf(root, view, speak);
  const stage = stageOn(canvas);
  let value = null;
  let present = null; // the frame of the model as it is, whatever moment of its training is shown
  let asked = false; // a repaint is under way
  let pointedAt = 0; // time stamp of the pointer event that waits for its painting

  root.lang = speak.language;
  fillWords(root, speak);
  canvas.setAttribute("aria-label", speak("canvas_picture"));

  // -- drawing -------------------------------------------------------------------------------------
  function repaint() {
    if (!asked) requestAnimationFrame(paint);
    asked = true;
  }

  function paint() {
    asked = false;
    const found = stage.paint(view, () => panels.overlay(canvas));
    paintMaps(find(".maps"), layersOf(view), view, (layer, head) => mapIn(view, layer, head), coloursOf(view.colours));
    readout.show(found);
    if (pointedAt) {
      latencies.push(performance.now() - pointedAt);
      if (latencies.length > 2000) latencies.shift();
      pointedAt = 0;
    }
  }

  // -- what changes less often than a pointer moves ------------------------------------------------------
  function refresh() {
    const layers = layersOf(view);
    showControls(root, view, speak, act.change);
    buildMaps(find(".maps"), layers, speak, (name, head) =>
      act.change(() => {
        chooseLayer(view, name);
        view.head = head;
      }));
    showPins(find(".pins"), view, speak, act.change);
    readout.facts(layers);
    root.classList.toggle("plain", Boolean(view.frame) && !layers.length);
    panels.refresh();
    for (const one of answers) one.refresh();
    repaint();
  }

  // -- pictures -----------------------------------------------------------------------------------------
  function nameOf(index) {
    const { seeds, labels } = view.frame.header;
    const label = labels ? (value?.names?.[labels[index]] ?? labels[index]) : null;
    return label === null
      ? speak("canvas_sample", { number: index + 1, seed: seeds[index] })
      : speak("canvas_sample_of", { number: index + 1, seed: seeds[index], label });
  }

  function showPicture() {
    view.stand = null;
    drawPicture();
    if (!attendedOf(view)) fetchDetail(view.chosen);
    panels.changed();
  }

  function drawPicture() {
    if (view.stand) stage.take(view.stand, 0);
    else stage.take(view.frame, view.chosen);
    markChosen(find(".grid"), view.chosen);
    refresh();
  }

  async function fetchDetail(index) {
    const { frame } = view;
    if (!value?.single || !frame.layers.length || frame !== present) return;
    const { seeds, labels } = frame.header;
    try {
      const path = value.single.replace("{seed}", seeds[index]).replace("{label}", labels ? labels[index] : "");
      const detail = await fetchFrame(path);
      if (view.frame !== frame) return;
      view.details.set(index, detail);
      if (view.chosen === index) refresh();
    } catch (problem) {
      failed(problem);
    }
  }

  const loading = loader(root, {
    arrived(frame, from) {
      value = from;
      present = frame;
      timeline.offer(from.timeline, frame);
      adopt(view, frame);
      find(".credit").textContent = from.credit ?? "";
      followLink(from);
      showFrame();
      wandering.offer();
      tour?.offer();
      root.dataset.version = String(from.version);
    },
    failed,
    busy: (on) => (find(".busy").hidden = !on),
  });

  function showFrame() {
    find(".empty").hidden = true;
    showSamples(find(".grid"), view.frame, view.chosen, speak, nameOf, (index) => act.choose(index));
    showPicture();
  }

  const timeline = timelineOf(find(".timeline"), speak, {
    show(frame) {
      wandering.stop();
      adopt(view, frame);
      showFrame();
      address.remember();
    },
    failed: (problem) => failed(problem),
  });

  // -- the address ------------------------------------------------------------------------------------------
  const address = addressOf(root, view, speak, options, () => ({ value, step: timeline.step }));

  function followLink(from) {
    const recipe = address.follow(from);
    if (!recipe) return address.remember(); // another model or other noise
    if (recipe.step !== null) timeline.seekStep(recipe.step);
    panels.wanted();
    if (view.pins.length || recipe.step !== null) wandering.stop();
  }

  function failed(problem) {
    find(".empty").hidden = false;
    find(".empty").textContent = problem.told ? problem.message : speak("canvas_failed");
  }

  // -- what a person does ---------------------------------------------------------------------------------
  const act = {
    change(apply) {
      wandering.stop();
      apply();
      refresh();
      readout.aloud();
      address.remember();
      return true;
    },
    hover(point, time) {
      wandering.stop();
      view.hovering = Boolean(point);
      if (point) view.point = point;
      if (point && time && !asked) pointedAt = time;
      repaint();
    },
    press: (point, another) => act.change(() => pressPin(Object.assign(view, another && { adding: true }), point)),
    pinHere: (another) =>
      panels.press() ||
      act.change(() => (another || view.adding ? addPin : pressPin)(view, view.point ?? { x: 0.5, y: 0.5 })),
    lift: () => view.pin && act.change(() => liftPin(view)),
    turnPin: (by) => view.pin && act.change(() => turnPin(view, by)),
    step: (columns, rows) => panels.step(columns, rows) || act.change(() => stepPoint(view, columns, rows)),
    clear: () => panels.escape() || act.change(() => clearPins(view)),
    choose: (index) => act.change(() => ((view.chosen = index), showPicture())),
    turnPicture: (by) => view.frame && act.choose((view.chosen + by + view.frame.count) % view.frame.count),
    turnLayer: (by) => act.change(() => chooseLayer(view, turn(layersOf(view).map(({ name }) => name), view.layer, by))),
    turnHead: (by) => act.change(() => layerOf(view) && (view.head = turn(headsOf(layerOf(view)), view.head, by))),
    turnMode: () => act.change(() => chooseMode(view, turn(MODES, view.mode, 1))),
    chooseHead(number) {
      const wanted = number === 0 ? "mean" : number - 1;
      return layerOf(view) && headsOf(layerOf(view)).includes(wanted) && act.change(() => (view.head = wanted));
    },
  };
  const wandering = wander(options.wander, view, () => Boolean(layerOf(view)), repaint, (on) => (find(".invite").hidden = !on));

  const context = {
    root, view, speak, canvas, act, repaint, refresh, draw: drawPicture, show: showPicture,
    remember: () => address.remember(),
    change: (apply) => act.change(apply),
    busy: (on) => (find(".busy").hidden = !on),
    value: () => value,
    fetchAgain() {
      loading.wish(scaled(props.value));
      address.remember();
    },
    step: () => timeline.step, // of the training, null for the model as it is
    isPresent: () => Boolean(view.frame) && view.frame === present, // not an earlier moment of the training
  };
  const panels = panelsOf(context, options.panels, PANELS, speak);
  const answers = [workingOf(context), knowingOf(context)];
  explain(root, speak);

  const tour = options.tour ? tourOf(root, speak, find(".again")) : null;

  listen(canvas, act);
  find(".strength input").addEventListener("input", (event) =>
    act.change(() => (view.strength = Number(event.target.value) / 100)));
  find(".links input").addEventListener("input", (event) =>
    act.change(() => (view.links = Number(event.target.value))));
  new ResizeObserver(repaint).observe(canvas);

  // -- the page's side -----------------------------------------------------------------------------------
  const latencies = []; // pointer event to painted, ms
  element.attentionCanvas = { view, map: () => mapOf(view), links: () => linksOf(view), latencies }; // for tests and the curious
  function take() {
    if (props.value?.problem) return failed({ told: true, message: props.value.problem });
    if (!props.value?.url) return showEmpty();
    if (!address.awaited || props.value.asked) return wish();
    return setTimeout(() => address.awaited && wish(), LINK_MILLISECONDS); // should no answer come
  }
  function wish() {
    const isKnown = loading.wish(scaled(props.value));
    if (isKnown && value) panels.changed(); // as when a visitor's own trainings become known
  }
  /** The value with the noise scaled as the view has it; trainings keep drawing unscaled noise. */
  function scaled(from) {
    if (view.truncation === 1) return from;
    const more = `&truncation=${view.truncation}`;
    return { ...from, url: from.url + more, single: from.single && from.single + more, timeline: undefined };
  }
  function showEmpty() {
    if (view.frame) return;
    find(".empty").hidden = false;
    find(".empty").textContent = speak("canvas_empty");
  }
  watch("value", take);
  panels.start();
  take();
}
