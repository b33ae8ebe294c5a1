// A worked example of the glossary: a line of words and numbers, in which some numbers are cells with a shade.
import { make } from "./element.js";

const CELL = /\[([^\]:]+)(?::([\d.]+))?\]/; // [0.9] is as dark as its number says, [50 %:0.5] as the second one

/**
 * The example written as in demo/words/glossary/entry.py.
 * @param {string} text
 * @returns {HTMLElement}
 */
export function exampleOf(text) {
  return make("span", "example", ...text.split("\n").map((line) => {
    const parts = line.split(CELL); // words, and then of each cell what it shows, its shade, and the words behind it
    return make("span", "line", ...parts.flatMap((part, index) => {
      if (index % 3 === 0) return [part];
      return index % 3 === 1 ? [cell(part, Number(parts[index + 1] ?? part))] : [];
    }));
  }));
}

/**
 * @param {string} shown
 * @param {number} shade  0 to 1
 */
function cell(shown, shade) {
  const square = make("i", "");
  square.style.setProperty("--shade", String(shade));
  return make("span", "cell", square, shown);
}
