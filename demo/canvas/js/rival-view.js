// Another training beside the one in view: the same samples at the moment that goes with the one in view.
import { fetchFrame } from "./requests.js";
import { secondPicture } from "./second-picture.js";
import { inFrame } from "./view.js";

/**
 * Shows what the page's event "attngan-beside" tells: null, or the other's `name`, the `url` of its frames with {step},
 * and `steps`, its step for each of this one's.
 * @param {any} context  (panels.js)
 */
export function rivalView(context) {
  const { root, view } = context;
  const second = secondPicture(context, (frame) => inFrame(view, frame));
  /** @type {{name: string, url: string, steps: Object<number, number>}|null} */
  let rival = null;
  let wished = ""; // path of the frame that is wanted
  /** @type {{path: string, frame: any}|null} */
  let kept = null; // the last one that came

  async function look() {
    const step = rival?.steps[view.frame?.header.step];
    wished = rival && step !== undefined ? rival.url.replace("{step}", String(step)) : "";
    if (!wished || kept?.path === wished) return show();
    const path = wished;
    try {
      const frame = await fetchFrame(path);
      if (path !== wished) return undefined;
      kept = { path, frame };
    } catch {
      // that of the moment before stays in view until another is asked for
    }
    return show();
  }

  function show() {
    second.show(kept && wished ? kept.frame : null, view.chosen);
    context.repaint();
  }

  window.addEventListener("attngan-beside", (event) => {
    rival = /** @type {CustomEvent} */ (event).detail;
    for (const name of ["comparing", "judging"]) root.classList.toggle(name, Boolean(rival)); // two beside each other
    if (rival) second.call(rival.name);
    look();
  });
  return { refresh: look, overlay: second.overlay };
}
