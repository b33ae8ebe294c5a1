// All weights of a head as a matrix: a row for each place of the item, a column for each place that it looks at.
import { fontOf, styleOf } from "./boxes.js";
import { looksAt } from "./attention.js";
import { cached } from "./cache.js";
import { coloursOf } from "./colours.js";
import { gridOf } from "./places.js";
import { imageOfMap } from "./heat.js";
import { canvasOf, paintMark, paintOutline } from "./paint.js";
import { isBeside, pointOn } from "./sides.js";
import { attendedOf, layerOf } from "./view.js";

const LABEL = 11; // pixels of the screen
const LEFT = 18; // room for the labels of rows, and of columns
const TOP = 18;
const LARGEST = 22; // of a cell's sides
const TALLEST = 320; // of all rows together, while a row has the least height
const LEAST = 4;

/** Where the matrix lies: its cells in `cells`, labels to the left and above. */
export function putMatrix({ x, y, width }, rows, columns) {
  const wide = Math.min(LARGEST, (width - LEFT) / Math.max(1, columns));
  const tall = Math.min(LARGEST, Math.max(LEAST, TALLEST / rows));
  const cells = { x: x + LEFT, y: y + TOP, width: wide * columns, height: tall * rows };
  return { x, y, width, height: TOP + cells.height + 1, cells, rows, columns };
}

/** The point of a row, or with places beside the item of a column where its label stands; null elsewhere. */
export function pointInMatrix({ x, y, cells, rows, columns }, at, places, whole) {
  const [column, row] = [(at.x - cells.x) / cells.width, (at.y - cells.y) / cells.height];
  if (isBeside(places, whole)) {
    return column >= 0 && column < 1 && at.y >= y && row < 0 ? pointOn(places, Math.floor(column * columns), whole) : null;
  }
  return row >= 0 && row < 1 && at.x >= x && column < 1 ? pointOn(places, Math.floor(row * rows), whole) : null;
}

/**
 * Paint the matrix of the head in view, with the row or column that is pointed at and the strongest cell in it; columns
 * have `names` where nothing else labels them.
 */
export function paintMatrix(context, { view, found, layout, scaled }, labelOf, names = true) {
  const [layer, attended] = [layerOf(view), attendedOf(view)];
  if (!attended) return;
  const item = attended.index;
  const { cells, rows, columns } = layout.matrix;
  const area = scaled(cells);
  const box = (row, column, tall = 1, wide = 1) => ({
    x: area.x + (column * area.width) / columns, y: area.y + (row * area.height) / rows,
    width: (wide * area.width) / columns, height: (tall * area.height) / rows,
  });
  context.imageSmoothingEnabled = false;
  context.drawImage(imageOf(layer, item, view.head, view.colours), 0, 0, columns, rows, area.x, area.y, area.width, area.height);
  writeLabels(context, area, box, labelOf, names ? layer.keyPlaces : null, item, layout.matrix);
  if (!found || found.place === null) return;
  const isRow = !isBeside(found.pointed, view.frame.item.places);
  const { place, peak } = found;
  if (found.named) paintOutline(context, isRow ? box(place, peak.index) : box(peak.index, place));
  paintMark(context, { kind: "query" }, isRow ? box(place, 0, 1, columns) : box(0, place, rows, 1));
}

function writeLabels(context, area, box, labelOf, keyPlaces, item, { rows, columns }) {
  const { unit, ink } = styleOf(context.canvas);
  const size = LABEL * unit;
  context.fillStyle = ink;
  context.font = fontOf(size);
  context.textAlign = "center";
  context.textBaseline = "middle";
  for (let row = 0; row < rows && area.height / rows >= size; row++) {
    const { y, height } = box(row, 0);
    context.fillText(labelOf(row), area.x - (LEFT / 2) * unit, y + height / 2);
  }
  for (let column = 0; keyPlaces && column < columns && area.width / columns >= 0.7 * size; column++) {
    const { x, width } = box(0, column);
    context.fillText(keyPlaces.name(column, item), x + width / 2, area.y - (TOP / 2) * unit);
  }
}

/** The matrix with a pixel for each weight; the brightest colour is its largest one. */
function imageOf(layer, item, head, colours) {
  return cached(layer, `matrix ${item} ${head} ${colours}`, () => {
    const weights = new Float32Array(layer.queries * layer.keys);
    for (let query = 0; query < layer.queries; query++) weights.set(looksAt(layer, item, head, query), query * layer.keys);
    const top = weights.reduce((most, weight) => Math.max(most, weight), 0);
    return canvasOf(imageOfMap(weights, gridOf(layer.queries, layer.keys), top, coloursOf(colours)));
  });
}
