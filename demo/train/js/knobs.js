// The settings that can be changed while a training runs: a slider each, in powers of two, and the changes, to be undone.
import { make, phrase } from "../../canvas/js/element.js";

/** @import { Speak } from "../../canvas/js/texts.js" */

const KNOBS = ["generator_rate", "discriminator_rate", "r1_weight", "augmentation_epochs"];
const REACH = 6; // powers of two to either side of what the training began with
const SHOWN = 4; // of the last changes

/** @type {(value: number, speak: Speak) => string} */
const written = (value, speak) => new Intl.NumberFormat(speak.language, { maximumSignificantDigits: 2 }).format(value);

/**
 * The knobs in a place; `ask` is steering's. A slider that a person holds is not moved.
 * @param {HTMLElement} place
 * @param {Speak} speak
 * @param {(wish: string, values: Object<string, string|number>) => Promise<boolean>} ask
 */
export function knobsIn(place, speak, ask) {
  /** @type {Object<string, any>} */
  let settings = {};
  /** @type {Object<string, number>} */
  let first = {}; // what each was at the beginning
  /** @type {any[]} */
  let changes = [];
  /** @type {Object<string, number>} */
  let wanted = {}; // asked for here, and not granted yet

  const rows = KNOBS.map((name) => {
    const slider = make("input");
    Object.assign(slider, { type: "range", min: -REACH, max: REACH, step: 1, value: 0, id: `train-knob-${name}` });
    const value = make("output");
    const label = make("label", "", ...phrase(speak, `steer_${name}`));
    label.htmlFor = slider.id;
    slider.addEventListener("input", () => (value.textContent = written(first[name] * 2 ** slider.value, speak)));
    slider.addEventListener("change", async () => {
      wanted[name] = first[name] * 2 ** slider.value;
      if (!(await ask("change", { name, value: wanted[name] }))) delete wanted[name];
    });
    const row = make("div", "knob", label, slider, value);
    return { name, slider, value, row };
  });
  const list = make("ul", "changes");
  place.append(...rows.map(({ row }) => row), list);

  /** @param {any} change */
  function entry({ step, before, after }) {
    const [name] = Object.keys(after);
    const values = { step: speak.number(step, 0), name: speak(`steer_${name}`), before: written(before[name], speak), after: written(after[name], speak) };
    const undo = make("button", "undo", speak("steer_undo"));
    undo.type = "button";
    undo.addEventListener("click", () => ask("change", { name, value: before[name] }));
    return make("li", "", speak("steer_change", values), undo);
  }

  return {
    forget() {
      settings = {};
      first = {};
      changes = [];
      wanted = {};
    },
    /** @param {any} news */
    arrived(news) {
      Object.assign(settings, news.settings);
      if (news.refused) wanted = {};
      for (const { after } of news.changed) for (const name of Object.keys(after)) if (after[name] === wanted[name]) delete wanted[name];
      changes = changes.concat(news.changed.filter((/** @type {any} */ one) => KNOBS.includes(Object.keys(one.after)[0])));
      for (const name of KNOBS) first[name] ??= changes.find((one) => name in one.before)?.before[name] ?? settings[name];
    },
    /** @param {boolean} able */
    show(able) {
      for (const { name, slider, value, row } of rows) {
        row.hidden = !first[name]; // 0 has no power of two
        slider.disabled = !able;
        if (row.hidden || slider.matches(":active")) continue;
        const now = wanted[name] ?? settings[name];
        slider.value = String(Math.round(Math.log2(now / first[name])));
        value.textContent = written(now, speak);
      }
      list.replaceChildren(...changes.slice(-SHOWN).reverse().map(entry));
      for (const button of list.querySelectorAll("button")) button.disabled = !able;
    },
    changes: () => changes,
  };
}
