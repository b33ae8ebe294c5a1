// Places: a grid of cells, the words of texts, the columns of a row, and how a map over some lies over others.
import assert from "node:assert/strict";
import test from "node:test";
import { largestWeight, seenBy, spreadOf } from "../../demo/canvas/js/attention.js";
import { lookedAt, strongestLinks } from "../../demo/canvas/js/flow.js";
import { spreadOver } from "../../demo/canvas/js/overlap.js";
import { gridOf, placesOf } from "../../demo/canvas/js/places.js";

const GRID = placesOf([3, 5]); // rows, columns
const WORDS = placesOf({ words: [["a", "red", "ball"], ["two"], ["a", "b", "c", "d", "e"]] });
const COLUMNS = placesOf({ columns: ["x", "y"] });
const ALL = { grid: GRID, words: WORDS, columns: COLUMNS };

test("places of no known kind are refused", () => {
  for (const form of [null, 3, "words", [], [3], [2, 3, 5], {}, { words: 3 }, { columns: "x, y" }]) {
    assert.throws(() => placesOf(form), /places/, JSON.stringify(form));
  }
});

for (const [kind, places] of Object.entries(ALL)) {
  test(`${kind}: every place has its middle in its box, and is found there and by its coordinates`, () => {
    assert.equal(places.kind, kind);
    for (let place = 0; place < places.size(2); place++) {
      const [box, middle] = [places.box(place), places.middle(place)];
      assert.ok(middle.x > box.x && middle.x < box.x + box.width && middle.y > box.y && middle.y < box.y + box.height);
      assert.equal(places.at(middle, 2), place);
      assert.equal(places.nearest(...places.coordinates(place)), place);
    }
  });

  test(`${kind}: the boxes fill the whole, and there is a pixel for each place`, () => {
    const boxes = [...Array(places.count).keys()].map((place) => places.box(place));
    const area = boxes.reduce((sum, { width, height }) => sum + width * height, 0);
    assert.ok(Math.abs(area - 1) < 1e-12);
    assert.equal(places.raster.width * places.raster.height, places.count);
  });

  test(`${kind}: points outside are at the edge, and arrows stop there`, () => {
    assert.equal(places.at({ x: -1, y: -1 }, 2), 0);
    assert.equal(places.at({ x: 2, y: 2 }, 2), places.size(2) - 1);
    assert.equal(places.step(0, -7, -7, 2), 0);
    assert.equal(places.step(0, 99, 99, 2), places.size(2) - 1);
  });
}

test("a grid counts its cells row by row, and names them column first", () => {
  assert.equal(GRID.count, 15);
  assert.equal(GRID.at({ x: 0.9, y: 0.5 }), 1 * 5 + 4);
  assert.equal(GRID.name(7), "2, 1");
  assert.equal(GRID.step(7, 1, -1), 3);
  assert.equal(GRID.between({ x: 0.1, y: 0 }, { x: 0.5, y: 1 }), 3);
  assert.equal(GRID.isPadding(14), false);
});

test("words are as many as each item has, and the rest is padding", () => {
  assert.equal(WORDS.count, 5);
  assert.deepEqual([0, 1, 2].map((item) => WORDS.size(item)), [3, 1, 5]);
  assert.deepEqual([1, 2, 3].map((place) => WORDS.isPadding(place, 0)), [false, false, true]);
  assert.equal(WORDS.name(2, 0), "ball");
  assert.equal(WORDS.name(2, 1), "");
  assert.equal(WORDS.at({ x: 0.99, y: 0.5 }, 1), 0);
  assert.equal(WORDS.step(2, 1, 0, 0), 2);
});

test("the words of one item keep their number of places", () => {
  const single = WORDS.single(1);
  assert.deepEqual([single.count, single.size(0), single.name(0, 0)], [5, 1, "two"]);
  assert.equal(GRID.single(1), GRID);
  assert.equal(COLUMNS.single(1), COLUMNS);
});

