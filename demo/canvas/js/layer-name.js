// What layers are called.

/** @import { Speak } from "./texts.js" */

const SIZE = /^\d+$/;
const NUMBERED = /^(words|round)-(\d+)$/;
const PLAIN = ["tokens", "columns"];

/**
 * The names of layers in a text: with their unit where they are named by the size of their feature map, as in "8, 16 px",
 * in words where they are named by what looks or is looked at; a name that somebody else gave stands for itself.
 * @param {string[]} names
 * @param {Speak} speak
 * @param {(all: string[]) => string} join
 */
export function nameLayers(names, speak, join = (all) => all.join(", ")) {
  if (names.every((name) => SIZE.test(name))) return speak("layer_size", { size: join(names) });
  return join(names.map((name) => {
    if (PLAIN.includes(name)) return speak(`layer_${name}`);
    const [, what, number] = NUMBERED.exec(name) ?? [];
    return what ? speak(`layer_${what}`, { number }) : name;
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
