// The frames on the stage: which places they are around, and in which manner.
import { placeUnder } from "./sides.js";
import { wholeOf } from "./view.js";

/**
 * The pins, the active one last so that it lies on top, or the place under the pointer; with a pin also that one.
 * @param {import("./view.js").View} view
 * @param {import("./modes.js").Found} found
 * @returns {{places: import("./places.js").Places, place: number, kind: string, number?: number|null}[]}
 */
export function marksOf(view, { pointed, painted, item }) {
  /** @type {(point: import("./places.js").Point, places: import("./places.js").Places, kind: string) => any} */
  const markOf = (point, places, kind) => ({ places, place: placeUnder(point, places, item, wholeOf(view)), kind });
  const marks = view.pins.map((pin, index) => ({
    ...markOf(pin, pointed, view.together || index === view.active ? "pin" : "other"),
    number: view.pins.length > 1 ? index + 1 : null,
  }));
  marks.push(...marks.splice(view.active, 1));
  if (!view.pins.length) marks.push(markOf(view.point, pointed, "query"));
  else if (view.hovering) marks.push(markOf(view.point, painted, "here"));
  return marks.filter(({ place }) => place !== null); // what lies on the other side
}
