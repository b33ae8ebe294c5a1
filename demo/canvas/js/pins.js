// Pinned places: put, choose, lift, and the row of buttons that stands for them.
import { inside } from "./grid.js";
import { endingOf } from "./place-name.js";
import { pointOn } from "./sides.js";
import { besideIn, itemOf, layerOf, pointedIn } from "./view.js";

/**
 * @import { Frame } from "./frame.js"
 * @import { Places, Point } from "./places.js"
 * @import { Speak } from "./texts.js"
 * @import { View } from "./view.js"
 */

const MOST_PINS = 9;

/**
 * All pins lie on one side: the first one on the other side lifts them.
 * @param {View} view
 * @param {Point} point
 */
function turnTo(view, point) {
  if (view.pin && (view.pin.beside === undefined) !== (point.beside === undefined)) clearPins(view);
  view.point = { ...point };
}

/**
 * A click: on a free place the active pin moves there, or another joins it; on a pin, that is chosen, or lifted.
 * @param {View} view
 * @param {Point} point
 */
export function pressPin(view, point) {
  turnTo(view, point);
  const pointed = pointedIn(view);
  if (!pointed) return;
  /** @param {Point} one */
  const placeOf = (one) => pointed.at(one, itemOf(view));
  const place = placeOf(point);
  const active = view.pin && placeOf(view.pin) === place;
  const there = active ? view.active : view.pins.findIndex((pin) => placeOf(pin) === place);
  if (active && !view.adding) liftPin(view);
  else if (there >= 0) view.active = there;
  else if (view.adding || !view.pins.length) addPin(view, point);
  else view.pins[view.active] = { ...point };
  view.adding = false;
}

/**
 * Put one more pin, which becomes the active one; with all of them in use the active one moves.
 * @param {View} view
 * @param {Point} point
 */
export function addPin(view, point) {
  if (!layerOf(view)) return;
  turnTo(view, point);
  if (view.pins.length >= MOST_PINS) view.pins[view.active] = { ...point };
  else view.active = view.pins.push({ ...point }) - 1;
  view.adding = false;
}

/**
 * Lift the active pin.
 * @param {View} view
 */
export function liftPin(view) {
  view.pins.splice(view.active, 1);
  view.active = Math.max(0, Math.min(view.active, view.pins.length - 1));
  if (view.pins.length < 2) view.together = false;
}

/**
 * Lift all of them, or forget the point when there is none.
 * @param {View} view
 */
export function clearPins(view) {
  if (view.pins.length) Object.assign(view, { pins: [], active: 0, together: false, adding: false });
  else view.point = null;
}

/**
 * Choose the pin that is `by` places further on.
 * @param {View} view
 * @param {number} by
 */
export function turnPin(view, by) {
  const count = view.pins.length;
  if (count) view.active = (view.active + by + count) % count;
}

/**
 * Pin pixels [column, row] of the item in view, those outside at its edge; true when all fitted.
 * @param {View} view
 * @param {number[][]} pixels
 */
export function pinAll(view, pixels) {
  const { places } = view.frame.item;
  const kept = pixels.slice(0, MOST_PINS).map(([x, y]) => places.nearest(x, y));
  putPins(view, places, kept);
  return String(kept.map((place) => places.coordinates(place))) === String(pixels);
}

/**
 * Pin words beside the item in view by their numbers, which count from 1; true when all fitted.
 * @param {View} view
 * @param {number[]} numbers
 */
export function pinWords(view, numbers) {
  const beside = besideIn(view);
  if (!beside) return false;
  const kept = numbers.slice(0, MOST_PINS).map((number) => inside(number, beside.size(itemOf(view)) + 1) || 1);
  putPins(view, beside, kept.map((number) => number - 1));
  return String(kept) === String(numbers);
}

/**
 * @param {View} view
 * @param {Places} places
 * @param {number[]} kept
 */
function putPins(view, places, kept) {
  view.pins = kept.map((place) => pointOn(places, place, view.frame.item.places));
  Object.assign(view, { active: 0, together: false, point: { ...view.pins[0] } });
}

/**
 * The column and row of a point in the pixels of a frame's items; of words and columns, which one, and 0.
 * @param {Point} point
 * @param {Frame} frame
 */
export function pixelOf(point, { item }) {
  const [x, y] = item.places.coordinates(item.places.at(point));
  return { x, y };
}

/**
 * Show the row: a button a pin, the active one with its pixel and a cross; another pin; the mean of all.
 * @param {HTMLElement} place
 * @param {View} view
 * @param {Speak} speak
 * @param {(apply: () => void) => void} change
 */
export function showPins(place, view, speak, change) {
  place.hidden = !view.pins.length || !view.frame;
  if (place.hidden) return;
  /** @type {any} */
  const focused = document.activeElement;
  const held = place.contains(focused) ? focused.dataset.name : null;
  /** @type {(name: string, text: string, label: string|null, pressed: boolean|null, apply: () => void) => HTMLElement} */
  const button = (name, text, label, pressed, apply) => {
    const one = document.createElement("button");
    one.type = "button";
    one.dataset.name = name;
    one.textContent = text;
    if (label) one.setAttribute("aria-label", label);
    if (label) one.title = label;
    if (pressed !== null) one.setAttribute("aria-pressed", String(pressed));
    one.addEventListener("click", () => change(apply));
    return one;
  };
  /** @type {HTMLElement[]} */
  const parts = [];
  const pointed = pointedIn(view) ?? view.frame.item.places;
  const named = endingOf(pointed);
  view.pins.forEach((pin, index) => {
    const active = index === view.active;
    const name = pointed.name(pointed.at(pin, itemOf(view)), itemOf(view));
    const values = { number: index + 1, name, ...pixelOf(pin, view.frame) };
    const text = speak(active ? "canvas_pin_active" + named : "canvas_pin_other", values);
    parts.push(button(`pin${index}`, text, speak("canvas_pin" + named, values), active, () => (view.active = index)));
    if (active) parts.push(button("lift", speak("canvas_pin_lift_short"), speak("canvas_pin_lift", values), null, () => liftPin(view)));
  });
  if (view.pins.length < MOST_PINS) {
    const add = view.adding ? "canvas_pin_adding" : "canvas_pin_add";
    parts.push(button("add", speak(add), null, view.adding, () => (view.adding = !view.adding)));
  }
  if (view.pins.length > 1) {
    parts.push(button("mean", speak("canvas_pin_mean"), null, view.together, () => (view.together = !view.together)));
  }
  place.replaceChildren(...parts);
  if (held) (place.querySelector(`[data-name="${held}"]`) ?? parts[0]).focus();
}
