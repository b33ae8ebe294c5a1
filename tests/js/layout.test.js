// Where an item and the words beside it lie on a stage, and what a pointer means there.
import assert from "node:assert/strict";
import test from "node:test";
import { areaSide, boxesSide, linesAt, linesOf } from "../../demo/canvas/js/layout.js";
import { gridOf, placesOf } from "../../demo/canvas/js/places.js";

const GRID = gridOf(3, 5);
const WORDS = placesOf({ words: [["a", "large", "red", "ball"]] });
const measure = (text) => 7 * text.length;
const inside = (one, width) => one.x >= 0 && one.x + one.width <= width;

test("words stand in as many lines as they need, each as wide as its word", () => {
  const texts = WORDS.texts[0];
  const { boxes, height } = linesOf(texts, 120, measure);
  assert.deepEqual(boxes.map(({ y }) => y), [0, 0, 31, 31]);
  assert.equal(height, 31 + 26);
  assert.ok(boxes.every((box) => inside(box, 120)));
  assert.ok(boxes[1].x >= boxes[0].x + boxes[0].width, "none lies on another");
  assert.equal(boxes[1].width - boxes[0].width, measure("large") - measure("a"));
  assert.equal(linesOf(texts, 900, measure).boxes.at(-1).y, 0);
});

test("a word that is longer than the stage is cut to it, and no words need no room", () => {
  const { boxes } = linesOf(["x".repeat(99), "y"], 120, measure);
  assert.deepEqual([boxes[0].width, boxes[1].y], [120, 31]);
  assert.deepEqual(linesOf([], 120, measure), { boxes: [], height: 0 });
});

test("single characters stand edge to edge in boxes of one width", () => {
  const { boxes } = linesOf([..."24TH OF MAY"], 100, measure);
  assert.equal(new Set(boxes.map(({ width }) => width)).size, 1);
  assert.equal(boxes[1].x, boxes[0].x + boxes[0].width);
  assert.equal(boxes.filter(({ y }) => y === 0).length, Math.floor(100 / boxes[0].width));
  assert.ok(boxes[0].width >= 15);
});

test("an item fills its area, beyond which nothing is pointed at", () => {
  const side = areaSide({ x: 10, y: 20, width: 50, height: 30 });
  assert.deepEqual(side.pointAt({ x: 35, y: 35 }), { x: 0.5, y: 0.5 });
  assert.equal(side.pointAt({ x: 35, y: 51 }), null);
  assert.deepEqual(side.boxOf(GRID, 7), { x: 30, y: 30, width: 10, height: 10 });
});

test("a pointer means the nearest word, and none where all are far", () => {
  const boxes = linesAt(linesOf(WORDS.texts[0], 120, measure), 3, 200);
  const side = boxesSide(boxes, WORDS, GRID);
  boxes.forEach((box, place) => {
    assert.deepEqual(side.boxOf(WORDS, place), box);
    assert.equal(side.pointAt({ x: box.x + 1, y: box.y + 1 }).beside, place);
  });
  assert.equal(side.pointAt({ x: boxes[0].x - 3, y: 198 }).beside, 0);
  assert.equal(side.pointAt({ x: 60, y: 150 }), null);
});
