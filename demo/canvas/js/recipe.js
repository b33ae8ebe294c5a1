// What is being looked at as a part of the address, so that a link shows the same.

import { readEdit, writeEdit } from "./edit.js";
import { MOST_LINKS } from "./flow.js";
import { headsOf } from "./maps.js";
import { MODES } from "./modes.js";
import { chooseMode } from "./moves.js";
import { pinAll, pinWords, pixelOf } from "./pins.js";
import { readSwap, writeSwap } from "./swap.js";
import { axesIn, tableOf } from "./table.js";
import { layersOf } from "./view.js";

/**
 * @import { Head } from "./attention.js"
 * @import { View } from "./view.js"
 */

/**
 * The wishes of an address; null, or for pixels one null, where it holds none that can be read.
 * @typedef {object} Recipe
 * @property {boolean} named  some wishes are for the server
 * @property {string[]} given  names of the wishes
 * @property {number|null} picture  from 1
 * @property {string|null} layer
 * @property {Head|null} head  from 1
 * @property {string|null} mode
 * @property {(number[]|null)[]} pixels  [column, row] each
 * @property {(number|null)[]} words  from 1
 * @property {Head|null} pin  from 1
 * @property {number|null} links
 * @property {number|null} step
 * @property {string|null} edit
 * @property {string|null} swap
 * @property {string|null} compare
 * @property {number|null} truncation
 * @property {number[]|null} axes  from 1
 */

const OWN = [
  "model", "seed", "class", "text", "picture", "layer", "head", "mode", "pixel", "word", "pin", "links", "step", "edit",
  "swap", "truncation", "compare", "axes",
];

/**
 * The wishes of an address's query: those for the server are `named`, the rest is applied to the view.
 * @param {string} search
 * @returns {Recipe}
 */
export function readRecipe(search) {
  const query = new URLSearchParams(search);
  /** @param {string} name */
  const whole = (name) => (/^\d{1,9}$/.test(query.get(name) ?? "") ? Number(query.get(name)) : null);
  return {
    named: ["model", "seed", "class", "text"].some((name) => query.has(name)) || /^run-/.test(query.get("compare") ?? ""),
    given: OWN.filter((name) => query.has(name)),
    picture: whole("picture"),
    layer: query.get("layer"),
    head: query.get("head") === "mean" ? "mean" : whole("head"),
    mode: query.get("mode"),
    pixels: (query.get("pixel") ?? "").slice(0, 200).split(";").map(pairOf),
    words: (query.get("word") ?? "").slice(0, 200).split(";").map((text) => (/^\d{1,4}$/.test(text) ? Number(text) : null)),
    pin: query.get("pin") === "mean" ? "mean" : whole("pin"),
    links: whole("links"),
    step: whole("step"),
    edit: query.get("edit"),
    swap: query.get("swap"),
    compare: query.get("compare"),
    truncation: truncationOf(query.get("truncation") ?? ""),
    axes: pairOf(query.get("axes") ?? ""),
  };
}

/**
 * A number from 0 to 2, or null.
 * @param {string} text
 */
function truncationOf(text) {
  return /^\d(\.\d{1,3})?$/.test(text) && Number(text) <= 2 ? Number(text) : null;
}

/**
 * [column, row] of a text "12,20", or null.
 * @param {string} text
 */
function pairOf(text) {
  return /^-?\d{1,9},-?\d{1,9}$/.test(text) ? text.split(",").map(Number) : null;
}

/**
 * Bring a recipe into a view that has a frame; true when all that was given fitted.
 * @param {View} view
 * @param {Recipe} recipe
 */
export function applyRecipe(view, recipe) {
  const layers = layersOf(view);
  const { frame } = view;
  /** @type {boolean[]} */
  const fits = [];
  /** @type {(name: string, good: boolean, apply: () => void) => void} */
  const take = (name, good, apply) => {
    if (!recipe.given.includes(name)) return;
    fits.push(good);
    if (good) apply();
  };
  take("picture", recipe.picture >= 1 && recipe.picture <= frame.count, () => (view.chosen = recipe.picture - 1));
  take("mode", MODES.includes(recipe.mode), () => chooseMode(view, recipe.mode));
  take("truncation", view.truncation === recipe.truncation, () => {}); // taken before the frame was fetched
  take("layer", layers.some(({ name }) => name === recipe.layer), () => (view.layer = recipe.layer));
  const layer = layers.find(({ name }) => name === view.layer);
  const head = recipe.head === "mean" || recipe.head === null ? recipe.head : recipe.head - 1;
  take("head", Boolean(layer) && headsOf(layer).includes(head), () => (view.head = head));
  const pixels = recipe.pixels.filter(Boolean);
  take("pixel", pixels.length === recipe.pixels.length, () => {});
  if (pixels.length) fits.push(pinAll(view, pixels));
  take("word", !recipe.words.includes(null), () => fits.push(pinWords(view, recipe.words)));
  take("pin", recipe.pin === "mean" ? view.pins.length > 1 : recipe.pin >= 1 && recipe.pin <= view.pins.length, () => {
    view.together = recipe.pin === "mean";
    if (!view.together) view.active = Number(recipe.pin) - 1;
  });
  if (recipe.compare) view.against = recipe.compare; // the panel that compares finds out whether it is here
  const wanted = readEdit(recipe.edit ?? "", layers);
  take("edit", wanted.fits, () => {});
  view.edit = wanted.edit;
  const swapped = readSwap(view, recipe.swap);
  take("swap", swapped !== null, () => (view.swapped = swapped));
  const columns = tableOf(frame)?.columns.length ?? 0;
  take("axes", recipe.axes?.every((column) => column >= 1 && column <= columns) ?? false, () => (view.axes = recipe.axes.map((column) => column - 1)));
  take("links", recipe.links >= 1 && recipe.links <= MOST_LINKS, () => (view.links = recipe.links));
  return fits.every(Boolean);
}

/**
 * The query that shows this view again, behind whatever door it is opened; what else the address holds is kept.
 * @param {View} view
 * @param {{recipe?: object}} value
 * @param {number|null} step
 * @param {string} search
 */
export function writeRecipe(view, value, step, search) {
  const query = new URLSearchParams(search);
  for (const name of [...OWN, "door"]) query.delete(name);
  const isOnWords = view.pin?.beside !== undefined;
  const pixels = view.frame && !isOnWords ? view.pins.map((pin) => pixelOf(pin, view.frame)) : [];
  /** @type {Object<string, string|number|null>} */
  const wishes = {
    ...value.recipe,
    picture: view.chosen + 1,
    layer: view.layer,
    head: view.layer === null ? null : view.head === "mean" ? "mean" : view.head + 1,
    mode: view.mode,
    pixel: pixels.map(({ x, y }) => `${x},${y}`).join(";") || null,
    word: isOnWords ? view.pins.map(({ beside }) => beside + 1).join(";") : null,
    pin: view.together ? "mean" : view.active ? view.active + 1 : null,
    links: view.mode === "flow" ? view.links : null,
    step,
    edit: writeEdit(view.edit) || null,
    swap: writeSwap(view),
    compare: view.against,
    truncation: view.truncation === 1 ? null : view.truncation,
    axes: view.axes && view.frame && tableOf(view.frame) ? axesIn(view.axes, tableOf(view.frame)).map((column) => column + 1).join(",") : null,
  };
  for (const [name, wish] of Object.entries(wishes)) if (wish !== null && wish !== undefined) query.set(name, String(wish));
  return "?" + query.toString().replaceAll("%2C", ",").replaceAll("%3B", ";");
}
