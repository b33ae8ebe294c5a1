// An item as it is looked at: with its map or links, and the frames around places.
import { paintBoxes } from "./boxes.js";
import { coloursOf } from "./colours.js";
import { paintLinks } from "./flow.js";
import { areaOf, boxIn, boxOn, itemArea, layoutOf } from "./layout.js";
import { marksOf } from "./marks.js";
import { fitToScreen, paintMark, paintOutline } from "./paint.js";
import { stageFor } from "./stages.js";
import { itemOf, layerOf, linksOf, mapOf } from "./view.js";

/**
 * A canvas that shows views of items of any kind.
 * @typedef {object} StageCanvas
 * @property {HTMLCanvasElement} canvas
 * @property {(frame: import("./frame.js").Frame, index: number) => void} take  the item to show
 * @property {(view: import("./view.js").View, between?: () => void) => any} paint  shows it as it is looked at, and
 *   returns the map that is painted; `between` is called before the frames around places
 * @property {(point: import("./places.js").Point) => import("./places.js").Point} pointAt  the point of the item for one
 *   in fractions of the canvas; below the item y is more than 1
 * @property {(places: import("./places.js").Places, place: number) => import("./places.js").Box} boxOf  where a place is,
 *   in pixels of the canvas
 * @property {(places: import("./places.js").Places) => boolean} isLabelled  whether labels stand at these places
 */

/** @returns {StageCanvas} */
export function stageOn(canvas) {
  let kind = null;
  let own = null; // the Stage of that kind
  let aspect = 1;
  let layout = layoutOf(aspect, null);

  function arrange(layer) {
    layout = layoutOf(aspect, layer);
    const wanted = String(layout.aspect);
    if (own && canvas.style.aspectRatio !== wanted) canvas.style.aspectRatio = wanted;
  }

  const isLabelled = (places) => places.kind !== "grid" || places === layout.keys;
  const boxOf = (places, place) => boxIn(areaOf(layout, canvas, places), places, place);

  function middleOn(places, place) {
    const { x, y, width, height } = boxOf(places, place);
    return { x: x + width / 2, y: y + height / 2 };
  }

  function paintItem(context, view, found, links, colours) {
    const { strength, smooth } = view;
    const heat = found && !links
      ? { map: found.rest, places: found.painted, item: found.item, top: found.top, even: found.even, colours, strength }
      : null;
    const onKeys = Boolean(heat) && heat.places === layout.keys;
    own.paint(context, itemArea(layout, canvas), { heat: onKeys ? null : heat, smooth });
    if (!layout.keys) return;
    const item = itemOf(view);
    const nameOf = (place) => layout.keys.name(place, item);
    paintBoxes(context, areaOf(layout, canvas, layout.keys), layout.keys, item, nameOf, onKeys ? heat : null);
  }

  return {
    canvas,
    boxOf,
    isLabelled,
    take(frame, index) {
      if (frame.kind !== kind) [kind, own] = [frame.kind, stageFor(frame.kind)];
      own.take(frame, index);
      aspect = own.aspect(frame);
      arrange(null);
    },
    paint(view, between = () => {}) {
      arrange(layerOf(view));
      fitToScreen(canvas);
      const found = mapOf(view);
      const links = linksOf(view);
      const colours = coloursOf(view.colours);
      const context = canvas.getContext("2d");
      context.clearRect(0, 0, canvas.width, canvas.height);
      if (own) paintItem(context, view, view.bare ? null : found, links, colours);
      if (view.bare) return found;
      if (links) paintLinks(canvas, found, links, middleOn, colours, view.strength);
      if (found?.named) paintOutline(context, boxOn(areaOf(layout, canvas, found.painted), found.named.box));
      between();
      for (const mark of found ? marksOf(view, found) : []) {
        paintMark(context, mark, boxOf(mark.places, mark.place), isLabelled(mark.places));
      }
      return found;
    },
    pointAt: ({ x, y }) => ({ x, y: y / layout.itemShare }),
  };
}
