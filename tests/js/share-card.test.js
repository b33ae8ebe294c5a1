// The texts of a card to share stay within their lines.
import assert from "node:assert/strict";
import test from "node:test";
import { linesOf } from "../../demo/canvas/js/share-card.js";

const letters = (text) => [...text].length;

test("words stay whole and no line is wider than asked for", () => {
  assert.deepEqual(linesOf("one three eleven five", 11, 3, letters), ["one three", "eleven five"]);
});

test("Chinese breaks between any two signs", () => {
  assert.deepEqual(linesOf("它看向哪里，看得多", 5, 3, letters), ["它看向哪里", "，看得多"]);
});

test("what is wider than a line breaks at its letters", () => {
  assert.deepEqual(linesOf("see https://a.org/?a=1", 7, 4, letters), ["see htt", "ps://a.", "org/?a=", "1"]);
});

test("what finds no place ends in an ellipsis", () => {
  assert.deepEqual(linesOf("one three eleven five", 6, 2, letters), ["one", "three…"]);
  assert.deepEqual(linesOf("https://example.org/?a=1", 7, 1, letters), ["https:…"]);
});
