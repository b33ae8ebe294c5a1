// The lesson: what it asks for, and when it can be done.
import assert from "node:assert/strict";
import test from "node:test";
import { collapseOf, isReady } from "../../demo/train/js/lesson.js";

test("the discriminator learns eight times as fast, without a penalty", () => {
  assert.deepEqual(collapseOf({ discriminator_rate: 0.002 }), [
    { name: "discriminator_rate", value: 0.016 },
    { name: "r1_weight", value: 0 },
  ]);
  assert.equal(collapseOf({ discriminator_rate: 0.5 })[0].value, 1, "no more than can be asked for");
});

test("it can be done after some steps, in the first half, where there is a game with a penalty", () => {
  const settings = { loss: "relativistic", r1_weight: 3 };
  assert.ok(isReady(settings, 50, 0.2));
  assert.ok(!isReady(settings, 49, 0.2));
  assert.ok(!isReady(settings, 200, 0.51));
  assert.ok(!isReady({ ...settings, loss: "taught" }, 90, 0.2));
  assert.ok(!isReady({ ...settings, r1_weight: 0 }, 90, 0.2), "which is broken already");
});
