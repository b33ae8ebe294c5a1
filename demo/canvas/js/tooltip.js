// Every term and every number explained: one tooltip a room tells what is underlined, on hover, focus or tap.
import { make } from "./element.js";
import { exampleOf } from "./example.js";

/** @import { Speak } from "./texts.js" */

const GAP = 6; // pixels between a term and its explanation, and from the explanation to the edge of the screen
const FINGER = 40; // pixels of each side in which a finger hits a term; of several the nearest
const STAY_MILLISECONDS = 200; // in which the pointer comes from a term to its explanation
const TERMS = '.term, a[href^="#term_"]'; // gradio's own labels can hold no buttons, but links
const ACTS = "button, a, input, select, textarea, label, summary, canvas";

/**
 * Explain the terms of a room, `root` with its name in data-room; they may come and go. The explanation lies on the
 * screen's top layer, so that nothing cuts it off.
 * @param {HTMLElement} root
 * @param {Speak} speak
 * @param {HTMLElement} [within]  where terms that are in no room are explained, too
 */
export function tooltipIn(root, speak, within = root) {
  const tip = make("div", "tip");
  tip.setAttribute("role", "tooltip");
  tip.id = root.dataset.room + "-tip";
  tip.popover = "manual";
  root.append(tip);
  /** @type {HTMLElement|null} */
  let explained = null; // a term
  let leaving = 0;
  let putAway = ""; // where a click put it away: what comes to light there is not pointed at

  /** @param {HTMLElement|null} term */
  function show(term) {
    clearTimeout(leaving);
    if (term === explained) return;
    explained?.removeAttribute("aria-describedby");
    explained = term;
    tip.hidePopover();
    if (!term) return;
    tip.replaceChildren(...explanationOf(keyOf(term), speak));
    term.setAttribute("aria-describedby", tip.id);
    put();
  }

  /** Beneath what is explained, or above it where there is more room; not seen while that is off the screen. */
  function put() {
    if (!explained) return;
    const { left } = explained.getBoundingClientRect();
    const { top, bottom } = (explained.closest(".saying") ?? explained).getBoundingClientRect(); // stays readable
    const isInSight = explained.checkVisibility() && bottom >= 0 && top <= innerHeight;
    tip.togglePopover(isInSight);
    if (!isInSight) return;
    const [above, below] = [top - 2 * GAP, innerHeight - bottom - 2 * GAP];
    tip.style.maxHeight = "";
    const isBelow = tip.offsetHeight <= below || below >= above;
    tip.style.maxHeight = Math.max(0, isBelow ? below : above) + "px";
    tip.style.top = (isBelow ? bottom + GAP : top - GAP - tip.offsetHeight) + "px";
    const right = document.documentElement.clientWidth - tip.offsetWidth - GAP;
    tip.style.left = Math.max(GAP, Math.min(left, right)) + "px";
  }

  /** Whether the pointer alone asked: what has the focus stays explained. */
  const byPointer = () => explained !== document.activeElement;
  /** @param {Element|null} term */
  const owned = (term) => /** @type {HTMLElement|null} */ (
    term && (term.closest("[data-room]") ?? root) === root ? term : null);
  /** @param {any} event */
  const termAt = ({ target }) => owned(target.closest?.(TERMS));

  /** The term that a finger means when it hits nothing. @param {any} event */
  function termNear({ target, clientX, clientY }) {
    if (!matchMedia("(pointer: coarse)").matches || target.closest(ACTS)) return null;
    /** @type {HTMLElement|null} */
    let nearest = null;
    let least = Infinity;
    for (const term of within.querySelectorAll(TERMS)) {
      const { left, right, top, bottom } = term.getBoundingClientRect();
      const across = Math.max(0, left - clientX, clientX - right);
      const down = Math.max(0, top - clientY, clientY - bottom);
      const isHit = 2 * across + right - left <= Math.max(FINGER, right - left)
        && 2 * down + bottom - top <= Math.max(FINGER, bottom - top);
      if (!isHit || across + down >= least || !owned(term) || !term.checkVisibility()) continue;
      [nearest, least] = [term, across + down];
    }
    return nearest;
  }

  within.addEventListener("pointerover", (/** @type {Event} */ event) => {
    clearTimeout(leaving);
    if (tip.contains(/** @type {Node} */ (event.target)) || putAway === placeOf(event)) return;
    putAway = "";
    const term = termAt(event);
    if (term) show(term);
    else if (byPointer()) leaving = setTimeout(() => show(null), STAY_MILLISECONDS);
  });
  // a finger leaves with every tap, and then its click would go to what lies beneath
  within.addEventListener("pointerleave", ({ pointerType }) => pointerType === "mouse" && byPointer() && show(null));
  within.addEventListener("focusin", (event) => show(termAt(event)));
  within.addEventListener("focusout", () => show(null));
  within.addEventListener("click", (/** @type {MouseEvent} */ event) => {
    const term = termAt(event) ?? termNear(event);
    if (!term) return;
    event.preventDefault(); // a link would lead nowhere
    show(term);
  });
  tip.addEventListener("mousedown", (/** @type {Event} */ event) => event.preventDefault()); // the focus stays: a click follows
  tip.addEventListener("click", (/** @type {Event} */ event) => {
    event.stopPropagation();
    putAway = placeOf(event);
    show(null);
  });
  document.addEventListener("keydown", (event) => event.key === "Escape" && show(null));
  for (const moved of ["scroll", "resize"]) addEventListener(moved, put, { capture: true, passive: true });
}

/** @param {any} event */
const placeOf = ({ clientX, clientY }) => `${clientX} ${clientY}`;

/** The key of what a term means. @param {HTMLElement} term */
const keyOf = (term) => term.dataset.explain ?? term.getAttribute("href").slice(1);

/**
 * What is told of a text's key: a term's name, what it means, and an example; of a number what it means, and the example
 * of the first term that this names.
 * @param {string} key
 * @param {Speak} speak
 */
function explanationOf(key, speak) {
  const pieces = speak.pieces(key);
  const named = pieces.find(({ term }) => term);
  const name = speak.has(`${key}_name`) ? [make("b", "name", speak(`${key}_name`))] : [];
  const means = make("span", "means", ...pieces.map(({ text, term }) => (term ? make("b", "", text) : text)));
  const example = [`${key}_example`, `term_${named?.term}_example`].find(speak.has);
  return [...name, means, ...(example ? [exampleOf(speak(example))] : [])];
}
