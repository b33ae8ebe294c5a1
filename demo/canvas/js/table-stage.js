// The stage of a table: its rows along two of the columns, real ones among them; beside it the chosen row as labelled boxes.
import { paintBoxes, styleOf } from "./boxes.js";
import { cached } from "./cache.js";
import { MADE, REACH, REAL, clipped, isIn, paintDots, paintEdge, paintRing, sheet } from "./dots.js";
import { EDGE, boxesSide, linesAt } from "./layout.js";
import { linesIn } from "./lines.js";
import { labelOf, linesOf, plainly, paintTexts } from "./places-stage.js";
import { nearestOf } from "./plane.js";
import { axesIn, rowsIn, tableOf } from "./table.js";

const WIDE = 560; // pixels of a stage on which the row stands beside the others
const PART = 0.5; // of the width that the others then take
const GAP = 14;
const OF_REALS = 5000; // the number of the first real row, so that none lies just where a drawn one does
const LARGEST = 460;
const LINE = 24; // pixels of a column's box
const MOST = 14; // boxes below each other
const NARROW = 150; // pixels that a box has at least

/** @returns {import("./stages.js").Stage} */
export function tableStage() {
  let taken = null; // {frame, index}
  let all = null; // the last frame of many rows: an edited one is shown among them
  let side = null; // the box of all rows, in pixels of the screen
  let axes = [0, 1];
  const still = sheet();

  const shownFrame = () => (taken.frame.count > 1 || !all ? taken.frame : all);
  const placesIn = (frame, box, first = 0) => cached(frame, `rows ${axes} ${first} ${box.x} ${box.y} ${box.width} ${box.height}`, () =>
    rowsIn(tableOf(frame), frame.item.values, axes, box, first));

  return {
    together: true,
    take(frame, index) {
      taken = { frame, index };
      if (frame.count > 1) all = frame;
    },
    arrange(width, shown) {
      const isWide = width >= WIDE;
      const size = Math.min(LARGEST, isWide ? Math.round(PART * width) : width);
      side = { x: 0, y: 0, width: size, height: size };
      const [left, top] = isWide ? [size + GAP, EDGE] : [EDGE, size + GAP];
      const { places } = shown.frame.item;
      const boxes = listOf(places.size(shown.item), left, top, width - left - EDGE);
      const end = boxes.reduce((most, box) => Math.max(most, box.y + box.height), 0);
      const item = boxesSide(boxes, places, places);
      const { beside } = shown;
      if (!beside) return { height: Math.max(size, end + EDGE), item, beside: null };
      const lines = linesIn(beside, shown.item, width - left - EDGE);
      const height = Math.max(size, end + GAP + lines.room + EDGE);
      return { height, item, beside: boxesSide(linesAt(lines, left, end + GAP), beside, places) };
    },
    itemAt(at) {
      return isIn(side, at) ? nearestOf(placesIn(shownFrame(), side), at, REACH) : null;
    },
    paint(context, { heat, boxOf, scaled, view }) {
      const frame = shownFrame();
      const { frame: its, index } = taken;
      const table = tableOf(frame);
      axes = axesIn(view.axes, table);
      const box = scaled(side);
      const pen = { context, ...styleOf(context.canvas) };
      still(pen, [frame, its === frame, String(axes), box.width], (own) => {
        clipped(own.context, box, () => {
          paintDots(own, rowsIn(table, table.reals, axes, box, OF_REALS), REAL, 0.55);
          paintDots(own, placesIn(frame, box), MADE, its === frame ? 0.8 : 0.25);
        });
        const { places } = frame.item;
        paintEdge(own, box, places.name(axes[0], 0), places.name(axes[1], 0));
      });
      paintRing(pen, placesIn(its, box, its === frame ? 0 : view.chosen)[index], MADE);
      paintBoxes(context, boxOf, its.item.places, index, (place) => labelOf(its, index, place), heat);
    },
    thumbnail: (canvas, frame, index) => paintTexts(canvas, linesOf(frame, index, plainly)),
    say: (frame, index, speak) => linesOf(frame, index, (value) => speak.number(value)).join(", "),
  };
}

/** Boxes of so many columns below each other, where they are many in several lists. */
function listOf(count, left, top, width) {
  const lists = Math.min(Math.ceil(count / MOST), Math.max(1, Math.floor(width / NARROW)));
  const tall = Math.ceil(count / lists);
  return Array.from({ length: count }, (_, place) => ({
    x: left + Math.floor(place / tall) * (width / lists), y: top + (place % tall) * LINE, width: width / lists, height: LINE,
  }));
}
