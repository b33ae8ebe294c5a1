// How far two items are apart.
import assert from "node:assert/strict";
import test from "node:test";
import { changeOf } from "../../demo/canvas/js/difference.js";

const picture = (height, width, channels, values) => ({
  frame: { kind: "pictures", item: { values: Uint8Array.from(values), shape: [height, width, channels], places: { count: height * width } } },
  index: 0,
});

test("a grey picture is compared with a coloured one as RGB", () => {
  const grey = picture(1, 3, 1, [10, 20, 30]);
  const colour = picture(1, 3, 3, [10, 10, 10, 20, 50, 13, 30, 30, 25]);
  for (const [one, other] of [[grey, colour], [colour, grey]]) {
    const { moved, largest, map } = changeOf(one, other);
    assert.deepEqual([...map], [0, 30, 5]);
    assert.deepEqual([moved, largest], [1 / 3, 30]);
  }
});

test("of pictures of other sizes there is no difference, not even of as many pixels", () => {
  assert.equal(changeOf(picture(1, 3, 1, [1, 2, 3]), picture(3, 1, 1, [1, 2, 3])), null);
});

test("only the chosen item of a frame is compared", () => {
  const { frame } = picture(1, 2, 1, [0, 0]);
  frame.item.values = Uint8Array.from([0, 0, 7, 90]);
  assert.deepEqual([...changeOf({ frame, index: 1 }, picture(1, 2, 1, [5, 5])).map], [2, 85]);
});
