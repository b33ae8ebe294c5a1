// An edit of the attention as a plain value, changed by copying. As text it is what attngan.explain.edits reads and writes.

/** @import { Layer } from "./frame.js" */

/**
 * `queries` (null: all) may not look at `keys`, or with `only` at nothing else.
 * @typedef {{only: boolean, keys: number[], queries: number[]|null}} Rule
 */

/** @typedef {{gain: number, keys: number[]}} KeyGain  `keys` weigh so many times as much, for all queries */

/**
 * What is changed in one layer: the gate's factor, a gain for each head or null, rules, and gains of keys where there are any.
 * @typedef {{gate: number, heads: number[]|null, rules: Rule[], gains?: KeyGain[]}} LayerEdit
 */

/** @typedef {Object<string, LayerEdit>} Edit  by the name of the layer */

const MOST_RULES = 64; // in one layer, as in attngan.explain.edits
/** @type {LayerEdit} */
const NEUTRAL = { gate: 1, heads: null, rules: [] };
const LARGEST_GAIN = 4;

/** @type {(edit: Edit, layer: string) => LayerEdit} */
export const editOf = (edit, layer) => edit[layer] ?? NEUTRAL;

/**
 * A copy in which parts of one layer are replaced; a layer without a change is left out.
 * @param {Edit} edit
 * @param {string} layer
 * @param {Partial<LayerEdit>} parts
 * @returns {Edit}
 */
export function edited(edit, layer, parts) {
  const next = { ...editOf(edit, layer), ...parts };
  if (next.heads?.every((gain) => gain === 1)) next.heads = null;
  const { [layer]: before, ...others } = edit;
  if (!next.gains?.length) delete next.gains;
  const neutral = next.gate === 1 && !next.heads && !next.rules.length && !next.gains;
  return neutral ? others : { ...others, [layer]: next };
}

/** @type {(one: number[]|null, other: number[]|null) => boolean} */
const samePlaces = (one, other) => String(one) === String(other) && (one === null) === (other === null);

/**
 * Forbid or allow one key to these queries, or send them there alone; null when there are too many rules.
 * @param {Edit} edit
 * @param {string} layer
 * @param {string} action
 * @param {number[]|null} queries
 * @param {number} key
 * @returns {Edit|null}
 */
export function ruled(edit, layer, action, queries, key) {
  const { rules } = editOf(edit, layer);
  /** @param {Rule} rule */
  const mine = (rule) => samePlaces(rule.queries, queries);
  /** @type {Rule[]} */
  let next;
  if (action === "send") {
    next = [...rules.filter((rule) => !(mine(rule) && rule.only)), { only: true, keys: [key], queries }];
  } else if (action === "allow") {
    next = rules
      .filter((rule) => !(mine(rule) && rule.only))
      .map((rule) => (mine(rule) ? { ...rule, keys: rule.keys.filter((one) => one !== key) } : rule))
      .filter((rule) => rule.keys.length);
  } else {
    const last = rules.findLastIndex((rule) => mine(rule) && !rule.only);
    const keys = [...new Set([...(rules[last]?.keys ?? []), key])].sort((one, other) => one - other);
    next = [...rules.filter((rule, index) => index !== last), { only: false, keys, queries }];
  }
  return next.length > MOST_RULES ? null : edited(edit, layer, { rules: next });
}

/**
 * Have one key weigh so many times as much; 1 as it was.
 * @param {Edit} edit
 * @param {string} layer
 * @param {number} key
 * @param {number} gain
 */
export function gained(edit, layer, key, gain) {
  /** @type {KeyGain[]} */
  const others = (editOf(edit, layer).gains ?? [])
    .map((one) => ({ ...one, keys: one.keys.filter((other) => other !== key) }))
    .filter(({ keys, gain: other }) => keys.length || other === gain);
  if (gain === 1) return edited(edit, layer, { gains: others });
  const same = others.find((one) => one.gain === gain) ?? { gain, keys: [] };
  const keys = [...same.keys, key].sort((one, other) => one - other);
  return edited(edit, layer, { gains: [...others.filter((one) => one !== same), { gain, keys }] });
}

/**
 * Keys that `query` of a layer may not look at; null stands for a query that only the rules for all concern.
 * @param {Edit} edit
 * @param {Layer} layer
 * @param {number|null} query
 * @returns {Set<number>}
 */
