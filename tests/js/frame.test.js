// Frames and what is read of them, against the values that Python computes of the same bytes (make_values.py).
import assert from "node:assert/strict";
import test from "node:test";
import { looksAt, spreadOf } from "../../demo/canvas/js/attention.js";
import { decodeFrame, singlesOf } from "../../demo/canvas/js/frame.js";
import { mapAt } from "../../demo/canvas/js/modes.js";
import { BYTES, CAPTIONED, FRAME, VALUES } from "./values.js";

const CLOSE = 2e-6; // of values as large as 1, which both sides hold in 32 bits

function assertClose(found, expected, within = CLOSE) {
  assert.equal(found.length, expected.length);
  expected.forEach((value, index) => {
    const apart = Math.abs(found[index] - value);
    assert.ok(apart <= within * Math.max(1, Math.abs(value)), `[${index}]: ${found[index]} is not ${value}`);
  });
}

const layerOf = (frame, name) => frame.layers.find((layer) => layer.name === name);
const middleOf = ([x, y]) => ({ x: (x + 0.5) / FRAME.width, y: (y + 0.5) / FRAME.height });

test("a frame written by Python says what is in it", () => {
  const { count, attended, height, width, channels, header, bytes } = FRAME;
  assert.deepEqual({ count, attended, height, width, channels }, { count: 3, attended: 2, height: 5, width: 7, channels: 3 });
  assert.deepEqual([header.seeds, header.labels, header.step], [[2, 3, 5], [1, 0, 1], 1009]);
  assert.equal(bytes, BYTES.byteLength);
  const layers = FRAME.layers.map(({ name, heads, queries, keys, gate }) => ({ name, heads, queries, keys, gate }));
  assert.deepEqual(layers, [
    { name: "2", heads: 2, queries: 6, keys: 3, gate: -0.625 },
    { name: "5", heads: 3, queries: 35, keys: 6, gate: 0.75 },
  ]);
});

test("its pixels have the colours that Python gave them", () => {
  VALUES.pixels.forEach(({ x, y, colour }, picture) => {
    const start = ((picture * FRAME.height + y) * FRAME.width + x) * FRAME.channels;
    assert.deepEqual([...FRAME.pictures.subarray(start, start + 3)], colour);
  });
});

test("the words of captions come with their frame, padded to the longest of those that are attended", () => {
  const { keyPlaces, keys } = layerOf(CAPTIONED, "caption");
  assert.deepEqual([keyPlaces.kind, keys, keyPlaces.size(0), keyPlaces.size(1)], ["words", 3, 3, 1]);
  assert.deepEqual([0, 1, 2].map((place) => keyPlaces.name(place, 0)), ["a", "red", "ball"]);
  assert.equal(keyPlaces.name(0, 1), "two");
});

test("a frame of another version is refused", () => {
  const copy = BYTES.slice(0);
  const text = new TextDecoder().decode(copy);
  new Uint8Array(copy)[text.indexOf('"version":1') + '"version":'.length] = "2".charCodeAt(0);
  assert.throws(() => decodeFrame(copy), /frame version 2/);
});

test("a frame that was cut short is refused", () => assert.throws(() => decodeFrame(BYTES.slice(0, -8)), RangeError));

const ALL_READINGS = [
  ...VALUES.readings.map((one) => ({ frame: FRAME, ...one })),
  ...VALUES.captioned_readings.map((one) => ({ frame: CAPTIONED, ...one })),
];
for (const { frame, mode, picture, layer, head, pixel, grid, map } of ALL_READINGS) {
  const whose = `${mode} of picture ${picture}, layer ${layer}, head ${head ?? "mean"}, pixel ${pixel}`;
  test(`${whose} is the map that Python reads`, () => {
    const found = mapAt(frame.layers, layerOf(frame, layer), picture, head ?? "mean", mode, [middleOf(pixel)]);
    const { kind, rows, columns, count } = found.painted;
    assert.deepEqual(kind === "grid" ? [rows, columns] : [count], grid);
    assertClose(found.map, map);
  });
}

test("the map of several points is the mean of theirs", () => {
  const layer = layerOf(FRAME, "5");
  const three = VALUES.readings.filter((one) => one.mode === "looks" && one.picture === 0 && one.layer === "5");
  const found = mapAt(FRAME.layers, layer, 0, three[0].head ?? "mean", "looks", three.map(({ pixel }) => middleOf(pixel)));
  assertClose(found.map, three[0].map.map((_, key) => (three[0].map[key] + three[1].map[key] + three[2].map[key]) / 3));
});

test("without a point there is a map of flow alone", () => {
  const layer = layerOf(FRAME, "5");
  for (const mode of ["looks", "seen", "contribution", "rollout"]) {
    assert.equal(mapAt(FRAME.layers, layer, 0, "mean", mode, []), null);
  }
  assert.equal(mapAt(FRAME.layers, layer, 0, "mean", "flow", []).map.length, 6);
});

test("the peak of a rollout leaves out the pixel's own cell", () => {
  const { map, rest, peak } = mapAt(FRAME.layers, layerOf(FRAME, "5"), 1, "mean", "rollout", [middleOf([4, 1])]);
  const own = 1 * 7 + 4;
  assert.ok(map[own] > peak.value);
  assert.equal(rest[own], 0);
  assert.equal(peak.value, Math.max(...rest));
});

for (const { picture, layer, heads } of VALUES.spreads) {
  test(`the spread of layer ${layer} in picture ${picture} is the entropy that Python finds`, () => {
    const one = layerOf(FRAME, layer);
    const mean = heads.reduce((sum, value) => sum + value, 0) / heads.length;
    const levels = 0.004; // a weight is kept in 255 levels
    assertClose(heads.map((_, head) => spreadOf(one, picture, head)), heads, levels);
    assertClose([spreadOf(one, picture, "mean")], [mean], levels);
  });
}

test("a frame taken apart gives each picture its own attention", () => {
  const singles = singlesOf(FRAME);
  assert.equal(singles.length, 2);
  singles.forEach((single, picture) => {
    assert.deepEqual(single.pictures, FRAME.pictures.slice(picture * 105, (picture + 1) * 105));
    for (const { name } of FRAME.layers) {
      const [mine, whole] = [layerOf(single, name), layerOf(FRAME, name)];
      assert.deepEqual(looksAt(mine, 0, "mean", 5), looksAt(whole, picture, "mean", 5));
      const size = whole.heads * whole.keys;
      assert.deepEqual(mine.lengths, whole.lengths.slice(picture * size, (picture + 1) * size));
    }
  });
});
