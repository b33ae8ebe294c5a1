// A map as shade, tint and hatching over a picture: the same rule as attngan.explain.heatmaps.overlay.
import assert from "node:assert/strict";
import test from "node:test";
import { coloursOf } from "../../demo/canvas/js/colours.js";
import { imageOfHeat, imageOfLack, imageOfMap } from "../../demo/canvas/js/heat.js";
import { gridOf } from "../../demo/canvas/js/places.js";

globalThis.ImageData ??= class {
  constructor(width, height) {
    Object.assign(this, { width, height, data: new Uint8ClampedArray(4 * width * height) });
  }
};

const LAST = [252, 253, 191]; // of magma
const MAP = Float32Array.of(0, 0.01, 0.09, 0.5, 0.36, 0.04); // 2 x 3
const heatOf = (more) => ({
  map: MAP, places: gridOf(2, 3), item: 0, top: 0.5, even: 1 / 6, colours: coloursOf("magma"), strength: 0.5, ...more,
});
const pixel = ({ data }, place) => [...data.subarray(4 * place, 4 * place + 4)];

test("a picture is darker the less a place has, and in colour only above the even share", () => {
  const image = imageOfHeat(heatOf());
  assert.deepEqual([image.width, image.height], [3, 2]);
  assert.deepEqual(pixel(image, 0), [0, 0, 0, Math.round(255 * 0.3)]);
  assert.deepEqual(pixel(image, 5), [0, 0, 0, Math.round(255 * 0.3 * (1 - Math.sqrt(0.08)))]);
  assert.deepEqual(pixel(image, 3), [...LAST, Math.round(255 * 0.375)]);
  const [red, green, blue, cover] = pixel(image, 4);
  assert.ok(red > green && red > blue && cover < 255 * 0.375);
  const seen = [0, 1, 5, 2].map((place) => pixel(image, place)[3]); // rising values cover less
  assert.deepEqual(seen, [...seen].sort((one, other) => other - one));
});

test("what is below the even share is hatched, the more the less it has", () => {
  const image = imageOfLack(heatOf());
  assert.deepEqual([0, 1, 2, 3, 4].map((place) => pixel(image, place)[3]), [128, 120, 59, 0, 0]); // 127.5 × (1 - 0.54) = 59
});

test("without strength, and of a map of nothing, no colour is painted", () => {
  for (let place = 0; place < 6; place++) assert.equal(pixel(imageOfHeat(heatOf({ strength: 0 })), place)[3], 0);
  const nothing = imageOfHeat(heatOf({ map: new Float32Array(6), top: 0, even: 0 }));
  assert.deepEqual(pixel(nothing, 2), [0, 0, 0, 77]);
  assert.equal(pixel(imageOfLack(heatOf({ map: new Float32Array(6), even: 0 })), 2)[3], 0);
});

test("a map by itself covers all, in the colours of its scale", () => {
  const image = imageOfMap(MAP, gridOf(2, 3), 0.25, coloursOf("magma"));
  assert.deepEqual(pixel(image, 0), [0, 0, 4, 255]); // the first of magma
  assert.deepEqual(pixel(image, 3), [...LAST, 255]); // more than the top of the scale
});
