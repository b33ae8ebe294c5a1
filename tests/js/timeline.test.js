// The time line of a training that goes on: moments come and go, and a slider that somebody holds stays.
import assert from "node:assert/strict";
import test from "node:test";
import { timelineOf } from "../../demo/canvas/js/timeline.js";

class Part extends EventTarget {
  value = "0";
  held = false;
  setAttribute() {}
  replaceChildren() {}
  matches() {
    return this.held;
  }
}

const speak = Object.assign((key) => key, { language: "en" });

function standing(steps, at) {
  const parts = { input: new Part(), button: new Part(), select: new Part(), output: new Part() };
  const place = { querySelector: (name) => parts[name] ?? null };
  const line = timelineOf(place, speak, { show() {}, failed() {} });
  const offered = (/** @type {number[]} */ some) => line.offer({ url: "run/{step}", steps: some, live: true }, {});
  assert.equal(offered(steps), false);
  parts.input.value = at;
  return { slider: parts.input, offered, line };
}

test("an earlier moment stays in view where moments before it go", () => {
  const { slider, offered, line } = standing([0, 10, 20, 30, 40], 3);
  assert.equal(offered([0, 20, 30, 40, 50]), true);
  assert.deepEqual([slider.value, slider.max, line.step], [2, 5, 30]);
});

test("where the moment itself goes, the slider stands at the nearest", () => {
  const { slider, offered, line } = standing([0, 10, 20, 29, 40], 2);
  assert.equal(offered([0, 10, 29, 40, 50]), true);
  assert.deepEqual([slider.value, line.step], [2, 29]);
});

test("a slider that is held is moved by nothing, and let go stands at its moment", () => {
  const { slider, offered } = standing([0, 10, 20, 30, 40], 3);
  slider.held = true;
  assert.equal(offered([0, 20, 30, 40, 50]), true);
  assert.deepEqual([slider.value, slider.max], [3, 5]);
  slider.held = false;
  slider.dispatchEvent(new Event("change"));
  assert.deepEqual([slider.value, slider.max], [2, 5]);
});

test("whoever looks at the present goes on looking at it, and so does whoever held a moment that was undone", () => {
  const { slider, offered } = standing([0, 10, 20, 30], 4);
  assert.equal(offered([0, 20, 30, 40, 50]), false);
  assert.deepEqual([slider.value, slider.max], [5, 5]);
  slider.value = 4;
  assert.equal(offered([0, 20, 30]), false);
  assert.equal(slider.value, 3);
});
