// The attention canvas: joins state, commands and what is shown. One call per component.
import { addressOf } from "./address.js";
import { arithmeticPanel } from "./arithmetic-panel.js";
import { autopilot } from "./autopilot.js";
import { commandsOf } from "./commands.js";
import { comparePanel } from "./compare-panel.js";
import { discriminatorView } from "./discriminator-view.js";
import { editPanel } from "./edit-panel.js";
import { effectPanel } from "./effect-panel.js";
import { holdable } from "./hold.js";
import { listen } from "./input.js";
import { keepPanel } from "./keep-panel.js";
import { liveScores } from "./live-scores.js";
import { panelsOf } from "./panels.js";
import { pathOfItem } from "./questions.js";
import { applyRecipe, readRecipe } from "./recipe.js";
import { rivalView } from "./rival-view.js";
import { fetchFrame, loader, sayProblem } from "./requests.js";
import { screenOf } from "./screen.js";
import { isPresent, lacksAttention, newSession, scaled } from "./session.js";
import { stageOn } from "./stage.js";
import { speaker } from "./texts.js";
import { timelineOf } from "./timeline.js";
import { tooltipIn } from "./tooltip.js";
import { noteMoment, takeGlance } from "./trail.js";
import { adopt, besideIn, layerOf, linksOf, mapOf, newView } from "./view.js";
import { wanderPanel } from "./wander-panel.js";

const PANELS = { effect: effectPanel, edit: editPanel, wander: wanderPanel, compare: comparePanel, keep: keepPanel };
const LINK_MILLISECONDS = 5000; // the server may take to answer what a link asks for

/**
 * Start a canvas in `element`. `props.value` is its CanvasValue (demo/canvas), `watch("value", take)` calls `take` at another;
 * `words` are the texts by language; `options` say what it offers: wander, recipe, panels, judge, scores, rival, opening.
 */
