// What the sentence names of a map and the stage outlines: it holds the brightest place, whatever the map; and what
// places are called, in pixels of the picture.
import assert from "node:assert/strict";
import test from "node:test";
import { peakOf } from "../../demo/canvas/js/attention.js";
import { nameBox, namePlace } from "../../demo/canvas/js/place-name.js";
import { gridOf, placesOf } from "../../demo/canvas/js/places.js";
import { namedIn, windowAround } from "../../demo/canvas/js/window.js";

/** Numbers in [0, 1) that are the same in every run. */
function randomFrom(seed) {
  let state = seed;
  return () => (state = (state * 48271) % 2147483647) / 2147483647;
}

const foundOf = (map, painted) => ({
  rest: map, peak: peakOf(map), painted, item: 0, even: map.reduce((sum, value) => sum + value, 0) / map.length,
});

/** A place's name with plain spaces, which may break a line. */
const said = (name) => name.replaceAll("\u00a0", " ").replaceAll("\u2060", "");

const MAKERS = { // one value of a map each
  noise: (random) => random(),
  peaks: (random) => random() ** 13,
  ties: (random) => Math.floor(3 * random()),
  sparse: (random) => (random() < 0.07 ? random() : 0),
  flat: () => 0.25,
  nothing: () => 0,
};

test("the window holds the brightest place in 10 000 random maps of every sort and shape", () => {
  const random = randomFrom(7);
  const sides = [1, 2, 3, 5, 7, 8, 11, 16, 17];
  const side = () => sides[Math.floor(random() * sides.length)];
  const makers = Object.values(MAKERS);
  for (let trial = 0; trial < 10_000; trial++) {
    const grid = gridOf(side(), side());
    const make = makers[trial % makers.length];
    const map = Float32Array.from({ length: grid.count }, () => make(random));
    const { index, value } = peakOf(map);
    const found = windowAround(map, index, grid);
    const [x, y] = grid.coordinates(index);
    assert.ok(found.row <= y && y < found.row + found.rows && found.column <= x && x < found.column + found.columns);
    assert.ok(found.row >= 0 && found.row + found.rows <= grid.rows);
    assert.ok(found.column >= 0 && found.column + found.columns <= grid.columns);
    const named = namedIn(foundOf(map, grid));
    if (!named) assert.ok(value * grid.count <= 1.05 * map.reduce((sum, one) => sum + one, 0) + 1e-6);
    else assert.ok(named.times >= 0.999 && named.share > 0 && named.share <= 1.001, JSON.stringify(named));
  }
});

test("a lone bright cell is named by itself, and a bright patch as a whole", () => {
  const grid = gridOf(8, 8);
  const lone = new Float32Array(64).fill(0.01);
  lone[13] = 0.5;
  lone[50] = lone[51] = lone[58] = lone[59] = 0.3; // a window of 2 x 2 that holds more
  assert.deepEqual(namedIn(foundOf(lone, grid)).box, { x: 5 / 8, y: 1 / 8, width: 1 / 8, height: 1 / 8 });
  lone[13] = 0.1;
  const { box, share, times } = namedIn(foundOf(lone, grid));
  assert.deepEqual(box, { x: 2 / 8, y: 6 / 8, width: 2 / 8, height: 2 / 8 });
  const sum = 1.2 + 0.1 + 0.59;
  assert.ok(Math.abs(share - 1.2 / sum) < 1e-6 && Math.abs(times - (1.2 / 4) / (sum / 64)) < 1e-4);
});

test("where no place stands out, none is named", () => {
  const even = new Float32Array(35).fill(1 / 35);
  assert.equal(namedIn(foundOf(even, gridOf(5, 7))), null);
  assert.equal(namedIn(foundOf(new Float32Array(35), gridOf(5, 7))), null);
  even[3] *= 1.5;
  assert.notEqual(namedIn(foundOf(even, gridOf(5, 7))), null);
});

test("of words it is the one with the largest share, over those that an item has", () => {
  const words = placesOf({ words: [["a", "red", "ball"], ["one", "two", "three", "four", "five"]] });
  const { box, share, times } = namedIn({ ...foundOf(Float32Array.of(0.2, 0.5, 0.3, 0, 0), words), even: 1 / 3 });
  assert.deepEqual(box, words.box(1));
  assert.deepEqual([share, times].map((value) => Number(value.toFixed(5))), [0.5, 1.5]);
});

test("a cell is called by the pixels that it covers, each of which is one cell's", () => {
  const picture = gridOf(13, 17); // rows, columns
  assert.equal(said(namePlace(gridOf(13, 17), 17 + 4, 0, picture)), "4, 1");
  assert.equal(said(namePlace(gridOf(4, 4), 6, 0, gridOf(16, 16))), "8–11, 4–7");
  const cells = gridOf(5, 7);
  const called = new Set();
  for (let place = 0; place < cells.count; place++) {
    const [columns, rows] = said(namePlace(cells, place, 0, picture)).split(", ").map((part) => part.split("–").map(Number));
    for (let y = rows[0]; y <= rows.at(-1); y++) {
      for (let x = columns[0]; x <= columns.at(-1); x++) {
        assert.equal(cells.at(picture.middle(y * 17 + x)), place);
        called.add(y * 17 + x);
      }
    }
  }
  assert.equal(called.size, 13 * 17);
});

test("a box finer than a pixel is called by the pixel around its middle, and words by themselves", () => {
  assert.equal(said(nameBox({ x: 0.4, y: 0.6, width: 0.01, height: 0.01 }, gridOf(3, 3))), "1, 1");
  assert.equal(namePlace(placesOf({ columns: ["x", "y"] }), 1, 0, gridOf(3, 3)), "y");
});
