// What the discriminator gave the items in view when they were drawn, beside real ones: it comes with the frame.
import { sayThen, showScores } from "./scores.js";

/** The verdict in `.verdict`, whose room is kept from the beginning on; `refresh()` when another item is shown. */
export function verdictOf({ root, view, speak }) {
  const place = root.querySelector(".verdict");
  place.hidden = false;
  return {
    refresh() {
      const scores = view.frame?.header.scores;
      place.classList.toggle("silent", !scores);
      place.querySelector(".word").textContent = scores ? sayThen(scores, view.chosen, speak) : speak("judge_silent");
      if (scores) showScores(place.querySelector(".scores"), scores, scores.made[view.chosen], speak);
    },
  };
}
