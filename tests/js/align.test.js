// Which moment of another training goes with each of one's own: by steps, by time.
import assert from "node:assert/strict";
import { test } from "node:test";
import { aligned, secondsAt } from "../../demo/train/js/align.js";

const QUICK = { steps: [0, 10, 20, 40], history: [[10, 1], [20, 2], [40, 4]] }; // ten steps a second
const SLOW = { steps: [0, 5, 10, 20], history: [[5, 1], [10, 2], [20, 4]] };

test("the time at a step is read off between two points, from nothing at the beginning", () => {
  assert.equal(secondsAt(QUICK.history, 20), 2);
  assert.equal(secondsAt(QUICK.history, 30), 3);
  assert.equal(secondsAt(QUICK.history, 5), 0.5);
  assert.equal(secondsAt(QUICK.history, 90), 4);
  assert.equal(secondsAt([], 7), 0);
});

test("of a step that was taken twice the last time counts", () => {
  const back = [[300, 30], [400, 40], [500, 50], [350, 55], [400, 60], [450, 65], [500, 70]]; // taken back to 300 at 50 seconds
  assert.deepEqual([300, 400, 450, 500].map((step) => secondsAt(back, step)), [30, 60, 65, 70]);
});

test("after equal time the slow one stands at an earlier step", () => {
  assert.deepEqual(aligned(QUICK, SLOW, "time"), { 0: 0, 10: 5, 20: 10, 40: 20 });
  assert.deepEqual(aligned(SLOW, QUICK, "time"), { 0: 0, 5: 10, 10: 20, 20: 40 });
});

test("at equal steps it is the nearest step that is kept, the earlier one of two", () => {
  assert.deepEqual(aligned(QUICK, SLOW, "steps"), { 0: 0, 10: 10, 20: 20, 40: 20 });
  assert.deepEqual(aligned({ steps: [15], history: [] }, SLOW, "steps"), { 15: 10 });
});

test("nothing stands beside what has no moment yet", () => {
  assert.deepEqual(aligned(QUICK, { steps: [], history: [] }, "time"), {});
});