export function forbiddenTo(edit, layer, query) {
  let forbidden = new Set();
  for (const { only, keys, queries } of editOf(edit, layer.name).rules) {
    if (queries && !queries.includes(query)) continue;
    if (only) forbidden = new Set([...Array(layer.keys).keys()].filter((key) => !keys.includes(key)));
    else keys.forEach((key) => forbidden.add(key));
  }
  return forbidden;
}

// -- text --------------------------------------------------------------------------------------------------------
/** @param {Edit} edit */
export function writeEdit(edit) {
  return Object.entries(edit).map(([layer, { gate, heads, rules, gains = [] }]) => [
    layer,
    ...(gate === 1 ? [] : ["g" + gate]),
    ...(heads ? ["h" + heads.join("-")] : []),
    ...gains.map(({ gain, keys }) => `k${gain}x${writePlaces(keys)}`),
    ...rules.map(({ only, keys, queries }) =>
      (only ? "o" : "x") + writePlaces(keys) + (queries ? "q" + writePlaces(queries) : "")),
  ].join("*")).join("_");
}

/** @param {number[]} places */
function writePlaces(places) {
  /** @type {number[][]} */
  const runs = [];
  for (const place of [...new Set(places)].sort((one, other) => one - other)) {
    if (runs.length && place === runs.at(-1).at(-1) + 1) runs.at(-1)[1] = place;
    else runs.push([place]);
  }
  return runs.map((run) => run.join("-")).join(".");
}

/**
 * The edit of a text as far as it fits these layers; `fits` is false when something was left out.
 * @param {string} text
 * @param {Pick<Layer, "name"|"heads"|"queries"|"keys">[]} layers
 */
export function readEdit(text, layers) {
  /** @type {Edit} */
  let edit = {};
  let fits = text.length <= 4000;
  const named = new Set();
  for (const part of fits && text ? text.split("_") : []) {
    const [name, ...wishes] = part.split("*");
    const layer = layers.find((one) => one.name === name);
    if (!layer || named.has(name)) fits = false;
    else for (const wish of wishes) {
      const parts = readWish(wish, layer, editOf(edit, name));
      if (parts) edit = edited(edit, name, parts);
      else fits = false;
    }
    named.add(name);
  }
  return { edit, fits };
}

/**
 * @param {string} wish
 * @param {Pick<Layer, "heads"|"queries"|"keys">} layer
 * @param {LayerEdit} before
 * @returns {Partial<LayerEdit>|null}
 */
function readWish(wish, layer, { rules, gains = [] }) {
  /** @param {string} text */
  const gain = (text) => (/^\d{1,2}(\.\d{1,6})?$/.test(text) && Number(text) <= LARGEST_GAIN ? Number(text) : null);
  if (wish[0] === "g") return gain(wish.slice(1)) === null ? null : { gate: gain(wish.slice(1)) };
  if (wish[0] === "h") {
    const heads = wish.slice(1).split("-").map(gain);
    return heads.length === layer.heads && !heads.includes(null) ? { heads } : null;
  }
  if (wish[0] === "k") {
    const [many, places, ...more] = wish.slice(1).split("x");
    const [factor, weighed] = [gain(many), readPlaces(places ?? "", layer.keys)];
    const good = factor !== null && weighed && !more.length && gains.length < MOST_RULES;
    return good ? { gains: [...gains, { gain: factor, keys: weighed }] } : null;
  }
  const [keys, queries, ...more] = wish.slice(1).split("q");
  const rule = {
    only: wish[0] === "o",
    keys: readPlaces(keys, layer.keys),
    queries: queries === undefined ? null : readPlaces(queries, layer.queries),
  };
  const good = "xo".includes(wish[0]) && rule.keys && (rule.queries || queries === undefined) && !more.length;
  return good && rules.length < MOST_RULES ? { rules: [...rules, rule] } : null;
}

/**
 * @param {string} text
 * @param {number} count
 */
function readPlaces(text, count) {
  const places = [];
  for (const part of text.split(".")) {
    const found = /^(\d{1,4})(?:-(\d{1,4}))?$/.exec(part);
    const [first, last] = found ? [Number(found[1]), Number(found[2] ?? found[1])] : [1, 0];
    if (last < first || last >= count || places.length > count) return null;
    for (let place = first; place <= last; place++) places.push(place);
  }
  return places;
}
