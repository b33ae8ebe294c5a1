// The panel beside a training: its state in a sentence, its numbers, its losses; and what the rest of the tab shows.
import { tooltipIn } from "../../canvas/js/tooltip.js";
import { fetchFile, fileName } from "../../canvas/js/files.js";
import { nameLayer } from "../../canvas/js/layer-name.js";
import { sayProblem } from "../../canvas/js/requests.js";
import { fillWords, speaker } from "../../canvas/js/texts.js";
import { adviser, madeUpFor, shareOf } from "./advice.js";
import { besideIn } from "./beside.js";
import { drawCurves } from "./curves.js";
import { familyIn } from "./family.js";
import { watchGlances } from "./glances.js";
import { momentIn } from "./moment.js";
import { playerIn } from "./player.js";
import { hasEnded, isOver, poller } from "./polling.js";
import { drawQuality } from "./quality.js";
import { newRecord, take } from "./record.js";

const BEFORE = ["waiting", "starting"]; // states of a run that writes nothing yet

const CROWD_SECONDS = 0.2; // of rest, from which on only frames are asked for
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
 * @param {boolean} fleeting  a restart of the server takes all trainings
 * @param {import("../../canvas/js/texts.js").Words} words
 */
export function startPanel(element, props, watch, trigger, fleeting, words) {
  const root = element.querySelector(".panel");
  /** @param {string} selector */
  const find = (selector) => root.querySelector(selector);
  const speak = speaker(words);
  /** @type {string|null} */
  let run = null;
  let record = newRecord("idle");
  let { known } = record; // the news so far
  /** @type {Object<string, any>} */
  let shown = { state: null, frame: null };
  const advising = adviser();
  let rest = 0; // seconds that the server wants between two questions: the more, the more watch
  let stopping = false; // asked for here, and not yet said by the server

  root.lang = speak.language;
  fillWords(root, speak);
  tooltipIn(root, speak, element.closest("#train-row")); // the form, too
  /** @param {number} value */
  const whole = (value) => speak.number(value, 0);

  /** @type {(value: number, name: string) => string} */
  const unit = (value, name) =>
    new Intl.NumberFormat(speak.language, { style: "unit", unit: name, unitDisplay: "short" }).format(value);

  /** @param {number} seconds */
  function duration(seconds) {
    if (!Number.isFinite(seconds)) return "–";
    const all = Math.max(0, Math.round(seconds));
    if (all < 120) return unit(all, "second");
    return `${unit(Math.floor(all / 60), "minute")} ${unit(all % 60, "second")}`;
  }

  /** An estimate, without more digits than are known. @param {number} seconds */
  const roughly = (seconds) =>
    seconds < 60 ? unit(10 * Math.max(1, Math.ceil(seconds / 10)), "second") : unit(Math.ceil(seconds / 60), "minute");

  const polling = poller(element, { arrived, gone, silent: () => say("live_offline") });
  const moment = momentIn(root, () => record);
  const player = playerIn(root, speak, { run: () => run, hurry: polling.hurry });
  const beside = besideIn(find("#train-beside"), element, speak, () => record, () => family.look());
  const family = familyIn(root, speak, { run: () => run, follow, beside, ask, settings: player.asStand });

  /** The page's event of this name: what only the server can begin. @param {string} event @param {any} values */
  function ask(event, values) {
    props.value = { run, asked: values };
    trigger(event);
  }

  /** @param {string|null} wanted  the one in view: it goes on, and is told of from its beginning */
  function follow(wanted) {
    if (wanted === run) beside.anew();
    else beside.choose(null); // its family brings another
    run = wanted;
    record = newRecord("starting");
    ({ known } = record);
    advising.forget();
    stopping = false;
    shown = { state: null, frame: null };
    player.forget();
    family.forget();
    if (run) ownRun(run);
    else known.state = "idle";
    polling.follow(run);
    show();
  }

  /** @param {any} news */
  function arrived(news) {
    if (record.history.length && BEFORE.includes(known.state) && news.state === "running") {
      follow(run); // trained longer: from where it was left its events are written anew
      return;
    }
    take(record, news);
    rest = news.rest;
    if (stopping && !hasEnded(news.state)) known.state = "stopping";
    if (speak.about(news.kind)) fillWords(root, speak);
    player.arrived(news);
    family.arrived(news);
    if (BEFORE.includes(news.state) && !record.steps.length) {
      document.querySelector("#train-live .attention")?.removeAttribute("data-version"); // what it shows is another's
    }
    if (!news.more) show();
  }

  function gone() {
    ownRun(null);
    follow(null);
    say(fleeting ? "live_gone_fleeting" : "live_gone");
  }

  /** @param {string} key */
  function say(key, values = {}) {
    const text = speak(key, values);
    if (find(".status").textContent !== text) find(".status").textContent = text;
  }

  /** The state, and of a run also what it does: all that training changes stands still while it is measured and saved. */
  function phase() {
    const { state, pictures, progress } = known;
    if (state !== "running") return state;
    if (pictures === undefined) return "starting";
    if (progress === 1) return "saving";
    return player.paused() ? "paused" : "running";
  }

  function sentence() {
    const { model, longer, full, step, position, wait, pictures, reason, cause } = known;
    const trouble = cause ? speak(`live_trouble_${cause}`) : "";
    /** @type {Object<string, string>} */
    const keys = {
      idle: fleeting ? "live_idle_fleeting" : "live_idle",
      failed: cause ? "live_gave_up" : "live_failed",
      stopped: model ? "live_stopped" : "live_stopped_early",
      interrupted: full ? "live_full" : longer && step ? "live_interrupted_longer" : model ? "live_interrupted_model" : "live_interrupted",
    };
    const values = { step: whole(step ?? 0), position, wait: roughly(wait), pictures: whole(pictures), reason, trouble };
    say(keys[phase()] ?? `live_${phase()}`, values);
  }

  /** @param {{step: number, to_step: number, cause: string}} rolledBack */
  function remark({ step, to_step: toStep, cause }) {
    const trouble = speak(`live_trouble_${cause}`);
    return speak("live_rolled_back", { trouble, step: whole(step), to: whole(toStep) });
  }

  /** What one sees now, in a sentence; of one that has ended, whether other programs had much of the machine. */
  function advise() {
    const { state, seconds = 0, measures = [], gates = {}, changed = null, budget = 0 } = known;
    if (hasEnded(state)) {
      const more = known.longer && isOver(state) ? madeUpFor(record.shares, budget) : null;
      return more ? speak("advice_made_up", { share: speak.percent(more.share), seconds: duration(more.seconds) }) : "";
    }
    if (phase() !== "running") return "";
    const title = speak(`measure_${measures[0]}`);
    const { key, values } = advising.hear({
      history: record.history, measured: record.measured, measures, less: title.includes("↓"), seconds, gates, settings: player.settings(), changed, share: shareOf(record.shares),
    });
    const written = Object.entries(values).map(([name, value]) => [name, name === "share" ? speak.percent(value) : speak.number(value)]);
    return speak(key, { measure: title, seconds: duration(budget), ...Object.fromEntries(written) });
  }

  function show() {
    const { state, progress = 0, budget, gates, rolled_back: rolledBack } = known;
    root.dataset.state = state;
    root.toggleAttribute("data-pictured", record.steps.length > 0);
    sentence();
    player.show(known.own && ["running", "paused"].includes(phase()), known.own && hasEnded(state), known.raced);
    const said = advise();
    if (find(".advice").textContent !== said) find(".advice").textContent = said;
    find(".remark").hidden = !rolledBack;
    find(".remark").textContent = rolledBack ? remark(rolledBack) : "";
    const percent = Math.round(100 * progress);
    find(".bar i").style.transform = `translateX(${100 * progress - 100}%)`; // a width would lay out the page with every frame
    find(".bar").setAttribute("aria-valuenow", percent);
    find("#train-left").textContent = duration(isOver(state) ? 0 : Math.ceil(budget * (1 - progress)));
    find("#train-step").textContent = whole(known.step);
    find("#train-rate").textContent = whole(known.images_per_second);
    find("#train-seen").textContent = whole(known.images);
    const each = Object.entries(gates ?? {}).map(([layer, gate]) => `${nameLayer(layer, speak)} ${speak.number(gate)}`);
    find("#train-gates").textContent = each.join(" · ") || (gates ? speak("live_no_gates") : "–");
    drawCurves(find("#train-curves"), record.history, speak, duration);
    drawQuality(root, known.measures ?? [], record.measured, speak, duration);
    moment.show();
    showElsewhere();
    beside.show();
    const { position } = known;
    const left = state === "waiting" ? roughly(known.wait) : find("#train-left").textContent;
    window.dispatchEvent(new CustomEvent("attngan-training", { detail: { state: phase(), left, position } })); // the header's chip
  }

  // The canvas and the buttons are other components: the page's events "frame" and "controls" bring it to them.
  function showElsewhere() {
    const { state, frame, credit, model, longer, name, own = true } = known;
    const controls = { state, model: Boolean(model), longer: Boolean(longer), name: name ?? "", own };
    const goOn = speak(state === "interrupted" ? "live_go_on" : "live_longer");
    const more = isOver(state) ? madeUpFor(record.shares, known.budget)?.seconds : null;
    const named = run !== shown.run || controls.name !== shown.name; // else a person may be writing another
    const pass = { run, ...controls, named, goOn, more, frame: frame ?? null, steps: record.steps.filter((step) => step !== frame), flags: player.flags(), credit: credit ?? "" };
    if (frame !== undefined && frame !== shown.frame) {
      props.value = pass;
      trigger("frame");
    }
    const begun = known.pictures !== undefined;
    if (begun && !shown.begun && document.querySelector("#train-reals .reals[hidden]")) {
      props.value = pass;
      trigger("begun");
    }
    if (Object.entries(controls).some(([one, value]) => value !== shown[one])) {
      props.value = pass;
      trigger("controls");
    }
    shown = { run, ...controls, frame, begun };
  }

  // Said at once, without waiting for the server to hear of it; and the place of what comes is there at once.
  document.addEventListener("click", (event) => {
    /** @param {string} button */
    const pressed = (button) => event.target instanceof Element && event.target.closest(button);
    if (pressed("#train-zip:enabled")) takeHome();
    if (pressed("#train-start:enabled") && known.state === "idle") {
      known.state = "starting";
      show();
    }
    if (!run || hasEnded(known.state) || !pressed("#train-stop")) return;
    stopping = true;
    known.state = "stopping";
    show();
  });

  async function takeHome() {
    try {
      await fetchFile(`gradio_api/attngan/zip/run-${run}`, `${fileName(known.name ?? "")}.zip`);
    } catch (problem) {
      find(".status").textContent = sayProblem(problem, speak, "live_no_file");
    }
  }

  watchGlances({
    run: () => run,
    able: () => phase() === "running" && rest < CROWD_SECONDS && element.offsetParent !== null,
    count: () => Number(document.querySelector("#train-live .attention")?.getAttribute("data-points")),
  });
  element.training = { known: () => known, history: () => record.history }; // for tests and the curious
  watch("value", () => {
    const { run: started, again, deleted, refused, unstopped } = props.value ?? {};
    if (refused && !run) follow(null);
    else if (refused && !started) props.value = { ...props.value, run }; // it is still the one in view
    if (unstopped && stopping) {
      stopping = false;
      polling.hurry();
    }
    if (deleted) {
      ownRun(null);
      follow(null);
    }
    if (!started || (started === run && !again)) return;
    follow(started);
    showRoom();
  });
  follow(props.value?.run || ownRun() || null);

  /** On a phone one may have pressed far from where the pictures come: this panel and they have one room. */
  function showRoom() {
    const room = /** @type {HTMLElement} */ (element.closest("#train-room"));
    const { top } = room.getBoundingClientRect();
    const [still, stacked] = ["(prefers-reduced-motion: reduce)", "(max-width: 1199px)"].map((one) => matchMedia(one).matches);
    const far = top > 0.6 * innerHeight || (stacked && top < 0);
    if (far) room.scrollIntoView({ block: "start", behavior: still ? "auto" : "smooth" });
  }
}
