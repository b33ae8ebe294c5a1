// What the discriminator gave the items in view when they were drawn, beside real ones: it comes with the frame.
import { sayThen, showScores } from "./scores.js";

/** The scores in `.live-scores`, whose room is kept from the beginning on; `refresh()` when another item is shown. */
export function liveScores({ root, view, speak }) {
  const place = root.querySelector(".live-scores");
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
