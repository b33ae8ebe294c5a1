// Painting: canvases of images, the frames around places, the colour bar.

/** @import { Box } from "./places.js" */

/**
 * An off-screen canvas holding an ImageData, reused when `canvas` is given.
 * @param {ImageData} image
 * @param {HTMLCanvasElement} [canvas]
 */
export function canvasOf(image, canvas = document.createElement("canvas")) {
  if (canvas.width !== image.width) canvas.width = image.width;
  if (canvas.height !== image.height) canvas.height = image.height;
  canvas.getContext("2d").putImageData(image, 0, 0);
  return canvas;
}

/**
 * Fit the canvas's own pixels to its size on the screen; true when they changed.
 * @param {HTMLCanvasElement} canvas
 */
export function fitToScreen(canvas) {
  const side = Math.min(1200, Math.round(canvas.clientWidth * (window.devicePixelRatio || 1)));
  const tall = Math.round((side * canvas.clientHeight) / Math.max(1, canvas.clientWidth));
  if (!side || (canvas.width === side && canvas.height === tall)) return false;
  canvas.width = side;
  canvas.height = tall;
  return true;
}

/**
 * A frame around a box. Two lines, dark around light, stand out on anything; a pin has a dot, and its number where there
 * are several: in the middle, or above it where a label stands there, on the edge of a small box.
 * @param {CanvasRenderingContext2D} context
 * @param {{kind: string, number?: number|null}} mark
 * @param {Box} box
 */
export function paintMark(context, { kind, number = null }, { x, y, width, height }, isLabelled = false) {
  const unit = Math.max(1, context.canvas.width / 480);
  /** @type {[number, number, number, number]} */
  const box = [x, y, width, height];
  const light = kind === "pin" ? 3 * unit : 2 * unit;
  context.setLineDash(kind === "here" ? [4 * unit, 3 * unit] : []);
  context.lineWidth = light + 2 * unit;
  context.strokeStyle = "rgba(12, 12, 18, 0.85)";
  context.strokeRect(...box);
  context.lineWidth = light;
  context.strokeStyle = "#fff";
  context.strokeRect(...box);
  if (kind === "pin" || kind === "other") {
    const [across, down] = [x + width / 2, y + (!isLabelled ? height / 2 : height > 40 * unit ? 14 * unit : 0)];
    context.setLineDash([]);
    context.beginPath();
    context.arc(across, down, (number ? 9 : 3.5) * unit, 0, 2 * Math.PI);
    context.fillStyle = kind === "pin" ? "#fff" : "rgba(12, 12, 18, 0.85)";
    context.fill();
    context.lineWidth = unit;
    context.strokeStyle = kind === "pin" ? "rgba(12, 12, 18, 0.85)" : "#fff";
    context.stroke();
    if (!number) return;
    context.font = `600 ${12 * unit}px ui-sans-serif, system-ui, sans-serif`;
    context.textAlign = "center";
    context.textBaseline = "middle";
    context.fillStyle = kind === "pin" ? "#0c0c12" : "#fff";
    context.fillText(String(number), across, down + unit);
  }
}

/**
 * The thin line around what the sentence names.
 * @param {CanvasRenderingContext2D} context
 * @param {Box} box
 */
export function paintOutline(context, { x, y, width, height }) {
  const unit = Math.max(1, context.canvas.width / 480);
  const inset = 1.5 * unit; // wholly on the canvas at its edges too
  context.setLineDash([]);
  for (const [thick, colour] of /** @type {[number, string][]} */ ([[3, "rgba(12, 12, 18, 0.8)"], [1.5, "#2dd4bf"]])) {
    context.lineWidth = thick * unit;
    context.strokeStyle = colour;
    context.strokeRect(x + inset, y + inset, width - 2 * inset, height - 2 * inset);
  }
}

/**
 * The whole colour map from left to right.
 * @param {HTMLCanvasElement} canvas
 * @param {Uint8Array} colours
 */
export function paintBar(canvas, colours) {
  const image = new ImageData(256, 1);
  for (let step = 0; step < 256; step++) {
    image.data.set([colours[3 * step], colours[3 * step + 1], colours[3 * step + 2], 255], 4 * step);
  }
  canvas.getContext("2d").putImageData(image, 0, 0);
}
