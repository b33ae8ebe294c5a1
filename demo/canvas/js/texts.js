// What the page says, in the reader's language. Text reaches the page through textContent alone.
import { phrase } from "./element.js";

const MILLION = 1e6; // from here on a measure is said shortly
const TERM = /\[\[(\w+)(?:\|([^\]]+))?\]\]/; // [[head]] or [[head|Heads]]: a term of the glossary, and how it shows

/**
 * Says a text of the page in the reader's language, with `values` in its holes.
 * @typedef {(key: string, values?: Object<string, any>) => string} Say
 * @typedef {{text: string, term: string|null}} Piece  of a text; `term` is its name in the glossary (demo/words/glossary)
 * @typedef {object} Numbers
 * @property {(share: number) => string} percent
 * @property {(value: number, places?: number) => string} number
 * @property {(items: string[]) => string} list  "a, b, c" or "a、b、c"
 * @property {string} language
 * @property {(key: string) => boolean} has  whether there is such a text
 * @property {(key: string, values?: Object<string, any>) => Piece[]} pieces  a text with its terms told apart
 * @property {(kind: string) => boolean} about  speak of items of a kind: of others than pictures with the texts whose keys
 *   end in _<kind> or _places; true when other texts may come of it
 * @typedef {Say & Numbers} Speak
 * @typedef {Object<string, Object<string, string>>} Words  language -> key -> text
 */

/**
 * A function from key and values to text.
 * @param {Words} words
 * @returns {Speak}
 */
export function speaker(words) {
  const language = languageOf(Object.keys(words));
  const texts = words[language];
  /** @type {string[]} */
  let endings = []; // of keys whose texts differ for the kind of items in view, the closest first
  /** @param {string} key */
  const textOf = (key) => texts[endings.map((ending) => key + ending).find((one) => one in texts) ?? key] ?? key;
  /** @type {Say} */
  const filled = (text, values) => text.replace(/\{(\w+)\}/g, (whole, name) => (name in values ? String(values[name]) : whole));
  /** @type {(key: string, values?: Object<string, any>) => Piece[]} */
  function pieces(key, values = {}) {
    const parts = textOf(key).split(TERM); // a text, and then of each term its name, how it shows, and the text behind it
    return parts.flatMap((part, index) => {
      if (index % 3 === 0) return part ? [{ text: filled(part, values), term: null }] : [];
      return index % 3 === 1 ? [{ text: filled(parts[index + 1] ?? part, values), term: part }] : [];
    });
  }
  /** @type {Say} */
  const say = (key, values) => pieces(key, values).map(({ text }) => text).join("");
  const digits = new Intl.NumberFormat(language, { style: "percent", maximumSignificantDigits: 2 });
  const short = new Intl.NumberFormat(language, { notation: "compact", maximumSignificantDigits: 2 });
  const enumeration = new Intl.ListFormat(language, { style: "narrow" }); // no "and"; as type "unit" Chinese items would touch
  /** @type {Intl.NumberFormat[]} */
  const formats = []; // by decimal places; making one takes longer than all else that is said
  const signs = { signDisplay: /** @type {const} */ ("negative") }; // none before what reads 0
  /** @param {number} places */
  const formatOf = (places) =>
    (formats[places] ??= new Intl.NumberFormat(language, { ...signs, maximumFractionDigits: places, minimumFractionDigits: places }));
  return Object.assign(say, {
    /** @param {number} share */
    percent: (share) => (Number.isFinite(share) ? digits.format(share) : "–"),
    /** @param {number} value */
    number(value, places = 2) {
      if (!Number.isFinite(value)) return "–";
      return (places && Math.abs(value) >= MILLION ? short : formatOf(places)).format(value); // no decimals: it is counted
    },
    /** @param {string[]} items */
    list: (items) => enumeration.format(items),
    language,
    /** @param {string} key */
    has: (key) => key in texts,
    pieces,
    /** @param {string} kind */
    about(kind) {
      const before = String(endings);
      endings = kind === "pictures" ? [] : [`_${kind}`, "_places"];
      return String(endings) !== before;
    },
  });
}

/** @param {string[]} known */
function languageOf(known) {
  const wanted = document.documentElement.lang.toLowerCase(); // as gradio chose it, so that the page speaks one
  /** @param {string} one */
  const same = (one) => one.toLowerCase() === wanted;
  /** @param {string} one */
  const close = (one) => one.toLowerCase().split("-")[0] === wanted.split("-")[0];
  return known.find(same) ?? known.find(close) ?? known[0];
}

/**
 * Fill every data-word element, data-hint and data-label with its text.
 * @param {HTMLElement} root
 * @param {Speak} speak
 */
export function fillWords(root, speak) {
  for (const node of root.querySelectorAll("[data-word]")) node.replaceChildren(...phrase(speak, node.dataset.word));
  for (const node of root.querySelectorAll("[data-hint]")) node.title = speak(node.dataset.hint);
  for (const node of root.querySelectorAll("[data-label]")) node.setAttribute("aria-label", speak(node.dataset.label));
}
