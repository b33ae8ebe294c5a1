// The real pictures of the chosen data set, with whose they are.
import { fillWords, speaker } from "../../canvas/js/texts.js";

/**
 * @param {HTMLElement} element
 * @param {{value: any}} props
 * @param {(name: string, changed: () => void) => void} watch
 * @param {import("../../canvas/js/texts.js").Words} words
 */
export function startReals(element, props, watch, words) {
  const root = element.querySelector(".reals");
  /** @param {string} selector */
  const find = (selector) => root.querySelector(selector);
  const speak = speaker(words);
  root.lang = speak.language;
  fillWords(root, speak);

  function show() {
    const { src, count, classes, credit = "", licence = "" } = props.value ?? {};
    root.hidden = !src;
    if (!src) return;
    find("img").src = src;
    find("img").alt = speak("live_reals");
    const numbers = { count: speak.number(count, 0), classes: speak.number(classes, 0) };
    const key = classes ? "live_reals_classes" : "live_reals_count";
    find(".count").textContent = count ? speak(key, numbers) : "";
    const said = licence && !credit.includes(licence) ? speak("live_licence", { licence }) : "";
    find(".credit").textContent = [credit, said].filter(Boolean).join(". ");
  }

  watch("value", show);
  show();
}
