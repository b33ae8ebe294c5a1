// The stage of texts: what was read and, below it, what was written; links of the character that is pointed at; and beside
// or below them the alignment matrix.
import { paintBoxes, styleOf } from "./boxes.js";
import { cached } from "./cache.js";
import { fillLink } from "./flow.js";
import { contentOf } from "./frame.js";
import { EDGE, boxesSide, linesAt, linesOf } from "./layout.js";
import { wordsOf } from "./line.js";
import { linesIn, widthOf } from "./lines.js";
import { paintMatrix, pointInMatrix, putMatrix } from "./matrix.js";
import { paintTexts } from "./places-stage.js";
import { isBeside, placeUnder } from "./sides.js";

const BETWEEN = 72; // pixels between what was read and what was written, in which links run
const WIDE = 620; // pixels of a stage on which the matrix stands beside both
const GAP = 20;
const FAINT = 0.04; // of the strongest link: weaker ones are not drawn

/** @returns {import("./stages.js").Stage} */
export function textStage() {
  let taken = null; // {frame, index}
  let read = null; // the texts that were read, for networks without attention

  /** Curves from written characters to those that they look at; where some touch the place pointed at, the others are faint. */
  function paintCurves(context, { found, links, boxOf, layout }) {
    const { unit, ink } = styleOf(context.canvas);
    const { layer, place, pointed, item } = found;
    const whole = taken.frame.item.places;
    const top = links[0]?.weight ?? 1;
    const key = placeUnder(found.point, layer.keyPlaces, item, whole);
    const touches = (link) => (pointed === layer.queryPlaces && link.query === place) || link.key === key;
    const choosing = links.some(touches);
    const end = (places, one) => {
      const { x, y, width, height } = boxOf(places, one);
      return { x: x + width / 2, y: y + (isBeside(places, whole) ? height : 0) };
    };
    context.fillStyle = ink;
    for (const link of links) {
      const share = link.weight / top;
      if (share < FAINT || link.query >= layout.rows) continue;
      context.globalAlpha = (choosing && !touches(link) ? 0.2 : 1) * (0.15 + 0.6 * share);
      fillLink(context, end(layer.queryPlaces, link.query), end(layer.keyPlaces, link.key), unit, share);
    }
    context.globalAlpha = 1;
  }

  return {
    take(frame, index) {
      taken = { frame, index };
      read = wordsOf((frame.header.labels ?? []).map((text) => [...text]));
    },
    arrange(width, { frame, index, beside, item }) {
      const { places } = frame.item;
      const rows = rowsOf(frame);
      const isWide = beside && width >= WIDE;
      const room = isWide ? Math.floor((width - GAP) / 2) : width;
      const input = beside ? linesIn(beside, item, room - 2 * EDGE) : linesIn(read, index, room - 2 * EDGE);
      const output = linesOf(Array(rows).fill("0"), room - 2 * EDGE, widthOf);
      const foot = EDGE + input.room + BETWEEN;
      const [above, below] = [linesAt(input, EDGE, EDGE), linesAt(output, EDGE, foot)];
      const tall = foot + output.height + EDGE;
      const [left, top] = isWide ? [room + GAP, 0] : [0, tall + GAP];
      const matrix = beside && putMatrix({ x: left, y: top, width: width - left - EDGE }, rows, beside.size(item));
      const written = boxesSide(below, places, places);
      const asked = beside && boxesSide(above, beside, places);
      const inMatrix = (at, side) => matrix && pointInMatrix(matrix, at, side, places);
      return {
        height: Math.max(tall, matrix ? matrix.y + matrix.height + EDGE : 0), rows, matrix, input: above,
        item: { boxOf: written.boxOf, pointAt: (at) => written.pointAt(at) ?? inMatrix(at, places) },
        beside: asked && { boxOf: asked.boxOf, pointAt: (at) => asked.pointAt(at) ?? inMatrix(at, beside) },
      };
    },
    paint(context, scene) {
      const { frame, index } = taken;
      const { heat, found, links, boxOf, layout, scaled, view } = scene;
      const label = (place) => named(contentOf(frame, index, place, String));
      if (found) paintCurves(context, { ...scene, links: links ?? (view.together ? [] : linksOfPlace(found)) });
      paintBoxes(context, boxOf, frame.item.places, index, label, heat, layout.rows);
      if (layout.matrix && !view.bare) paintMatrix(context, scene, label);
      if (!layout.matrix) paintBoxes(context, (_, place) => scaled(layout.input[place]), read, index, (place) => read.name(place, index), null);
    },
    thumbnail: (canvas, frame, index) => paintTexts(canvas, pairOf(frame, index)),
    say: writtenOf,
    pair: pairOf,
    paintsLinks: true,
  };
}

/** The links of the place that is pointed at, the strongest first. */
function linksOfPlace({ layer, pointed, painted, place, rest, item }) {
  if (place === null) return [];
  const links = Array.from({ length: painted.size(item) }, (_, one) => ({
    ...(pointed === layer.queryPlaces ? { query: place, key: one } : { query: one, key: place }), weight: rest[one],
  }));
  return links.sort((one, other) => other.weight - one.weight);
}

const named = (character) => (character === " " ? "␣" : character);

/** @returns {[string, string]} */
const pairOf = (frame, index) => [frame.header.labels?.[index] ?? "", writtenOf(frame, index)];

const writtenOf = ({ item }, index) => item.texts[index].join("");

/** So many places as the longest text of a frame has, at least one. */
function rowsOf(frame) {
  return cached(frame, "rows", () => Math.max(1, ...frame.item.texts.map((text) => text.findLastIndex(Boolean) + 1)));
}
