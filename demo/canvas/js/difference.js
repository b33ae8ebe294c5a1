// Two pictures side by side: what changed between them, and how far. A picture is {frame, index}.
import { pictureOf } from "./frame.js";
import { canvasOf, imageOfMap } from "./paint.js";

const VISIBLE = 8; // of 255, as in attngan.explain.changes: a pixel moved when one of its channels changed by more

/** Share of pixels that moved, mean and largest change of 255, and each pixel's largest; null where sizes differ. */
export function changeOf(before, after) {
  const { height, width, channels } = before.frame;
  const size = height * width * channels;
  if (after.frame.height !== height || after.frame.width !== width || after.frame.channels !== channels) return null;
  const [from, to] = [before.index * size, after.index * size];
  const map = new Float32Array(height * width);
  let sum = 0;
  for (let value = 0; value < size; value++) {
    const apart = Math.abs(before.frame.pictures[from + value] - after.frame.pictures[to + value]);
    const pixel = Math.floor(value / channels);
    sum += apart;
    if (apart > map[pixel]) map[pixel] = apart;
  }
  const largest = map.reduce((most, value) => Math.max(most, value), 0);
  return { moved: map.filter((value) => value > VISIBLE).length / map.length, mean: sum / size, largest, map };
}

/** Paint both pictures and their difference on the three canvases of `place`; returns the change. */
export function showTrio(place, before, after, colours) {
  const [first, second, third] = place.querySelectorAll("canvas");
  canvasOf(pictureOf(before.frame, before.index), first);
  canvasOf(pictureOf(after.frame, after.index), second);
  const change = changeOf(before, after);
  const { height, width } = before.frame;
  const map = change?.map ?? new Float32Array(height * width);
  canvasOf(imageOfMap(map, height, width, Math.max(1, change?.largest ?? 1), colours, 1, 1), third);
  return change;
}

/** "Moves 14 % of the pixels; mean change 3.1 of 255, at most 97." */
export function changeInWords(change, speak) {
  if (!change) return speak("edit_change_sizes");
  if (!change.largest) return speak("edit_change_none");
  return speak("edit_change", {
    moved: speak.percent(change.moved), mean: speak.number(change.mean, 1), largest: change.largest,
  });
}
