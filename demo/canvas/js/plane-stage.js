// The stage of points: their plane with the discriminator's field, the generator's manifold and its pull; beside it the
// plane of noise, and what each column of the chosen point looks at.
import { styleOf } from "./boxes.js";
import { cached } from "./cache.js";
import {
  MADE, REACH, REAL, clipped, isIn, pairsOf, paintCross, paintDots, paintEdge, paintGhost, paintRing, paintWay, sheet,
} from "./dots.js";
import { EDGE } from "./layout.js";
import { paintMatrix, pointInMatrix, putMatrix } from "./matrix.js";
import { canvasOf } from "./paint.js";
import { linesOf, paintTexts } from "./places-stage.js";
import { farthest, madeOf, nearestOf, placeOn, planeOf, pullsOf, realness } from "./plane.js";
import { wayOf } from "./trail.js";

const WIDE = 560; // pixels of a stage on which the plane of noise stands beside the other
const PART = 0.62; // of the width that the plane then takes
const BELOW = 0.3; // of the width that the plane of noise takes below the other
const GAP = 14;
const LARGEST = 640;
const FIELD = 0.5; // how dense the field is where the discriminator is sure; its root, so that doubts can be seen too
const ARROW = 14; // pixels of the strongest pull
const PULL = 0.45; // how dense arrows are, and while slow motion is about them
const PULL_NOW = 1;

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

  const boxName = ({ x, y, width, height }) => `${x} ${y} ${width} ${height}`;
  /** Where the points of a frame lie in a box of the plane, and its noise in that of noise. */
  const pointsIn = (frame, box) => cached(frame, `points ${boxName(box)}`, () =>
    pairsOf(frame.item.values, (x, y) => placeOn(planeOf(frame), box, x, y)));
  const noiseIn = (frame, box) => cached(frame, `noise ${boxName(box)}`, () =>
    pairsOf(planeOf(frame).noise, (u, v) => noiseOn(box, planeOf(frame), u, v)));
  /** Where they lie now, which of a training that goes on is later than its frame. */
  const placesNow = (frame, seen, box) => (seen
    ? cached(seen, boxName(box), () => pairsOf(seen.values, (x, y) => placeOn(planeOf(frame), box, x, y)))
    : pointsIn(frame, box));
  let glance = null; // that was painted last
  const [ground, dots] = [sheet(), sheet()];

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
        height: Math.max(side, noise.y + small, matrix ? matrix.y + matrix.height + EDGE : 0), plane, matrix,
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
      if (isIn(sides.plane, at)) return nearestOf(placesNow(frame, glance, sides.plane), at, REACH);
      if (!isIn(sides.noise, at)) return null;
      const far = farthest(planeOf(frame));
      const { x, y, width, height } = sides.noise;
      hand = { u: ((at.x - x) / width) * 2 * far - far, v: far - ((at.y - y) / height) * 2 * far };
      return nearestOf(noiseIn(frame, sides.noise), at, REACH);
    },
    leave: () => (hand = null),
    paint(context, scene) {
      const { scaled, view, layout } = scene;
      const frame = shownFrame();
      const edited = taken.frame === frame ? null : taken.frame;
      const plane = planeOf(taken.frame);
      const [big, small] = [scaled(sides.plane), scaled(sides.noise)];
      const pen = { context, ...styleOf(context.canvas) };
      const name = (place) => frame.item.places.name(place, 0);
      const boxes = [boxName(big), boxName(small)];
      glance = edited ? null : view.glance;
      const points = placesNow(frame, glance, big);
      ground(pen, [taken.frame, view.bare, view.phase, ...boxes], (own) => {
        clipped(own.context, big, () => {
          if (!view.bare) {
            if (view.phase !== "sample") paintField(own.context, plane, big);
            paintManifold(own, taken.frame, big);
          }
          paintDots(own, pairsOf(plane.reals, (x, y) => placeOn(plane, big, x, y)), REAL, 0.55);
        });
        paintEdge(own, big, name(0), name(1));
        clipped(own.context, small, () => paintGrid(own, plane, (u, v) => noiseOn(small, plane, u, v)));
        paintEdge(own, small, "z₁", "z₂");
      });
      dots(pen, [frame, edited, glance, view.bare, view.phase, ...boxes], (own) => {
        clipped(own.context, big, () => {
          paintDots(own, points, MADE, edited ? 0.25 : 0.8);
          const pulls = { null: PULL, gradient: PULL_NOW }[String(view.phase)];
          if (!view.bare && pulls) paintPulls(own, frame, points, pulls);
        });
        clipped(own.context, small, () => paintDots(own, noiseIn(frame, small), MADE, 0.55));
      });
      clipped(context, big, () => {
        const [its, number] = edited ? [edited, 0] : [frame, taken.index];
        const chosen = edited ? pointsIn(edited, big)[0] : points[number];
        if (!view.bare) {
          const way = wayOf(view.trail, frame, edited ? view.chosen : number).map(({ x, y }) => placeOn(plane, big, x, y));
          paintWay(pen, glance ? [...way, chosen] : way, MADE);
          const bare = planeOf(its).without?.[view.layer];
          if (bare && !glance) paintGhost(pen, chosen, placeOn(plane, big, bare[2 * number], bare[2 * number + 1]));
        }
        paintRing(pen, chosen, MADE);
        const drawn = hand && madeOf(plane, hand.u, hand.v);
        if (drawn) paintCross(pen, placeOn(plane, big, drawn.x, drawn.y));
      });
      clipped(context, small, () => {
        paintRing(pen, noiseIn(frame, small)[edited ? view.chosen : taken.index], MADE);
        if (hand) paintCross(pen, noiseOn(small, plane, hand.u, hand.v));
      });
      if (layout.matrix && !view.bare) paintMatrix(context, scene, name, false); // its boxes have labels
    },
    thumbnail: (canvas, frame, index) => paintTexts(canvas, linesOf(frame, index, (value) => String(Number(value.toFixed(2))))),
    say: (frame, index, speak) => linesOf(frame, index, (value) => speak.number(value)).join(", "),
  };
}

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

/** Where each point's logit rises, the longer the more it does; so dense. */
function paintPulls({ context, unit, ink }, frame, places, cover) {
  const pulls = cached(frame, "pulls", () => pullsOf(planeOf(frame)));
  const strongest = cached(frame, "strongest pull", () => pulls.reduce((most, part) => Math.max(most, Math.abs(part)), 1e-9));
  context.strokeStyle = ink;
  context.globalAlpha = cover;
  context.lineWidth = unit;
  context.beginPath();
  places.forEach(({ x, y }, index) => {
    const [across, up] = [pulls[2 * index], pulls[2 * index + 1]];
    const length = Math.hypot(across, up);
    if (!length) return;
    const shown = (ARROW * unit * Math.sqrt(length / strongest)) / length; // the root: weak ones can be seen too
    context.moveTo(x, y);
    context.lineTo(x + across * shown, y - up * shown);
  });
  context.stroke();
  context.globalAlpha = 1;
}
