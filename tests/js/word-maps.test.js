// How right the maps of words were measured to be, and that no more than that is claimed.
import assert from "node:assert/strict";
import test from "node:test";
import { rightnessOf } from "../../demo/canvas/js/describe.js";
import { isAsMeasured } from "../../demo/canvas/js/session.js";

const NAMES = ["a", "red", "star"];
const WHOLE = { kind: "grid", isOf: () => true };
const WORDS = { kind: "words", name: (place) => NAMES[place], isOf: () => false };
const layer = (name, queries) => ({ name, queries, queryPlaces: WHOLE, keyPlaces: WORDS });
const COARSE = layer("words-8", 64);
const FINE = layer("words-16", 256);
const MEASURED = {
  sorts: { red: "colour", star: "shape" },
  overlaps: { colour: { generator: 0.84, discriminator: 0.71 }, shape: { generator: 0.4, discriminator: 0.52 } },
  chance: 0.02,
};
const view = (more = {}) => ({
  mode: "seen", head: "mean", stand: null, chosen: 0,
  frame: { item: { places: WHOLE }, layers: [COARSE, FINE], attended: 1 }, detail: null, ...more,
});
const speak = Object.assign((key, values = {}) => [key, ...Object.values(values)].join(" "), { number: String });
const said = (place, { more, measured = MEASURED, asMeasured = true, ...found } = {}) => rightnessOf(
  view(more), { pointed: WORDS, painted: WHOLE, place, item: 0, layer: COARSE, ...found }, measured, asMeasured, speak);

test("a word's map is told as what was measured of its sort, a low overlap as no sign of the thing", () => {
  assert.deepEqual(said(1), [["explain_word_map", "canvas_word_map_sure canvas_word_map_colour 0.84 0.71 0.02"]]);
  assert.deepEqual(said(2), [["explain_word_map", "canvas_word_map_unsure canvas_word_map_shape 0.4 0.52 0.02"]]);
});

test("of what was not measured that is said: another word, layer, head or mode", () => {
  const none = (name) => [["explain_word_map", `canvas_word_map_none ${name}`]];
  assert.deepEqual(said(0), none("a"));
  assert.deepEqual(said(1, { layer: FINE }), none("red"));
  assert.deepEqual(said(1, { more: { head: 1 } }), none("red"));
  assert.deepEqual(said(1, { more: { mode: "rollout" } }), none("red"));
});

test("an earlier moment, other noise and changed attention were not measured, another word in the caption is as good", () => {
  assert.deepEqual(said(1, { asMeasured: false }), [["explain_word_map", "canvas_word_map_none red"]]);
  const [now, before, one] = [{}, {}, {}];
  const drawn = (more) => isAsMeasured({ value: {}, present: now }, { frame: now, stand: null, swapped: null, truncation: 1, edit: {}, ...more });
  assert.ok(drawn({}));
  assert.ok(drawn({ stand: one, swapped: "a blue star" }));
  assert.ok(!drawn({ frame: before }));
  assert.ok(!drawn({ truncation: 0.5 }));
  assert.ok(!drawn({ stand: one }), "on the way between two samples");
  assert.ok(!drawn({ stand: one, edit: { "words-8": {} } }));
  assert.ok(!drawn({ stand: one, swapped: "a blue star", edit: { "words-8": {} } }));
});

test("nothing is told of a network that was not measured, of cells, and where words look at words", () => {
  assert.deepEqual(said(1, { measured: null }), []);
  assert.deepEqual(said(1, { painted: WORDS }), []);
  assert.deepEqual(said(null), []);
  assert.deepEqual(said(3, { pointed: WHOLE, painted: WORDS }), []);
});
