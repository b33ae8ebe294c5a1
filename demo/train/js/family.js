// The family of a training: what it was branched from, its branches, whom it races; moments to branch from; the race's verdict.
import { fetchJson, sayProblem } from "../../canvas/js/requests.js";
import { make, phrase, refill } from "../../canvas/js/element.js";
import { written } from "./knobs.js";
import { hasEnded } from "./polling.js";

/** @import { Speak } from "../../canvas/js/texts.js" */

const ENOUGH = 3; // seeds, after which no more are offered
const AGAIN = 5000; // ms until it is asked again what a race that goes on came to

/**
 * One of the family, as the server tells it (demo.jobs.family.Relative).
 * @typedef {{run: string, name: string, state: string, own: boolean, parent: string, step: number|null, against: string,
 *   seed: number, changes: Object<string, any>, marks: {step: number, seconds: number}[]}} Relative
 */

/**
 * Drives the elements of `root`; `run()` is the training in view, `follow(run)` brings another there, `beside` is besideIn's,
 * `ask(event, values)` has the page branch or race again.
 * @param {any} root
 * @param {Speak} speak
 * @param {{run: () => string|null, follow: (run: string) => void, beside: any, ask: (event: string, values: any) => void,
 *   settings: () => Object<string, any>}} context
 */
export function familyIn(root, speak, { run, follow, beside, ask, settings }) {
  const place = root.querySelector("#train-family");
  const list = place.querySelector(".tree");
  const verdict = place.querySelector("#train-verdict");
  const again = place.querySelector("#train-again");
  /** @type {Relative[]} */
  let relatives = [];
  let newest = 0; // number of the last question
  let putAway = false; // a person wants no rival beside
  let heard = ""; // of the training in view: what a new question would follow from

  async function look() {
    const mine = ++newest;
    const asked = run();
    try {
      const found = asked ? await fetchJson(`gradio_api/attngan/family/${asked}`) : { relatives: [] };
      if (mine !== newest) return;
      relatives = found.relatives;
    } catch {
      return; // the next news asks again
    }
    const me = relatives.find((one) => one.run === asked);
    if (me?.against && !beside.run() && !putAway) bringBeside(me.against);
    show();
    if (me?.against) judge(asked);
  }

  /** @param {string|null} wanted */
  function bringBeside(wanted) {
    const one = relatives.find((relative) => relative.run === wanted);
    beside.choose(one ? { run: one.run, name: one.name } : null);
  }

  /** What the race allows to say. @param {string|null} asked */
  async function judge(asked) {
    const mine = newest;
    try {
      const { heats, told } = await fetchJson(`gradio_api/attngan/race/${asked}`);
      if (mine !== newest) return;
      const ended = heats.every((/** @type {any} */ heat) => heat.ended);
      const counts = heats.some((/** @type {any} */ heat) => heat.counts);
      const untold = ended ? speak(counts ? "race_unmeasured" : "race_uncounted") : "";
      verdict.replaceChildren(...(told ? sentences(told) : [untold]));
      if (!ended) setTimeout(() => mine === newest && judge(asked), AGAIN);
      again.hidden = !(ended && heats.length < ENOUGH && relatives.find((one) => one.run === asked)?.own);
    } catch (problem) {
      verdict.textContent = sayProblem(problem, speak, "race_failed");
    }
  }

  /** @type {(told: any) => (Node|string)[]} */
  function sentences(told) {
    const measure = speak(`measure_${told.key}`);
    const seeds = speak.number(told.seeds, 0);
    /** @type {(pair: [number, number|null]) => string} */
    const difference = ([mean, width]) => {
      const sign = new Intl.NumberFormat(speak.language, { signDisplay: "exceptZero", minimumFractionDigits: 3, maximumFractionDigits: 3 });
      return width === null ? sign.format(mean) : `${sign.format(mean)} ± ${speak.number(width, 3)}`;
    };
    const values = { measure, seeds, time: difference(told.in_equal_time), steps: difference(told.in_equal_steps) };
    /** @param {string} word */
    const key = (word) => `race_word_${word.replaceAll(" ", "_")}`;
    const parts = [
      ...phrase(speak, "race_difference", values), " ",
      ...phrase(speak, key(told.word), values), " ",
      ...(told.word === told.word_in_equal_steps ? [] : phrase(speak, `${key(told.word_in_equal_steps)}_steps`, values)),
    ];
    return parts;
  }

  /** @param {Relative} one @param {number} depth */
  function row(one, depth) {
    const here = one.run === run();
    const name = make("button", "name", one.name);
    Object.assign(name, { type: "button", disabled: here });
    name.dataset.key = `name ${one.run}`;
    name.addEventListener("click", () => follow(one.run));
    const said = [
      speak(`family_state_${one.state}`),
      ...(one.step === null ? [] : [speak("family_from", { step: speak.number(one.step, 0) })]),
      ...Object.entries(one.changes).map(([setting, value]) => `${speak.has(`steer_${setting}`) ? speak(`steer_${setting}`) : setting} ${written(value, speak)}`),
    ];
    const parts = [name, make("span", "said", said.join(" · "))];
    if (!here) {
      const side = make("button", "side", speak("family_beside"));
      side.type = "button";
      side.dataset.key = `side ${one.run}`;
      const isBeside = beside.run() === one.run;
      side.setAttribute("aria-pressed", String(isBeside));
      side.addEventListener("click", () => {
        putAway = isBeside;
        bringBeside(isBeside ? null : one.run);
        show();
      });
      parts.push(side);
    }
    if (one.own) parts.push(...one.marks.map((mark) => branchButton(one, mark)));
    const item = make("li", "", ...parts);
    item.style.setProperty("--depth", String(depth));
    if (here) item.setAttribute("aria-current", "true");
    return item;
  }

  /** @param {Relative} one @param {{step: number}} mark */
  function branchButton(one, mark) {
    const button = make("button", "mark", speak("family_branch", { step: speak.number(mark.step, 0) }));
    Object.assign(button, { type: "button", title: speak("family_branch_hint") });
    button.dataset.key = `mark ${one.run} ${mark.step}`;
    button.addEventListener("click", () => ask("branch", { run: one.run, step: mark.step, changes: one.run === run() ? settings() : {} }));
    return button;
  }

  /** Relatives with their depth, each parent before its branches. @returns {[Relative, number][]} */
  function inOrder() {
    const known = new Set(relatives.map((one) => one.run));
    /** @type {(parent: string, depth: number) => [Relative, number][]} */
    const below = (parent, depth) =>
      relatives
        .filter((one) => (known.has(one.parent) ? one.parent : "") === parent)
        .flatMap((one) => [/** @type {[Relative, number]} */ ([one, depth]), ...below(one.run, depth + 1)]);
    return below("", 0);
  }

  function show() {
    const marks = relatives.some((one) => one.marks.length);
    place.hidden = !relatives.length || (relatives.length < 2 && !marks);
    refill(list, ...inOrder().map(([one, depth]) => row(one, depth)));
  }

  again.addEventListener("click", () => ask("again", { run: run() }));

  return {
    forget() {
      newest += 1; // an answer under way is of another
      putAway = false;
      relatives = [];
      heard = "";
      verdict.replaceChildren();
      again.hidden = true;
      show();
    },
    /** The training in view told news: where they can change the family, it is asked for. @param {any} news */
    arrived(news) {
      const now = `${run()} ${hasEnded(news.state) || news.state} ${news.marked.length ? news.marked : ""}`;
      if (now === heard && !news.marked.length) return;
      heard = now;
      look();
    },
    look,
  };
}
