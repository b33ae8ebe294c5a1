// What a person asks of a training that runs: pause, single steps, other settings, a moment kept. The server notes it.
import { sayProblem } from "../../canvas/js/requests.js";

/** @import { Speak } from "../../canvas/js/texts.js" */

/**
 * Ask a run for something; throws an Error, which `isSentence` where the server wrote it for people.
 * @param {string} run
 * @param {string} wish
 * @param {Object<string, string|number>} [values]
 */
async function ask(run, wish, values = {}) {
  const query = new URLSearchParams({ wish, ...Object.fromEntries(Object.entries(values).map(([name, value]) => [name, String(value)])) });
  const path = `gradio_api/attngan/steer/${encodeURIComponent(run)}?${query}`;
  const response = await fetch(new URL(path, document.baseURI), { method: "POST" });
  const isSentence = response.ok;
  const { problem } = isSentence ? await response.json() : { problem: String(response.status) };
  if (problem) throw Object.assign(new Error(problem), { isSentence });
}

/**
 * A function that asks the run in view for something, and says what was wrong; true once the server has noted it.
 * @param {{run: () => string|null, say: (text: string) => void, hurry: () => void, speak: Speak}} context
 */
export function asker({ run, say, hurry, speak }) {
  /** @type {(wish: string, values?: Object<string, string|number>) => Promise<boolean>} */
  const note = async (wish, values) => {
    const asked = run();
    if (!asked) return false;
    try {
      await ask(asked, wish, values);
    } catch (problem) {
      say(sayProblem(problem, speak, "steer_failed"));
      return false;
    }
    hurry();
    return true;
  };
  let last = Promise.resolve(true);
  /** @type {typeof note} */
  const inTurn = (wish, values) => (last = last.then(() => note(wish, values))); // as they were asked for
  return inTurn;
}
