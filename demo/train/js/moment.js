// The earlier moment in view as a line in both curves, while the time line stands there.
import { secondsAt } from "./align.js";

/**
 * Drives the lines in `root`, by the page's event "attngan-moment"; `record()` is what is known of the training in view.
 * @param {HTMLElement} root
 * @param {() => ReturnType<typeof import("./record.js").newRecord>} record
 */
export function momentIn(root, record) {
  /** @type {number|null} */
  let step = null;

  /** @type {(figure: string, seconds: number|null, from: number, until: number) => void} */
  function place(figure, seconds, from, until) {
    const line = /** @type {SVGLineElement} */ (root.querySelector(`${figure} .moment`));
    const isIn = seconds !== null && until > from && seconds >= from;
    line.toggleAttribute("hidden", !isIn);
    if (!isIn) return;
    const x = ((1000 * (Math.min(seconds, until) - from)) / (until - from)).toFixed(1);
    line.setAttribute("x1", x);
    line.setAttribute("x2", x);
  }

  function show() {
    const { history, measured } = record();
    const seconds = step === null ? null : secondsAt(history, step);
    place("#train-curves", seconds, 0, history.at(-1)?.[1] ?? 0);
    place("#train-measured", seconds, measured[0]?.[0] ?? 0, measured.at(-1)?.[0] ?? 0);
  }

  window.addEventListener("attngan-moment", (event) => {
    step = /** @type {CustomEvent} */ (event).detail;
    show();
  });
  return { show };
}
