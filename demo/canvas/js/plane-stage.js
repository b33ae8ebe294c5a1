// The stage of points: their plane with the discriminator's field, the generator's manifold and its pull; beside it the
// plane of noise, and what each column of the chosen point looks at.
import { fontOf, styleOf } from "./boxes.js";
import { cached } from "./cache.js";
import { EDGE } from "./layout.js";
import { paintMatrix, pointInMatrix, putMatrix } from "./matrix.js";
import { canvasOf } from "./paint.js";
import { linesOf, paintTexts } from "./places-stage.js";
import { farthest, madeOf, nearestOf, placeOn, planeOf, realness } from "./plane.js";

const WIDE = 560; // pixels of a stage on which the plane of noise stands beside the other
const PART = 0.62; // of the width that the plane then takes
const BELOW = 0.3; // of the width that the plane of noise takes below the other
const GAP = 14;
const LARGEST = 640;
const REACH = 40; // pixels from a point within which a pointer means it
const REAL = [37, 99, 235]; // blue and orange, which the colour-blind tell apart
const MADE = [217, 95, 2];
const FIELD = 0.5; // how dense the field is where the discriminator is sure; its root, so that doubts can be seen too
const DOT = 2.2; // pixels
const ARROW = 14; // pixels of the strongest pull
const NAME = { across: 14, up: 6 }; // of an axis, from its corner

/** @returns {import("./stages.js").Stage} */
export function planeStage() {
  let taken = null; // {frame, index}
  let all = null; // the last frame of many points: an edited one is shown among them
  let sides = null; // {plane, noise}: boxes in pixels of the screen
  let hand = null; // the noise that a pointer is over, in the plane of noise

  const shownFrame = () => (taken.frame.count > 1 || !all ? taken.frame : all);
  const noiseOn = (box, plane, u, v) => {
    const far = farthest(plane);
    return { x: box.x + ((u + far) / (2 * far)) * box.width, y: box.y + ((far - v) / (2 * far)) * box.height };
  };

  /** Where the points of a frame lie in a box of the plane. */
  const pointsIn = (frame, box) => pairsOf(frame.item.values, (x, y) => placeOn(planeOf(frame), box, x, y));
  const noiseIn = (frame, box) => pairsOf(planeOf(frame).noise, (u, v) => noiseOn(box, planeOf(frame), u, v));

  return {
    together: true,
    paintsLinks: true,
    take(frame, index) {
      taken = { frame, index };
      if (frame.count > 1) all = frame;
    },
    arrange(width, { frame, beside, item }) {
      const isWide = width >= WIDE;
      const side = Math.min(LARGEST, isWide ? Math.round(PART * width) : width);
      const plane = { x: 0, y: 0, width: side, height: side };
      const small = isWide ? width - side - GAP : Math.round(BELOW * width);
      const noise = { x: isWide ? side + GAP : 0, y: isWide ? 0 : side + GAP, width: small, height: small };
      sides = { plane, noise };
      const { places } = frame.item;
      const corner = isWide ? { x: side + GAP, y: small + GAP } : { x: small + GAP, y: side + GAP };
      const matrix = beside && putMatrix({ ...corner, width: width - corner.x - EDGE }, places.size(item), beside.size(item));
      const rowBox = (place) => ({
        x: matrix.x, y: matrix.cells.y + (place * matrix.cells.height) / matrix.rows,
        width: matrix.cells.x - matrix.x, height: matrix.cells.height / matrix.rows,
      });
      const columnBox = (place) => ({
        x: matrix.cells.x + (place * matrix.cells.width) / matrix.columns, y: matrix.y,
        width: matrix.cells.width / matrix.columns, height: matrix.cells.y - matrix.y,
      });
      return {
        height: Math.max(side, noise.y + small, matrix ? matrix.y + matrix.height + EDGE : 0), matrix,
        item: {
          boxOf: (_, place) => (matrix ? rowBox(place) : { x: 0, y: side - 1, width: side, height: 1 }),
          pointAt: (at) => matrix && pointInMatrix(matrix, at, places, places),
        },
        beside: matrix && { boxOf: (_, place) => columnBox(place), pointAt: (at) => pointInMatrix(matrix, at, beside, places) },
      };
    },
    /** The number of the point that a pointer means, in either plane; null for none. */
    itemAt(at) {
      const frame = shownFrame();
      hand = null;
      if (isIn(sides.plane, at)) return nearestOf(pointsIn(frame, sides.plane), at, REACH);
      if (!isIn(sides.noise, at)) return null;
      const far = farthest(planeOf(frame));
      const { x, y, width, height } = sides.noise;
      hand = { u: ((at.x - x) / width) * 2 * far - far, v: far - ((at.y - y) / height) * 2 * far };
      return nearestOf(noiseIn(frame, sides.noise), at, REACH);
    },
    paint(context, scene) {
      const { scaled, view, layout } = scene;
      const frame = shownFrame();
      const edited = taken.frame === frame ? null : taken.frame;
      const plane = planeOf(taken.frame);
      const [big, small] = [scaled(sides.plane), scaled(sides.noise)];
      const { unit, ink } = styleOf(context.canvas);
      const pen = { context, unit, ink };
      clipped(context, big, () => {
        if (!view.bare) {
          paintField(context, plane, big);
          paintManifold(pen, taken.frame, big);
        }
        paintDots(pen, pairsOf(plane.reals, (x, y) => placeOn(plane, big, x, y)), REAL, 0.55);
        paintDots(pen, pointsIn(frame, big), MADE, edited ? 0.25 : 0.8);
        if (!view.bare) paintPulls(pen, frame, pointsIn(frame, big));
        const chosen = edited ? pointsIn(edited, big)[0] : pointsIn(frame, big)[taken.index];
        paintRing(pen, chosen, MADE);
        const drawn = hand && madeOf(plane, hand.u, hand.v);
        if (drawn) paintCross(pen, placeOn(plane, big, drawn.x, drawn.y));
      });
      paintEdge(pen, big, frame.item.places.name(0, 0), frame.item.places.name(1, 0));
      clipped(context, small, () => {
        paintGrid(pen, plane, (u, v) => noiseOn(small, plane, u, v));
        const noise = noiseIn(frame, small);
        paintDots(pen, noise, MADE, 0.55);
        paintRing(pen, noise[edited ? view.chosen : taken.index], MADE);
        if (hand) paintCross(pen, noiseOn(small, plane, hand.u, hand.v));
      });
      paintEdge(pen, small, "z₁", "z₂");
      if (layout.matrix && !view.bare) paintMatrix(context, scene, (place) => frame.item.places.name(place, 0));
    },
    thumbnail: (canvas, frame, index) => paintTexts(canvas, linesOf(frame, index, (value) => String(Number(value.toFixed(2))))),
    say: (frame, index, speak) => linesOf(frame, index, (value) => speak.number(value)).join(", "),
  };
}

