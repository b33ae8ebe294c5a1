// The panel beside a training: its state in a sentence, its numbers, its losses; and what the rest of the tab shows.
import { tooltipIn } from "../../canvas/js/tooltip.js";
import { fillWords, speaker } from "../../canvas/js/texts.js";
import { drawCurves, newHistory, remember } from "./curves.js";
import { hasEnded, poller } from "./polling.js";
import { drawQuality } from "./quality.js";

const LASTING = [
  "step", "seconds", "progress", "images", "images_per_second", "gates", "frame", "pictures", "credit", "reason",
  "rolled_back", "cause", "name", "measures",
]; // what stays known until a later answer says something else

const BEFORE = ["waiting", "starting"]; // states of a run that writes nothing yet

const KEPT = "attngan-train"; // where this browser remembers which training is its own

/**
 * Remember a run's id over a reload, forget it with null, or without argument tell it; "" where there is none.
 * @param {string|null} [run]
 */
function ownRun(run) {
  try {
    if (run) localStorage.setItem(KEPT, run);
    else if (run === null) localStorage.removeItem(KEPT);
    return localStorage.getItem(KEPT) ?? "";
  } catch {
    return ""; // a browser that keeps nothing
  }
}

/**
 * @param {HTMLElement & {training?: object}} element
 * @param {{value: any}} props
 * @param {(name: string, changed: () => void) => void} watch
 * @param {(event: string) => void} trigger
 * @param {import("../../canvas/js/texts.js").Words} words
 */
