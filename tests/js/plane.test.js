// The plane of points: where things lie, and that what noise becomes of is the manifold's own at its nodes.
import assert from "node:assert/strict";
import test from "node:test";
import { farthest, madeOf, nearestOf, placeOn, pullsOf, realness, sidesBetween } from "../../demo/canvas/js/plane.js";

const nodes = [-2, 0, 3];
// node (row, column) becomes (10 column + row, 100 row)
const manifold = [0, 1, 2].flatMap((row) => [0, 1, 2].flatMap((column) => [10 * column + row, 100 * row]));
const plane = { x: [-1, 3], y: [10, 20], field: [], middle: 0.5, manifold, nodes, pull: [], noise: [], reals: [] };

test("a point lies where its numbers say, y upwards", () => {
  const box = { x: 100, y: 50, width: 40, height: 20 };
  assert.deepEqual(placeOn(plane, box, -1, 10), { x: 100, y: 70 });
  assert.deepEqual(placeOn(plane, box, 3, 20), { x: 140, y: 50 });
  assert.deepEqual(placeOn(plane, box, 0, 12.5), { x: 110, y: 65 });
});

test("a logit in the middle is as likely real as made", () => {
  assert.equal(realness(0.5, plane), 0.5);
  assert.ok(Math.abs(realness(0.5 + Math.log(3), plane) - 0.75) < 1e-12);
  assert.ok(Math.abs(realness(0.5 - Math.log(3), plane) - 0.25) < 1e-12);
});

test("noise at a node becomes what the frame says, between nodes a mixture, outside nothing", () => {
  assert.deepEqual(madeOf(plane, -2, 0), { x: 1, y: 100 });
  assert.deepEqual(madeOf(plane, 0, -2), { x: 10, y: 0 });
  assert.deepEqual(madeOf(plane, 1.5, -1), { x: 15.5, y: 50 });
  assert.equal(madeOf(plane, -2.1, 0), null);
  assert.equal(madeOf(plane, 0, 3.5), null);
  assert.equal(farthest(plane), 3);
});

test("the nearest place within reach is meant", () => {
  const places = [{ x: 0, y: 0 }, { x: 10, y: 0 }, { x: 10, y: 7 }];
  assert.equal(nearestOf(places, { x: 9, y: 2 }, 5), 1);
  assert.equal(nearestOf(places, { x: 9, y: 5 }, 5), 2);
  assert.equal(nearestOf(places, { x: 40, y: 40 }, 5), null);
});

test("what is measured along x and y has one scale on the plane, whatever its units", () => {
  assert.deepEqual(pullsOf({ ...plane, pull: [1, 2, -3, 0.5] }), [4, 20, -12, 5]);
  assert.equal(sidesBetween(plane, [0, 12], [0, 17]), 0.5);
  assert.equal(sidesBetween(plane, [0, 12], [1.2, 16]), 0.5);
});
