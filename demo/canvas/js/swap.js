// One word in place of another, drawn from the same noise: the text that is asked for, how an address says it, and what
// changed elsewhere.
import { seenBy } from "./attention.js";
import { attendedOf, besideIn, itemOf, layersOf, wholeOf, wordedOf } from "./view.js";

/**
 * @import { Places } from "./places.js"
 * @import { View } from "./view.js"
 */

const LONGEST = 1000; // characters of a text that the server takes

/**
 * The pinned word beside the item in view, {place, name}, or null.
 * @param {View} view
 */
export function pinnedWord(view) {
  const beside = view.pin?.beside === undefined ? null : besideIn(view);
  const place = beside?.at(view.pin, itemOf(view));
  return beside?.kind === "words" ? { place, name: beside.name(place, itemOf(view)) } : null;
}

/**
 * The text in view with `word` in place of the pinned one: of characters edge to edge, of words with spaces between.
 * @param {View} view
 * @param {string} word
 */
export function textWith(view, word) {
  const { index, frame } = attendedOf(view);
  const text = [.../** @type {any} */ (besideIn(view)).namesIn(index)];
  const between = text.join("") === frame.header.labels?.[index] ? "" : " ";
  text[pinnedWord(view).place] = word;
  return text.join(between);
}

/**
 * Where two lists part and meet again: the first place, and the one behind the last, in each.
 * @template T
 * @param {T[]} one
 * @param {T[]} other
 */
function apart(one, other) {
  const most = Math.min(one.length, other.length);
  let [from, same] = [0, 0];
  while (from < most && one[from] === other[from]) from += 1;
  while (same < most - from && one.at(-1 - same) === other.at(-1 - same)) same += 1;
  return [from, one.length - same, other.length - same];
}

/**
 * The text that the item in view was made from, or null.
 * @param {View} view
 * @returns {string|null}
 */
function ownText({ frame, chosen }) {
  const text = frame?.header.labels?.[chosen];
  return typeof text === "string" ? text : null;
}

/**
 * What an address says of the text in place of the item's own, "3,1,four" where of its words, from the third on, one gave way
 * to "four"; or null.
 * @param {View} view
 */
export function writeSwap(view) {
  const [own, { swapped }] = [ownText(view), view];
  if (own === null || swapped === null || swapped === own || swapped.length > LONGEST) return null;
  const [before, after] = [own.split(" "), swapped.split(" ")];
  const [from, until, end] = apart(before, after);
  return `${from + 1},${until - from},${after.slice(from, end).join(" ")}`;
}

/**
 * The text that `writeSwap` wrote of, or null where the item has no such words.
 * @param {View} view
 * @param {string|null} said
 */
export function readSwap(view, said) {
  const [, from, count, words] = /^([1-9]\d{0,3}),(\d{1,4}),(.*)$/s.exec(said ?? "") ?? [];
  const all = ownText(view)?.split(" ");
  const [start, gone] = [Number(from) - 1, Number(count)];
  if (!all || !from || start + gone > all.length) return null;
  all.splice(start, gone, ...(words ? [words] : []));
  const text = all.join(" ").trim();
  return text && text.length <= LONGEST ? text : null;
}

/**
 * The share of places that moved outside the part of the item that looked at the words that gave way: cells of the coarsest
 * layer of words that gave each of them less than the even share, as the item was drawn before.
 * @param {View} view
 * @param {{map: Float32Array|number[], visible: number}} change
 */
export function movedOutside(view, { map, visible }) {
  const before = Object.assign(Object.create(view), { stand: null });
  const [whole, item] = [wholeOf(view), itemOf(before)];
  const [own, drawn] = [before, view].map((one) => wordsIn(besideIn(one), itemOf(one)));
  const [from, until] = apart(own, drawn);
  const layer = wordedOf(layersOf(before), whole);
  const looked = own.slice(from, until).map((_, place) => seenBy(layer, item, "mean", from + place));
  const even = looked.map((weights) => weights.reduce((sum, value) => sum + value, 0) / weights.length);
  let [moved, all] = [0, 0];
  map.forEach((far, one) => {
    const cell = layer.queryPlaces.at(whole.middle(one), item);
    if (looked.some((weights, word) => weights[cell] >= even[word])) return;
    all += 1;
    moved += Number(far > visible);
  });
  return all ? moved / all : 0;
}

/** @type {(places: Places, item: number) => string[]} */
const wordsIn = (places, item) => Array.from({ length: places.size(item) }, (_, place) => places.name(place, item));
