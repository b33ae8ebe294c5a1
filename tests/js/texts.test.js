// Texts of the page: holes are filled, and terms of the glossary told apart.
import assert from "node:assert/strict";
import test from "node:test";
import { speaker } from "../../demo/canvas/js/texts.js";

globalThis.document = { documentElement: { lang: "zh" } };
const WORDS = {
  en: { looks: "no" },
  "zh-CN": { looks: "{who} has [[head|{count} heads]] and a [[gate]].", plain: "nothing", looks_places: "[[head]]" },
};

test("a text's terms are told apart, with its holes filled", () => {
  const speak = speaker(WORDS);
  assert.deepEqual(speak.pieces("looks", { who: "it", count: 3 }), [
    { text: "it has ", term: null }, { text: "3 heads", term: "head" }, { text: " and a ", term: null },
    { text: "gate", term: "gate" }, { text: ".", term: null },
  ]);
  assert.equal(speak("looks", { who: "it", count: 3 }), "it has 3 heads and a gate.");
  assert.deepEqual(speak.pieces("plain"), [{ text: "nothing", term: null }]);
  assert.deepEqual([speak.has("plain"), speak.has("none")], [true, false]);
});

test("what fills a hole is no markup", () => {
  const speak = speaker(WORDS);
  const pieces = speak.pieces("looks", { who: "[[seed|x]]", count: "{who}" });
  assert.equal(pieces[0].text, "[[seed|x]] has ");
  assert.equal(pieces[1].text, "{who} heads");
  assert.deepEqual(pieces.map(({ term }) => term), [null, "head", null, "gate", null]);
});

test("another kind of items has its own terms", () => {
  const speak = speaker(WORDS);
  speak.about("words");
  assert.deepEqual(speak.pieces("looks"), [{ text: "head", term: "head" }]);
});

test("a measure of a million and more is said shortly, a count in full", () => {
  const speak = speaker(WORDS);
  assert.equal(speak.number(999_999.4, 1), "999,999.4");
  assert.equal(speak.number(2_306_037_440_617.75), "2.3万亿");
  assert.equal(speak.number(-1_234_567, 1), "-120万");
  assert.equal(speak.number(1_234_567, 0), "1,234,567");
});

test("what reads 0 has no sign", () => {
  const speak = speaker(WORDS);
  assert.deepEqual([speak.number(-0.004), speak.number(-0.04, 1), speak.number(-0.005)], ["0.00", "0.0", "-0.01"]);
});

test("what is listed stays apart, numbers too", () => {
  assert.equal(speaker(WORDS).list(["9", "10", "3"]), "9、10、3");
  globalThis.document.documentElement.lang = "en";
  const { list } = speaker(WORDS);
  globalThis.document.documentElement.lang = "zh";
  assert.equal(list(["9", "10", "3"]), "9, 10, 3");
});
