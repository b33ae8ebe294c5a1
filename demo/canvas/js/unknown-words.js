// What the model does not know of the text that it was asked with: struck through, with the nearest that it knows.
import { make } from "./element.js";

/** @import { Speak } from "./texts.js" */

const MOST_TOLD = 4; // words; the stage strikes through all

/**
 * Tell of words or characters, each once, in an element, and that words at the end were not read; nothing of none.
 * @param {any} place
 * @param {{unknown?: [string, string][], unread?: number}} header  unknown: each with the nearest known one, "" where none
 *   is near
 * @param {Speak} speak
 */
export function showUnknown(place, { unknown = [], unread = 0 }, speak) {
  const nearest = new Map(unknown);
  const told = [...nearest].slice(0, MOST_TOLD).map(([word, known]) => make("span", "", make("s", "", word), known && ` → ${known}`));
  place.replaceChildren(...(told.length ? [speak("canvas_unknown"), ...told] : []));
  if (nearest.size > told.length) place.append("…");
  if (unread) place.append(` ${speak("canvas_unread", { count: speak.number(unread, 0) })}`);
}
