// What was wrong, beside the control it was wrong with. File names of strangers come here: textContent alone.
import { speaker } from "../../canvas/js/texts.js";

const PATIENCE = 500; // ms that reading takes before it is told: what was said before stays so long
const LONGEST = 120_000; // ms that reading may take, with all who wait before: then no answer comes any more

/**
 * @typedef {{control: string, most: number}} Bounds  id of the control that files are chosen with; bytes of all together
 * @typedef {import("../../canvas/js/texts.js").Words} Words
 */

/**
 * @param {HTMLElement} element
 * @param {{value: any}} props
 * @param {(name: string, changed: () => void) => void} watch
 * @param {Words} words
 */
export function startNote(element, props, watch, words) {
  const root = element.querySelector(".note");
  const speak = speaker(words);
  root.lang = speak.language;
  let timer = 0;

  /** @param {{problem?: string, seconds?: number[], asked?: number, skipped?: string[], count?: number, reading?: boolean}} said */
  function tell({ problem = "", seconds, asked = 0, skipped = [], count = 0, reading = false }) {
    root.hidden = !problem && !count && !reading;
    root.classList.toggle("problem", Boolean(problem));
    root.classList.toggle("reading", reading);
    const wrong = seconds ? speak("live_seconds", { least: seconds[0], most: seconds[1] }) : problem;
    const counted = count ? speak("live_skipped", { count }) : "";
    root.querySelector("p").textContent = reading ? speak("live_reading") : wrong || counted;
    if (problem && asked) root.scrollIntoView({ block: "nearest" });
    const more = count - skipped.length;
    const lines = more > 0 ? [...skipped, speak("live_more", { count: more })] : skipped;
    root.querySelector("ul").replaceChildren(
      ...lines.map((/** @type {string} */ line) => Object.assign(document.createElement("li"), { textContent: line })),
    );
  }

  function read() {
    tell({ reading: true });
    timer = setTimeout(unanswered, LONGEST);
  }

  function unanswered() {
    tell({ problem: speak("live_unanswered") });
  }

  function show() {
    clearTimeout(timer);
    const said = props.value ?? {};
    if (said.reading) timer = setTimeout(read, PATIENCE);
    else if (said.unanswered) unanswered();
    else tell(said);
  }

  watch("value", show);
  show();
  return { speak, tell };
}

/**
 * The same, which also asks for the pictures when they are to be read, and tells files that are too large
 * together before any of them is sent.
 * @param {HTMLElement} element
 * @param {{value: any}} props
 * @param {(name: string, changed: () => void) => void} watch
 * @param {(name: string) => void} trigger
 * @param {Bounds} bounds
 * @param {Words} words
 */
export function startUploadNote(element, props, watch, trigger, bounds, words) {
  const { speak, tell } = startNote(element, props, watch, words);
  watch("value", () => {
    if (props.value?.reading) trigger("read");
  });

  /** Whoever comes to the door sees what there is to learn from, which a restored training may have brought. */
  function arrive() {
    const { door, restored } = document.body.dataset;
    if (door !== "train" || restored !== "without" || document.querySelector("#train-reals .reals:not([hidden])")) return;
    props.value = { reading: Date.now() };
    trigger("read");
  }

  for (const event of ["attngan-opened", "attngan-restored"]) window.addEventListener(event, arrive);
  arrive(); // the door may have been opened before, and all be restored

  /** @param {Event} event */
  function guard(event) {
    const target = /** @type {HTMLInputElement} */ (event.target);
    if (!target.closest?.(`#${bounds.control}`)) return;
    const files = event instanceof DragEvent ? event.dataTransfer?.files : target.files;
    const total = [...(files ?? [])].reduce((sum, file) => sum + file.size, 0);
    if (total <= bounds.most) return;
    event.preventDefault();
    event.stopImmediatePropagation(); // gradio would send them, or say it in English far from here
    if (event.type === "change") target.value = ""; // so that the same choice is told again
    tell({ problem: speak("live_too_large", { most: bounds.most / 2 ** 20 }) });
  }

  for (const name of ["change", "drop"]) document.addEventListener(name, guard, true);
}
