// The player of a training: it pauses and goes on, takes single steps, goes slowly, keeps moments, and says what a step did.
import { knobsIn } from "./knobs.js";
import { lessonIn } from "./lesson.js";
import { hasEnded } from "./polling.js";
import { asker } from "./steering.js";

/** @import { Speak } from "../../canvas/js/texts.js" */

const PHASE_MILLISECONDS = 900; // that each part of a step is shown for in slow motion
const READ_MILLISECONDS = 12000; // that what was told stands in a training that goes on
const PHASES = ["sample", "score", "gradient"];
const STEPS = ["both", "discriminator", "generator"]; // who learns in a single step

/**
 * Drives the elements of `root`; `run()` is the id of the training in view, `hurry()` has its news asked for at once.
 * @param {any} root
 * @param {Speak} speak
 * @param {{run: () => string|null, hurry: () => void}} context
 */
export function playerIn(root, speak, { run, hurry }) {
  /** @param {string} selector */
  const find = (selector) => root.querySelector(selector);
  const told = find("#train-told");
  let able = false; // the training can be steered now
  let drafting = false; // it has ended, and its knobs are for the next branch
  let raced = false; // with another in turns, so that it takes no single steps
  let caughtUp = false; // the news so far are told: what comes from now on has just happened
  let paused = false;
  /** @type {number|null} */
  let at = null; // the step that it has come to
  /** @type {boolean|null} */
  let wanted = null; // to pause or to go on, asked for here and not yet granted
  let slow = false;
  /** @type {ReturnType<typeof setTimeout>|undefined} */
  let fading;
  let walks = 0; // how often slow motion was begun
  let half = "discriminator"; // that learns next in slow motion
  /** @type {{step: number, players: string}|null} */
  let stepped = null; // the step whose frame is waited for
  /** @type {any} */
  let newest = null; // the last frame that was shown: of a step that draws anyway it may come before the word of the step
  /** @type {number[]} */
  let marked = []; // steps whose full state is kept
  /** @type {(() => void)|null} */
  let done = null; // slow motion waits for the frame of its step

  /** @param {string} text */
  const say = (text) => {
    if (told.textContent !== text) told.textContent = text;
    clearTimeout(fading);
    if (text) fading = setTimeout(() => (stands() ? say(told.textContent) : say("")), READ_MILLISECONDS);
  };
  const waits = () => able && (wanted ?? paused);
  const stands = () => waits() || slow; // what was told is what one looks at
  const ask = asker({ run, say, hurry, speak });
  const knobs = knobsIn(find("#train-knobs > div"), speak, ask);
  const lesson = lessonIn(find("#train-lesson"), speak, { ask, settings: knobs.settings, say });

  function show() {
    root.dataset.paused = waits() ? "yes" : "no";
    root.dataset.steered = able ? "yes" : "no";
    find("#train-pause").textContent = speak(waits() ? "steer_resume" : "steer_pause");
    find("#train-slow").setAttribute("aria-pressed", slow);
    for (const button of find("#train-player").querySelectorAll("button:not(.term)")) button.disabled = !able;
    for (const name of STEPS) find(`#train-step-${name}`).disabled = !able || slow || raced;
    find("#train-slow").disabled = !able || raced;
    for (const name of [...STEPS.map((one) => `step-${one}`), "slow"]) {
      const button = find(`#train-${name}`);
      button.title = speak(raced ? "steer_alone" : button.dataset.hint);
    }
    if (!able) light(null);
    knobs.show(able, drafting);
    lesson.show(able);
  }

  /** @param {string|null} players */
  const light = (players) => (root.dataset.half = players ?? "");

  /** @param {string} players */
  async function step(players) {
    window.dispatchEvent(new Event("attngan-stepping")); // the canvas leaves an earlier moment for what comes
    light(players);
    const noted = await ask("step", { players });
    if (!noted) {
      wanted = null;
      light(null);
    }
    show();
    return noted;
  }

  function toggle() {
    slow = false;
    wanted = !(wanted ?? paused);
    if (!wanted) {
      light(null);
      say("");
    }
    show();
    ask(wanted ? "pause" : "resume").then((noted) => {
      if (!noted) wanted = null;
      show();
    });
  }

  /** @param {number} milliseconds */
  const pass = (milliseconds) => new Promise((resume) => setTimeout(resume, milliseconds));

  /** To the stage, which shows points with what the phase is about. @param {string|null} phase */
  const tellPhase = (phase) => window.dispatchEvent(new CustomEvent("attngan-phase", { detail: phase }));

  async function goSlowly() {
    const mine = ++walks;
    const goesOn = () => mine === walks && slow && able && !document.hidden;
    while (goesOn()) {
      const players = half;
      light(players);
      for (const phase of PHASES) {
        tellPhase(phase);
        say(speak(phase === "gradient" ? `steer_gradient_${players}` : `steer_${phase}`));
        await pass(PHASE_MILLISECONDS);
        if (!goesOn()) break;
      }
      if (mine === walks) tellPhase(null);
      if (!goesOn()) break;
      const seen = new Promise((/** @type {(value?: any) => void} */ resume) => (done = resume));
      if (!(await step(players))) break;
      await Promise.race([seen, pass(10 * PHASE_MILLISECONDS)]);
      half = players === "discriminator" ? "generator" : "discriminator";
      await pass(3 * PHASE_MILLISECONDS); // to read what it did
    }
    if (mine !== walks) return;
    slow = false;
    show();
  }

  /** What the newest step did, from the frames before and after it. @param {any} frame */
  function account(frame) {
    newest = frame;
    if (!stepped || !frame || frame.step < stepped.step) return;
    /** @param {number[]} values */
    const mean = (values) => speak.number(values.reduce((sum, value) => sum + value, 0) / values.length, 3);
    const parts = [speak(`steer_did_${stepped.players}`, { step: speak.number(stepped.step, 0) })];
    if (frame.before && frame.scores) {
      const [old, now] = [frame.before, frame.scores];
      parts.push(speak("steer_scores", {
        realBefore: mean(old.reals), realAfter: mean(now.reals), madeBefore: mean(old.made), madeAfter: mean(now.made),
      }));
    }
    if (stepped.players !== "discriminator") {
      const numbers = speak.list(frame.moved.map((/** @type {number} */ index) => speak.number(index + 1, 0)));
      parts.push(numbers ? speak("steer_moved", { numbers }) : speak("steer_still"));
    }
    say(parts.join(speak.language === "en" ? " " : ""));
    stepped = null;
    done?.();
  }

  /** What has just come of what was asked for. @param {any} news */
  function tellOf(news) {
    if (news.stepped) {
      stepped = news.stepped;
      account(newest);
    }
    if (news.marked.length) say(speak("steer_marked", { step: speak.number(news.marked.at(-1), 0) }));
    if (news.refused) say(news.refused);
  }

  for (const fold of root.querySelectorAll("details.knobs")) { // it lies over what is below it, so it goes when one looks elsewhere
    document.addEventListener("pointerdown", ({ target }) => {
      if (target instanceof Node && !fold.contains(target)) fold.open = false;
    });
    fold.addEventListener("keydown", (/** @type {KeyboardEvent} */ { key }) => {
      if (key !== "Escape") return;
      fold.open = false;
      fold.querySelector("summary").focus();
    });
  }
  find("#train-pause").addEventListener("click", toggle);
  for (const name of STEPS) {
    find(`#train-step-${name}`).addEventListener("click", () => {
      wanted = true;
      say(speak("steer_asked"));
      show();
      step(name);
    });
  }
  find("#train-slow").addEventListener("click", () => {
    if (slow) return toggle();
    slow = wanted = true;
    show();
    (paused ? Promise.resolve(true) : ask("pause")).then((noted) => {
      if (noted) return goSlowly();
      slow = false;
      wanted = null;
      show();
    });
  });
  find("#train-mark").addEventListener("click", () => ask("mark"));
  window.addEventListener("attngan-frame", (event) => {
    const { detail } = /** @type {CustomEvent} */ (event);
    account(detail);
  });

  return {
    forget() {
      able = paused = slow = raced = caughtUp = false;
      wanted = stepped = newest = at = null;
      marked = [];
      light(null);
      say("");
      knobs.forget();
      lesson.forget();
    },
    /** @param {any} news */
    arrived(news) {
      at = news.step ?? news.frame ?? at;
      if (paused && news.paused === false && !slow) say(""); // it rests no more, whoever had it go on
      const rests = news.paused && (!paused || wanted); // it is told of a rider with all news
      paused = news.paused ?? paused;
      if (wanted === paused) wanted = null;
      if (rests && !slow && !news.stepped && !hasEnded(news.state)) say(speak("steer_at_rest", { step: speak.number(at, 0) }));
      marked = marked.concat(news.marked);
      if (caughtUp) tellOf(news);
      caughtUp ||= !news.more;
      knobs.arrived(news);
      lesson.arrived(news);
    },
    /**
     * @param {boolean} now  whether the training can be steered
     * @param {boolean} ended  whether it can be branched from
     * @param {boolean} together  whether another is trained with it
     */
    show(now, ended, together) {
      if (waits() && !now) say(""); // it rests no more
      able = now;
      raced = together;
      drafting = ended && marked.length > 0;
      if (!able) slow = false;
      show();
    },
    paused: () => paused,
    settings: knobs.settings,
    asStand: knobs.asStand,
    /** Steps at which somebody changed or kept something. */
    flags: () => [...new Set([...knobs.changes().map((change) => change.step), ...marked])],
  };
}
