// Hatching: thin lines that say "less than its share" where darkness alone would say nothing, as on a black picture.

const SPACING = 7; // pixels of the screen from line to line
const INK = "rgba(190, 190, 200, 0.4)";

/**
 * A function that hatches an area of a canvas as strongly as `mask`, a canvas that is stretched over the area, is opaque.
 */
export function hatching() {
  const [layer, tile] = [0, 1].map(() => document.createElement("canvas"));
  return (/** @type {CanvasRenderingContext2D} */ context, { x, y, width, height }, mask, smooth) => {
    const unit = Math.max(1, context.canvas.width / 480);
    layer.width = Math.ceil(width); // which also clears it
    layer.height = Math.ceil(height);
    const over = layer.getContext("2d");
    over.imageSmoothingEnabled = smooth;
    over.drawImage(mask, 0, 0, width, height);
    over.globalCompositeOperation = "source-in";
    over.fillStyle = over.createPattern(lined(tile, Math.round(SPACING * unit), unit), "repeat");
    over.fillRect(0, 0, width, height);
    context.drawImage(layer, x, y);
  };
}

/** A square of that side whose copies make slanting lines. */
function lined(tile, side, thick) {
  if (tile.width === side) return tile;
  tile.width = tile.height = side;
  const context = tile.getContext("2d");
  context.strokeStyle = INK;
  context.lineWidth = thick;
  context.beginPath();
  for (const shift of [-side, 0, side]) {
    context.moveTo(shift - 1, side + 1);
    context.lineTo(shift + side + 1, -1);
  }
  context.stroke();
  return tile;
}
