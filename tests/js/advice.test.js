// What the page says of a training: which sentence when, that it stands for a while, and what a busy machine costs.
import assert from "node:assert/strict";
import test from "node:test";
import { adviceOf, adviser, HOLD, leadOf, madeUpFor, shareOf } from "../../demo/train/js/advice.js";

/** Losses of one point in every half a second up to now. */
const losses = (seconds, generator, discriminator) =>
  Array.from({ length: 2 * seconds }, (_, index) => [index, index / 2 + 0.5, generator, discriminator]);

/** Measurements every two seconds from six on, of which the first measure is given as a function of time. */
const measured = (seconds, follow, variety = 0.95) =>
  Array.from({ length: Math.max(0, Math.floor((seconds - 6) / 2) + 1) }, (_, index) => [6 + 2 * index, follow(6 + 2 * index), variety]);

function known(seconds, changes = {}) {
  const usual = {
    history: losses(seconds, 2, 0.5), measured: measured(seconds, (at) => 30 / at), measures: ["kd", "variety"], less: true,
    seconds, gates: { 8: 1 }, settings: { loss: "relativistic", gate: null }, changed: null, share: 0.95,
  };
  return { ...usual, ...changes };
}
const keyOf = (seconds, changes, first = { 8: 1 }) => adviceOf(known(seconds, changes), first).key;

test("the losses tell by how much reals are given more than drawn ones", () => {
  const softplus = (value) => Math.log1p(Math.exp(value));
  assert.ok(Math.abs(leadOf("relativistic", softplus(2.5), softplus(-2.5)) - 2.5) < 1e-12);
  assert.ok(Math.abs(leadOf("minmax", softplus(0), 2 * softplus(0))) < 1e-12);
  assert.equal(leadOf("hinge", 0, 2), 0);
});

test("a training that goes as one was seen to go is told so from its first seconds on", () => {
  assert.equal(keyOf(1, { history: losses(1, 1.2, 0.7) }), "advice_first");
  assert.equal(keyOf(5, { history: losses(5, 2.6, 0.6) }), "advice_first_discriminator");
  assert.equal(keyOf(12), "advice_balanced");
  assert.deepEqual(adviceOf(known(30), {}), { key: "advice_improving", values: { first: 5, now: 1 } });
  assert.equal(keyOf(90, { measured: measured(90, () => 0.2) }), "advice_level");
  assert.equal(keyOf(90, { measured: measured(90, (at) => at / 90), measures: ["agreement", "variety"], less: false }), "advice_improving");
});

test("what goes wrong is told with what to do", () => {
  assert.equal(keyOf(20, { history: losses(20, 3.7, 0.1) }), "advice_discriminator");
  assert.equal(keyOf(20, { history: losses(20, 0.5, 0.9) }), "advice_generator");
  const swinging = losses(20, 0, 0.5).map((point, index) => [point[0], point[1], index % 2 ? 6 : 0.5, 0.5]);
  assert.equal(keyOf(20, { history: swinging }), "advice_swings");
  assert.equal(keyOf(20, { measured: measured(20, (at) => 30 / at, 0.3) }), "advice_variety");
});

test("attention's gate is told where it is learnt, and where nothing is urgent", () => {
  assert.equal(keyOf(20, { gates: { 8: 0.02, 16: -0.01 } }), "advice_shut");
  assert.notEqual(keyOf(20, { gates: { 8: 0.02 }, settings: { loss: "relativistic", gate: 0 } }), "advice_shut");
  const told = (seconds, gate, before) => keyOf(seconds, { gates: { 8: gate } }, { 8: before });
  assert.deepEqual([told(22, 0.4, 0), told(24, 0.4, 0)].sort(), ["advice_improving", "advice_opens"], "in turn");
  assert.ok([told(22, 0.7, 1), told(24, 0.7, 1)].includes("advice_closes"));
  assert.equal(adviceOf(known(24, { gates: {} }), {}).key, "advice_improving");
});

test("who is taught has no opponent", () => {
  const settings = { loss: "taught", gate: null };
  assert.equal(keyOf(5, { settings }), "advice_taught_first");
  assert.equal(keyOf(30, { settings, history: losses(30, 0.01, 9) }), "advice_taught");
  assert.equal(keyOf(90, { settings, measured: measured(90, () => 0.9), less: false }), "advice_level");
});

test("a change, and a machine that is busy, come before all else", () => {
  assert.equal(keyOf(20, { changed: 15, history: losses(20, 9, 0) }), "advice_changed");
  assert.notEqual(keyOf(30, { changed: 15 }), "advice_changed");
  assert.deepEqual(adviceOf(known(20, { share: 0.34, changed: 15 }), {}), { key: "advice_busy", values: { share: 0.34 } });
});

test("a sentence stands for some seconds, its numbers too", () => {
  let now = 0;
  const advising = adviser(() => now);
  const first = advising.hear(known(30));
  now = HOLD - 1;
  assert.equal(advising.hear(known(20, { history: losses(20, 3.7, 0.1) })), first);
  now = HOLD;
  assert.equal(advising.hear(known(20, { history: losses(20, 3.7, 0.1) })).key, "advice_discriminator");
  now = 2 * HOLD - 1;
  assert.equal(advising.hear(known(30)).key, "advice_discriminator");
  advising.forget();
  assert.equal(advising.hear(known(5)).key, "advice_first_discriminator");
});

test("the share of the processor is known after ten seconds, and is of the last ten", () => {
  assert.equal(shareOf([]), null);
  assert.equal(shareOf([[1, 0.2], [10, 0.2]]), null);
  assert.equal(shareOf([[1, 1], [6, 0.25], [12, 0.5], [16, 0.75]]), 0.5);
});

test("what other programs had is offered as time, where it was much", () => {
  assert.deepEqual(madeUpFor([[1, 0.9], [2, 0.25], [5, 0.5], [9, 0.25]], 60), { share: 0.34375, seconds: 39 }); // 2.75 of 8
  assert.equal(madeUpFor([[1, 0], [50, 0.85]], 60), null);
  for (const told of [[], [[7, 0.1]]]) assert.equal(madeUpFor(told, 60), null);
  assert.equal(madeUpFor([[1, 0], [5, 0.5]], 6)?.seconds, 5, "at least what can be asked for");
  assert.equal(madeUpFor([[1, 0], [5000, 0.25]], 86400)?.seconds, 3600, "and at most");
});