test("grids lie in grids, words and columns only in the same ones", () => {
  assert.equal(GRID.isOf(gridOf(7, 2)), true);
  assert.equal(GRID.isOf(WORDS), false);
  assert.equal(WORDS.isOf(WORDS), true);
  assert.equal(WORDS.isOf(placesOf({ words: WORDS.texts })), true);
  assert.equal(WORDS.isOf(WORDS.single(0)), false);
  assert.equal(COLUMNS.isOf(placesOf({ columns: ["x", "z"] })), false);
  assert.equal(COLUMNS.isOf(placesOf({ columns: ["x", "y"] })), true);
  assert.equal(COLUMNS.isOf(GRID), false);
});

test("a map over a grid is spread over another by what overlaps, and keeps its sum", () => {
  // One row of 2 cells over 3: each gives two thirds of itself to its own, a third to the middle.
  const map = spreadOver(Float32Array.of(3, 6), gridOf(1, 2), gridOf(1, 3));
  assert.deepEqual([...map].map((value) => Number(value.toFixed(5))), [2, 3, 4]);
  const large = spreadOver(Float32Array.from({ length: 15 }, (_, place) => place), GRID, gridOf(7, 2));
  assert.ok(Math.abs(large.reduce((sum, value) => sum + value, 0) - 105) < 1e-3);
});

test("a map over places of something else is spread nowhere", () => {
  assert.equal(spreadOver(new Float32Array(5), WORDS, GRID), null);
  const map = Float32Array.of(2, 3);
  assert.equal(spreadOver(map, COLUMNS, placesOf({ columns: ["x", "y"] })), map);
});

test("words that a model does not know are named as they were written", () => {
  const words = placesOf({ words: [["a", "?", "ball", "?"]] }, ["rde", "blal"]);
  assert.deepEqual([0, 1, 2, 3].map((place) => words.name(place)), ["a", "rde", "ball", "blal"]);
  assert.deepEqual([0, 1, 2, 3].map((place) => words.isUnknown(place)), [false, true, false, true]);
  assert.deepEqual([words.single(0).isUnknown(3), WORDS.isUnknown(0), GRID.isUnknown(0)], [true, false, false]);
  // among characters a question mark may be known
  const characters = placesOf({ words: [["?", "\ufffd", " "]] }, ["€"]);
  assert.deepEqual([0, 1, 2].map((place) => characters.name(place)), ["?", "€", "␣"]);
  assert.deepEqual([characters.isUnknown(0), characters.isUnknown(1)], [false, true]);
});

test("of words, what is read of an item is of its own words alone", () => {
  // Two items of 2 and 3 words look at 2 columns; the first item's third row is padding, which says nonsense here.
  const words = placesOf({ words: [["a", "b"], ["c", "d", "e"]] });
  const rows = [[51, 204], [255, 0], [17, 17], [255, 0], [0, 255], [102, 153]];
  const layer = {
    heads: 1, queries: 3, keys: 2, queryPlaces: words, keyPlaces: COLUMNS,
    scale: Float32Array.of(1, 1, 7, 1, 1, 1), weights: Uint8Array.from(rows.flat()),
  };
  const near = (map) => [...map].map((value) => Number(value.toFixed(5)));
  assert.deepEqual(near(lookedAt(layer, 0, "mean")), [0.6, 0.4]);
  assert.deepEqual(near(lookedAt(layer, 1, "mean")), [0.46667, 0.53333]);
  assert.deepEqual(near(seenBy(layer, 0, 0, 1)), [0.8, 0, 0]);
  assert.deepEqual(near(seenBy(layer, 1, 0, 1)), [0, 1, 0.6]);
  assert.equal(largestWeight(layer, 0), 1);
  assert.deepEqual(strongestLinks(layer, 0, 0).map(({ query, key }) => [query, key]), [[1, 0], [0, 1], [0, 0]]);
  const entropy = (share) => -(share * Math.log2(share) + (1 - share) * Math.log2(1 - share));
  assert.ok(Math.abs(spreadOf(layer, 0, 0) - entropy(0.2) / 2) < 1e-6);
  assert.ok(Math.abs(spreadOf(layer, 1, 0) - entropy(0.4) / 3) < 1e-6);
});