export function startPanel(element, props, watch, trigger, words) {
  const root = element.querySelector(".panel");
  /** @param {string} selector */
  const find = (selector) => root.querySelector(selector);
  const speak = speaker(words);
  /** @type {HTMLElement|null} */
  const room = element.closest("#train-room");
  /** @type {string|null} */
  let run = null;
  /** @type {any} */
  let known = {}; // the news so far
  let history = newHistory();
  let measured = newHistory(); // rows [seconds, the value of each of known.measures]
  /** @type {Object<string, any>} */
  let shown = { state: null, frame: null };
  let stopping = false; // asked for here, and not yet said by the server

  root.lang = speak.language;
  fillWords(root, speak);
  tooltipIn(root, speak, element.closest("#train-row")); // the form, too
  /** @param {number} value */
  const whole = (value) => speak.number(value, 0);

  /** @param {number} seconds */
  function duration(seconds) {
    /** @type {(value: number, name: string) => string} */
    const unit = (value, name) =>
      new Intl.NumberFormat(speak.language, { style: "unit", unit: name, unitDisplay: "short" }).format(value);
    const all = Math.max(0, Math.round(seconds));
    if (all < 120) return unit(all, "second");
    return `${unit(Math.floor(all / 60), "minute")} ${unit(all % 60, "second")}`;
  }

  const polling = poller(element, { arrived, gone, silent: () => say("live_offline") });

  /** @param {string|null} wanted */
  function follow(wanted) {
    if (room && wanted !== run) room.dataset.frames = "none";
    run = wanted;
    known = { state: "starting" };
    history = newHistory();
    measured = newHistory();
    stopping = false;
    shown = { state: null, frame: null };
    if (run) ownRun(run);
    else known.state = "idle";
    polling.follow(run);
    show();
  }

  /** @param {any} news */
  function arrived(news) {
    if (history.length && BEFORE.includes(known.state) && news.state === "running") {
      follow(run); // trained longer: from where it was left its events are written anew
      return;
    }
    for (const key of LASTING) if (news[key] !== null) known[key] = news[key];
    const { state, position, model, budget, longer } = news;
    Object.assign(known, { state: stopping && !hasEnded(state) ? "stopping" : state, position, model, budget, longer });
    history = remember(history, news.points);
    measured = remember(measured, news.quality);
    if (!news.more) show();
  }

  function gone() {
    ownRun(null);
    follow(null);
    say("live_gone");
  }

  /** @param {string} key */
  function say(key, values = {}) {
    const text = speak(key, values);
    if (find(".status").textContent !== text) find(".status").textContent = text;
  }

  function sentence() {
    const { state, model, step = 0, position, pictures, reason, cause } = known;
    const trouble = cause ? speak(`live_trouble_${cause}`) : "";
    /** @type {Object<string, string>} */
    const keys = {
      failed: cause ? "live_gave_up" : "live_failed",
      running: pictures === undefined ? "live_starting" : "live_running",
      stopped: model ? "live_stopped" : "live_stopped_early",
      lost: model ? "live_lost_model" : "live_lost",
    };
    say(keys[state] ?? `live_${state}`, { step: whole(step), position, pictures: whole(pictures), reason, trouble });
  }

  /** @param {{step: number, to_step: number, cause: string}} rolledBack */
  function remark({ step, to_step: toStep, cause }) {
    const trouble = speak(`live_trouble_${cause}`);
    return speak("live_rolled_back", { trouble, step: whole(step), to: whole(toStep) });
  }

  function show() {
    const { state, progress = 0, budget = 0, gates = {}, rolled_back: rolledBack } = known;
    root.dataset.state = state;
    sentence();
    find(".remark").hidden = !rolledBack;
    find(".remark").textContent = rolledBack ? remark(rolledBack) : "";
    find(".figures").hidden = !history.length;
    const percent = Math.round(100 * progress);
    find(".bar i").style.width = `${100 * progress}%`;
    find(".bar").setAttribute("aria-valuenow", percent);
    find("#train-left").textContent = duration(hasEnded(state) ? 0 : budget * (1 - progress));
    find("#train-step").textContent = whole(known.step);
    find("#train-rate").textContent = whole(known.images_per_second);
    find("#train-seen").textContent = whole(known.images);
    /** @type {(layer: string) => string} */
    const nameOf = (layer) => (/^\d+$/.test(layer) ? speak("live_layer_name", { layer }) : layer); // by the map's size, or free
    const each = Object.entries(gates).map(([layer, gate]) => `${nameOf(layer)} ${speak.number(gate)}`);
    find("#train-gates").textContent = each.length ? each.join(" · ") : speak("live_no_gates");
    drawCurves(find("#train-curves"), history, speak, duration);
    drawQuality(root, known.measures ?? [], measured, speak, duration);
    showElsewhere();
    const left = find("#train-left").textContent;
    window.dispatchEvent(new CustomEvent("attngan-training", { detail: { state, left } })); // the header's chip
  }

  // The canvas and the buttons are other components: the page's events "frame" and "controls" bring it to them.
  function showElsewhere() {
    const { state, frame, credit, model, longer, name } = known;
    const controls = { state, model: Boolean(model), longer: Boolean(longer), name: name ?? "" };
    const pass = { run, ...controls, frame: frame ?? null, credit: credit ?? "" };
    if (frame !== undefined && frame !== shown.frame) {
      if (room) room.dataset.frames = "some";
      props.value = pass;
      trigger("frame");
    }
    if (Object.entries(controls).some(([one, value]) => value !== shown[one])) {
      props.value = pass;
      trigger("controls");
    }
    shown = { ...controls, frame };
  }

  // Said at once, without waiting for the server to hear of it.
  document.addEventListener("click", (event) => {
    const pressed = event.target instanceof Element && event.target.closest("#train-stop");
    if (!run || hasEnded(known.state) || !pressed) return;
    stopping = true;
    known.state = "stopping";
    show();
  });

  element.training = { known: () => known, history: () => history }; // for tests and the curious
  watch("value", () => {
    const { run: started, again, deleted } = props.value ?? {};
    if (deleted) {
      ownRun(null);
      follow(null);
    }
    if (!started || (started === run && !again)) return;
    follow(started);
    const below = element.getBoundingClientRect().top > 0.6 * innerHeight; // on a phone the form stands above
    const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
    if (below) element.scrollIntoView({ block: "start", behavior: still ? "auto" : "smooth" });
  });
  follow(props.value?.run || ownRun() || null);
}
