// The stage of every kind that has none of its own: the places of an item as labelled boxes.
import { paintBoxes, shortened, styleOf } from "./boxes.js";
import { contentOf } from "./frame.js";
import { stacked } from "./lines.js";

const ROW_ASPECT = 4; // width / height of a row of words or columns
const THUMBNAIL_PIXELS = 160;
const MOST_LINES = 7;

/** @returns {import("./stages.js").Stage} */
export function placesStage() {
  let taken = null; // {frame, index}
  return {
    take(frame, index) {
      taken = { frame, index };
    },
    arrange(width, shown) {
      const { places } = shown.frame.item;
      const aspect = places.kind === "grid" ? places.raster.width / places.raster.height : ROW_ASPECT;
      return stacked(width, width / aspect, shown);
    },
    paint(context, { heat, boxOf }) {
      const { frame, index } = taken;
      paintBoxes(context, boxOf, frame.item.places, index, (place) => labelOf(frame, index, place), heat);
    },
    thumbnail: (canvas, frame, index) => paintTexts(canvas, linesOf(frame, index, plainly)),
    say: (frame, index, speak) => linesOf(frame, index, (value) => speak.number(value)).join(", "),
  };
}

export const plainly = (value) => String(Number(value.toFixed(2)));

/** What stands in a box: the content of the place, with its name where that says more. */
export function labelOf(frame, index, place, say = plainly) {
  const { places } = frame.item;
  const content = contentOf(frame, index, place, say);
  const name = places.kind === "grid" ? "" : places.name(place, index);
  if (!name || name === content) return content;
  return places.kind === "columns" ? `${name} ${content}` : content;
}

/** An item in lines: a line for each column, or one text of all words. */
export function linesOf(frame, index, say) {
  const { places } = frame.item;
  const labels = Array.from({ length: places.size(index) }, (_, place) => labelOf(frame, index, place, say));
  if (places.kind !== "words") return labels;
  return [labels.join(labels.every((label) => label.length <= 1) ? "" : " ")];
}

/** Some texts below each other on a small canvas. */
export function paintTexts(canvas, texts) {
  canvas.width = canvas.height = THUMBNAIL_PIXELS;
  canvas.style.imageRendering = "auto";
  const context = canvas.getContext("2d");
  const { ink } = styleOf(canvas);
  const lines = texts.flatMap((line) => brokenInto(line, 12)).slice(0, MOST_LINES);
  context.clearRect(0, 0, canvas.width, canvas.height);
  context.strokeStyle = context.fillStyle = ink;
  context.globalAlpha = 0.35;
  context.strokeRect(1, 1, THUMBNAIL_PIXELS - 2, THUMBNAIL_PIXELS - 2);
  context.globalAlpha = 1;
  context.font = "20px ui-sans-serif, system-ui, sans-serif";
  context.textBaseline = "top";
  lines.forEach((line, number) => context.fillText(shortened(context, line, THUMBNAIL_PIXELS - 16), 8, 8 + 21 * number));
}

/** A text in lines of about so many letters, broken between words where it can be. */
function brokenInto(text, letters) {
  return text.match(new RegExp(`.{1,${letters}}(?:\\s|$)|.{1,${letters}}`, "gu")) ?? [];
}
