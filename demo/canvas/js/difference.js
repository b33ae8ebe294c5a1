// Two items side by side: what changed between them, and how far. An item is {frame, index}.
import { make, term } from "./element.js";
import { imageOfMap } from "./heat.js";
import { canvasOf, paintBar } from "./paint.js";
import { paintThumbnail, pairOf } from "./stages.js";

const VISIBLE = { pictures: 8 }; // of 255, as in attngan.explain.changes: a place moved when a value changed by more
const BRIGHTEST = { pictures: 64 }; // of 255, which gets the brightest colour in every picture; else the largest does

/** What has to agree for a difference: of pictures height and width, as a grey one is compared as RGB; else the whole shape. */
const sidesOf = ({ kind, item }) => String([kind, ...(kind === "pictures" ? item.shape.slice(0, 2) : item.shape)]);

/** Share of places that moved, the largest change of a value, and each place's largest; null where sizes differ. */
export function changeOf(before, after) {
  if (sidesOf(before.frame) !== sidesOf(after.frame)) return null;
  const { count } = before.frame.item.places;
  const map = new Float32Array(count);
  const [from, to] = [before, after].map(({ frame: { item }, index }) => {
    const each = item.shape.reduce((all, side) => all * side, 1) / count; // values of a place
    return { each, valueOf: (place, value) => item.values[(index * count + place) * each + (value % each)] };
  });
  for (let place = 0; place < count; place++) {
    for (let value = 0; value < Math.max(from.each, to.each); value++) {
      const apart = Math.abs(from.valueOf(place, value) - to.valueOf(place, value));
      if (apart > map[place]) map[place] = apart;
    }
  }
  const visible = VISIBLE[before.frame.kind] ?? 0;
  const largest = map.reduce((most, value) => Math.max(most, value), 0);
  return { moved: map.filter((value) => value > visible).length / map.length, largest, map, visible };
}

/**
 * Paint both items and their difference, with its scale, on the three canvases of `place`; of texts write both, with a mark
 * on every character that changed. Returns the change, or null.
 */
export function showTrio(place, before, after, colours, speak) {
  const areTexts = Boolean(pairOf(before.frame, before.index));
  place.classList.toggle("texts", areTexts);
  if (areTexts) return showTexts(place, before, after);
  const [first, second, third] = place.querySelectorAll("canvas");
  paintThumbnail(first, before.frame, before.index);
  paintThumbnail(second, after.frame, after.index);
  const change = changeOf(before, after);
  third.parentElement.hidden = !change;
  if (!change) return null;
  const fixed = BRIGHTEST[before.frame.kind];
  canvasOf(imageOfMap(change.map, before.frame.item.places, fixed ?? (change.largest || 1), colours), third);
  showScale(third.parentElement, fixed, colours, speak);
  third.style.aspectRatio = String(first.width / first.height);
  return change;
}

function showTexts(place, before, after) {
  const change = changeOf(before, after);
  const marked = ({ frame, index }) => frame.item.texts[index].map((text, at) => {
    const isChanged = !change || change.map[at] > 0;
    return isChanged ? make("mark", "", text || "␃") : text;
  });
  [before, after].forEach((one, number) => {
    const figure = place.children[number];
    const text = figure.querySelector("output") ?? figure.insertBefore(make("output"), figure.lastChild);
    text.replaceChildren(...marked(one));
  });
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
  const { moved, largest, map } = change;
  const count = Math.round(moved * map.length);
  return speak(moved ? "edit_change" : "edit_change_slight", { moved: speak.percent(moved), largest, count });
}
