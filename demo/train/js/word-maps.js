// Where words look, while a network learns: how far the maps of each sort of word overlap with their thing.
import { make, phrase, term } from "../../canvas/js/element.js";

const SORTS = ["colour", "shape", "size"];
const NETWORKS = ["generator", "discriminator"];
const COMPARED = ["iou_uniform", "iou_centre"];

/**
 * Whether a measure belongs here, not among the numbers.
 * @param {string} key  of attngan.vocabulary
 */
export const isOfWords = (key) => key.startsWith("iou_");

/**
 * @param {HTMLElement} place  opens over what is below, so that nothing moves; hidden where nothing is measured of words
 * @param {Map<string, number>} figures  the newest value of each measure
 * @param {import("../../canvas/js/texts.js").Speak} speak
 */
export function drawWordMaps(place, figures, speak) {
  const known = [...figures.keys()].filter(isOfWords);
  place.hidden = !known.length;
  if (place.dataset.measures !== String(known)) {
    place.dataset.measures = String(known);
    const networks = NETWORKS.filter((network) => known.some((key) => key.endsWith(network)));
    /** @param {string} key @returns {HTMLElement|string} */
    const number = (key) => (figures.has(key) ? Object.assign(term(`explain_measure_${key}`, ""), { id: `train-${key}` }) : "");
    /** @param {string} key */
    const both = (key) => make("td", "", number(key), make("small", "", speak("live_words_other"), " ", number(`${key}_other`)));
    place.replaceChildren(
      make("summary", "", speak("live_words_short")),
      make("div", "", make("p", "", ...phrase(speak, "live_words")), make("table", "",
        make("thead", "", make("tr", "", make("td", ""), ...networks.map((one) => make("th", "", speak(`live_${one}`))))),
        make("tbody", "", ...SORTS.filter((sort) => known.some((key) => key.startsWith(`iou_${sort}`))).map((sort) =>
          make("tr", "", make("th", "", speak(`live_words_${sort}`)), ...networks.map((one) => both(`iou_${sort}_${one}`)))))),
      make("p", "", ...COMPARED.filter((key) => figures.has(key)).flatMap((key) => [speak(`live_${key}`), " ", number(key), " "]))),
    );
  }
  for (const key of known) place.querySelector(`#train-${key}`).textContent = speak.number(figures.get(key), 2);
}
