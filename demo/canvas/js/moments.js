// The frames of a training's moments: each is fetched once, those used last are remembered.
import { fetchFrame } from "./requests.js";

const KEPT_BYTES = 16e6; // of moments remembered, eight of the largest; the browser keeps the others as files

/** @typedef {{frame: Promise<import("./frame.js").Frame>, bytes: number}} Kept  bytes are 0 until it is there */

/**
 * A function that gives the frame behind a path; asked before the frame is needed, it fetches ahead.
 * @param {(path: string) => Promise<import("./frame.js").Frame>} fetched
 * @returns {(path: string) => Promise<import("./frame.js").Frame>}
 */
export function momentsOf(fetched = fetchFrame) {
  /** @type {Map<string, Kept>} */
  const kept = new Map(); // path -> moment, oldest use first

  function drop() {
    let bytes = [...kept.values()].reduce((sum, one) => sum + one.bytes, 0);
    for (const [path, one] of kept) {
      if (bytes <= KEPT_BYTES) return;
      if (one.bytes) kept.delete(path); // of one that is under way nothing can be saved
      bytes -= one.bytes;
    }
  }

  /** @param {string} path */
  function fetchOnce(path) {
    /** @type {Kept} */
    const one = { frame: fetched(path), bytes: 0 };
    one.frame.then(
      ({ bytes }) => {
        one.bytes = bytes;
        drop();
      },
      () => kept.delete(path), // the next wish tries again
    );
    return one;
  }

  return (path) => {
    const one = kept.get(path) ?? fetchOnce(path);
    kept.delete(path);
    kept.set(path, one);
    return one.frame;
  };
}
