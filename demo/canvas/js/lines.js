// The words beside an item in lines, as wide as the page's font makes them.
import { fontOf } from "./boxes.js";
import { cached } from "./cache.js";
import { EDGE, GAP, areaSide, boxesSide, linesAt, linesOf } from "./layout.js";

const LABEL_PIXELS = 13;
const ROOM = 119; // pixels, four lines of words: another text of no more lines moves nothing
let ruler = null;

/** How wide a text is in pixels of the screen. */
export function widthOf(text) {
  ruler ??= document.createElement("canvas").getContext("2d");
  ruler.font = fontOf(LABEL_PIXELS);
  return ruler.measureText(text).width;
}

/** The words of an item, none while they are not known, in lines; `room` is what the longest text of all items needs. */
export function linesIn(places, item, width) {
  const linesFor = (one) => cached(places, `lines ${one} ${width}`, () => {
    const names = places.namesIn(one) ?? [];
    return linesOf(names.map((_, place) => places.name(place, one)), width, widthOf);
  });
  const room = cached(places, `room ${width}`, () => Math.max(...places.texts.map((_, one) => linesFor(one).height)));
  return { ...linesFor(item), room };
}

/** The layout of an item so tall and as wide as the stage, with what stands beside it below. */
export function stacked(width, tall, { frame, beside, item }) {
  const area = { x: 0, y: 0, width, height: tall };
  if (!beside) return { height: tall, area, item: areaSide(area), beside: null };
  const lines = linesIn(beside, item, width - 2 * EDGE);
  const boxes = linesAt(lines, EDGE, tall + GAP);
  return {
    height: tall + GAP + Math.max(ROOM, lines.room) + EDGE, area, item: areaSide(area), beside: boxesSide(boxes, beside, frame.item.places),
  };
}
