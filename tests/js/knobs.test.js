// Knobs of a training that runs: which are offered.
import assert from "node:assert/strict";
import test from "node:test";
import { isOffered, KNOBS } from "../../demo/train/js/knobs.js";

const SETTINGS = {
  generator_rate: 0.002, discriminator_rate: 0.002, discriminator_steps: 1, r1_weight: 0, augmentation_epochs: 2000,
  gate: null, loss: "relativistic",
};
const offered = (settings, gates) => KNOBS.filter((name) => isOffered(name, settings, settings[name] ?? null, gates));

test("a knob is there where its setting has a meaning", () => {
  const all = ["generator_rate", "discriminator_rate", "discriminator_steps", "augmentation_epochs", "gate"];
  assert.deepEqual(offered(SETTINGS, { 8: 0.5 }), all, "a penalty of 0 has no power of two");
  assert.deepEqual(offered(SETTINGS, {}), all.slice(0, -1), "no attention, no gate");
  assert.deepEqual(offered({ ...SETTINGS, loss: "taught", r1_weight: 3 }, { "round-1": 1 }), ["generator_rate", "gate"]);
  assert.deepEqual(offered({ generator_rate: 0.002 }, { 8: 1 }), ["generator_rate"], "a run of before there were more");
});
