// The frames of a training's moments: each is fetched once, those used last are remembered.
import { recent } from "./recent.js";
import { fetchFrame } from "./requests.js";

/** @typedef {import("./frame.js").Frame} Frame */

// Of all stages together, six of the largest; the browser keeps the others as files.
const KEPT = /** @type {ReturnType<typeof recent<Promise<Frame>>>} */ (recent(12e6));

/**
 * A function that gives the frame behind a path; asked before the frame is needed, it fetches ahead.
 * @param {(path: string) => Promise<Frame>} fetched
 * @returns {(path: string) => Promise<Frame>}
 */
export function momentsOf(fetched = fetchFrame, kept = KEPT) {
  /** @param {string} path */
  function fetchOnce(path) {
    const frame = fetched(path);
    kept.keep(path, frame, 0); // its bytes are not known before it is there
    frame.then(
      ({ bytes }) => kept.keep(path, frame, bytes),
      () => kept.forget(path), // the next wish tries again
    );
    return frame;
  }

  return (path) => kept.get(path) ?? fetchOnce(path);
}
