// A glimpse of the chosen data set, with whose it is: a sheet, captioned pictures, pairs of texts, or rows.
import { make } from "../../canvas/js/element.js";
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

  /** A text of the data, in whatever direction it is written. @type {(kind: string, text: string) => HTMLElement} */
  const told = (kind, text) => Object.assign(make(kind, "", text), { dir: "auto" });

  /** @type {(told: [string, string]) => HTMLElement} */
  function captioned([src, caption]) {
    const picture = Object.assign(make("img"), { src, alt: caption, title: caption });
    return make("figure", "", picture, told("figcaption", caption));
  }

  /** @param {string[]} cells @param {number} row  the first has the names of the columns */
  const rowOf = (cells, row) => make("tr", "", ...cells.map((cell) => told(row ? "td" : "th", cell)));

  function show() {
    const { kind = "", src, captioned: pictures = [], pairs = [], table = [], count, classes, credit = "", licence = "" } = props.value ?? {};
    root.hidden = !kind;
    if (!kind) return;
    root.classList.toggle("points", kind === "rows" && Boolean(src));
    speak.about(kind);
    fillWords(root, speak);
    const sheet = find("#train-reals-picture");
    sheet.hidden = !src;
    if (src) sheet.src = src;
    else sheet.removeAttribute("src");
    sheet.alt = speak("live_reals");
    find(".captioned").replaceChildren(...pictures.map(captioned));
    find(".pairs").replaceChildren(
      ...pairs.map((/** @type {[string, string]} */ [input, output]) => make("li", "", told("span", input), "→", told("b", output))),
    );
    find("table").replaceChildren(...table.map(rowOf));
    const numbers = { count: speak.number(count, 0), classes: speak.number(classes, 0) };
    const key = classes ? "live_reals_classes" : "live_reals_count";
    find(".count").textContent = count ? speak(key, numbers) : "";
    const said = licence && !credit.includes(licence) ? speak("live_licence", { licence }) : "";
    find(".credit").textContent = [credit, said].filter(Boolean).join(". ");
  }

  watch("value", show);
  show();
}
