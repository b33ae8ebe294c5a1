// What is remembered: by use, by bytes, and never without a bound.
import assert from "node:assert/strict";
import test from "node:test";
import { recent } from "../../demo/canvas/js/recent.js";

test("what was used longest ago is dropped once all are more than there is room for", () => {
  const kept = recent(10);
  kept.keep("a", 1, 4);
  kept.keep("b", 2, 4);
  assert.equal(kept.get("a"), 1);
  kept.keep("c", 3, 4);
  assert.deepEqual(["a", "b", "c"].map((key) => kept.get(key)), [1, undefined, 3]);
  kept.keep("a", 5, 1);
  kept.keep("b", 2, 5);
  assert.deepEqual(["c", "a", "b"].map((key) => kept.get(key)), [3, 5, 2], "one that is kept again counts once");
  kept.keep("c", 3, 4); // and is the newest
  kept.keep("d", 4, 3);
  assert.deepEqual(["c", "a", "b", "d"].map((key) => kept.get(key)), [3, undefined, undefined, 4]);
});

test("what is under way is no burden and is not dropped; what is larger than all room is not kept", () => {
  const kept = recent(10);
  kept.keep("coming", 1, 0);
  kept.keep("small", 2, 10);
  kept.keep("large", 3, 11);
  assert.deepEqual(["coming", "small", "large"].map((key) => kept.get(key)), [1, 2, undefined]);
  kept.forget("coming");
  assert.equal(kept.get("coming"), undefined);
});
