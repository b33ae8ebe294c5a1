// Did attention help? The verdict names every arm that it was compared with, and claims no more than was clear.
import assert from "node:assert/strict";
import test from "node:test";
import { verdictOf } from "../../demo/canvas/js/benefit.js";
import { speaker } from "../../demo/canvas/js/texts.js";

globalThis.document = { documentElement: { lang: "en" } };
const speak = speaker({
  en: {
    help_verdict_convolution_nothing: "{answer}: {convolution} a convolution, {nothing} nothing ({measure})",
    help_verdict_pooled: "{answer}: {pooled} a twin ({measure})",
    help_yes: "Yes", help_part: "In part", help_no: "No", help_unclear: "Not clearly",
    help_than_better: "better than", help_than_worse: "worse than", help_than_unclear: "like",
    measure_fd: "FD", measure_exact_held_out: "exact",
  },
});

/** @param {Object<string, string>} words */
const against = (words) =>
  Object.fromEntries(Object.entries(words).map(([arm, word]) => [arm, { difference: [0.5, 0.25], attention_is: word }]));

for (const [convolution, nothing, answer] of [
  ["better", "better", "Yes: better than a convolution, better than nothing (FD)"],
  ["unclear", "better", "In part: like a convolution, better than nothing (FD)"],
  ["worse", "unclear", "No: worse than a convolution, like nothing (FD)"],
  ["unclear", "unclear", "Not clearly: like a convolution, like nothing (FD)"],
])
  test(`pictures: ${convolution}, ${nothing}`, () => {
    const found = { measure: "fd", seconds: 60, runs: 3, arms: {}, against: against({ convolution, nothing }) };
    assert.equal(verdictOf(found, speak), answer);
  });

for (const [pooled, answer] of [
  ["better", "Yes: better than a twin (exact)"],
  ["worse", "No: worse than a twin (exact)"],
  ["unclear", "Not clearly: like a twin (exact)"],
])
  test(`words: ${pooled}`, () => {
    const found = { measure: "exact_held_out", seconds: 60, runs: 3, arms: {}, against: against({ pooled }) };
    assert.equal(verdictOf(found, speak), answer);
  });
