// Which stage shows which kind of items. A kind without a stage of its own is shown as labelled boxes.
import { pictureStage } from "./picture-stage.js";
import { placesStage } from "./places-stage.js";

/**
 * Draws the items of one kind.
 * @typedef {object} Stage
 * @property {(frame: import("./frame.js").Frame, index: number) => void} take  the item to paint from now on
 * @property {(frame: import("./frame.js").Frame) => number} aspect  width / height of its items
 * @property {(context: CanvasRenderingContext2D, area: import("./places.js").Box, scene: Scene) => void} paint
 * @property {(canvas: HTMLCanvasElement, frame: import("./frame.js").Frame, index: number) => void} thumbnail
 * @property {(frame: import("./frame.js").Frame, index: number, speak: import("./texts.js").Speak) => string} say  an item
 *   in words, or ""
 */

/**
 * What is painted with an item.
 * @typedef {object} Scene
 * @property {import("./heat.js").Heat|null} heat  the map on the item
 * @property {boolean} smooth  the map is interpolated between cells
 */

const STAGES = { pictures: pictureStage };
const sharedStages = new Map(); // kind -> a stage for thumbnails and words

/** @returns {Stage} */
export function stageFor(kind) {
  return (STAGES[kind] ?? placesStage)();
}

function sharedStage({ kind }) {
  if (!sharedStages.has(kind)) sharedStages.set(kind, stageFor(kind));
  return sharedStages.get(kind);
}

/** Paint an item of a frame small on a canvas; returns the canvas. */
export function paintThumbnail(canvas, frame, index) {
  sharedStage(frame).thumbnail(canvas, frame, index);
  return canvas;
}

/** An item of a frame in words; "" where its kind has none. */
export function sayItem(frame, index, speak) {
  return sharedStage(frame).say(frame, index, speak);
}
