// Making elements: text reaches the page through textContent alone.

/** @import { Speak } from "./texts.js" */

/**
 * An element of a kind and class with text or elements inside.
 * @param {string} kind
 * @param {string} [className]
 * @param {...(Node|string|number)} content
 * @returns {any}  what only an element of its kind has is set by the caller
 */
export function make(kind, className, ...content) {
  const element = document.createElement(kind);
  if (className) element.className = className;
  element.append(...content.map((one) => (one instanceof Node ? one : String(one))));
  return element;
}

/**
 * Fill a place anew; a button that has the focus gives it to the new one of the same `data-key`.
 * @param {Element} place
 * @param {...Node} content
 */
export function refill(place, ...content) {
  const { activeElement: had } = document;
  const key = had instanceof HTMLElement && place.contains(had) ? had.dataset.key : undefined;
  place.replaceChildren(...content);
  if (key) [...place.querySelectorAll("button")].find((one) => one.dataset.key === key)?.focus({ preventScroll: true });
}

/**
 * A number or word that explains itself on hover, focus or tap: the words of `key` (tooltip.js).
 * @param {string} key
 * @param {string|number} text
 */
export function term(key, text) {
  const button = make("button", "term", text);
  button.type = "button";
  button.dataset.explain = key;
  return button;
}

/**
 * A text of the page, in which the terms of the glossary explain themselves.
 * @param {Speak} speak
 * @param {string} key
 * @param {Object<string, any>} [values]
 * @returns {(Node|string)[]}
 */
export function phrase(speak, key, values) {
  return speak.pieces(key, values).map((piece) => (piece.term ? term(`term_${piece.term}`, piece.text) : piece.text));
}
