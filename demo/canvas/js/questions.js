// Questions to the server about the chosen picture, asked when a person wants to know and not before.
import { fetchJson, sayProblem } from "./requests.js";

/**
 * The path of a frame of the chosen item alone, as the model draws it. A label is a class or a text. `other` says what
 * another model can be asked with, which has another class in place of one that it lacks.
 */
export function pathOfItem({ single }, { frame, chosen, swapped }, other = null) {
  const { seeds, labels } = frame.header;
  let label = swapped ?? labels?.[chosen] ?? "";
  if (other && typeof label === "string") label = other.worded ? label : "";
  else if (other) label = other.classes ? label % other.classes : "";
  return single.replace("{seed}", seeds[chosen]).replace("{label}", encodeURIComponent(label));
}

/**
 * The path of an answer about the chosen picture as the model draws it; null where nothing can be asked, as of an
 * earlier moment or of a picture between two samples.
 */
export function pathTo(what, { view, value, isPresent }, more = {}) {
  const its = value();
  const { stand } = view;
  const isChosen = !stand || ((stand.header.edit || view.swapped !== null) && stand.header.count === 1);
  if (!its?.single || !isPresent() || !isChosen) return null;
  const wishes = new URLSearchParams({ ...more, v: its.version });
  return `${pathOfItem(its, view).replace("/attngan/frame/", `/attngan/${what}/`)}&${wishes}`;
}

/** `ask(path)` hands the JSON behind the newest path to `arrived`, or a sentence to `failed`; the same is asked once. */
export function asker(speak, { arrived, failed }) {
  let wished = null;
  return async function ask(path) {
    if (path === wished) return;
    wished = path;
    try {
      const answer = await fetchJson(path);
      if (path === wished) arrived(answer);
    } catch (problem) {
      if (path !== wished) return;
      if (!problem.isSentence) wished = null; // may be asked again
      failed(sayProblem(problem, speak));
    }
  };
}
