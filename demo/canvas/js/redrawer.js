// Pictures drawn anew on request: one request at a time, of several wishes the last one wins, what is kept is not asked for.
import { recent } from "./recent.js";
import { fetchFrame } from "./requests.js";

const KEPT = recent(6e6); // of all panels together: some eighteen of 32 pixels, three of the largest

const pictureIn = (path) => path?.split("&edit=")[0]; // all edits of one picture share this part of their paths

/** `wish(path)` hands the frame behind a path to `arrived(frame)`, unless another picture was wished for since. */
export function redrawer({ arrived, failed, busy }, fetched = fetchFrame, kept = KEPT) {
  let wished = null;
  let running = false;

  async function run() {
    running = true;
    let done = null;
    while (wished && wished !== done) {
      const path = (done = wished);
      const timer = setTimeout(() => busy(true), 150);
      try {
        const frame = kept.get(path) ?? (await fetched(path));
        kept.keep(path, frame, frame.bytes);
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
      const known = kept.get(path);
      if (known) arrived(known);
      else if (path && !running) run();
    },
  };
}
