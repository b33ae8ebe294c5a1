// The header: three doors to one stage, of which Learn and Explore share a tab of the page; and the training that runs.
import { fillWords, speaker } from "../../canvas/js/texts.js";
import { tooltipIn } from "../../canvas/js/tooltip.js";
import { keep, kept } from "./kept.js";

const DOORS = ["learn", "train", "explore"];
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
  function select(door) {
    if (tabOf(door)?.getAttribute("aria-selected") !== "true") tabOf(door)?.click();
  }

  /** @param {string} door */
  function open(door) {
    document.body.dataset.door = door;
    select(door);
    for (const one of doors) {
      one.setAttribute("aria-selected", String(one.dataset.door === door));
      one.tabIndex = one.dataset.door === door ? 0 : -1;
    }
    keep("door", door);
    window.dispatchEvent(new CustomEvent("attngan-opened", { detail: door }));
  }

  for (const one of doors) {
    one.addEventListener("click", () => open(one.dataset.door));
    one.addEventListener("keydown", (/** @type {KeyboardEvent} */ event) => {
      const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
      if (!step) return;
      event.preventDefault();
      const next = doors[(doors.indexOf(one) + step + doors.length) % doors.length];
      next.focus();
      open(next.dataset.door);
    });
  }
  window.addEventListener("attngan-door", (/** @type {any} */ { detail }) => {
    open(detail);
    doors.find((one) => one.dataset.door === detail)?.focus({ preventScroll: true }); // what was pressed is hidden now
  });
  chip.addEventListener("click", () => open("train"));

  window.addEventListener("attngan-training", (/** @type {any} */ { detail: { state, left, position } }) => {
    chip.hidden = !RUNNING.includes(state);
    if (!chip.hidden) chip.lastElementChild.textContent = speak(`shell_chip_${state}`, { left, position });
  });

  const arrival = wanted();
  whenThere(() => tabOf("train"), () => {
    // Gradio selects a tab by itself when it begins: the door says which.
    const watched = new MutationObserver(() => select(document.body.dataset.door));
    for (const door of ["train", "explore"]) watched.observe(tabOf(door), { attributeFilter: ["aria-selected"] });
    open(arrival);
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
  if (/** @type {any} */ (arrival)?.type === "reload") return keptDoor();
  const query = new URLSearchParams(location.search);
  const named = query.get("door") ?? "";
  if (DOORS.includes(named)) return named;
  const isLink = [...query.keys()].some((name) => !name.startsWith("__"));
  return isLink ? "explore" : keptDoor();
}

function keptDoor() {
  const door = kept("door");
  return DOORS.includes(door) ? door : "explore";
}
