// The frames on the picture: which cells they are around, and in which manner.
import { indexAt } from "./modes.js";

/** The pins, the active one last so that it lies on top, or the cell under the pointer; with a pin also that one. */
export function marksOf(view, { pointed, painted }) {
  const marks = view.pins.map((pin, index) => ({
    ...markOf(pin, pointed, view.together || index === view.active ? "pin" : "other"),
    number: view.pins.length > 1 ? index + 1 : null,
  }));
  marks.push(...marks.splice(view.active, 1));
  if (!view.point) return marks;
  if (!marks.length) return [markOf(view.point, pointed, "query")];
  return view.hovering ? [...marks, markOf(view.point, painted, "here")] : marks;
}

function markOf(point, grid, kind) {
  const cell = indexAt(point, grid);
  return { column: cell % grid.columns, row: Math.floor(cell / grid.columns), ...grid, kind };
}
