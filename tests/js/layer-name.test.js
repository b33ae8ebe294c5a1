// Layers are called by the size of their map, or by what looks or is looked at, in the reader's language.
import assert from "node:assert/strict";
import test from "node:test";
import { nameLayer, nameLayers } from "../../demo/canvas/js/layer-name.js";
import { speaker } from "../../demo/canvas/js/texts.js";

globalThis.document = { documentElement: { lang: "zh" } };
const WORDS = {
  en: {},
  "zh-CN": {
    layer_size: "{size} 像素", layer_words: "词语 {number}", layer_round: "第 {number} 轮", layer_tokens: "词元", layer_columns: "列",
  },
};

test("layers have a unit where they are sizes, and words where they are not", () => {
  const speak = speaker(WORDS);
  assert.equal(nameLayers(["8", "16"], speak), "8, 16 像素");
  assert.equal(nameLayers(["8", "words-8"], speak), "8, 词语 8");
  assert.deepEqual(["round-2", "tokens", "columns"].map((name) => nameLayer(name, speak)), ["第 2 轮", "词元", "列"]);
});

test("a name that somebody else gave stands for itself", () => {
  assert.deepEqual(["words", "round-one", "token", "toString"].map((name) => nameLayer(name, speaker(WORDS))), [
    "words", "round-one", "token", "toString",
  ]);
});
