// Which stage shows which items. A kind without a stage of its own is shown as labelled boxes.
import { pictureStage } from "./picture-stage.js";
import { placesStage } from "./places-stage.js";
import { planeStage } from "./plane-stage.js";
import { tableStage } from "./table-stage.js";
import { textStage } from "./text-stage.js";

/**
 * Draws the items of one kind.
 * @typedef {object} Stage
 * @property {(frame: import("./frame.js").Frame, index: number) => void} take  the item to paint from now on
 * @property {(width: number, shown: Arranged) => import("./layout.js").Layout} arrange
 * @property {(context: CanvasRenderingContext2D, scene: Scene) => void} paint
 * @property {(canvas: HTMLCanvasElement, frame: import("./frame.js").Frame, index: number) => void} thumbnail
 * @property {(frame: import("./frame.js").Frame, index: number, speak: import("./texts.js").Speak) => string} say  an item
 *   in words, or ""
 * @property {boolean} [together]  all items of a frame are seen at once
 * @property {(at: {x: number, y: number}) => number|null} [itemAt]  of these the one at a point, in pixels of the screen
 * @property {() => void} [leave]  the pointer has left the stage
 * @property {boolean} [paintsLinks]  it paints links in a manner of its own
 * @property {(frame: import("./frame.js").Frame, index: number) => [string, string]} [pair]  of items that are told in two
 *   texts: what was read, and what was written
 */

/**
 * What is to be arranged: an item of a frame, and of what stands beside it those of item `item` of the frame that has them.
 * @typedef {{frame: import("./frame.js").Frame, index: number, beside: import("./places.js").Places|null, item: number}} Arranged
 */

/**
 * What is painted with an item.
 * @typedef {object} Scene
 * @property {import("./heat.js").Heat|null} heat  the map on the item
 * @property {boolean} smooth  the map is interpolated between cells
 * @property {import("./view.js").Shown|null} found  the map, wherever it lies
 * @property {import("./flow.js").Link[]|null} links  that are drawn in its place
 * @property {import("./layout.js").Layout} layout
 * @property {(box: import("./places.js").Box) => import("./places.js").Box} scaled  in pixels of the canvas
 * @property {(places: import("./places.js").Places, place: number) => import("./places.js").Box} boxOf
 * @property {import("./view.js").View} view
 */

const STAGES = { pictures: pictureStage, text: textStage, plane: planeStage, table: tableStage };
const sharedStages = new Map(); // name -> a stage for thumbnails and words

/** Which stage shows a frame: that of its kind, or of the plane or the table that its items lie in. */
export const stageNameOf = ({ kind, header }) => (header.plane ? "plane" : header.table ? "table" : kind);

/** @returns {Stage} */
export function stageFor(name) {
  return (STAGES[name] ?? placesStage)();
}

function sharedStage(frame) {
  const name = stageNameOf(frame);
  if (!sharedStages.has(name)) sharedStages.set(name, stageFor(name));
  return sharedStages.get(name);
}

/** Whether all items of a frame are seen at once, so that they need no list. */
export const areTogether = (frame) => Boolean(sharedStage(frame).together);

/** Paint an item of a frame small on a canvas; returns the canvas. */
export function paintThumbnail(canvas, frame, index) {
  sharedStage(frame).thumbnail(canvas, frame, index);
  return canvas;
}

/** An item of a frame in two texts, or null where its kind is shown otherwise. */
export function pairOf(frame, index) {
  return sharedStage(frame).pair?.(frame, index) ?? null;
}

/** An item of a frame in words; "" where its kind has none. */
export function sayItem(frame, index, speak) {
  return sharedStage(frame).say(frame, index, speak);
}
