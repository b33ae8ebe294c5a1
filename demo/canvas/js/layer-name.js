// What layers are called.

/** @import { Speak } from "./texts.js" */

const SIZE = /^\d+$/;
const NUMBERED = /^(words|round)-(\d+)$/;

/**
 * The names of layers in a text: with their unit where they are named by the size of their feature map, as in "8, 16 px";
 * other names stand for themselves.
 * @param {string[]} names
 * @param {Speak} speak
 * @param {(all: string[]) => string} join
 */
export function nameLayers(names, speak, join = (all) => all.join(", ")) {
  if (names.every((name) => SIZE.test(name))) return speak("canvas_layer_name", { layer: join(names) });
  return join(names.map((name) => {
    const [, what, number] = NUMBERED.exec(name) ?? [];
    return what ? speak(`canvas_layer_${what}`, { number }) : name;
  }));
}

/**
 * One of them.
 * @param {string} name
 * @param {Speak} speak
 */
export function nameLayer(name, speak) {
  return nameLayers([name], speak);
}
