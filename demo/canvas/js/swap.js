// One word in place of another, drawn from the same noise: the text that is asked for, and what changed elsewhere.
import { seenBy } from "./attention.js";
import { attendedOf, besideIn, itemOf, layersOf, wholeOf, wordedOf } from "./view.js";

/** The pinned word beside the item in view, {place, name}, or null. */
export function pinnedWord(view) {
  const beside = view.pin?.beside === undefined ? null : besideIn(view);
  const place = beside?.at(view.pin, itemOf(view));
  return beside?.kind === "words" ? { place, name: beside.name(place, itemOf(view)) } : null;
}

/** The text in view with `word` in place of the pinned one: of characters edge to edge, of words with spaces between. */
export function textWith(view, word) {
  const { index, frame } = attendedOf(view);
  const text = [.../** @type {any} */ (besideIn(view)).namesIn(index)];
  const between = text.join("") === frame.header.labels?.[index] ? "" : " ";
  text[pinnedWord(view).place] = word;
  return text.join(between);
}

/**
 * The share of places that moved outside the part of the item that looked at a word: cells of the coarsest layer of words that
 * gave it less than the even share, as the item was drawn before.
 */
export function movedOutside(view, { map, visible }, place) {
  const before = Object.assign(Object.create(view), { stand: null });
  const [whole, item] = [wholeOf(view), itemOf(before)];
  const layer = wordedOf(layersOf(before), whole);
  const looked = seenBy(layer, item, "mean", place);
  const even = looked.reduce((sum, value) => sum + value, 0) / looked.length;
  let [moved, all] = [0, 0];
  map.forEach((apart, one) => {
    if (looked[layer.queryPlaces.at(whole.middle(one), item)] >= even) return;
    all += 1;
    moved += Number(apart > visible);
  });
  return all ? moved / all : 0;
}
