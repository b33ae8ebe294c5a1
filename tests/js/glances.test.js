// Glances: what an answer holds, and where points lie meanwhile.
import assert from "node:assert/strict";
import test from "node:test";
import { takeGlance } from "../../demo/canvas/js/trail.js";
import { glancesOf } from "../../demo/train/js/glances.js";

function packed(...glances) {
  const view = new DataView(new ArrayBuffer(glances.reduce((sum, [, ...values]) => sum + 4 + 4 * values.length, 0)));
  let at = 0;
  for (const [step, ...values] of glances) {
    view.setUint32(at, step, true);
    values.forEach((value, index) => view.setFloat32(at + 4 + 4 * index, value, true));
    at += 4 + 4 * values.length;
  }
  return view.buffer;
}

test("an answer holds glances one after another", () => {
  const found = glancesOf(packed([7, 0.5, -1.5], [12, 2.25, 3]), 2);
  assert.deepEqual(found.map(({ step, values }) => [step, ...values]), [[7, 0.5, -1.5], [12, 2.25, 3]]);
});

test("an answer of other points, or with nothing in it, holds none", () => {
  assert.deepEqual(glancesOf(packed([7, 0.5, -1.5, 4]), 2), []);
  assert.deepEqual(glancesOf(new ArrayBuffer(0), 2), []);
  assert.deepEqual(glancesOf(packed([7, 1, 2]), 0), []);
});

const frame = { header: { plane: {} }, count: 2, item: { values: new Float32Array(4) } };
const glance = { step: 9, values: new Float32Array(4) };

test("points lie where they were seen last, until there is nothing to be seen", () => {
  const view = { frame, glance: null };
  assert.equal(takeGlance(view, glance), true);
  assert.equal(view.glance, glance);
  assert.equal(takeGlance(view, null), true);
  assert.equal(view.glance, null);
  assert.equal(takeGlance(view, null), false);
});

test("a glance of others changes nothing", () => {
  const others = [{ ...frame, header: {} }, { ...frame, count: 1 }, { ...frame, item: { values: new Float32Array(6) } }, null];
  for (const one of others) {
    const view = { frame: one, glance: null };
    assert.equal(takeGlance(view, glance), false);
    assert.equal(view.glance, null);
  }
});