export function start(element, props, watch, words, options) {
  const root = element.querySelector(".attention");
  const find = (selector) => root.querySelector(selector);
  const speak = speaker(words);
  const view = newView();
  const session = newSession();
  const stage = stageOn(find("canvas.picture"));
  const parts = { fetchDetail }; // of what is shown; made below
  const screen = screenOf(root, view, session, speak, stage, parts);
  const pilot = autopilot(options.wander, view, () => Boolean(layerOf(view)), screen.repaint, screen.showInvitation);
  const failed = (problem) => screen.say(sayProblem(problem, speak));

  const timeline = timelineOf(find(".timeline"), speak, {
    show(frame) {
      pilot.stop();
      noteMoment(view, session.value.timeline, frame);
      view.glance = null;
      adopt(view, frame);
      screen.showFrame();
      address.remember();
    },
    failed,
  });
  const address = addressOf(root, view, speak, options, () => ({ value: session.value, step: timeline.step }));
  const act = commandsOf(view, { screen, panels: () => parts.panels, took: pilot.stop, remember: address.remember });
  parts.act = act;

  // -- frames -----------------------------------------------------------------------------------------------
  const loading = loader(root, {
    arrived(frame, from) {
      Object.assign(session, { value: from, present: frame });
      noteMoment(view, from.timeline, frame);
      if (timeline.offer(from.timeline, frame)) return screen.showArrival(from);
      adopt(view, frame);
      if (from.show) visit(from.show);
      else followLink(from);
      screen.showFrame();
      pilot.offer();
      screen.showArrival(from);
    },
    failed,
    busy: screen.showBusy,
  });

  async function fetchDetail(index) {
    const { frame } = view;
    if (!lacksAttention(session, view)) return;
    try {
      const detail = await fetchFrame(pathOfItem(session.value, view));
      if (view.frame !== frame) return;
      view.details.set(index, detail);
      if (view.chosen === index) screen.refresh();
    } catch (problem) {
      failed(problem);
    }
  }

  /** Bring the view to an address's query, as if one had come by it. */
  function visit(query) {
    const recipe = readRecipe(query);
    const fresh = newView();
    const reset = ["pins", "point", "active", "together", "mode", "head", "edit", "against", "axes"];
    for (const name of reset) view[name] = fresh[name];
    applyRecipe(view, recipe);
    if (recipe.step !== null) timeline.seekStep(recipe.step);
    parts.panels.wanted();
    pilot.stop();
    address.remember();
  }

  function followLink(from) {
    const recipe = address.follow(from);
    if (!recipe) return address.remember(); // another model or other noise
    if (recipe.step !== null) timeline.seekStep(recipe.step);
    parts.panels.wanted();
    if (view.pins.length || recipe.step !== null) pilot.stop();
  }

  // -- panels -----------------------------------------------------------------------------------------------
  /** @type {import("./panels.js").Context} */
  const context = {
    root, view, speak, stage, act,
    repaint: () => screen.repaint(),
    refresh: screen.refresh,
    draw: screen.draw,
    show: screen.showItem,
    remember: address.remember,
    change: act.change,
    busy: screen.showBusy,
    value: () => session.value,
    fetchAgain() {
      if (!props.value?.url) return; // what was asked for last could not be
      loading.wish(scaled(props.value, view));
      address.remember();
    },
    step: () => timeline.step,
    isPresent: () => isPresent(session, view),
  };
  parts.panels = panelsOf(context, options.panels, PANELS, speak);
  parts.discriminator = options.judge ? discriminatorView(context) : null;
  parts.answers = [arithmeticPanel(context), ...(parts.discriminator ? [parts.discriminator] : [])];
  if (options.scores) {
    parts.answers.push(liveScores(context));
    window.addEventListener("attngan-stepping", timeline.goLive);
    window.addEventListener("attngan-glance", (/** @type {CustomEvent} */ { detail }) => {
      if (timeline.step === null && takeGlance(view, detail)) screen.repaintStage();
    });
    window.addEventListener("attngan-phase", (/** @type {CustomEvent} */ { detail }) => {
      view.phase = detail;
      screen.repaint();
    });
  }
  if (options.rival) parts.answers.push(rivalView(context));
  tooltipIn(root, speak);
  root.classList.add("started"); // what is seen before would jump

  listen(stage, act);
  holdable(find(".bare"), act.bare);
  find(".strength input").addEventListener("input", (event) =>
    act.change(() => (view.strength = Number(event.target.value) / 100)));
  find(".links input").addEventListener("input", (event) =>
    act.change(() => (view.links = Number(event.target.value))));

  // -- the page's side -----------------------------------------------------------------------------------
  function take() {
    if (props.value?.problem) return screen.say(props.value.problem);
    if (!props.value?.url) return view.frame ? null : screen.say(speak("canvas_empty"));
    if (!address.awaited || props.value.asked) return wish();
    return setTimeout(() => address.awaited && wish(), LINK_MILLISECONDS); // should no answer come
  }

  function wish() {
    if (props.value.show) view.truncation = readRecipe(props.value.show).truncation ?? 1;
    const isKnown = loading.wish(scaled(props.value, view));
    if (!isKnown || !session.value) return;
    if (props.value.show) {
      timeline.offer(session.value.timeline, session.present); // it goes to its end, and plays no more
      adopt(view, session.present);
      visit(props.value.show);
      screen.showFrame();
    } else {
      screen.showPresent(); // as when a text that could not be read is taken back
      parts.panels.changed(); // as when a visitor's own trainings become known
    }
  }

  element.attentionCanvas = { // for tests and the curious
    view,
    map() {
      const found = mapOf(view);
      return found && { ...found, cell: found.place };
    },
    links: () => linksOf(view),
    layout: stage.layout,
    boxOfWord: (place) => stage.boxOf(besideIn(view), place),
    latencies: screen.latencies,
  };
  watch("value", take);
  parts.panels.start();
  take();
}
