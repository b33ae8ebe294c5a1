// Painting cells on the picture with pointer or finger, and showing what is painted.
import { indexAt } from "./modes.js";

/** Calls `stroke("begin" | "cell" | "end", cell)` while a tool is held; `gridNow()` is null when none is. */
export function brushOn(canvas, gridNow, stroke) {
  let last = null; // point of the stroke under way
  const pointOf = (event) => {
    const box = canvas.getBoundingClientRect();
    const inside = (value) => Math.min(1 - 1e-6, Math.max(0, value));
    return { x: inside((event.clientX - box.left) / box.width), y: inside((event.clientY - box.top) / box.height) };
  };

  function paintTo(point) {
    const grid = gridNow();
    if (!grid) return;
    const far = Math.max(Math.abs(point.x - last.x) * grid.columns, Math.abs(point.y - last.y) * grid.rows);
    const steps = Math.max(1, Math.ceil(2 * far)); // a quick stroke leaves no cell out
    for (let step = 1; step <= steps; step++) {
      const part = step / steps;
      stroke("cell", indexAt({ x: last.x + part * (point.x - last.x), y: last.y + part * (point.y - last.y) }, grid));
    }
    last = point;
  }

  canvas.addEventListener("pointerdown", (event) => {
    if (event.button !== 0 || !gridNow()) return;
    canvas.setPointerCapture(event.pointerId);
    stroke("begin");
    last = pointOf(event);
    paintTo(last);
  }, true);
  canvas.addEventListener("pointermove", (event) => last && paintTo(pointOf(event)), true);
  for (const kind of ["pointerup", "pointercancel"]) {
    canvas.addEventListener(kind, (event) => {
      if (!last) return;
      last = null;
      event.stopImmediatePropagation(); // it was no tap
      stroke("end");
    }, true);
  }
}

/** Cells crossed out (`kind` "forbidden"), tinted ("region") or framed ("cursor"). */
export function paintCells(canvas, cells, grid, kind) {
  const context = canvas.getContext("2d");
  const [width, height] = [canvas.width / grid.columns, canvas.height / grid.rows];
  const unit = Math.max(1, canvas.width / 480);
  context.save();
  context.setLineDash([]);
  for (const cell of cells) {
    const [left, top] = [(cell % grid.columns) * width, Math.floor(cell / grid.columns) * height];
    if (kind === "cursor") {
      context.lineWidth = 2 * unit;
      context.strokeStyle = "#2dd4bf";
      context.strokeRect(left, top, width, height);
      continue;
    }
    if (kind === "region") {
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
