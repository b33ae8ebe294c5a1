// All layers x heads as small maps; a click brings one of them onto the stage.
import { imageOfMap } from "./heat.js";
import { nameLayer } from "./layer-name.js";
import { canvasOf } from "./paint.js";

/**
 * @import { Head } from "./attention.js"
 * @import { Layer } from "./frame.js"
 * @import { Speak } from "./texts.js"
 * @import { Scaled, View } from "./view.js"
 */

/**
 * Build the rows of small maps for the layers of `frame`; `focus(layerName, head)` on a click.
 * @param {HTMLElement} place
 * @param {Layer[]} layers
 * @param {Speak} speak
 * @param {(layer: string, head: Head) => void} focus
 */
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
      title.append(document.createElement("span"), document.createElement("span"));
      const tiles = document.createElement("div");
      tiles.className = "tiles";
      for (const head of headsOf(layer)) {
        const tile = document.createElement("button");
        tile.type = "button";
        tile.className = "tile";
        tile.dataset.head = String(head);
        tile.setAttribute("aria-label", speak("canvas_map", { layer: nameLayer(layer.name, speak), head: headName(head, speak) }));
        const caption = document.createElement("span");
        caption.textContent = head === "mean" ? speak("canvas_mean") : headName(head, speak);
        tile.append(document.createElement("canvas"), caption);
        tile.addEventListener("click", () => focus(layer.name, head));
        tiles.append(tile);
      }
      row.append(title, tiles);
      return row;
    }),
  );
}

/**
 * "mean" first, then each head; a single head is its own mean.
 * @param {Layer} layer
 * @returns {Head[]}
 */
export function headsOf(layer) {
  return layer.heads > 1 ? ["mean", ...Array(layer.heads).keys()] : [0];
}

/**
 * @param {Head} head
 * @param {Speak} speak
 */
export function headName(head, speak) {
  return head === "mean" ? speak("canvas_mean_long") : speak("canvas_head_number", { number: head + 1 });
}

/**
 * Paint every small map; `mapIn(layer, head)` gives it, or null where there is none.
 * @param {HTMLElement} place
 * @param {Layer[]} layers
 * @param {View} chosen
 * @param {(layer: Layer, head: Head) => Pick<Scaled, "rest"|"painted"|"top">|null} mapIn
 * @param {Uint8Array} colours
 */
export function paintMaps(place, layers, chosen, mapIn, colours) {
  layers.forEach((layer, index) => {
    for (const tile of place.children[index].querySelectorAll(".tile")) {
      const head = tile.dataset.head === "mean" ? "mean" : Number(tile.dataset.head);
      const pressed = layer.name === chosen.layer && (head === chosen.head || chosen.mode === "rollout");
      if ((tile.getAttribute("aria-pressed") === "true") !== pressed) tile.setAttribute("aria-pressed", pressed);
      if (chosen.mode === "rollout" && tile !== tile.parentElement.firstChild) continue; // it is of all heads, and not shown
      const canvas = tile.querySelector("canvas");
      const found = mapIn(layer, head);
      if (!found) canvas.width = canvas.width;
      else canvasOf(imageOfMap(found.rest, found.painted, found.top, colours), canvas);
    }
  });
}
