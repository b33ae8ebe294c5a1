// Making elements: text reaches the page through textContent alone.

/** An element of a kind and class with text or elements inside. */
export function make(kind, className, ...content) {
  const element = document.createElement(kind);
  if (className) element.className = className;
  element.append(...content.map((one) => (one instanceof Node ? one : String(one))));
  return element;
}

/** A number or word that explains itself on hover, focus or tap: the words of `key` (tooltip.js). */
export function term(key, text) {
  const button = make("button", "term", text);
  button.type = "button";
  button.dataset.explain = key;
  return button;
}
