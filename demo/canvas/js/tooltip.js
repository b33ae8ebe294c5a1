// Every number explained: what a button of the class "term" means is told in one tooltip, on hover, focus or tap.
import { make } from "./element.js";

/** @import { Speak } from "./texts.js" */

const GAP = 6; // pixels between a term and its explanation

/**
 * Explain the terms inside `root`; they may come and go.
 * @param {HTMLElement} root
 * @param {Speak} speak
 */
export function tooltipIn(root, speak) {
  const tip = make("p", "tip");
  tip.setAttribute("role", "tooltip");
  tip.id = root.dataset.room + "-tip";
  tip.hidden = true;
  root.append(tip);
  /** @type {HTMLElement|null} */
  let explained = null; // a term

  /** @param {HTMLElement|null} term */
  function show(term) {
    if (term === explained) return;
    explained?.removeAttribute("aria-describedby");
    explained = term;
    tip.hidden = !term;
    if (!term) return;
    tip.textContent = speak(term.dataset.explain);
    term.setAttribute("aria-describedby", tip.id);
    const place = term.getBoundingClientRect();
    const above = (term.closest(".saying") ?? term).getBoundingClientRect(); // what is explained stays readable
    const around = root.getBoundingClientRect();
    const fits = above.bottom + GAP + tip.offsetHeight <= innerHeight || above.top < tip.offsetHeight + GAP;
    const top = fits ? above.bottom + GAP : above.top - GAP - tip.offsetHeight; // over it at the foot of the screen
    tip.style.top = top - around.top + "px";
    tip.style.left = Math.max(0, Math.min(place.left - around.left, around.width - tip.offsetWidth)) + "px";
  }

  /** @param {any} event */
  const termAt = (event) => event.target.closest?.(".term");
  root.addEventListener("pointerover", (event) => {
    if (!tip.contains(event.target)) show(termAt(event) ?? document.activeElement.closest(".term"));
  });
  root.addEventListener("pointerleave", () => show(null));
  root.addEventListener("focusin", (event) => show(termAt(event) ?? null));
  root.addEventListener("focusout", () => show(null));
  root.addEventListener("click", (event) => termAt(event) && show(termAt(event)));
  tip.addEventListener("click", () => show(null));
  root.addEventListener("keydown", (event) => event.key === "Escape" && show(null));
}
