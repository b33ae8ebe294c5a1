// How right the maps of words were measured to be, and that no more than that is claimed.
import assert from "node:assert/strict";
import test from "node:test";
import { truthOf } from "../../demo/canvas/js/describe.js";

const GRID = { kind: "grid" };
const WORDS = { kind: "words", name: (place) => ["a", "red", "star"][place] };
const TRUTH = {
  sorts: { red: "colour", star: "shape" },
  overlaps: { colour: { generator: 0.84, discriminator: 0.71 }, shape: { generator: 0.4, discriminator: 0.52 } },
  chance: 0.02,
};
const speak = Object.assign((key, values = {}) => [key, ...Object.values(values)].join(" "), { number: String });
const said = (place, truth = TRUTH, painted = GRID) => truthOf({ pointed: WORDS, painted, place, item: 0 }, truth, speak);

test("a word's map is told as what was measured of its sort, a low overlap as no sign of the thing", () => {
  assert.deepEqual(said(1), [["explain_truth", "canvas_truth_sure canvas_truth_colour 0.84 0.71 0.02"]]);
  assert.deepEqual(said(2), [["explain_truth", "canvas_truth_unsure canvas_truth_shape 0.4 0.52 0.02"]]);
  assert.deepEqual(said(0), [["explain_truth", "canvas_truth_none a"]]);
});

test("nothing is told of a network that was not measured, of cells, and where words look at words", () => {
  assert.deepEqual(said(1, undefined), []);
  assert.deepEqual(said(1, TRUTH, WORDS), []);
  assert.deepEqual(said(null), []);
  assert.deepEqual(truthOf({ pointed: GRID, painted: WORDS, place: 3, item: 0 }, TRUTH, speak), []);
});
