// Rows along two columns, and the way of points: where things lie.
import assert from "node:assert/strict";
import test from "node:test";
import { along, axesIn, rowsIn } from "../../demo/canvas/js/table.js";
import { noteMoment, wayOf } from "../../demo/canvas/js/trail.js";
import { inFrame, newView } from "../../demo/canvas/js/view.js";

const table = { columns: [{ low: 0, high: 10 }, { values: ["a", "b"] }, { low: -1, high: 1 }], reals: [], without: {} };

test("the lowest and the highest number lie as far from the edge as each other", () => {
  assert.ok(along(table.columns[0], 0, 0) > 0);
  assert.ok(Math.abs(along(table.columns[0], 0, 0) + along(table.columns[0], 10, 0) - 1) < 1e-12);
  assert.equal(along(table.columns[0], 5, 3), 0.5);
});

test("rows of one value are strewn within its half, and a row always lies at the same place", () => {
  for (const part of [0, 0.3, 0.999]) {
    assert.ok(along(table.columns[1], 0, part) < 0.5);
    assert.ok(along(table.columns[1], 1, part) > 0.5);
  }
  const box = { x: 0, y: 0, width: 1, height: 1 };
  const rows = [...Array(40)].flatMap(() => [5, 0, 0]);
  const places = rowsIn(table, rows, [1, 1], box);
  assert.equal(new Set(places.map(({ x }) => x.toFixed(6))).size, 40);
  assert.deepEqual(rowsIn(table, rows.slice(0, 21), [1, 1], box), places.slice(0, 7));
});

test("rows lie along the two columns that are asked for, the second upwards", () => {
  const box = { x: 100, y: 50, width: 40, height: 20 };
  const rows = [5, 0, 0, 10, 1, 1];
  const [first, second] = rowsIn(table, rows, [0, 2], box);
  assert.deepEqual(first, { x: 120, y: 60 });
  assert.ok(second.x > 130 && second.y < 60);
  assert.ok(rowsIn(table, rows, [2, 0], box)[1].y < 60);
});

test("columns that were chosen and are there, else two of numbers", () => {
  assert.deepEqual(axesIn(null, table), [0, 2]);
  assert.deepEqual(axesIn([0, 1], table), [0, 1]);
  assert.deepEqual(axesIn([7, 0], table), [0, 2], "chosen of another table");
  assert.deepEqual(axesIn(null, { columns: table.columns.slice(1, 2) }), [0, 0]);
});

const frame = (step, ...values) => ({
  header: { plane: {}, ...(step === null ? {} : { step }) }, item: { values: Float32Array.from(values) }, count: values.length / 2,
});

const of = (url, ...steps) => ({ url, steps });

test("a point's way leads over the moments that were seen before, in their order", () => {
  const view = { trail: null };
  noteMoment(view, of("one", 10, 20, 30), frame(20, 2, 2, 20, 20));
  noteMoment(view, of("one", 10, 20, 30), frame(10, 1, 1, 10, 10));
  noteMoment(view, of("one", 10, 20), frame(30, 3, 3, 30, 30));
  assert.deepEqual(wayOf(view.trail, frame(20, 2, 2, 20, 20), 1), [{ x: 10, y: 10 }, { x: 20, y: 20 }]);
  assert.deepEqual(wayOf(view.trail, frame(null, 4, 4, 40, 40), 0).map(({ x }) => x), [1, 2, 3, 4]);
});

test("moments that a training was taken back from are no part of the way", () => {
  const view = { trail: null };
  noteMoment(view, of("one", 10), frame(20, 2, 2, 20, 20));
  noteMoment(view, of("one", 10), frame(15, 7, 7, 70, 70));
  assert.deepEqual(wayOf(view.trail, frame(30, 3, 3, 30, 30), 0).map(({ x }) => x), [7, 3]);
});

test("another training begins anew, other noise has no way, and what is no moment of points is not kept", () => {
  const view = { trail: null, glance: null };
  noteMoment(view, of("one"), frame(1, 1, 1, 2, 2));
  view.glance = {};
  noteMoment(view, of("other"), frame(2, 3, 3, 4, 4));
  assert.deepEqual([...view.trail.moments.keys()], [2]);
  assert.equal(view.glance, null, "nor where the other's points lay");
  noteMoment(view, of("other", 2), frame(null, 3, 3, 4, 4));
  noteMoment(view, of("other", 2), { ...frame(4, 3, 3, 4, 4), header: { step: 4 } });
  noteMoment(view, of("other", 2), frame(5, 3, 3));
  assert.deepEqual([...view.trail.moments.keys()], [2]);
  assert.deepEqual(wayOf(view.trail, frame(9, 1, 1, 2, 2, 3, 3), 0), [], "other points");
  noteMoment(view, undefined, frame(3, 3, 3, 4, 4));
  assert.equal(view.trail, null);
  assert.deepEqual(wayOf(null, frame(9, 1, 1), 0), []);
});

test("a rival's view has nothing of where this training's points lay", () => {
  const view = Object.assign(newView(), { trail: { training: "one", moments: new Map() }, glance: { step: 1, values: new Float32Array(4) } });
  const rival = inFrame(view, { ...frame(7, 1, 1, 2, 2), layers: [], attended: 0 });
  assert.deepEqual([rival.trail, rival.glance], [null, null]);
});
