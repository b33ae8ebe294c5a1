// The second picture on the stage, in the discriminator's place: the same pointer and keys move over both.
import { amountOf } from "./describe.js";
import { term } from "./element.js";
import { listen } from "./input.js";
import { nameLayer } from "./layer-name.js";
import { stageOn } from "./stage.js";
import { awaitsPointer } from "./view.js";

/**
 * The second picture of a canvas; `seen(frame)` is the view as it is seen in the other frame.
 * @param {any} context  (panels.js)
 * @param {(frame: any) => import("./view.js").View} seen
 */
export function secondPicture({ root, view, speak, act, repaint }, seen) {
  const place = root.querySelector(".compared");
  const canvas = place.querySelector(".other");
  const numbers = place.querySelector(".numbers");
  const stage = stageOn(canvas);
  let shown = null; // a frame
  listen(stage, act);
  new ResizeObserver(repaint).observe(canvas);

  return {
    /** @param {string} name  what it is called */
    call(name) {
      place.querySelector("h2").textContent = name;
    },
    /** Show an item of a frame, or nothing. */
    show(frame, index = 0) {
      shown = frame;
      if (frame) stage.take(frame, index);
      canvas.style.visibility = frame ? "" : "hidden";
    },
    overlay() {
      if (!shown) return;
      const found = stage.paint(seen(shown));
      const text = found
        ? speak("second_layer", { layer: nameLayer(found.layer.name, speak), most: amountOf(found.peak.value, view.mode, speak) })
        : speak(awaitsPointer(view) ? "second_point" : "second_no_map");
      if (numbers.textContent !== text) numbers.replaceChildren(found ? term("explain_largest", text) : text);
    },
  };
}
