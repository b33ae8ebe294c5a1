// What a person chooses in the view: pins, cells by keys, heads muted or alone, and what is left when a frame changes.
import assert from "node:assert/strict";
import test from "node:test";
import { looksAt } from "../../demo/canvas/js/attention.js";
import { writeEdit } from "../../demo/canvas/js/edit.js";
import { countLinks } from "../../demo/canvas/js/flow.js";
import { gainsIn } from "../../demo/canvas/js/gains.js";
import { chooseLayer, chooseMode, stepPoint, turn } from "../../demo/canvas/js/moves.js";
import { addPin, clearPins, liftPin, pinAll, pixelOf, pressPin, turnPin } from "../../demo/canvas/js/pins.js";
import { adopt, linksOf, mapOf, newView } from "../../demo/canvas/js/view.js";
import { FRAME } from "./values.js";

const ONE_LAYER = { ...FRAME, layers: [FRAME.layers[0]] }; // with 2 heads

/** A view of the frame of 3 pictures of 7 x 5 pixels: layer 2 of 2 x 3 queries, layer 5 of 5 x 7. */
function viewed(frame = FRAME) {
  const view = newView();
  adopt(view, frame);
  return view;
}

const pixelsOf = (view) => view.pins.map((pin) => pixelOf(pin, view.frame)).map(({ x, y }) => [x, y]);
const pointAt = (x, y) => ({ x: (x + 0.5) / 7, y: (y + 0.5) / 5 });

test("a press pins, a second one moves the pin, a press on the pin lifts it", () => {
  const view = viewed();
  pressPin(view, pointAt(4, 1));
  assert.deepEqual(pixelsOf(view), [[4, 1]]);
  pressPin(view, pointAt(6, 2));
  assert.deepEqual(pixelsOf(view), [[6, 2]]);
  pressPin(view, pointAt(6, 2));
  assert.deepEqual(pixelsOf(view), []);
  assert.equal(view.pin, null);
});

test("in a coarse layer a pin is met anywhere in its cell", () => {
  const view = viewed();
  chooseLayer(view, "2");
  pressPin(view, pointAt(0, 0));
  pressPin(view, pointAt(1, 1)); // the upper left of 2 x 3 cells
  assert.deepEqual(view.pins, []);
});

test("with `adding` the next press adds a pin, and a press on another pin chooses it", () => {
  const view = viewed();
  pressPin(view, pointAt(4, 1));
  view.adding = true;
  pressPin(view, pointAt(6, 2));
  assert.deepEqual([pixelsOf(view), view.active, view.adding], [[[4, 1], [6, 2]], 1, false]);
  pressPin(view, pointAt(4, 1));
  assert.deepEqual([pixelsOf(view), view.active], [[[4, 1], [6, 2]], 0]);
});

test("a tenth pin moves the active one", () => {
  const view = viewed();
  assert.equal(pinAll(view, Array(9).fill([1, 1])), true);
  turnPin(view, -1);
  assert.equal(view.active, 8);
  addPin(view, pointAt(6, 4));
  assert.equal(view.pins.length, 9);
  assert.deepEqual(pixelsOf(view)[8], [6, 4]);
});

test("lifting the last pin but one ends their mean, and clearing forgets first pins, then the point", () => {
  const view = viewed();
  pinAll(view, [[1, 1], [6, 4]]);
  Object.assign(view, { together: true, active: 1 });
  liftPin(view);
  assert.deepEqual([pixelsOf(view), view.active, view.together], [[[1, 1]], 0, false]);
  clearPins(view);
  assert.deepEqual(view.pins, []);
  assert.notEqual(view.point, null);
  clearPins(view);
  assert.equal(view.point, null);
});

test("keys begin in the middle, move by cells and stop at the edge", () => {
  const view = viewed();
  stepPoint(view, 0, 0);
  assert.deepEqual(pixelOf(view.point, FRAME), { x: 3, y: 2 });
  stepPoint(view, 2, -1);
  assert.deepEqual(pixelOf(view.point, FRAME), { x: 5, y: 1 });
  stepPoint(view, 9, -9);
  assert.deepEqual(view.point, pointAt(6, 0));
  pressPin(view, view.point);
  stepPoint(view, -1, 1);
  assert.deepEqual(pixelsOf(view), [[5, 1]]);
});