const isIn = ({ x, y, width, height }, at) => at.x >= x && at.x < x + width && at.y >= y && at.y < y + height;

/** Of numbers two by two what `make` makes of each pair. */
function pairsOf(numbers, make) {
  return Array.from({ length: numbers.length / 2 }, (_, index) => make(numbers[2 * index], numbers[2 * index + 1]));
}

function clipped(context, { x, y, width, height }, paint) {
  context.save();
  context.beginPath();
  context.rect(x, y, width, height);
  context.clip();
  paint();
  context.restore();
}

const rgba = ([red, green, blue], cover) => `rgba(${red}, ${green}, ${blue}, ${cover})`;

/** How real places look: blue where the discriminator takes them for real, orange for made, nothing at one half. */
function paintField(context, plane, { x, y, width, height }) {
  const image = cached(plane, "field", () => {
    const side = Math.round(Math.sqrt(plane.field.length));
    const pixels = new ImageData(side, side);
    plane.field.forEach((logit, node) => {
      const sure = 2 * realness(logit, plane) - 1;
      const row = side - 1 - Math.floor(node / side);
      pixels.data.set([...(sure > 0 ? REAL : MADE), 255 * FIELD * Math.sqrt(Math.abs(sure))], 4 * (row * side + (node % side)));
    });
    return canvasOf(pixels);
  });
  const [across, up] = [width / (image.width - 1), height / (image.height - 1)]; // a node lies in the middle of its pixel
  context.imageSmoothingEnabled = true;
  context.imageSmoothingQuality = "high";
  context.drawImage(image, x - across / 2, y - up / 2, width + across, height + up);
}

/** What becomes of a grid of noise. */
function paintManifold({ context, unit, ink }, frame, box) {
  const plane = planeOf(frame);
  const size = plane.nodes.length;
  const made = pairsOf(plane.manifold, (x, y) => placeOn(plane, box, x, y));
  paintLines({ context, unit, ink }, size, (row, column) => made[row * size + column], 0.16);
}

function paintGrid(pen, plane, place) {
  paintLines(pen, plane.nodes.length, (row, column) => place(plane.nodes[column], plane.nodes[row]), 0.12);
}

function paintLines({ context, unit, ink }, size, at, cover) {
  context.strokeStyle = ink;
  context.globalAlpha = cover;
  context.lineWidth = unit;
  context.beginPath();
  for (const turned of [false, true]) {
    for (let line = 0; line < size; line++) {
      for (let one = 0; one < size; one++) {
        const { x, y } = turned ? at(one, line) : at(line, one);
        context[one ? "lineTo" : "moveTo"](x, y);
      }
    }
  }
  context.stroke();
  context.globalAlpha = 1;
}

function paintDots({ context, unit }, places, colour, cover) {
  context.fillStyle = rgba(colour, cover);
  context.beginPath();
  for (const { x, y } of places) {
    context.moveTo(x + DOT * unit, y);
    context.arc(x, y, DOT * unit, 0, 7);
  }
  context.fill();
}

/** Where each point's logit rises, the longer the more it does. */
function paintPulls({ context, unit, ink }, frame, places) {
  const { pull } = planeOf(frame);
  const strongest = cached(frame, "strongest pull", () => pull.reduce((most, part) => Math.max(most, Math.abs(part)), 1e-9));
  context.strokeStyle = ink;
  context.globalAlpha = 0.45;
  context.lineWidth = unit;
  context.beginPath();
  places.forEach(({ x, y }, index) => {
    const [across, up] = [pull[2 * index], pull[2 * index + 1]];
    const length = Math.hypot(across, up);
    if (!length) return;
    const shown = (ARROW * unit * Math.sqrt(length / strongest)) / length; // the root: weak ones can be seen too
    context.moveTo(x, y);
    context.lineTo(x + across * shown, y - up * shown);
  });
  context.stroke();
  context.globalAlpha = 1;
}

function paintRing({ context, unit, ink }, place, colour) {
  if (!place) return;
  context.beginPath();
  context.arc(place.x, place.y, 6 * unit, 0, 7);
  context.fillStyle = rgba(colour, 1);
  context.strokeStyle = ink;
  context.lineWidth = 2 * unit;
  context.fill();
  context.stroke();
}

function paintCross({ context, unit, ink }, { x, y }) {
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

/** The edge of a plane with the names of its axes in its corners. */
function paintEdge({ context, unit, ink }, { x, y, width, height }, across, up) {
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
