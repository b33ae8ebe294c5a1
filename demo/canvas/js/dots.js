// Points drawn in a plane: what stage of points and stage of tables share.
import { fontOf } from "./boxes.js";

export const REAL = [37, 99, 235]; // blue and orange, which the colour-blind tell apart
export const MADE = [217, 95, 2];
export const REACH = 40; // pixels from a point within which a pointer means it
const DOT = 2.2; // pixels
const RING = 6;
const NAME = { across: 14, up: 6 }; // of an axis, from its corner

/** @typedef {{context: CanvasRenderingContext2D, unit: number, ink: string}} Pen  unit: pixels of the canvas for one of the screen */
/** @typedef {{x: number, y: number}} At */
/** @typedef {import("./places.js").Box} Box */

/** @param {Box} box @param {At} at */
export const isIn = ({ x, y, width, height }, at) => at.x >= x && at.x < x + width && at.y >= y && at.y < y + height;

/**
 * Of numbers two by two what `make` makes of each pair.
 * @template T
 * @param {ArrayLike<number>} numbers
 * @param {(first: number, second: number) => T} make
 */
export function pairsOf(numbers, make) {
  return Array.from({ length: numbers.length / 2 }, (_, index) => make(numbers[2 * index], numbers[2 * index + 1]));
}

/**
 * A function that paints what changes seldom: on a sheet of its own, anew only where one of `parts` is another.
 * @returns {(pen: Pen, parts: any[], paint: (pen: Pen) => void) => void}
 */
export function sheet() {
  /** @type {{parts: any[], canvas: HTMLCanvasElement}|null} */
  let kept = null;
  return (pen, parts, paint) => {
    const { width, height } = pen.context.canvas;
    const all = [width, height, pen.unit, pen.ink, ...parts];
    if (!kept || all.some((part, index) => part !== kept.parts[index])) {
      const canvas = kept?.canvas ?? document.createElement("canvas");
      Object.assign(canvas, { width, height });
      paint({ ...pen, context: canvas.getContext("2d") });
      kept = { parts: all, canvas };
    }
    pen.context.drawImage(kept.canvas, 0, 0);
  };
}

/** @param {CanvasRenderingContext2D} context @param {Box} box @param {() => void} paint */
export function clipped(context, { x, y, width, height }, paint) {
  context.save();
  context.beginPath();
  context.rect(x, y, width, height);
  context.clip();
  paint();
  context.restore();
}

/** @param {number[]} colour @param {number} cover */
const rgba = ([red, green, blue], cover) => `rgba(${red}, ${green}, ${blue}, ${cover})`;

/** @param {Pen} pen @param {At[]} places @param {number[]} colour @param {number} cover */
export function paintDots({ context, unit }, places, colour, cover) {
  context.fillStyle = rgba(colour, cover);
  context.beginPath();
  for (const { x, y } of places) {
    context.moveTo(x + DOT * unit, y);
    context.arc(x, y, DOT * unit, 0, 7);
  }
  context.fill();
}

/** The chosen point. @param {Pen} pen @param {At|undefined} place @param {number[]} colour */
export function paintRing({ context, unit, ink }, place, colour) {
  if (!place) return;
  context.beginPath();
  context.arc(place.x, place.y, RING * unit, 0, 7);
  context.fillStyle = rgba(colour, 1);
  context.strokeStyle = ink;
  context.lineWidth = 2 * unit;
  context.fill();
  context.stroke();
}

/** Where a point would lie, with a broken line to it. @param {Pen} pen @param {At} from @param {At} to */
export function paintGhost({ context, unit, ink }, from, to) {
  context.save();
  context.strokeStyle = ink;
  context.lineWidth = 1.5 * unit;
  context.setLineDash([4 * unit, 3 * unit]);
  context.beginPath();
  context.moveTo(from.x, from.y);
  context.lineTo(to.x, to.y);
  context.moveTo(to.x + RING * unit, to.y);
  context.arc(to.x, to.y, RING * unit, 0, 7);
  context.stroke();
  context.restore();
}

/** The way of a point. @param {Pen} pen @param {At[]} way @param {number[]} colour */
export function paintWay({ context, unit }, way, colour) {
  context.strokeStyle = rgba(colour, 0.9);
  context.lineWidth = 1.5 * unit;
  context.lineJoin = "round";
  context.beginPath();
  way.forEach(({ x, y }, index) => context[index ? "lineTo" : "moveTo"](x, y));
  context.stroke();
}

/** @param {Pen} pen @param {At} place */
export function paintCross({ context, unit, ink }, { x, y }) {
  const arm = 7 * unit;
  context.strokeStyle = ink;
  context.lineWidth = 2 * unit;
  context.beginPath();
  context.moveTo(x - arm, y);
  context.lineTo(x + arm, y);
  context.moveTo(x, y - arm);
  context.lineTo(x, y + arm);
  context.stroke();
}

/** The edge of a plane with the names of its axes in its corners. @param {Pen} pen @param {Box} box @param {string} across @param {string} up */
export function paintEdge({ context, unit, ink }, { x, y, width, height }, across, up) {
  context.strokeStyle = context.fillStyle = ink;
  context.globalAlpha = 0.35;
  context.lineWidth = unit;
  context.strokeRect(x + unit / 2, y + unit / 2, width - unit, height - unit);
  context.globalAlpha = 0.8;
  context.font = fontOf(12 * unit);
  context.textBaseline = "alphabetic";
  context.textAlign = "right";
  context.fillText(across, x + width - NAME.up * unit, y + height - NAME.up * unit);
  context.textAlign = "left";
  context.fillText(up, x + NAME.up * unit, y + NAME.across * unit);
  context.globalAlpha = 1;
}
