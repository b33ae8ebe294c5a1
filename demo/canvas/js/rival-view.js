// Another training beside the one in view: the same samples at the moment that goes with the one in view.
import { momentsOf } from "./moments.js";
import { secondPicture } from "./second-picture.js";
import { inFrame } from "./view.js";

const AHEAD = 4; // moments that are fetched before they are due

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
  const moments = momentsOf();
  let asked = 0; // number of the last wish
  let shown = 0; // number of the wish whose frame is in view: one of before it comes too late
  let frame = null; // the last one that came

  /** Paths of the frames that go with one's own at a step and at the next ones. @param {number} own */
  function pathsFrom(own) {
    const { url, steps } = /** @type {NonNullable<typeof rival>} */ (rival);
    const known = Object.keys(steps).map(Number); // they rise
    const at = known.findLastIndex((one) => one <= own); // the very moment may have been thinned out
    return at < 0 ? [] : known.slice(at, at + 1 + AHEAD).map((one) => url.replace("{step}", String(steps[one])));
  }

  async function look() {
    const [path, ...next] = rival && view.frame ? pathsFrom(view.frame.header.step) : [];
    const mine = ++asked;
    const { url } = rival ?? {};
    if (!path) {
      frame = null;
      return show();
    }
    try {
      const found = moments(path);
      for (const one of next) moments(one);
      const came = await found;
      if (mine < shown || url !== rival?.url) return undefined;
      [frame, shown] = [came, mine];
    } catch {
      // that of the moment before stays in view until another is asked for
    }
    return show();
  }

  function show() {
    second.show(frame, view.chosen);
    context.repaint();
  }

  window.addEventListener("attngan-beside", (event) => {
    const { detail } = /** @type {CustomEvent} */ (event);
    if (detail?.url !== rival?.url) frame = null;
    rival = detail;
    for (const name of ["comparing", "judging"]) root.classList.toggle(name, Boolean(rival)); // two beside each other
    if (rival) second.call(rival.name);
    look();
  });
  return { refresh: look, overlay: second.overlay };
}
