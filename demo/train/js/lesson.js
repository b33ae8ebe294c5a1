// A lesson that one can do: make a training go wrong with two settings, and see what the guard does about it.
import { make, phrase } from "../../canvas/js/element.js";
import { written } from "./knobs.js";

/** @import { Speak } from "../../canvas/js/texts.js" */

const FROM_STEP = 50; // about eight seconds alone: so that there is something to lose
const UNTIL_PROGRESS = 0.5; // then the rates fall, and it would take too long to go wrong
const RATE_TIMES = 8; // the discriminator's; noticed in six trainings of six (docs/experiments.md, E71), cured in five of five (E68)
const WITHSTOOD = 90; // steps without a rollback, more than twice what the guard takes

/**
 * What is asked for, in order, to make a training of these settings go wrong.
 * @param {Object<string, any>} settings
 */
export const collapseOf = ({ discriminator_rate: rate }) => [
  { name: "discriminator_rate", value: Math.min(1, RATE_TIMES * rate) },
  { name: "r1_weight", value: 0 },
];

/**
 * Whether the lesson can be done with a training of these settings now.
 * @param {Object<string, any>} settings
 * @param {number} step
 * @param {number} progress
 */
export const isReady = (settings, step, progress) =>
  settings.loss === "relativistic" && settings.r1_weight > 0 && step >= FROM_STEP && progress <= UNTIL_PROGRESS;

/**
 * Fills the details `place`; `ask` is steering's, `settings()` those of the training in view, `say` tells what comes of it.
 * @param {any} place
 * @param {Speak} speak
 * @param {{ask: (wish: string, values: Object<string, string|number>) => Promise<boolean>, settings: () => Object<string, any>, say: (text: string) => void}} context
 */
export function lessonIn(place, speak, { ask, settings, say }) {
  const press = make("button", "", speak("lesson_press"));
  Object.assign(press, { type: "button", id: "train-collapse" });
  const outcome = make("p", "outcome");
  outcome.id = "train-lesson-told";
  const steps = ["lesson_start", "lesson_change", "lesson_look"].map((key) => make("li", "", ...phrase(speak, key)));
  place.querySelector("div").append(make("ol", "", ...steps), press, outcome);
  let now = { step: 0, progress: 0 };
  /** @type {number|null} */
  let since = null; // the step at which it was made to go wrong, until something came of it

  /** @param {string} text */
  function tell(text) {
    outcome.textContent = text;
    say(text);
  }

  press.addEventListener("click", async () => {
    press.disabled = true;
    place.open = false; // what happens is seen beneath
    place.querySelector("summary").focus();
    since = now.step;
    tell(speak("lesson_watch"));
    for (const values of collapseOf(settings())) if (!(await ask("change", values))) since = null;
  });

  return {
    forget() {
      now = { step: 0, progress: 0 };
      since = null;
      outcome.textContent = "";
    },
    /** @param {any} news */
    arrived(news) {
      for (const key of /** @type {("step"|"progress")[]} */ (Object.keys(now))) now[key] = news[key] ?? now[key];
      if (since === null) return;
      if (news.rolled_back) {
        const { step, to_step: to, cause, after } = news.rolled_back;
        const said = Object.entries(after).map(([name, value]) => `${speak(`steer_${name}`)} ${written(value, speak)}`);
        since = null;
        tell(speak("lesson_noticed", {
          trouble: speak(`live_trouble_${cause}`), step: speak.number(step, 0), to: speak.number(to, 0), after: speak.list(said),
        }));
      } else if (now.step - since > WITHSTOOD) {
        since = null;
        tell(speak("lesson_withstood"));
      }
    },
    /** @param {boolean} able */
    show(able) {
      press.disabled = !able || since !== null || !isReady(settings(), now.step, now.progress);
    },
  };
}
