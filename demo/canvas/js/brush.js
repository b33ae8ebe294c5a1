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
    if (!places) return;
    const steps = Math.max(1, Math.ceil(2 * places.between(last, point))); // a quick stroke leaves no place out
    for (let step = 1; step <= steps; step++) {
      const part = step / steps;
      stroke("place", places.at({ x: last.x + part * (point.x - last.x), y: last.y + part * (point.y - last.y) }));
    }
    last = point;
  }

  canvas.addEventListener("pointerdown", (event) => {
    if (event.button !== 0 || !placesNow()) return;
    canvas.setPointerCapture(event.pointerId);
    stroke("begin");
    last = stage.pointAt(pointOf(canvas, event));
    paintTo(last);
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
    context.fillStyle = "rgba(12, 12, 18, 0.72)";
    context.fillRect(left, top, width, height);
    context.strokeStyle = "rgba(255, 255, 255, 0.75)";
    context.lineWidth = unit;
    context.beginPath();
    context.moveTo(left + 0.25 * width, top + 0.25 * height);
    context.lineTo(left + 0.75 * width, top + 0.75 * height);
    context.moveTo(left + 0.75 * width, top + 0.25 * height);
    context.lineTo(left + 0.25 * width, top + 0.75 * height);
    context.stroke();
  }
  context.restore();
}
