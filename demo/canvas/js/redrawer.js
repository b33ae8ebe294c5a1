// Pictures drawn anew on request: one request at a time, of several wishes the last one wins, undo asks nothing.
import { fetchFrame } from "./requests.js";

const KEPT_FRAMES = 40;

const pictureIn = (path) => path?.split("&edit=")[0]; // all edits of one picture share this part of their paths

/** `wish(path)` hands the frame behind a path to `arrived(frame)`, unless another picture was wished for since. */
export function redrawer({ arrived, failed, busy }) {
  const kept = new Map(); // path -> frame, oldest first
  let wished = null;
  let running = false;

  function keep(path, frame) {
    kept.delete(path);
    kept.set(path, frame);
    if (kept.size > KEPT_FRAMES) kept.delete(kept.keys().next().value);
    return frame;
  }

  async function run() {
    running = true;
    let done = null;
    while (wished && wished !== done) {
      const path = (done = wished);
      const timer = setTimeout(() => busy(true), 150);
      try {
        const frame = keep(path, await fetchFrame(path));
        if (pictureIn(path) === pictureIn(wished)) arrived(frame);
      } catch (problem) {
        if (path === wished) failed(problem);
      }
      clearTimeout(timer);
    }
    busy(false);
    running = false;
  }

  return {
    wish(path) {
      wished = path;
      if (kept.has(path)) arrived(keep(path, kept.get(path)));
      else if (path && !running) run();
    },
  };
}
