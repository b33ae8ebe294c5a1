// All layers x heads as small maps; a click brings one of them onto the picture.
import { looksAt, peakOf, seenBy } from "./attention.js";
import { canvasOf, imageOfMap } from "./paint.js";

/** Build the rows of small maps for the layers of `frame`; `focus(layerName, head)` on a click. */
export function buildMaps(place, layers, speak, focus) {
  const shape = JSON.stringify(layers.map((layer) => [layer.name, layer.heads]));
  if (place.dataset.shape === shape) return;
  place.dataset.shape = shape;
  place.replaceChildren(
    ...layers.map((layer) => {
      const row = document.createElement("div");
      row.className = "row";
      row.dataset.layer = layer.name;
      const title = document.createElement("p");
      title.className = "facts";
      const tiles = document.createElement("div");
      tiles.className = "tiles";
      for (const head of headsOf(layer)) {
        const tile = document.createElement("button");
        tile.type = "button";
        tile.className = "tile";
        tile.dataset.head = String(head);
        tile.setAttribute("aria-label", speak("canvas_map", { layer: layer.name, head: headName(head, speak) }));
        const caption = document.createElement("span");
        caption.textContent = head === "mean" ? speak("canvas_mean") : String(head + 1);
        tile.append(document.createElement("canvas"), caption);
        tile.addEventListener("click", () => focus(layer.name, head));
        tiles.append(tile);
      }
      row.append(title, tiles);
      return row;
    }),
  );
}

/** "mean" first, then each head; a single head is its own mean. */
export function headsOf(layer) {
  return layer.heads > 1 ? ["mean", ...Array(layer.heads).keys()] : [0];
}

export function headName(head, speak) {
  return head === "mean" ? speak("canvas_mean_long") : speak("canvas_head_number", { number: head + 1 });
}

/** Paint every small map for the cell under `point` (fractions of the picture), or clear them without one. */
export function paintMaps(place, layers, picture, view, cellOf, topOf, colours) {
  layers.forEach((layer, index) => {
    const row = place.children[index];
    for (const tile of row.querySelectorAll(".tile")) {
      const head = tile.dataset.head === "mean" ? "mean" : Number(tile.dataset.head);
      const chosen = layer.name === view.layer && head === view.head;
      if ((tile.getAttribute("aria-pressed") === "true") !== chosen) tile.setAttribute("aria-pressed", chosen);
      const canvas = tile.querySelector("canvas");
      const cell = cellOf(layer);
      if (cell === null) {
        canvas.width = canvas.width;
        continue;
      }
      const looks = view.mode === "looks";
      const map = (looks ? looksAt : seenBy)(layer, picture, head, cell);
      const height = looks ? layer.keyHeight : layer.queryHeight;
      const width = looks ? layer.keyWidth : layer.queryWidth;
      canvasOf(imageOfMap(map, height, width, topOf(layer, peakOf(map).value), colours, 1, 1), canvas);
    }
  });
}
