// Moments of a training are fetched once, also when asked for ahead, and dropped by size, those used last at last.
import assert from "node:assert/strict";
import test from "node:test";
import { recent } from "../../demo/canvas/js/recent.js";
import { momentsOf } from "../../demo/canvas/js/moments.js";

/** A source of frames of so many bytes; `asked` holds the paths that it was asked for. */
function source(bytes = 2e6, kept = recent(16e6)) {
  const asked = [];
  const moment = momentsOf(async (path) => {
    asked.push(path);
    if (path === "gone") throw new Error("gone");
    return { path, bytes };
  }, kept);
  return { asked, moment };
}

test("a moment that was asked for ahead is not fetched again", async () => {
  const { asked, moment } = source();
  const ahead = moment("1");
  assert.equal(await moment("1"), await ahead);
  assert.deepEqual(asked, ["1"]);
});

test("of more than is kept the one used longest ago is dropped", async () => {
  const { asked, moment } = source();
  for (let step = 0; step < 8; step++) await moment(String(step));
  await moment("0"); // used again: the oldest is 1 now
  await moment("8");
  await moment("0");
  assert.equal(asked.length, 9);
  await moment("1");
  assert.deepEqual(asked.slice(-2), ["8", "1"]);
});

test("a moment that failed is tried again, and one that nobody waits for fails in silence", async () => {
  const { asked, moment } = source();
  moment("gone");
  await assert.rejects(moment("gone"), /gone/);
  await assert.rejects(moment("gone"), /gone/);
  assert.deepEqual(asked, ["gone", "gone"]);
});

test("two stages that share what is kept have no more than one", async () => {
  const kept = recent(16e6);
  const [one, other] = [source(2e6, kept), source(2e6, kept)];
  await one.moment("1");
  await other.moment("1");
  for (let step = 2; step < 10; step++) await other.moment(String(step));
  await one.moment("1");
  assert.deepEqual([one.asked, other.asked.length], [["1", "1"], 8]);
});
