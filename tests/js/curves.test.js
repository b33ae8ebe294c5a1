// Loss curves: a bounded history whose means stay what they were.
import assert from "node:assert/strict";
import test from "node:test";
import { newHistory, remember, smoothed, spanOf } from "../../demo/train/js/curves.js";

test("points that arrive in any portions are kept in order, halved beyond 1200", () => {
  let history = newHistory();
  for (let step = 0; step < 1200; step += 1) history = remember(history, [[step, step / 10, 2 * step, 7]]);
  assert.equal(history.length, 1200);
  history = remember(history, [[1200, 120, 2400, 7]]);
  assert.equal(history.length, 601);
  assert.deepEqual(history[0], [0.5, 0.05, 1, 7]);
  assert.deepEqual(history[599], [1198.5, (119.8 + 119.9) / 2, 2397, 7]);
  assert.deepEqual(history[600], [1200, 120, 2400, 7]); // the odd one stays alone
});

test("a short history is smoothed over three points", () => {
  // The share of a new value is 2 / (1 + 3).
  assert.deepEqual(smoothed([8, 0, 0, 4]), [8, 4, 2, 3]);
});

test("what is drawn spans the middle values, whatever one wild step says", () => {
  const values = [...Array(101).keys()].map((value) => value / 100);
  const [low, high] = spanOf([...values, 1e6]);
  assert.ok(low < 0.02 && low > -0.1);
  assert.ok(high > 0.98 && high < 1.1);
  assert.deepEqual(spanOf([3]), [2.95, 3.05]);
});
