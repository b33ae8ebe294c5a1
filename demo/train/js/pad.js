// The pad on which a person draws points to learn from; they are handed to the control for one's own files.
import { fillWords, speaker } from "../../canvas/js/texts.js";
import { FEWEST, between, erased, sprayed, tableOf } from "./drawing.js";

const NAME = "drawing.csv";
const SIZE = 0.01; // of the sheet's side, for each step of the size
const DOT = 1.6; // pixels of the screen
const PATIENCE = 20; // times that the control is looked for, while it makes room for another file
const PAUSE_MILLISECONDS = 100;

/**
 * @param {HTMLElement} element
 * @param {{value: any}} props
 * @param {(name: string, changed: () => void) => void} watch
 * @param {string} control  the id of the control for files
 * @param {import("../../canvas/js/texts.js").Words} words
 */
export function startPad(element, props, watch, control, words) {
  const root = element.querySelector(".pad");
  /** @param {string} selector @returns {any} */
  const find = (selector) => root.querySelector(selector);
  const speak = speaker(words);
  const canvas = find("canvas");
  /** @type {import("./drawing.js").Spot[]} */
  let points = [];
  let tool = "brush";
  /** @type {import("./drawing.js").Spot|null} */
  let last = null; // where the pointer was, while it is down

  root.lang = speak.language;
  fillWords(root, speak);

  function paint() {
    const ratio = canvas.clientWidth ? Math.round(canvas.clientWidth * devicePixelRatio) : canvas.width;
    if (canvas.width !== ratio) canvas.width = canvas.height = ratio;
    const context = canvas.getContext("2d");
    const size = DOT * (canvas.width / (canvas.clientWidth || canvas.width));
    context.clearRect(0, 0, canvas.width, canvas.height);
    context.fillStyle = getComputedStyle(canvas).color;
    for (const { x, y } of points) context.fillRect(x * canvas.width - size / 2, y * canvas.height - size / 2, size, size);
    find("output").textContent = speak("pad_count", { count: speak.number(points.length, 0) });
    find("[data-act=clear]").disabled = !points.length;
    find("[data-act=use]").disabled = points.length < FEWEST;
  }

  /** @param {PointerEvent} event */
  const spotOf = (event) => {
    const box = canvas.getBoundingClientRect();
    return { x: (event.clientX - box.left) / box.width, y: (event.clientY - box.top) / box.height };
  };

  /** @param {import("./drawing.js").Spot} spot */
  function draw(spot) {
    const radius = SIZE * Number(find("[name=size]").value);
    for (const place of last ? between(last, spot, radius) : [spot]) {
      points = tool === "brush" ? sprayed(points, place, radius, Number(find("[name=density]").value)) : erased(points, place, radius);
    }
    last = spot;
    paint();
  }

  canvas.addEventListener("pointerdown", (/** @type {PointerEvent} */ event) => {
    if (event.button) return;
    canvas.setPointerCapture(event.pointerId);
    last = null;
    draw(spotOf(event));
  });
  canvas.addEventListener("pointermove", (/** @type {PointerEvent} */ event) => last && draw(spotOf(event)));
  for (const end of ["pointerup", "pointercancel"]) canvas.addEventListener(end, () => (last = null));

  root.querySelectorAll("[data-tool]").forEach((/** @type {HTMLElement} */ button) => {
    button.addEventListener("click", () => {
      tool = String(button.dataset.tool);
      root.querySelectorAll("[data-tool]").forEach((/** @type {HTMLElement} */ one) =>
        one.setAttribute("aria-pressed", String(one === button)));
    });
  });
  find("[data-act=clear]").addEventListener("click", () => {
    points = [];
    paint();
  });

  /** The control takes files by its own input, and keeps those that it has: these are cleared first, by its last button. */
  async function hand() {
    const file = new File([tableOf(points)], NAME, { type: "text/csv" });
    for (let times = 0; times < PATIENCE; times++) {
      const input = /** @type {HTMLInputElement|null} */ (document.querySelector(`#${control} input[type=file]`));
      const has = document.querySelector(`#${control} .file-preview`);
      if (input && !has) {
        const chosen = new DataTransfer();
        chosen.items.add(file);
        input.files = chosen.files;
        return input.dispatchEvent(new Event("change", { bubbles: true }));
      }
      if (has && !times) /** @type {HTMLElement|undefined} */ ([...document.querySelectorAll(`#${control} .icon-button`)].at(-1))?.click();
      await new Promise((done) => setTimeout(done, PAUSE_MILLISECONDS));
    }
    return false;
  }
  find("[data-act=use]").addEventListener("click", hand);
  root.addEventListener("toggle", paint);
  new ResizeObserver(paint).observe(canvas);
  paint();
}
