// The stops of the Learn door: each has a text here, and brings the stage to its view. Beneath them is the glossary.
import { make, phrase } from "../../canvas/js/element.js";
import { exampleOf } from "../../canvas/js/example.js";
import { fillWords, speaker } from "../../canvas/js/texts.js";
import { tooltipIn } from "../../canvas/js/tooltip.js";
import { keep, kept } from "./kept.js";

/**
 * @param {HTMLElement} element
 * @param {{value: any}} props
 * @param {(event: string) => void} trigger
 * @param {{name: string, query: string}[]} stops
 * @param {string[]} keys  of all that the glossary explains, in the order to read it
 * @param {import("../../canvas/js/texts.js").Words} words
 */
export function startStops(element, props, trigger, stops, keys, words) {
  /** @param {string} selector @returns {any} */
  const find = (selector) => element.querySelector(selector);
  const speak = speaker(words);
  let at = -1;
  let due = 0;

  /** @param {number} index */
  function visit(index) {
    at = index;
    keep("stop", String(at));
    const { name, query } = stops[at];
    find("h2").textContent = speak(`learn_${name}_title`);
    find("p").replaceChildren(...phrase(speak, `learn_${name}`));
    find(".back").disabled = at === 0;
    find(".next").textContent = speak(at === stops.length - 1 ? "learn_train" : "learn_next");
    [...find("ol").children].forEach((one, number) => {
      if (number === at) one.firstChild.setAttribute("aria-current", "step");
      else one.firstChild.removeAttribute("aria-current");
    });
    props.value = { query };
    // Presses of one moment are one event: gradio would ask for each, and the answers may come in any order.
    clearTimeout(due);
    due = setTimeout(() => trigger("chosen"));
  }

  find(".learn").lang = speak.language;
  fillWords(find(".learn"), speak);
  tooltipIn(find(".learn"), speak);
  find("dl").append(...keys.map((key) => make("div", "",
    make("dt", "", speak(`${key}_name`)), make("dd", "", speak(key), exampleOf(speak(`${key}_example`))))));
  find("ol").append(...stops.map(({ name }, index) => {
    const button = Object.assign(document.createElement("button"), { type: "button", textContent: String(index + 1) });
    button.setAttribute("aria-label", speak(`learn_${name}_title`));
    button.addEventListener("click", () => visit(index));
    const item = document.createElement("li");
    item.append(button);
    return item;
  }));
  find(".back").addEventListener("click", () => visit(at - 1));
  find(".next").addEventListener("click", () => {
    if (at < stops.length - 1) visit(at + 1);
    else window.dispatchEvent(new CustomEvent("attngan-door", { detail: "train" }));
  });
  const arrive = (/** @type {string|undefined} */ door) => {
    if (door === "learn" && at < 0 && stops.length) visit(Number(kept("stop")) in stops ? Number(kept("stop")) : 0);
  };
  window.addEventListener("attngan-opened", (/** @type {any} */ { detail }) => arrive(detail));
  arrive(document.body.dataset.door);
}
