// Painting places on the stage with pointer or finger, and showing what is painted.
import { pointOf } from "./input.js";

/**
 * Calls `stroke("begin" | "place" | "end", place)` while a tool is held; `placesNow()` are those that it paints on, null
 * when none is held.
 */
export function brushOn(stage, placesNow, stroke) {
  const { canvas } = stage;
  let last = null; // point of the stroke under way

  function paintTo(point) {
    const places = placesNow();
    if (!places || !point || !stage.liesOn(point, places)) return;
    const steps = Math.max(1, Math.ceil(2 * places.between(last, point))); // a quick stroke leaves no place out
    for (let step = 1; step <= steps; step++) {
      const part = step / steps;
      stroke("place", places.at({ x: last.x + part * (point.x - last.x), y: last.y + part * (point.y - last.y) }));
    }
    last = point;
  }

  canvas.addEventListener("pointerdown", (event) => {
    const [places, point] = [placesNow(), stage.pointAt(pointOf(canvas, event))];
    if (event.button !== 0 || !places || !point || !stage.liesOn(point, places)) return; // on the other side it pins
    canvas.setPointerCapture(event.pointerId);
    stroke("begin");
    last = point;
    paintTo(point);
  }, true);
  canvas.addEventListener("pointermove", (event) => last && paintTo(stage.pointAt(pointOf(canvas, event))), true);
  for (const kind of ["pointerup", "pointercancel"]) {
    canvas.addEventListener(kind, (event) => {
      if (!last) return;
      last = null;
      event.stopImmediatePropagation(); // it was no tap
      stroke("end");
    }, true);
  }
}

/** Places of the stage crossed out (`manner` "forbidden"), tinted ("region") or framed ("cursor"). */
export function paintPlaces(stage, some, places, manner) {
  const { canvas } = stage;
  const context = canvas.getContext("2d");
  const unit = Math.max(1, canvas.width / 480);
  context.save();
  context.setLineDash([]);
  for (const place of some) {
    const { x: left, y: top, width, height } = stage.boxOf(places, place);
    if (manner === "cursor") {
      context.lineWidth = 2 * unit;
      context.strokeStyle = "#2dd4bf";
      context.strokeRect(left, top, width, height);
      continue;
    }
    if (manner === "region") {
      context.fillStyle = "rgba(45, 212, 191, 0.35)";
      context.fillRect(left, top, width, height);
      continue;
    }
    if (stage.isLabelled(places)) { // below the label, which can still be read: two lines, dark around light
      const side = Math.min(0.6 * width, 0.25 * height);
      const below = { left: left + (width - side) / 2, top: top + height - 1.3 * side, width: side, height: side };
      strokeCross(context, below, 0, "rgba(12, 12, 18, 0.85)", 4 * unit);
      strokeCross(context, below, 0, "#fff", 2 * unit);
      continue;
    }
    context.fillStyle = "rgba(12, 12, 18, 0.72)";
    context.fillRect(left, top, width, height);
    strokeCross(context, { left, top, width, height }, 0.25, "rgba(255, 255, 255, 0.75)", unit);
  }
  context.restore();
}

/** A cross in a box, `margin` of its sides away from them. */
function strokeCross(context, { left, top, width, height }, margin, colour, thick) {
  const [near, far] = [margin, 1 - margin];
  context.strokeStyle = colour;
  context.lineWidth = thick;
  context.beginPath();
  context.moveTo(left + near * width, top + near * height);
  context.lineTo(left + far * width, top + far * height);
  context.moveTo(left + far * width, top + near * height);
  context.lineTo(left + near * width, top + far * height);
  context.stroke();
}
