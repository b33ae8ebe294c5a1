// What is looked at, as a part of the address: written, read again, and whatever else an address may hold.
import assert from "node:assert/strict";
import test from "node:test";
import { applyRecipe, readRecipe, writeRecipe } from "../../demo/canvas/js/recipe.js";
import { adopt, newView } from "../../demo/canvas/js/view.js";
import { FRAME } from "./values.js";

const VALUE = { recipe: { model: "faces", seed: 3, class: "7" } };

/** A view of the frame of 3 pictures of 7 x 5 pixels with the layers 2 and 5, as an address asks for it. */
function opened(search) {
  const view = newView();
  const recipe = readRecipe(search);
  if (recipe.truncation) view.truncation = recipe.truncation; // as the page takes it before it asks for the frame
  adopt(view, FRAME);
  return { view, fits: applyRecipe(view, recipe) };
}

test("an address without wishes leaves the view as it is", () => {
  const { view, fits } = opened("");
  assert.equal(fits, true);
  const { chosen, layer, head, mode, pins, links, edit } = view;
  assert.deepEqual({ chosen, layer, head, mode, pins, links, edit }, {
    chosen: 0, layer: "5", head: "mean", mode: "looks", pins: [], links: 40, edit: {},
  });
});

test("an untouched view is written with what the server needs and what is usual", () => {
  const { view } = opened("");
  assert.equal(writeRecipe(view, VALUE, null, ""), "?model=faces&seed=3&class=7&picture=1&layer=5&head=mean&mode=looks");
});

for (const query of [
  "?picture=2&layer=2&head=2&mode=seen&pixel=4,1",
  "?picture=3&layer=5&head=mean&mode=looks&pixel=0,0;6,4;3,2&pin=3",
  "?picture=1&layer=5&head=mean&mode=looks&pixel=0,0;6,4&pin=mean",
  "?picture=1&layer=5&head=3&mode=flow&links=17",
  "?picture=1&layer=5&head=mean&mode=contribution&step=1009&edit=2*g0_5*x0-2q7&compare=emoji&truncation=0.7",
]) {
  test(`${query} is read and written the same`, () => {
    const { view, fits } = opened(query);
    assert.equal(fits, true);
    assert.equal(writeRecipe(view, {}, readRecipe(query).step, ""), query);
  });
}

/** The same view of items that were made from these texts. */
function ofTexts(search) {
  const view = newView();
  adopt(view, { ...FRAME, header: { ...FRAME.header, labels: ["a red star", "two and three", "3 march"] } });
  return { view, fits: applyRecipe(view, readRecipe(search)) };
}

for (const [query, text] of [
  ["?picture=1&layer=5&head=mean&mode=looks&swap=2,1,green", "a green star"],
  ["?picture=1&layer=5&head=mean&mode=looks&swap=1,3,%3Cb%3E+%E5%AD%97", "<b> 字"],
  ["?picture=2&layer=5&head=mean&mode=looks&swap=4,0,, and", "two and three , and"],
  ["?picture=3&layer=5&head=mean&mode=looks&swap=2,1,Xarch", "3 Xarch"],
]) {
  test(`${query} says which words gave way to which`, () => {
    const { view, fits } = ofTexts(query);
    assert.deepEqual({ fits, swapped: view.swapped }, { fits: true, swapped: text });
    assert.deepEqual(new URLSearchParams(writeRecipe(view, {}, null, "")), new URLSearchParams(query));
  });
}

test("words that an item does not have, none at all and too many of them are not put in their place", () => {
  const wrong = ["3,2,four", "0,1,four", "1,3,", "1,1", "four", "", "-1,1,a", `1,1,${"x".repeat(1000)}`];
  for (const said of wrong) {
    const { view, fits } = ofTexts(`?swap=${said}`);
    assert.deepEqual({ said, fits, swapped: view.swapped }, { said, fits: false, swapped: null });
  }
  assert.equal(opened("?swap=1,1,four").fits, false, "of items that are made from no text");
  const { view } = ofTexts("");
  for (const swapped of ["a red star", "x".repeat(1001)]) {
    assert.ok(!writeRecipe(Object.assign(view, { swapped }), {}, null, "").includes("swap"));
  }
});

test("through all layers is written with the layer that it goes down to", () => {
  const { view, fits } = opened("?mode=rollout&pixel=4,1");
  assert.equal(fits, true);
  assert.equal(view.layer, "2");
  assert.equal(opened("?mode=rollout&layer=5").view.layer, "5");
});

test("the text that a model was asked with is for the server, and goes when it is asked for no text", () => {
  const { view } = opened("?text=a+red+star");
  assert.equal(readRecipe("?text=a+red+star").named, true);
  const usual = "picture=1&layer=5&head=mean&mode=looks";
  assert.equal(writeRecipe(view, {}, null, "?text=a+red+star"), `?${usual}`);
  const recipe = { model: "words", text: "50% <b> & 字" };
  const written = writeRecipe(view, { recipe }, null, "");
  assert.equal(written, `?model=words&text=50%25+%3Cb%3E+%26+%E5%AD%97&${usual}`);
  assert.equal(new URLSearchParams(written).get("text"), recipe.text);
});

test("what else the address holds is kept, and old wishes go", () => {
  const { view } = opened("");
  const written = writeRecipe(view, {}, null, "?__theme=dark&door=train&pixel=1,1&seed=9&edit=5*g0");
  assert.equal(written, "?__theme=dark&picture=1&layer=5&head=mean&mode=looks");
});

for (const wish of [
  "picture=0", "picture=4", "picture=2.5", "picture=two", "layer=16", "head=0", "head=4", "head=-1", "mode=sees", "pixel=4",
  "pixel=4,1,2", "pixel=", "pixel=4,1;", "pixel=a,b", "pixel=7,1", "pixel=4,5", "pixel=-1,0", "pin=1", "pin=mean",
  "pixel=4,1&pin=2", "pixel=4,1&pin=mean", "links=0", "links=201", "truncation=2.1", "truncation=-1", "truncation=1e1",
  "edit=16*g0", "edit=5*g9", "picture=9999999999",
]) {
  test(`${wish} does not fit, and what is shown stays sane`, () => {
    const { view, fits } = opened("?" + wish);
    assert.equal(fits, false);
    assert.ok(view.chosen >= 0 && view.chosen < 3);
    assert.ok(["2", "5"].includes(view.layer));
    assert.ok(view.pins.every(({ x, y }) => x > 0 && x < 1 && y > 0 && y < 1));
    assert.ok(view.links >= 1 && view.links <= 200);
    assert.equal(view.truncation, 1);
    assert.deepEqual(view.edit, {});
  });
}

test("of more than nine pixels the first nine are pinned", () => {
  const { view, fits } = opened("?pixel=" + Array(11).fill("3,2").join(";"));
  assert.equal(fits, false);
  assert.equal(view.pins.length, 9);
});

test("pixels outside the picture are pinned at its edge", () => {
  const { view } = opened("?pixel=99,-3");
  assert.deepEqual(view.pins, [{ x: 6.5 / 7, y: 0.5 / 5 }]);
});

test("an address names something to the server by model, seed, class, or a training to compare with", () => {
  const named = (search) => readRecipe(search).named;
  assert.ok(["?model=faces", "?seed=", "?class=7", "?compare=run-1"].every(named));
  assert.ok(!["", "?picture=2&pixel=1,1", "?compare=emoji"].some(named));
});

test("a view without a frame is written without pixels and layer", () => {
  assert.equal(writeRecipe(newView(), VALUE, null, ""), "?model=faces&seed=3&class=7&picture=1&mode=looks");
});
