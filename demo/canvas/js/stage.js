// An item as it is looked at: with its map or links, and the frames around places.
import { paintBoxes } from "./boxes.js";
import { coloursOf } from "./colours.js";
import { paintLinks } from "./flow.js";
import { marksOf } from "./marks.js";
import { fitToScreen, paintMark, paintOutline } from "./paint.js";
import { isBeside, liesOn } from "./sides.js";
import { stageFor, stageNameOf } from "./stages.js";
import { besideIn, itemOf, linksOf, mapOf } from "./view.js";

/**
 * A canvas that shows views of items of any kind.
 * @typedef {object} StageCanvas
 * @property {HTMLCanvasElement} canvas
 * @property {(frame: import("./frame.js").Frame, index: number) => void} take  the item to show
 * @property {(view: import("./view.js").View, between?: () => void) => any} paint  shows it as it is looked at, and
 *   returns the map that is painted; `between` is called before the frames around places
 * @property {(point: {x: number, y: number}) => import("./places.js").Point|null} pointAt  the point of the item or beside
 *   it for one in fractions of the canvas
 * @property {(point: {x: number, y: number}) => number|null} itemAt  the number of the item there, where all are seen at once
 * @property {() => void} leave  the pointer has left it
 * @property {(point: import("./places.js").Point, places: import("./places.js").Places) => boolean} liesOn
 * @property {(places: import("./places.js").Places, place: number) => import("./places.js").Box} boxOf  where a place is,
 *   in pixels of the canvas
 * @property {() => import("./layout.js").Layout|null} layout  of what was painted last
 * @property {(places: import("./places.js").Places) => boolean} isLabelled  whether labels stand at these places
 */

const USUAL_WIDTH = 480; // of a canvas that is not on the screen yet

/** @returns {StageCanvas} */
export function stageOn(canvas) {
  let taken = null; // {frame, index}
  let name = null; // of the Stage in use
  let own = null; // that itself
  let layout = null; // of what was painted last

  function arrange(view) {
    const width = canvas.clientWidth || USUAL_WIDTH;
    const beside = besideIn(view);
    const { height, ...sides } = own.arrange(width, { ...taken, beside, item: itemOf(view) });
    layout = { ...sides, width, places: beside };
    const aspect = `${width} / ${Math.round(height)}`;
    if (canvas.style.aspectRatio !== aspect) canvas.style.aspectRatio = aspect;
    fitToScreen(canvas);
    layout.unit = canvas.width / width;
  }

  const scaled = ({ x, y, width, height }) =>
    ({ x: x * layout.unit, y: y * layout.unit, width: width * layout.unit, height: height * layout.unit });
  const sideOf = (places) => (layout.beside && isBeside(places, taken.frame.item.places) ? layout.beside : layout.item);
  const boxOf = (places, place) => scaled(sideOf(places).boxOf(places, place));
  const isLabelled = (places) => places.kind !== "grid" || sideOf(places) === layout.beside;

  const outlineOf = ({ painted, named, peak }) =>
    (painted.kind === "grid" ? scaled(layout.item.boxOf({ box: () => named.box }, 0)) : boxOf(painted, peak.index));

  function middleOn(places, place) {
    const { x, y, width, height } = boxOf(places, place);
    return { x: x + width / 2, y: y + height / 2 };
  }

  function paintItem(context, view, found, links, colours) {
    const { strength, smooth } = view;
    const heat = found && !links
      ? { map: found.rest, places: found.painted, item: found.item, top: found.top, even: found.even, colours, strength }
      : null;
    const isOnBeside = Boolean(heat) && sideOf(heat.places) === layout.beside;
    own.paint(context, { heat: isOnBeside ? null : heat, smooth, found, links, boxOf, scaled, layout, view });
    const { places } = layout;
    const item = itemOf(view);
    if (!places?.namesIn(item)?.length) return;
    paintBoxes(context, boxOf, places, item, (place) => places.name(place, item), isOnBeside ? heat : null);
  }

  const pixelOf = ({ x, y }) =>
    ({ x: x * layout.width, y: (y * canvas.clientHeight * layout.width) / canvas.clientWidth });

  return {
    canvas, boxOf, isLabelled,
    layout: () => layout,
    liesOn: (point, places) => liesOn(point, places, taken.frame.item.places),
    take(frame, index) {
      const wanted = stageNameOf(frame);
      if (wanted !== name) [name, own, layout] = [wanted, stageFor(wanted), null]; // nothing of it is painted yet
      taken = { frame, index };
      own.take(frame, index);
    },
    paint(view, between = () => {}) {
      if (!own) return null;
      arrange(view);
      const found = mapOf(view);
      const links = linksOf(view);
      const colours = coloursOf(view.colours);
      const context = canvas.getContext("2d");
      context.clearRect(0, 0, canvas.width, canvas.height);
      paintItem(context, view, view.bare ? null : found, links, colours);
      if (view.bare) return found;
      const whole = taken.frame.item.places;
      if (links && !own.paintsLinks) paintLinks(canvas, found, links, middleOn, colours, view.strength, whole);
      if (found?.named) paintOutline(context, outlineOf(found));
      between();
      for (const mark of found ? marksOf(view, found) : []) {
        paintMark(context, mark, boxOf(mark.places, mark.place), isLabelled(mark.places));
      }
      return found;
    },
    pointAt(point) {
      if (!layout) return null;
      const at = pixelOf(point);
      return layout.beside?.pointAt(at) ?? layout.item.pointAt(at);
    },
    leave: () => own?.leave?.(),
    itemAt: (point) => (layout && own.itemAt?.(pixelOf(point))) ?? null,
  };
}
