// The settings that can be changed while a training runs: a slider each, and the changes, to be undone.
import { make, phrase, refill } from "../../canvas/js/element.js";

/** @import { Speak } from "../../canvas/js/texts.js" */

/**
 * What the places of a slider mean. `first` is what the setting was at the beginning.
 * @typedef {{least: number, most: number, value: (place: number, first: number) => number, place: (value: number, first: number) => number}} Scale
 */

const REACH = 6; // powers of two to either side of what the training began with
const TENTHS = 10; // places of the gate's slider from 0 to 1
const SHOWN = 4; // of the last changes

/** @type {Scale} */
const AROUND = { least: -REACH, most: REACH, value: (place, first) => first * 2 ** place, place: (value, first) => Math.log2(value / first) };
/** @type {Scale} */
const TIMES = { least: 0, most: 4, value: (place) => 2 ** place, place: Math.log2 };
/** @type {Scale} */
const LINE = { least: 0, most: 2 * TENTHS, value: (place) => place / TENTHS, place: (value) => value * TENTHS };

/** @type {Object<string, Scale>} */
const SCALES = {
  generator_rate: AROUND, discriminator_rate: AROUND, discriminator_steps: TIMES, r1_weight: AROUND,
  augmentation_epochs: AROUND, gate: LINE,
};
export const KNOBS = Object.keys(SCALES);
const OF_THE_GAME = ["discriminator_rate", "discriminator_steps", "r1_weight", "augmentation_epochs"]; // which who is taught does not play
const LEARNT = "none"; // what a gate is asked for that shall be learnt

/** A setting's value as it is read; null: learnt. @type {(value: number|string|null, speak: Speak) => string} */
export const written = (value, speak) => {
  if (value === null) return speak("steer_learnt");
  return typeof value === "number" ? new Intl.NumberFormat(speak.language, { maximumSignificantDigits: 2 }).format(value) : value;
};

/**
 * Whether a knob has a meaning in a training of these settings, which began with `first`, and with these gates.
 * @param {string} name
 * @param {Object<string, any>} settings
 * @param {number|null} first
 * @param {Object<string, number>} gates
 */
export function isOffered(name, settings, first, gates) {
  if (!(name in settings)) return false; // a run of before there was such a setting
  if (settings.loss === "taught" && OF_THE_GAME.includes(name)) return false;
  if (name === "gate") return Object.keys(gates).length > 0;
  return Boolean(first); // 0 has no power of two
}

/**
 * The knobs in a place; `ask` is steering's. A slider that a person holds is not moved.
 * @param {HTMLElement} place
 * @param {Speak} speak
 * @param {(wish: string, values: Object<string, string|number>) => Promise<boolean>} ask
 */
export function knobsIn(place, speak, ask) {
  /** @type {Object<string, any>} */
  let settings = {};
  /** @type {Object<string, any>} */
  let first = {}; // what each was at the beginning
  /** @type {any[]} */
  let changes = [];
  /** @type {Object<string, number|null>} */
  let wanted = {}; // asked for here, and not granted yet
  /** @type {Object<string, number>} */
  let gates = {}; // of the attention layers, as they are

  /** What a setting is, or will be. @param {string} name */
  const now = (name) => (name in wanted ? wanted[name] : settings[name]);
  const meanGate = () => Object.values(gates).reduce((sum, gate) => sum + gate, 0) / Object.keys(gates).length;

  let drafts = false; // nobody trains: what is wanted is for the next branch

  /** @param {string} name @param {number|null} value  null: learnt */
  async function change(name, value) {
    wanted[name] = value;
    if (drafts) return;
    if (!(await ask("change", { name, value: value ?? LEARNT }))) delete wanted[name];
  }

  const rows = KNOBS.map((name) => {
    const { least, most } = SCALES[name];
    const slider = make("input");
    Object.assign(slider, { type: "range", min: least, max: most, step: 1, value: 0, id: `train-knob-${name}` });
    const value = make("output");
    const label = make("label", "", ...phrase(speak, `steer_${name}`));
    label.htmlFor = slider.id;
    const wished = () => SCALES[name].value(Number(slider.value), first[name]);
    slider.addEventListener("input", () => (value.textContent = written(wished(), speak)));
    slider.addEventListener("change", () => change(name, wished()));
    const row = make("div", "knob", label, slider, value);
    return { name, slider, value, row };
  });
  const learn = make("button", "learnt", speak("steer_learnt"));
  Object.assign(learn, { type: "button", id: "train-gate-learnt" });
  learn.addEventListener("click", () => {
    change("gate", null);
    show(!drafts, drafts);
  });
  rows.find(({ name }) => name === "gate")?.row.append(learn);
  const list = make("ul", "changes");
  let listed = "[]"; // what is in it: that stays, so that a press of its button outlasts the news
  place.append(...rows.map(({ row }) => row), list);

  /** @param {string} name */
  const isLearnt = (name) => name === "gate" && now(name) === null;

  /** @param {any} change */
  function entry({ step, before, after }) {
    const [name] = Object.keys(after);
    const [from, to] = [before[name], after[name]].map((one) => written(one, speak));
    const undo = make("button", "undo", speak("steer_undo"));
    undo.type = "button";
    undo.dataset.key = `${step} ${name}`;
    undo.addEventListener("click", () => ask("change", { name, value: before[name] ?? LEARNT }));
    return make("li", "", speak("steer_change", { step: speak.number(step, 0), name: speak(`steer_${name}`), before: from, after: to }), undo);
  }

  /** @param {boolean} able @param {boolean} [drafting]  the training has ended, and can be branched from */
  function show(able, drafting = false) {
    if (drafts && !drafting) wanted = {};
    drafts = drafting;
    for (const { name, slider, value, row } of rows) {
      row.hidden = !isOffered(name, settings, first[name], gates);
      slider.disabled = !able && !drafting;
      if (row.hidden || slider.matches(":active")) continue;
      const shown = isLearnt(name) ? meanGate() : now(name);
      const { least, most, place: placeOf } = SCALES[name];
      slider.value = String(Math.max(least, Math.min(most, Math.round(placeOf(shown, first[name]))))); // 0 lies at no finite place
      value.textContent = written(shown, speak);
    }
    learn.setAttribute("aria-pressed", String(isLearnt("gate")));
    learn.disabled = !able && !drafting;
    const latest = JSON.stringify(changes.slice(-SHOWN));
    if (latest !== listed) refill(list, ...changes.slice(-SHOWN).reverse().map(entry));
    listed = latest;
    for (const button of list.querySelectorAll("button")) button.disabled = !able;
  }

  return {
    forget() {
      settings = {};
      first = {};
      changes = [];
      wanted = {};
      gates = {};
    },
    /** @param {any} news */
    arrived(news) {
      Object.assign(settings, news.settings);
      gates = news.gates ?? gates;
      if (news.refused) wanted = {};
      for (const { after } of news.changed) for (const name of Object.keys(after)) if (after[name] === wanted[name]) delete wanted[name];
      changes = changes.concat(news.changed.filter((/** @type {any} */ one) => KNOBS.includes(Object.keys(one.after)[0])));
      for (const name of KNOBS) first[name] ??= changes.find((one) => name in one.before)?.before[name] ?? settings[name];
    },
    show,
    changes: () => changes,
    settings: () => settings,
    /** The settings as the knobs have them. @returns {Object<string, any>} */
    asStand: () => Object.fromEntries(KNOBS.filter((name) => name in settings).map((name) => [name, now(name)])),
  };
}
