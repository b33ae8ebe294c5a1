// The Python lines that show again what is shown.
import { writeEdit } from "./edit.js";
import { pixelOf } from "./pins.js";
import { layerOf, mapOf } from "./view.js";

/** @import { View } from "./view.js" */

/**
 * Lines for a bundled model by the library, for a visitor's training by the page's own endpoints.
 * @param {{view: View, model: string, seed: number, label: number|string|null, step: number|null}} shown
 */
export function pythonOf({ view, model, seed, label, step }) {
  if (step !== null) return momentLines(view, model, step);
  return model.startsWith("run-") ? clientLines(view, model, seed, label) : libraryLines(view, model, seed, label);
}

const home = () => location.origin + location.pathname;
/** @param {unknown} value */
const literal = (value) => (typeof value === "string" ? JSON.stringify(value) : value);
/**
 * "seed=3, mode="seen"" of those that are given.
 * @param {object} values
 */
const named = (values) => Object.entries(values)
  .filter(([, value]) => value !== null && value !== undefined && value !== "")
  .map(([name, value]) => `${name}=${literal(value)}`).join(", ");

/**
 * Layer, head and mode in view where they are not what is usual.
 * @param {View} view
 */
function wishesOf(view) {
  const { layer, mode } = view;
  return {
    layer, head: view.head === "mean" || mode === "rollout" ? null : view.head, mode: mode === "looks" ? null : mode,
  };
}

/** @type {(view: View, label: number|string|null) => object} */
const drawnWith = (view, label) => ({
  label, truncation: view.truncation === 1 ? null : view.truncation, edit: writeEdit(view.edit),
});

/**
 * The place in view, of a picture a pixel, of all else number x; where a mode needs none, any will do.
 * @param {View} view
 */
function placeIn(view) {
  const point = view.pin ?? view.point ?? (view.mode === "flow" ? { x: 0, y: 0 } : null);
  return point && view.layer && point.beside === undefined ? pixelOf(point, view.frame) : null;
}

/**
 * @param {View} view
 * @param {string} model
 * @param {number} seed
 * @param {number|string|null} label
 */
function libraryLines(view, model, seed, label) {
  const drawn = named({ seed, ...drawnWith(view, label) });
  const lines = ["import attngan", "", `seen = attngan.explore("checkpoints/${model}", ${drawn})`];
  const place = placeIn(view);
  if (!view.frame.pictures) lines.push("print(seen.text)");
  if (place) {
    const shown = `${view.frame.pictures ? `(${place.x}, ${place.y})` : place.x}, ${named(wishesOf(view))}`;
    lines.push(`print(seen.heatmap(${shown}))`, `seen.figure(${shown}).savefig("seen.png")`);
  }
  const { beside } = view.pin ?? view.point ?? {};
  if (beside !== undefined && mapOf(view)) {
    const { layer, head } = wishesOf(view);
    lines.push(`seen.word_figure(${beside}, ${named({ layer, head })}).savefig("seen.png")`);
  }
  if (writeEdit(view.edit)) lines.push("print(seen.change)");
  return lines.join("\n");
}

/**
 * @param {View} view
 * @param {string} model
 * @param {number} seed
 * @param {number|string|null} label
 */
function clientLines(view, model, seed, label) {
  const drawn = { model, seed, ...drawnWith(view, label) };
  const lines = ["from gradio_client import Client", "", `client = Client("${home()}")`];
  /** @type {(values: object, name: string) => string} */
  const call = (values, name) => `print(client.predict(${named({ ...values, api_name: name })}))`;
  lines.push(call(drawn, writeEdit(view.edit) ? "/edit" : "/sample"));
  const place = placeIn(view);
  if (place) lines.push(call({ ...drawn, ...place, ...wishesOf(view) }, "/attention"));
  return lines.join("\n");
}

/**
 * A moment of a training is a file that was kept; its maps are rows and columns of the weights in it.
 * @param {View} view
 * @param {string} model
 * @param {number} step
 */
function momentLines(view, model, step) {
  const lines = model.startsWith("run-")
    ? ["from urllib.request import Request, urlopen", "from attngan.explain import frames", "",
      `address = "${home()}gradio_api/attngan/step/${model}/${step}"`,
      'kept = urlopen(Request(address, headers={"Accept-Encoding": "gzip"})).read()']
    : ["from pathlib import Path", "from attngan.explain import frames", "",
      `kept = Path("checkpoints/${model}/timeline/${String(step).padStart(8, "0")}.frame.gz").read_bytes()`];
  lines.push("frame = frames.decode(kept)", `picture = frame.items[${view.chosen}]`);
  const layer = layerOf(view);
  const place = mapOf(view)?.place ?? null;
  if (!layer || view.chosen >= view.frame.attended) return lines.join("\n");
  lines.push(`layer = next(one for one in frame.layers if one.name == "${layer.name}")`);
  const head = view.head === "mean" ? ".mean(0)" : `[${view.head}]`;
  lines.push(`weights = layer.weights[${view.chosen}]${head}  # from each query (row) to each key`);
  if (place !== null && view.mode === "looks") {
    const shape = layer.keyPlaces.kind === "grid" ? ".reshape(layer.key_places.shape)" : "";
    lines.push(`print(weights[${place}]${shape})`);
  }
  if (place !== null && view.mode === "seen") {
    const shape = layer.queryPlaces.kind === "grid" ? ".reshape(layer.query_places.shape)" : "";
    lines.push(`print(weights[:, ${place}]${shape})`);
  }
  return lines.join("\n");
}
