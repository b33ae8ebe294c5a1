// A picture as it is looked at: with its map or links, and the frames around cells.
import { coloursOf } from "./colours.js";
import { paintLinks } from "./flow.js";
import { pictureOf } from "./frame.js";
import { marksOf } from "./marks.js";
import { canvasOf, fitToScreen, imageOfMap, paintMarks, paintStage } from "./paint.js";
import { linksOf, mapOf } from "./view.js";

/** A canvas that shows views: `take(frame, index)` its picture, `paint(view)` what is looked at; that is returned. */
export function stageOn(canvas) {
  const [plain, quiet, heatCanvas] = [0, 1, 2].map(() => document.createElement("canvas"));
  return {
    take(frame, index) {
      canvasOf(pictureOf(frame, index), plain);
      canvasOf(pictureOf(frame, index, 0.7, 0.45), quiet); // dim, with less colour: what is looked at glows on it
      canvas.style.aspectRatio = `${frame.width} / ${frame.height}`;
    },
    paint(view, between = () => {}) {
      fitToScreen(canvas);
      const found = mapOf(view);
      const links = linksOf(view);
      const colours = coloursOf(view.colours);
      let heat = null;
      if (found && !links) {
        const { painted, map, top } = found;
        heat = canvasOf(imageOfMap(map, painted.rows, painted.columns, top, colours, view.strength), heatCanvas);
      }
      paintStage(canvas, (heat || links) && view.strength > 0 ? quiet : plain, heat, view.smooth);
      if (links) paintLinks(canvas, found, links, colours, view.strength);
      between();
      paintMarks(canvas, found ? marksOf(view, found) : []);
      return found;
    },
  };
}
