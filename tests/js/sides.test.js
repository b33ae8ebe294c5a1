// Pointing at a word beside a picture: who looks at it, as modes, pins, arrows and the address have it.
import assert from "node:assert/strict";
import test from "node:test";
import { looksAt, seenBy } from "../../demo/canvas/js/attention.js";
import { marksOf } from "../../demo/canvas/js/marks.js";
import { chooseMode, crossOver, showWords, stepPoint } from "../../demo/canvas/js/moves.js";
import { addPin, pinWords, pressPin } from "../../demo/canvas/js/pins.js";
import { applyRecipe, readRecipe, writeRecipe } from "../../demo/canvas/js/recipe.js";
import { besideOf, placeUnder, pointOn } from "../../demo/canvas/js/sides.js";
import { adopt, besideIn, mapOf, newView } from "../../demo/canvas/js/view.js";
import { CAPTIONED, FRAME } from "./values.js";

const CAPTION = CAPTIONED.layers.find(({ name }) => name === "caption"); // 2 x 3 cells look at "a red ball"
const WHOLE = CAPTIONED.item.places;
const RED = pointOn(CAPTION.keyPlaces, 1, WHOLE);
const PIXEL = { x: 0.9, y: 0.1 }; // in cell 2

function viewed(frame = CAPTIONED) {
  const view = newView();
  adopt(view, frame);
  return view;
}

test("words stand beside a picture, cells do not", () => {
  assert.equal(besideOf(CAPTION, WHOLE), CAPTION.keyPlaces);
  assert.ok(FRAME.layers.every((layer) => besideOf(layer, FRAME.item.places) === null));
  assert.equal(RED.beside, 1);
  assert.equal(placeUnder(RED, CAPTION.keyPlaces, 0, WHOLE), 1);
  assert.equal(placeUnder(RED, CAPTION.queryPlaces, 0, WHOLE), null);
  assert.equal(placeUnder(PIXEL, CAPTION.keyPlaces, 0, WHOLE), null);
  assert.equal(placeUnder(null, CAPTION.keyPlaces, 0, WHOLE), null);
});

test("a word is shown with the weight of every cell, and a cell with what it looks at", () => {
  const view = viewed();
  view.point = PIXEL;
  assert.deepEqual([view.mode, mapOf(view).place], ["looks", 2]);
  assert.deepEqual(mapOf(view).map, looksAt(CAPTION, 0, "mean", 2));
  view.point = RED;
  assert.deepEqual([view.mode, mapOf(view).place], ["seen", 1]);
  const map = seenBy(CAPTION, 0, "mean", 1);
  assert.deepEqual(mapOf(view).map, map);
  assert.equal(mapOf(view).top, Math.max(...map));
  assert.ok(Math.abs(mapOf(view).even - map.reduce((sum, value) => sum + value, 0) / 6) < 1e-6);
  assert.equal(view.wished, "looks", "what was chosen is not forgotten");
});

test("a chosen mode takes the point to the side that it is pointed at on", () => {
  const view = viewed();
  pressPin(view, PIXEL);
  const strongest = mapOf(view).peak.index;
  chooseMode(view, "seen");
  assert.deepEqual([view.mode, view.pin.beside], ["seen", strongest]);
  chooseMode(view, "contribution");
  assert.deepEqual([view.mode, view.pin.beside], ["contribution", undefined]);
  view.pins = [];
  view.point = null;
  chooseMode(view, "seen");
  assert.deepEqual([view.mode, view.point], ["seen", null]);
});

test("keys go to the other side and back, also by arrows from a line", () => {
  const view = viewed();
  crossOver(view);
  assert.notEqual(view.point.beside, undefined, "first to the words");
  stepPoint(view, -9, 0);
  assert.equal(view.point.beside, 0);
  stepPoint(view, 1, 0);
  assert.equal(view.point.beside, 1);
  stepPoint(view, 0, -1);
  assert.equal(view.point.beside, undefined);
  stepPoint(view, 0, 1);
  assert.equal(view.point.beside, undefined, "down on the grid goes down on the grid");
  crossOver(view);
  assert.notEqual(view.point.beside, undefined);
});

test("pins lie on one side: the first on the other lifts them", () => {
  const view = viewed();
  addPin(view, PIXEL);
  addPin(view, { x: 0.1, y: 0.9 });
  addPin(view, RED);
  assert.deepEqual(view.pins.map(({ beside }) => beside), [1]);
  addPin(view, pointOn(CAPTION.keyPlaces, 2, WHOLE));
  assert.deepEqual(view.pins.map(({ beside }) => beside), [1, 2]);
  pressPin(view, PIXEL);
  assert.deepEqual(view.pins, [PIXEL]);
  pressPin(view, RED);
  pressPin(view, RED);
  assert.deepEqual(view.pins, []);
});

test("frames are around what lies on their side alone", () => {
  const view = viewed();
  pressPin(view, RED);
  Object.assign(view, { hovering: true, point: PIXEL });
  assert.deepEqual(marksOf(view, mapOf(view)).map(({ kind, place }) => [kind, place]), [["pin", 1], ["here", 2]]);
  view.point = pointOn(CAPTION.keyPlaces, 0, WHOLE);
  assert.deepEqual(marksOf(view, mapOf(view)).map(({ kind }) => kind), ["pin"]);
});

test("a layer that looks at no words has no map of one, and keeps it pinned", () => {
  const view = viewed({ ...CAPTIONED, layers: [CAPTION, { ...CAPTION, name: "own", keyPlaces: CAPTION.queryPlaces }] });
  assert.equal(view.layer, "caption", "the layer of the words is shown first");
  pressPin(view, RED);
  view.layer = "own";
  assert.deepEqual([mapOf(view), view.pins.length], [null, 1]);
  assert.equal(besideIn(view), CAPTION.keyPlaces, "the words stay in sight");
});

test("words are shown by the coarsest layer that looks at them", () => {
  const own = { ...CAPTION, name: "own", keyPlaces: CAPTION.queryPlaces };
  const fine = { ...CAPTION, name: "fine", queries: CAPTION.queries + 1 };
  const view = viewed({ ...CAPTIONED, layers: [CAPTION, own, fine] });
  view.layer = "fine";
  showWords(view);
  assert.equal(view.layer, "fine", "which looks at words, too");
  view.layer = "own";
  showWords(view);
  assert.equal(view.layer, "caption");
  const without = viewed(FRAME);
  showWords(without);
  assert.equal(without.layer, "5");
});

test("an address keeps pinned words, counted from 1", () => {
  for (const query of ["?picture=1&layer=caption&head=mean&mode=seen&word=2", "?picture=1&layer=caption&head=2&mode=seen&word=1;3&pin=2"]) {
    const view = viewed();
    assert.equal(applyRecipe(view, readRecipe(query)), true);
    assert.equal(writeRecipe(view, {}, null, ""), query);
  }
  for (const wish of ["word=0", "word=4", "word=", "word=red", "word=1;9"]) {
    const view = viewed();
    assert.equal(applyRecipe(view, readRecipe("?" + wish)), false, wish);
    assert.ok(view.pins.every(({ beside }) => beside >= 0 && beside < 3));
  }
  assert.equal(pinWords(viewed(FRAME), [1]), false, "a picture without words has none");
});
