// The frames on the stage: which places they are around, and in which manner.

/**
 * The pins, the active one last so that it lies on top, or the place under the pointer; with a pin also that one.
 * @param {import("./view.js").View} view
 * @param {import("./modes.js").Found} found
 * @returns {{places: import("./places.js").Places, place: number, kind: string, number?: number|null}[]}
 */
export function marksOf(view, { pointed, painted, item }) {
  /** @type {(point: import("./places.js").Point, places: import("./places.js").Places, kind: string) => any} */
  const markOf = (point, places, kind) => ({ places, place: places.at(point, item), kind });
  const marks = view.pins.map((pin, index) => ({
    ...markOf(pin, pointed, view.together || index === view.active ? "pin" : "other"),
    number: view.pins.length > 1 ? index + 1 : null,
  }));
  marks.push(...marks.splice(view.active, 1));
  if (!view.point) return marks;
  if (!marks.length) return [markOf(view.point, pointed, "query")];
  return view.hovering ? [...marks, markOf(view.point, painted, "here")] : marks;
}
