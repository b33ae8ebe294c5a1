// The header: three doors to one stage, of which Learn and Explore share a tab of the page; and the training that runs.
import { fillWords, speaker } from "../../canvas/js/texts.js";
import { tooltipIn } from "../../canvas/js/tooltip.js";

const DOORS = ["learn", "train", "explore"];
const KEPT = "attngan-door"; // where this browser remembers the door
const SETTLE_MILLISECONDS = 3000; // until the page has begun
const RUNNING = ["waiting", "starting", "running", "saving", "stopping"];

/**
 * @param {HTMLElement} element
 * @param {any} _props
 * @param {any} _trigger
 * @param {import("../../canvas/js/texts.js").Words} words
 */
export function startHeader(element, _props, _trigger, words) {
  /** @type {any} */
  const root = element.querySelector(".header");
  const speak = speaker(words);
  const chip = root.querySelector(".chip");
  const doors = [...root.querySelectorAll("nav button")];
  root.lang = speak.language;
  fillWords(root, speak);
  tooltipIn(root, speak);

  /** The tab of the page behind a door, which gradio shows and hides. @param {string} door @returns {any} */
  const tabOf = (door) => document.getElementById(`page-${door === "train" ? "train" : "explore"}-button`);

  /** @param {string} door */
  function open(door) {
    if (tabOf(door)?.getAttribute("aria-selected") !== "true") tabOf(door)?.click();
    document.body.dataset.door = door;
    for (const one of doors) {
      one.setAttribute("aria-selected", String(one.dataset.door === door));
      one.tabIndex = one.dataset.door === door ? 0 : -1;
    }
    remember(door);
    window.dispatchEvent(new CustomEvent("attngan-opened", { detail: door }));
  }

  let settled = false; // gradio selects a tab by itself when it begins

  /** A person's own choice, or what one leads to. @param {string} door */
  function choose(door) {
    settled = true;
    open(door);
  }

  for (const one of doors) {
    one.addEventListener("click", () => choose(one.dataset.door));
    one.addEventListener("keydown", (/** @type {KeyboardEvent} */ event) => {
      const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
      if (!step) return;
      event.preventDefault();
      const next = doors[(doors.indexOf(one) + step + doors.length) % doors.length];
      next.focus();
      choose(next.dataset.door);
    });
  }
  window.addEventListener("attngan-door", (/** @type {any} */ { detail }) => choose(detail));
  chip.addEventListener("click", () => choose("train"));

  window.addEventListener("attngan-training", (/** @type {any} */ { detail: { state, left, position } }) => {
    chip.hidden = !RUNNING.includes(state);
    if (!chip.hidden) chip.lastElementChild.textContent = speak(`shell_chip_${state}`, { left, position });
  });

  const arrival = wanted();
  whenThere(() => tabOf("train"), () => {
    // The page itself opens a tab, too: a trained model in Explore.
    const watched = new MutationObserver(() => {
      const train = tabOf("train")?.getAttribute("aria-selected") === "true";
      if (!settled) {
        if (train !== (arrival === "train")) tabOf(arrival)?.click();
        return;
      }
      const now = document.body.dataset.door;
      if (train !== (now === "train")) open(train ? "train" : "explore");
    });
    for (const door of ["train", "explore"]) watched.observe(tabOf(door), { attributeFilter: ["aria-selected"] });
    open(arrival);
    setTimeout(() => (settled = true), SETTLE_MILLISECONDS);
  });
}

/** Calls `act` once `look` finds something. @param {() => any} look @param {() => void} act */
function whenThere(look, act) {
  if (look()) return act();
  return requestAnimationFrame(() => whenThere(look, act));
}

/**
 * The door that the address names, else Explore for any other link, else the one where this browser was. A page that is
 * loaded again stays where it was: its address is then no link, but what Explore wrote there.
 */
function wanted() {
  const [arrival] = performance.getEntriesByType("navigation");
  if (/** @type {any} */ (arrival)?.type === "reload") return kept();
  const query = new URLSearchParams(location.search);
  const named = query.get("door") ?? "";
  if (DOORS.includes(named)) return named;
  const isLink = [...query.keys()].some((name) => !name.startsWith("__"));
  return isLink ? "explore" : kept();
}

function kept() {
  try {
    const door = localStorage.getItem(KEPT) ?? "";
    return DOORS.includes(door) ? door : "explore";
  } catch {
    return "explore"; // a browser that keeps nothing
  }
}

/** @param {string} door */
function remember(door) {
  try {
    localStorage.setItem(KEPT, door);
  } catch {
    // then it opens on Explore the next time
  }
}
