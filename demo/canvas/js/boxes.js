// Places as labelled boxes on a canvas, with a map in their colours; readable on light and dark ground.
import { colourAt } from "./heat.js";
import { boxIn } from "./layout.js";

const FONTS = [15, 13, 11, 9]; // in pixels of the screen, the largest that fits is taken
const MARGIN = 3; // between a box and its label

/**
 * Paint boxes of the places of an item in an area, `labelOf(place)` in each, and the map over them. The map may be over
 * other places of the same item, as the cells of a smaller grid.
 */
export function paintBoxes(context, area, places, item, labelOf, heat) {
  const { unit, ink, ground } = styleOf(context.canvas);
  const boxes = Array.from({ length: places.size(item) }, (_, place) => boxIn(area, places, place));
  const labels = boxes.map((_, place) => labelOf(place));
  context.save();
  context.setLineDash([]);
  if (heat) paintHeatBoxes(context, area, heat, unit);
  const write = writerOf(context, labels, boxes[0], unit);
  boxes.forEach((box, place) => {
    const colour = heat ? colourAt(heat, heat.places.at(places.middle(place), item)) : [0, 0, 0, 0];
    const behind = ground.map((part, index) => part + colour[3] * (colour[index] - part));
    context.strokeStyle = ink;
    context.globalAlpha = 0.45;
    context.lineWidth = unit;
    context.strokeRect(box.x + unit, box.y + unit, box.width - 2 * unit, box.height - 2 * unit);
    context.globalAlpha = 1;
    context.fillStyle = luminanceOf(behind) > 0.179 ? "#0c0c12" : "#fff"; // equal contrast with both
    write(labels[place], box);
  });
  context.restore();
}

function paintHeatBoxes(context, area, heat, unit) {
  for (let place = 0; place < heat.places.size(heat.item); place++) {
    const [red, green, blue, cover] = colourAt(heat, place);
    const { x, y, width, height } = boxIn(area, heat.places, place);
    context.fillStyle = `rgba(${red}, ${green}, ${blue}, ${cover})`;
    context.fillRect(x + unit, y + unit, width - 2 * unit, height - 2 * unit);
  }
}

/** A function that writes a label into its box: across where all fit, else upwards, and cut off where one is too long. */
function writerOf(context, labels, box, unit) {
  context.textAlign = "center";
  context.textBaseline = "middle";
  if (!box) return () => {};
  const widest = (size) => {
    context.font = fontOf(size * unit);
    return Math.max(...labels.map((label) => context.measureText(label).width));
  };
  const room = box.width - 2 * MARGIN * unit;
  const across = FONTS.find((size) => widest(size) <= room && size * unit <= box.height);
  const size = across ?? FONTS.find((one) => one * unit <= box.width) ?? FONTS.at(-1);
  context.font = fontOf(size * unit);
  const length = across ? room : box.height - 2 * MARGIN * unit;
  return (label, { x, y, width, height }) => {
    if (size * unit > Math.min(width, height) + unit) return; // too many of them to be read
    context.save();
    context.translate(x + width / 2, y + height / 2);
    if (!across) context.rotate(-Math.PI / 2);
    context.fillText(shortened(context, label, length), 0, 0);
    context.restore();
  };
}

const fontOf = (pixels) => `500 ${pixels}px ui-sans-serif, system-ui, "Noto Sans", "PingFang SC", sans-serif`;

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
