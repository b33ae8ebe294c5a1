// Files to keep: what they are called, and how the browser is handed them.
import { fetchAnswer } from "./requests.js";

/** What a file about this begins with: a name that every system takes, as attngan.model.export gives it. @param {string} title */
export function fileName(title) {
  const plain = title.replace(/[^\p{L}\p{N}_.+-]+/gu, "-").replace(/^[-.]+/, "");
  return "attngan-" + ([...plain].slice(0, 60).join("").replace(/[-.]+$/, "") || "model");
}

/** @param {Blob} blob @param {string} name */
export function keepFile(blob, name) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}

/** Keeps what a path of the page's server answers; throws as fetchAnswer does. @param {string} path @param {string} name */
export async function fetchFile(path, name) {
  keepFile(await (await fetchAnswer(path)).blob(), name);
}
