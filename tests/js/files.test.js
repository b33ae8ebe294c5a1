// What files that are kept are called.
import assert from "node:assert/strict";
import test from "node:test";
import { fileName } from "../../demo/canvas/js/files.js";

for (const [title, name] of [
  ["faces", "attngan-faces"],
  ["笑脸，注意力 8+16，60 秒，09:00", "attngan-笑脸-注意力-8+16-60-秒-09-00"],
  ["../.hidden?", "attngan-hidden"],
  ["???", "attngan-model"],
  ["", "attngan-model"],
  ["x".repeat(99), `attngan-${"x".repeat(60)}`],
]) {
  test(`a file about ${JSON.stringify(title)} is called ${name}`, () => assert.equal(fileName(title), name));
}
