// Edits of the attention: the same texts as attngan.explain.edits reads, and what buttons and brush make of them.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import test from "node:test";
import { edited, forbiddenTo, readEdit, ruled, writeEdit } from "../../demo/canvas/js/edit.js";

const CASES = JSON.parse(readFileSync(new URL("edits.json", import.meta.url), "utf-8"));
const [SMALL, LARGE] = CASES.layers;
const longText = ({ start, part, times, between }) => start + Array(times).fill(part).join(between);
const rules = (edit) => edit[LARGE.name]?.rules ?? [];

for (const { text, edit } of CASES.same) {
  test(`the text "${text}" says what its values say, and is written the same`, () => {
    assert.deepEqual(readEdit(text, CASES.layers), { edit, fits: true });
    assert.equal(writeEdit(edit), text);
  });
}

for (const { text, written } of CASES.shorter) {
  test(`the text "${text}" is written "${written}"`, () => {
    const { edit, fits } = readEdit(text, CASES.layers);
    assert.equal(fits, true);
    assert.equal(writeEdit(edit), written);
  });
}

for (const text of CASES.neutral) {
  test(`the text "${text}" changes nothing`, () => {
    assert.deepEqual(readEdit(text, CASES.layers), { edit: {}, fits: true });
  });
}

for (const text of CASES.refused) {
  test(`the text "${text}" does not fit`, () => assert.equal(readEdit(text, CASES.layers).fits, false));
}

for (const long of CASES.too_long) {
  test(`the text "${long.start}" with ${long.times} times "${long.part}" does not fit`, () => {
    assert.equal(readEdit(longText(long), CASES.layers).fits, false);
  });
}

test("of a text that fits in part, the part that fits is read", () => {
  const { edit, fits } = readEdit("8*g0.5*x99*x7_16*g0", CASES.layers);
  assert.equal(fits, false);
  assert.equal(writeEdit(edit), "8*g0.5*x7");
});

test("a layer that is as it was is left out, and the edit before is not changed", () => {
  const before = edited({}, "8", { gate: 0.5 });
  assert.deepEqual(edited(before, "8", { gate: 1 }), {});
  assert.deepEqual(edited(before, "4", { heads: [1, 1, 1] }), before);
  assert.equal(writeEdit(edited(before, "4", { heads: [0, 1, 1] })), "4*h0-1-1_8*g0.5");
  assert.equal(writeEdit(before), "8*g0.5");
});

test("keys forbidden one by one to the same queries make one rule, in order and each once", () => {
  let edit = {};
  for (const key of [11, 3, 7, 3]) edit = ruled(edit, "8", "forbid", [5], key);
  assert.deepEqual(rules(edit), [{ only: false, keys: [3, 7, 11], queries: [5] }]);
  assert.equal(rules(ruled(edit, "8", "forbid", null, 3)).length, 2);
});

test("a key that is allowed again leaves its rule, and the rule goes with its last key", () => {
  let edit = ruled(ruled({}, "8", "forbid", [5], 3), "8", "forbid", [5], 7);
  edit = ruled(edit, "8", "allow", [5], 3);
  assert.equal(writeEdit(edit), "8*x7q5");
  assert.deepEqual(ruled(edit, "8", "allow", [5], 7), {});
  assert.equal(writeEdit(ruled(edit, "8", "allow", [2], 7)), "8*x7q5");
});

test("a query is sent to one key at a time, and allowing any key calls it back", () => {
  const edit = ruled(ruled({}, "8", "send", [5], 13), "8", "send", [5], 17);
  assert.equal(writeEdit(edit), "8*o17q5");
  assert.deepEqual(ruled(edit, "8", "allow", [5], 2), {});
});

test("the 65th rule of a layer is refused", () => {
  let edit = {};
  for (let query = 0; query < 64; query++) edit = ruled(edit, "8", "forbid", [query], 3);
  assert.equal(rules(edit).length, 64);
  assert.equal(ruled(edit, "8", "forbid", null, 3), null);
  assert.equal(ruled(edit, "8", "send", [1], 3), null);
  assert.equal(rules(ruled(edit, "8", "forbid", [63], 7)).length, 64);
});

test("the later of two rules has the last word on what a query may not look at", () => {
  const forbidden = (text, query) => {
    const { edit } = readEdit(text, CASES.layers);
    return [...forbiddenTo(edit, SMALL, query)].sort((one, other) => one - other);
  };
  const allBut = (...keys) => [...Array(16).keys()].filter((key) => !keys.includes(key));
  assert.deepEqual(forbidden("4*x13*o13q5", 5), allBut(13));
  assert.deepEqual(forbidden("4*o13q5*x13", 5), allBut());
  assert.deepEqual(forbidden("4*o13q5*x13", 2), [13]);
  assert.deepEqual(forbidden("4*x2.3q5*x7", null), [7]);
});
