// Frames over HTTP: the newest wish wins, and hidden canvases fetch nothing.
import { decodeFrame } from "./frame.js";

/** @import { Speak } from "./texts.js" */

/**
 * What a path of this page's own server answers; throws an Error, which `isSentence` when the server wrote it for people.
 * @param {string} path
 */
export async function fetchAnswer(path) {
  const response = await fetch(new URL(path.replace(/^\/+/, ""), document.baseURI), { headers: { "X-Attngan-Page": "1" } });
  const isSentence = (response.headers.get("content-type") ?? "").startsWith("text/plain");
  if (!response.ok || response.headers.has("X-Attngan-Page")) {
    throw Object.assign(new Error((await response.text()).slice(0, 400)), { isSentence });
  }
  return response;
}

/** The frame behind a path; throws as fetchAnswer does. @param {string} path */
export async function fetchFrame(path) {
  return decodeFrame(await (await fetchAnswer(path)).arrayBuffer());
}

/** The JSON behind a path; throws as fetchAnswer does, also for what the answer calls a problem. @param {string} path */
export async function fetchJson(path) {
  const answer = await (await fetchAnswer(path)).json();
  if (answer.problem) throw Object.assign(new Error(answer.problem), { isSentence: true });
  return answer;
}

/**
 * What a person is told of a problem: the server's own sentence where it wrote one, otherwise what `key` says.
 * @param {any} problem
 * @param {Speak} speak
 */
export function sayProblem(problem, speak, key = "canvas_failed") {
  return problem.isSentence ? problem.message : speak(key);
}

/**
 * A loader: `wish(value)` fetches value.url once the element is visible and hands the frame to `arrived`.
 * A wish made during a fetch waits; of several waiting ones only the last is fetched. A wish for the frame that was
 * wished for last says more about it, and returns true.
 * @param {Element} element
 * @param {{arrived: (frame: any, value: any) => void, failed: (problem: any) => void, busy: (yes: boolean) => void}} hear
 */
export function loader(element, { arrived, failed, busy }) {
  /** @type {any} */
  let wished = null;
  /** @type {any} */
  let shown = null;
  let running = false;
  let visible = false;

  async function run() {
    if (running || !visible || document.hidden) return;
    running = true;
    while (wished && wished !== shown) {
      const value = wished;
      const timer = setTimeout(() => busy(true), 150);
      try {
        const mark = value.url.includes("?") ? "&" : "?";
        const frame = value.frame ?? (await fetchFrame(value.url + mark + "v=" + encodeURIComponent(value.version)));
        if (value === wished || value.live) arrived(frame, value);
      } catch (problem) {
        if (value === wished) failed(problem);
      }
      clearTimeout(timer);
      shown = value;
    }
    busy(false);
    running = false;
  }

  new IntersectionObserver((entries) => {
    visible = entries.at(-1).isIntersecting;
    run();
  }).observe(element);
  document.addEventListener("visibilitychange", run);
  return {
    /** @param {any} value */
    wish(value) {
      if (wished && wished.url === value.url && wished.version === value.version) return Object.assign(wished, value) && true;
      wished = { ...value };
      run();
      return false;
    },
  };
}
