// What is counted has no decimals, and what is small has one more.
import assert from "node:assert/strict";
import test from "node:test";
import { writeMeasure } from "../../demo/canvas/js/measure.js";
import { speaker } from "../../demo/canvas/js/texts.js";

globalThis.document = { documentElement: { lang: "en" } };

test("a measure has its own places, or the usual", () => {
  const speak = speaker({ en: {} });
  assert.deepEqual(["modes", "steps", "kd", "fd"].map((key) => writeMeasure(key, 17.0004, speak)), ["17", "17", "17.000", "17.00"]);
  assert.deepEqual(["modes", "fd"].map((key) => writeMeasure(key, 17, speak, 3)), ["17", "17.000"]);
});
