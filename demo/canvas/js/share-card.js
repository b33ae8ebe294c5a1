// A card to share: the item, its map, what is said of it, the model's name, whom it learnt from and the link as text.
import { paintThumbnail } from "./stages.js";
import { attendedOf, itemOf } from "./view.js";

export const SIZE = { width: 1200, height: 630 }; // what services show of a shared link
const EDGE = 40;
const SIDE = 410; // of the item and of its map
const LINES = 3; // of the sentence, at most

/**
 * Text in lines no wider than `width`; the last of `most` ends in "…" where more would follow. Words stay whole where
 * they fit into a line; Chinese breaks anywhere.
 * @param {string} text
 * @param {number} width
 * @param {number} most
 * @param {(text: string) => number} measure
 */
export function linesOf(text, width, most, measure) {
  /** @type {string[]} */
  const lines = [];
  let line = "";
  /** @param {string} piece */
  const add = (piece) => {
    if (line && measure((line + piece).trimEnd()) > width) {
      lines.push(line.trimEnd());
      line = "";
    }
    line += piece;
  };
  for (const piece of text.match(/[\u2e80-\uffef]|[^\s\u2e80-\uffef]+\s*|\s+/g) ?? []) {
    if (measure(piece.trimEnd()) > width) [...piece].forEach(add);
    else add(piece);
  }
  lines.push(line.trimEnd());
  if (lines.length <= most) return lines;
  let last = lines[most - 1];
  while (last && measure(`${last}…`) > width) last = last.slice(0, -1);
  return [...lines.slice(0, most - 1), `${last}…`];
}

/**
 * The card as a canvas.
 * @param {import("./view.js").View} view
 * @param {HTMLCanvasElement} painted  the stage as it is painted now
 * @param {{title: string, sentence: string, credit: string, link: string}} texts
 */
export function shareCard(view, painted, { title, sentence, credit, link }) {
  const card = Object.assign(document.createElement("canvas"), SIZE);
  const context = card.getContext("2d");
  const style = getComputedStyle(painted);
  const dark = Boolean(painted.closest(".dark"));
  const [ground, ink, quiet] = dark ? ["#18181b", "#fafafa", "#a1a1aa"] : ["#ffffff", "#18181b", "#52525b"];
  context.fillStyle = ground;
  context.fillRect(0, 0, SIZE.width, SIZE.height);
  context.imageSmoothingEnabled = false;
  const bare = document.createElement("canvas");
  paintThumbnail(bare, attendedOf(view)?.frame ?? view.frame, itemOf(view));
  [bare, painted].forEach((shown, index) => {
    const scale = SIDE / Math.max(shown.width, shown.height);
    context.drawImage(shown, EDGE + index * (SIDE + 24), EDGE, shown.width * scale, shown.height * scale);
  });
  /** @type {(text: string, size: number, colour: string, x: number, y: number, width: number, most: number) => void} */
  const write = (text, size, colour, x, y, width, most) => {
    context.font = `${size}px ${style.fontFamily}`;
    context.fillStyle = colour;
    linesOf(text, width, most, (part) => context.measureText(part).width)
      .forEach((line, index) => context.fillText(line, x, y + index * size * 1.35));
  };
  const beside = 2 * SIDE + 24 + EDGE + 28;
  write("attngan", 26, quiet, beside, EDGE + 24, SIZE.width - beside - EDGE, 1);
  write(title, 32, ink, beside, EDGE + 72, SIZE.width - beside - EDGE, 4);
  write(credit, 16, quiet, beside, EDGE + SIDE - 8 * 16 * 1.35, SIZE.width - beside - EDGE, 9);
  write(sentence, 26, ink, EDGE, EDGE + SIDE + 40, SIZE.width - 2 * EDGE, LINES);
  write(link, 16, quiet, EDGE, SIZE.height - 44, SIZE.width - 2 * EDGE, 2);
  return card;
}
