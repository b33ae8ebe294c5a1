// Pictures drawn anew: one request at a time, the last wish wins, and what is kept is bounded.
import assert from "node:assert/strict";
import test from "node:test";
import { recent } from "../../demo/canvas/js/recent.js";
import { redrawer } from "../../demo/canvas/js/redrawer.js";

/** A panel whose requests are answered by hand; `asked` and `shown` hold paths. */
function panel(kept = recent(10)) {
  const [asked, shown, answers] = [[], [], []];
  const fetched = (path) => new Promise((resolve) => {
    asked.push(path);
    answers.push(() => resolve({ path, bytes: 4 }));
  });
  const { wish } = redrawer({ arrived: ({ path }) => shown.push(path), failed: assert.fail, busy() {} }, fetched, kept);
  /** The oldest request is answered. */
  const answer = async () => {
    answers.shift()();
    await new Promise((done) => setImmediate(done));
  };
  return { asked, shown, wish, answer };
}

test("of several wishes the last one is asked for, after the one that is under way", async () => {
  const { asked, shown, wish, answer } = panel();
  for (const path of ["p&edit=1", "p&edit=2", "p&edit=3"]) wish(path);
  await answer();
  await answer();
  assert.deepEqual(asked, ["p&edit=1", "p&edit=3"]);
  assert.deepEqual(shown, ["p&edit=1", "p&edit=3"]);
});

test("a picture that nobody looks at any more is not shown", async () => {
  const { shown, wish, answer } = panel();
  wish("p&edit=1");
  wish("q&edit=1");
  await answer();
  await answer();
  assert.deepEqual(shown, ["q&edit=1"]);
});

test("undo asks nothing while there is room, in bytes, which panels share", async () => {
  const kept = recent(10);
  const [one, other] = [panel(kept), panel(kept)];
  for (const path of ["1", "2"]) {
    one.wish(path);
    await one.answer();
  }
  one.wish("1");
  other.wish("2");
  assert.deepEqual([one.asked, one.shown, other.asked, other.shown], [["1", "2"], ["1", "2", "1"], [], ["2"]]);
  other.wish("3"); // 1 was used longest ago
  await other.answer();
  one.wish("2");
  assert.equal(one.asked.length, 2);
  one.wish("1");
  assert.equal(one.asked.length, 3);
  await one.answer();
});
