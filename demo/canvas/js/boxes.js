// Places as labelled boxes on a canvas, with a map in their colours; readable on light and dark ground.
import { colourAt } from "./heat.js";

const FONTS = [15, 13, 11, 9]; // in pixels of the screen, the largest that fits is taken
const MARGIN = 2; // between a box and its label

/**
 * Paint boxes of the places of an item, `boxOf(places, place)` each with `labelOf(place)` in it, and the map over them. The
 * map may be over other places of the same item, as the cells of a smaller grid. `most` bounds how many are shown.
 */
export function paintBoxes(context, boxOf, places, item, labelOf, heat, most = Infinity) {
  const { unit, ink, ground } = styleOf(context.canvas);
  const boxes = Array.from({ length: Math.min(most, places.size(item)) }, (_, place) => boxOf(places, place));
  const labels = boxes.map((_, place) => labelOf(place));
  context.save();
  context.setLineDash([]);
  if (heat) paintHeatBoxes(context, boxOf, heat, unit, most);
  const write = writerOf(context, labels, boxes, unit);
  boxes.forEach((box, place) => {
    const colour = heat ? colourAt(heat, heat.places.at(places.middle(place), item)) : [0, 0, 0, 0];
    const behind = ground.map((part, index) => part + colour[3] * (colour[index] - part));
    context.strokeStyle = ink;
    context.globalAlpha = 0.45;
    context.lineWidth = unit;
    context.strokeRect(box.x + unit / 2, box.y + unit / 2, box.width - unit, box.height - unit);
    context.globalAlpha = 1;
    context.fillStyle = luminanceOf(behind) > 0.179 ? "#0c0c12" : "#fff"; // equal contrast with both
    write(labels[place], box);
    if (places.isUnknown(place, item)) context.fillRect(box.x + 3 * unit, box.y + box.height / 2, box.width - 6 * unit, 1.5 * unit);
  });
  context.restore();
}

function paintHeatBoxes(context, boxOf, heat, unit, most) {
  for (let place = 0; place < Math.min(most, heat.places.size(heat.item)); place++) {
    const [red, green, blue, cover] = colourAt(heat, place);
    const { x, y, width, height } = boxOf(heat.places, place);
    context.fillStyle = `rgba(${red}, ${green}, ${blue}, ${cover})`;
    context.fillRect(x + unit / 2, y + unit / 2, width - unit, height - unit);
  }
}

/** A function that writes a label into its box: across where all fit, else upwards, and cut off where one is too long. */
function writerOf(context, labels, boxes, unit) {
  context.textAlign = "center";
  context.textBaseline = "middle";
  const room = (side) => side - 2 * MARGIN * unit;
  const fits = (size) => {
    context.font = fontOf(size * unit);
    return boxes.every((box, place) => size * unit <= box.height && context.measureText(labels[place]).width <= room(box.width));
  };
  const across = FONTS.find(fits);
  const size = across ?? FONTS.find((one) => one * unit <= boxes[0].width) ?? FONTS.at(-1);
  context.font = fontOf(size * unit);
  return (label, { x, y, width, height }) => {
    const length = room(across ? width : height);
    if (size * unit > Math.min(width, height) + unit) return; // too many of them to be read
    context.save();
    context.translate(x + width / 2, y + height / 2);
    if (!across) context.rotate(-Math.PI / 2);
    context.fillText(shortened(context, label, length), 0, 0);
    context.restore();
  };
}

export const fontOf = (pixels) => `500 ${pixels}px ui-sans-serif, system-ui, "Noto Sans", "PingFang SC", sans-serif`;

/** A text as far as it fits into a length. */
export function shortened(context, text, length) {
  if (context.measureText(text).width <= length) return text;
  let end = text.length;
  while (end > 1 && context.measureText(text.slice(0, end) + "…").width > length) end -= 1;
  return text.slice(0, end) + "…";
}

/** Pixels of a canvas for one of the screen, the colour of text there, and red, green and blue behind it. */
export function styleOf(canvas) {
  const unit = canvas.clientWidth ? canvas.width / canvas.clientWidth : 1;
  const ink = getComputedStyle(canvas).color || "#18181b";
  for (let one = canvas; one; one = one.parentElement) {
    const [red, green, blue, cover = 1] = (getComputedStyle(one).backgroundColor.match(/[\d.]+/g) ?? []).map(Number);
    if (blue !== undefined && cover > 0) return { unit, ink, ground: [red, green, blue] };
  }
  return { unit, ink, ground: [255, 255, 255] };
}

/** How light a colour is, 0 to 1: relative luminance as in WCAG 2. */
function luminanceOf(colour) {
  const [red, green, blue] = colour.map((part) => {
    const share = part / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}
