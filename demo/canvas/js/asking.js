// Questions to the server about the chosen picture, asked when a person wants to know and not before.
import { fetchJson } from "./fetching.js";

/**
 * The path of an answer about the chosen picture as the model draws it; null where nothing can be asked, as of an
 * earlier moment or of a picture between two samples.
 */
export function pathTo(what, { view, value, isPresent }, more = {}) {
  const { single } = value() ?? {};
  const { stand } = view;
  const isChosen = !stand || stand.header.judged || (stand.header.edit && stand.header.count === 1);
  if (!single || !isPresent() || !isChosen) return null;
  const { seeds, labels } = view.frame.header;
  const path = single.replace("{seed}", seeds[view.chosen]).replace("{label}", labels ? labels[view.chosen] : "");
  const wishes = new URLSearchParams({ ...more, v: value().version });
  return `${path.replace("/attngan/frame/", `/attngan/${what}/`)}&${wishes}`;
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
      if (!problem.told) wished = null; // may be asked again
      failed(problem.told ? problem.message : speak("canvas_failed"));
    }
  };
}
