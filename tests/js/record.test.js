// What is known of a training from its news: which moments of it are kept.
import assert from "node:assert/strict";
import test from "node:test";
import { newRecord, take } from "../../demo/train/js/record.js";

const NEWS = { state: "running", points: [], quality: [], shares: [], changed: [], dropped: [], frames: [], rolled_back: null, back_to: null };

test("a training that goes back has the newest moment that is left in view, or none", () => {
  const record = newRecord("starting");
  take(record, { ...NEWS, frames: [0, 8, 16] });
  assert.equal(record.known.frame, 16);
  take(record, { ...NEWS, back_to: 8, frames: [12] });
  assert.deepEqual([record.steps, record.known.frame], [[0, 8, 12], 12]);
  take(record, { ...NEWS, state: "failed", back_to: 8 });
  assert.deepEqual([record.steps, record.known.frame], [[0, 8], 8]);
  take(record, { ...NEWS, dropped: [0, 8] });
  assert.deepEqual([record.steps, record.known.frame], [[], undefined]);
});

test("what was changed or went wrong long ago has not just happened when one comes back", () => {
  const record = newRecord("starting");
  take(record, { ...NEWS, seconds: 100, points: [[1, 1, 0, 0]], changed: [{ seconds: 7 }, { seconds: 9 }], rolled_back: { step: 3 } });
  assert.equal(record.known.changed, 9);
  take(record, { ...NEWS, seconds: 110, rolled_back: { step: 5 } });
  assert.equal(record.known.changed, 110);
  const other = newRecord("starting");
  take(other, { ...NEWS, seconds: 100, rolled_back: { step: 3 } });
  assert.equal(other.known.changed, undefined);
});
