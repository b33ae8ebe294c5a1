// Switching attention off, muting the head or layer in view, or hearing it alone: what that makes of an edit.
import { editOf, edited } from "./edit.js";
import { isOff, layerOf, layersOf } from "./view.js";

/**
 * @import { Edit } from "./edit.js"
 * @import { Layer } from "./frame.js"
 * @import { View } from "./view.js"
 */

/**
 * All of the attention, off where no gate lets anything through.
 * @param {View} view
 */
export function attentionIn(view) {
  const names = layersOf(view).map(({ name }) => name);
  /** @param {number} gate */
  const all = (gate) => names.reduce((edit, name) => edited(edit, name, { gate }), view.edit);
  return { isOff: isOff(view), off: () => all(0), on: () => all(1) };
}

/**
 * @typedef {object} Gains
 * @property {number|null} head  number of the head, from 1; null for the whole layer
 * @property {boolean} isMuted
 * @property {boolean} isAlone
 * @property {boolean} canBeAlone
 * @property {() => Edit} mute
 * @property {() => Edit} solo
 */

/**
 * What the view has chosen, a head or with the mean of all heads the whole layer: `head` its number from 1 or null,
 * whether it is muted or alone, the edits `mute()` and `solo()` make, which take themselves back when asked again.
 * @param {View} view
 */
export function gainsIn(view) {
  const layer = layerOf(view);
  return view.head !== "mean" && layer.heads > 1 ? ofHead(view, layer) : ofLayer(view, layer);
}

/**
 * @param {{edit: Edit, head: any}} view
 * @param {Layer} layer
 * @returns {Gains}
 */
function ofHead({ edit, head }, { name, heads }) {
  const gains = editOf(edit, name).heads ?? Array(heads).fill(1);
  const alone = gains.every((gain, one) => gain === Number(one === head));
  /** @param {number[]|null} next */
  const changed = (next) => edited(edit, name, { heads: next });
  return {
    head: head + 1, isMuted: !gains[head], isAlone: alone, canBeAlone: true,
    mute: () => changed(gains.map((gain, one) => (one === head ? Number(!gain) : gain))),
    solo: () => changed(alone ? null : gains.map((_, one) => Number(one === head))),
  };
}

/**
 * @param {View} view
 * @param {Layer} layer
 * @returns {Gains}
 */
function ofLayer(view, { name }) {
  const { edit } = view;
  const others = layersOf(view).map((layer) => layer.name).filter((one) => one !== name);
  const { gate } = editOf(edit, name);
  const alone = others.length > 0 && gate > 0 && others.every((one) => editOf(edit, one).gate === 0);
  return {
    head: null, isMuted: gate === 0, isAlone: alone, canBeAlone: others.length > 0,
    mute: () => edited(edit, name, { gate: Number(!gate) }),
    solo: () => others.reduce((next, one) => edited(next, one, { gate: Number(alone) }), edited(edit, name, { gate: gate || 1 })),
  };
}
