// Which pictures and texts changed most between two frames.
import assert from "node:assert/strict";
import test from "node:test";
import { mostMoved } from "../../demo/canvas/js/moved.js";

const frame = (values, count) => ({ count, item: { values } });

test("the items that changed most come first, and those that did not are left out", () => {
  const before = frame(Uint8Array.of(10, 10, 20, 20, 30, 30, 40, 40), 4);
  const after = frame(Uint8Array.of(13, 10, 20, 20, 21, 32, 39, 40), 4);
  assert.deepEqual(mostMoved(before, after, 3), [2, 0, 3]);
  assert.deepEqual(mostMoved(before, after, 1), [2]);
  assert.deepEqual(mostMoved(before, before, 3), []);
});

test("frames of other items have nothing to compare", () => {
  assert.deepEqual(mostMoved(frame(Uint8Array.of(1, 2), 2), frame(Uint8Array.of(1, 2, 3, 4), 2), 3), []);
});
