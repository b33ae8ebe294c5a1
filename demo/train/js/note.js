// What was wrong, beside the control it was wrong with. File names of strangers come here: textContent alone.
import { speaker } from "../../canvas/js/texts.js";

/**
 * @param {HTMLElement} element
 * @param {{value: any}} props
 * @param {(name: string, changed: () => void) => void} watch
 * @param {import("../../canvas/js/texts.js").Words} words
 */
export function startNote(element, props, watch, words) {
  const root = element.querySelector(".note");
  const speak = speaker(words);
  root.lang = speak.language;

  function show() {
    const { problem = "", skipped = [], count = 0 } = props.value ?? {};
    root.hidden = !problem && !count;
    root.classList.toggle("problem", Boolean(problem));
    root.querySelector("p").textContent = problem || (count ? speak("live_skipped", { count }) : "");
    const more = count - skipped.length;
    const lines = more > 0 ? [...skipped, speak("live_more", { count: more })] : skipped;
    root.querySelector("ul").replaceChildren(
      ...lines.map((/** @type {string} */ line) => Object.assign(document.createElement("li"), { textContent: line })),
    );
  }

  watch("value", show);
  show();
}