test("another frame keeps the layer and head where it has them", () => {
  const view = viewed();
  Object.assign(view, { chosen: 2, head: 2 }); // the third of layer 5
  adopt(view, { ...FRAME });
  assert.deepEqual([view.chosen, view.layer, view.head], [2, "5", 2]);
  adopt(view, { ...ONE_LAYER, count: 2 });
  assert.deepEqual([view.chosen, view.layer, view.head], [0, "2", "mean"]);
  adopt(view, { ...FRAME, layers: [] });
  assert.deepEqual([view.layer, mapOf(view)], [null, null]);
});

test("going through a list wraps around, and begins at its start from what is not in it", () => {
  const names = ["a", "b", "c"];
  assert.deepEqual([turn(names, "c", 1), turn(names, "a", -1), turn(names, "?", 1)], ["a", "c", "b"]);
});

test("links are the strongest weights to another place, as many as wished", () => {
  const view = viewed();
  assert.equal(linksOf(view), null);
  chooseMode(view, "flow");
  view.links = 11;
  const layer = FRAME.layers[1]; // 5 x 7 queries, 3 x 2 keys
  const all = [];
  for (let query = 0; query < 35; query++) {
    const own = 2 * Math.floor((3 * (Math.floor(query / 7) + 0.5)) / 5) + Math.floor((2 * ((query % 7) + 0.5)) / 7);
    looksAt(layer, 0, "mean", query).forEach((weight, key) => key !== own && all.push(weight));
  }
  assert.equal(all.length, 35 * 5);
  assert.equal(countLinks(layer, 0), 35 * 5);
  const strongest = all.sort((one, other) => other - one).slice(0, 11);
  assert.deepEqual(linksOf(view).map(({ weight }) => weight), strongest);
  assert.equal(mapOf(view).top, strongest[0]);
});

test("a picture without its attention has no map", () => {
  const view = viewed();
  view.point = pointAt(4, 1);
  assert.notEqual(mapOf(view), null);
  view.chosen = 2; // the frame has the attention of 2 pictures
  assert.equal(mapOf(view), null);
});

test("muting a head and hearing it alone take themselves back", () => {
  const view = viewed();
  view.head = 1;
  assert.deepEqual([gainsIn(view).head, gainsIn(view).isMuted, gainsIn(view).isAlone], [2, false, false]);
  view.edit = gainsIn(view).mute();
  assert.equal(writeEdit(view.edit), "5*h1-0-1");
  assert.equal(gainsIn(view).isMuted, true);
  assert.deepEqual(gainsIn(view).mute(), {});
  view.edit = gainsIn(view).solo();
  assert.equal(writeEdit(view.edit), "5*h0-1-0");
  assert.equal(gainsIn(view).isAlone, true);
  assert.deepEqual(gainsIn(view).solo(), {});
});

test("with the mean of the heads it is the layer that is muted or alone", () => {
  const view = viewed();
  view.edit = gainsIn(view).mute();
  assert.equal(writeEdit(view.edit), "5*g0");
  assert.equal(gainsIn(view).isMuted, true);
  view.edit = gainsIn(view).solo();
  assert.equal(writeEdit(view.edit), "2*g0");
  assert.equal(gainsIn(view).isAlone, true);
  assert.deepEqual(gainsIn(view).solo(), {});
  assert.equal(gainsIn(viewed(ONE_LAYER)).canBeAlone, false);
});

test("through all layers and back keeps the layer, and what was chosen in between is for that mode alone", () => {
  const view = viewed();
  chooseMode(view, "rollout");
  assert.equal(view.layer, "2");
  chooseMode(view, "looks");
  assert.equal(view.layer, "5");
  chooseLayer(view, "2");
  chooseMode(view, "rollout");
  chooseLayer(view, "5");
  chooseMode(view, "rollout");
  chooseMode(view, "seen");
  assert.equal(view.layer, "2");
  chooseMode(view, "flow");
  assert.equal(view.layer, "2");
});
