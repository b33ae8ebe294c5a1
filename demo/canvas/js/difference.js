// Two items side by side: what changed between them, and how far. An item is {frame, index}.
import { imageOfMap } from "./heat.js";
import { canvasOf } from "./paint.js";
import { paintThumbnail } from "./stages.js";

const VISIBLE = { pictures: 8 }; // of 255, as in attngan.explain.changes: a place moved when a value changed by more

/** Share of places that moved, mean and largest change of all values, and each place's largest; null where sizes differ. */
export function changeOf(before, after) {
  const [one, other] = [before.frame.item, after.frame.item];
  if (before.frame.kind !== after.frame.kind || String(one.shape) !== String(other.shape)) return null;
  const map = new Float32Array(one.places.count);
  const size = one.shape.reduce((all, side) => all * side, 1);
  const [from, to] = [before.index * size, after.index * size];
  const each = size / map.length; // values of a place
  let sum = 0;
  for (let value = 0; value < size; value++) {
    const apart = Math.abs(one.values[from + value] - other.values[to + value]);
    const place = Math.floor(value / each);
    sum += apart;
    if (apart > map[place]) map[place] = apart;
  }
  const visible = VISIBLE[before.frame.kind] ?? 0;
  const largest = map.reduce((most, value) => Math.max(most, value), 0);
  return { moved: map.filter((value) => value > visible).length / map.length, mean: sum / size, largest, map };
}

/** Paint both items and their difference on the three canvases of `place`; returns the change. */
export function showTrio(place, before, after, colours) {
  const [first, second, third] = place.querySelectorAll("canvas");
  paintThumbnail(first, before.frame, before.index);
  paintThumbnail(second, after.frame, after.index);
  const change = changeOf(before, after);
  const { places } = before.frame.item;
  const map = change?.map ?? new Float32Array(places.count);
  canvasOf(imageOfMap(map, places, change?.largest || 1, colours), third);
  third.style.aspectRatio = String(first.width / first.height);
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
