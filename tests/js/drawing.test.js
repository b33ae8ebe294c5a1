// Points that a person draws: sprayed in a disc, erased around a spot, written as a table.
import assert from "node:assert/strict";
import test from "node:test";
import { MOST, between, erased, sprayed, tableOf } from "../../demo/train/js/drawing.js";

const middle = { x: 0.5, y: 0.5 };

test("a brush puts as many points within its radius as it is dense", () => {
  const points = sprayed([{ x: 0.1, y: 0.2 }], middle, 0.05, 37);
  assert.equal(points.length, 38);
  assert.deepEqual(points[0], { x: 0.1, y: 0.2 });
  assert.ok(points.slice(1).every(({ x, y }) => Math.hypot(x - 0.5, y - 0.5) <= 0.05));
});

test("points off the sheet, and more than there may be, are not there", () => {
  const chance = [0.5, 1]; // to the left by the whole radius
  let turn = 0;
  assert.deepEqual(sprayed([], { x: 0.02, y: 0.5 }, 0.05, 1, () => chance[turn++ % 2]), []);
  const full = Array(MOST - 3).fill(middle);
  assert.equal(sprayed(full, middle, 0.01, 10).length, MOST);
});

test("an eraser takes away what lies within its radius", () => {
  const points = [middle, { x: 0.52, y: 0.53 }, { x: 0.56, y: 0.5 }];
  assert.deepEqual(erased(points, middle, 0.05), [points[2]]);
});

test("a stroke has no gaps", () => {
  const way = between({ x: 0, y: 0 }, { x: 0.3, y: 0.4 }, 0.13);
  assert.equal(way.length, 4);
  assert.deepEqual(way.at(-1), { x: 0.3, y: 0.4 });
  assert.ok(Math.abs(way[0].x - 0.075) < 1e-12);
});

test("the table has x and y, y upwards, from -2 to 2", () => {
  assert.equal(tableOf([{ x: 0, y: 0 }, { x: 1, y: 0.75 }]), "x,y\n-2.0000,2.0000\n2.0000,-1.0000\n");
});
