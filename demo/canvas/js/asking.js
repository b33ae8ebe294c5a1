// Questions to the server about the chosen picture, asked when a person wants to know and not before.

/** The path of an answer about the chosen picture as the model draws it; null where nothing can be asked. */
export function pathTo(what, { view, value, isPresent }, more = {}) {
  const { single } = value() ?? {};
  if (!single || !isPresent()) return null;
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
    if (!path) return;
    try {
      const response = await fetch(new URL(path.replace(/^\/+/, ""), document.baseURI));
      const answer = response.ok ? await response.json() : { problem: speak("canvas_failed") };
      if (path !== wished) return;
      if (answer.problem) failed(answer.problem);
      else arrived(answer);
    } catch {
      if (path === wished) failed(speak("canvas_failed"));
      if (path === wished) wished = null; // may be asked again
    }
  };
}
