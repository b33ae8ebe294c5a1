// Two items side by side: what changed between them, and how far. An item is {frame, index}.
import { make, term } from "./element.js";
import { imageOfMap } from "./heat.js";
import { canvasOf, paintBar } from "./paint.js";
import { paintThumbnail } from "./stages.js";

const VISIBLE = { pictures: 8 }; // of 255, as in attngan.explain.changes: a place moved when a value changed by more
const BRIGHTEST = { pictures: 64 }; // of 255, which gets the brightest colour in every picture; else the largest does

/** Share of places that moved, the largest change of a value, and each place's largest; null where sizes differ. */
export function changeOf(before, after) {
  const [one, other] = [before.frame.item, after.frame.item];
  if (before.frame.kind !== after.frame.kind || String(one.shape) !== String(other.shape)) return null;
  const map = new Float32Array(one.places.count);
  const size = one.shape.reduce((all, side) => all * side, 1);
  const [from, to] = [before.index * size, after.index * size];
  const each = size / map.length; // values of a place
  for (let value = 0; value < size; value++) {
    const apart = Math.abs(one.values[from + value] - other.values[to + value]);
    const place = Math.floor(value / each);
    if (apart > map[place]) map[place] = apart;
  }
  const visible = VISIBLE[before.frame.kind] ?? 0;
  const largest = map.reduce((most, value) => Math.max(most, value), 0);
  return { moved: map.filter((value) => value > visible).length / map.length, largest, map };
}

/** Paint both items and their difference, with its scale, on the three canvases of `place`; returns the change. */
export function showTrio(place, before, after, colours, speak) {
  const [first, second, third] = place.querySelectorAll("canvas");
  paintThumbnail(first, before.frame, before.index);
  paintThumbnail(second, after.frame, after.index);
  const change = changeOf(before, after);
  const { places } = before.frame.item;
  const map = change?.map ?? new Float32Array(places.count);
  const fixed = BRIGHTEST[before.frame.kind];
  canvasOf(imageOfMap(map, places, fixed ?? (change?.largest || 1), colours), third);
  showScale(third.parentElement, fixed, colours, speak);
  third.style.aspectRatio = String(first.width / first.height);
  return change;
}

/** The scale of a difference below it, where it is the same for all items of a kind. */
function showScale(figure, brightest, colours, speak) {
  if (!figure.querySelector(".apart-scale")) {
    const bar = Object.assign(make("canvas", "bar"), { width: 256, height: 1 });
    figure.append(make("p", "apart-scale", make("span", "", "0"), bar, term("explain_difference", "")));
  }
  const scale = figure.querySelector(".apart-scale");
  scale.hidden = !brightest;
  scale.querySelector(".term").textContent = brightest ? speak("edit_brightest", { brightest }) : "";
  paintBar(scale.querySelector("canvas"), colours);
}

/** "14 % of the pixels differ noticeably, by 97 of 255 at most." */
export function changeInWords(change, speak) {
  if (!change) return speak("edit_change_sizes");
  if (!change.largest) return speak("edit_change_none");
  const { moved, largest } = change;
  return speak(moved ? "edit_change" : "edit_change_slight", { moved: speak.percent(moved), largest });
}
