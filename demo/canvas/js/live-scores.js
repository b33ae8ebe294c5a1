// What the discriminator gave the items in view when they were drawn, beside real ones: it comes with the frame.
import { mostMoved } from "./moved.js";
import { sayThen, showScores } from "./scores.js";

const MOVED = 3; // items that are named as those that changed most

/**
 * The scores in `.live-scores`, whose room is kept from the beginning on; `refresh()` when another item is shown. The
 * page hears of each frame that arrives: "attngan-frame" with its step, its scores, those before it and what moved; and of
 * the step of an earlier moment in view: "attngan-moment", null for the present.
 */
export function liveScores({ root, view, speak, value, isPresent }) {
  const place = root.querySelector(".live-scores");
  let newest = null; // {frame, run}
  let moment = null; // the step of an earlier moment in view
  place.hidden = false;

  function tell(frame) {
    const { step, scores } = frame.header;
    const run = value()?.timeline?.url;
    const before = newest?.run === run && newest.frame.header.step < step ? newest.frame : null;
    newest = { frame, run };
    const detail = { step, scores, before: before?.header.scores, moved: before ? mostMoved(before, frame, MOVED) : [] };
    window.dispatchEvent(new CustomEvent("attngan-frame", { detail }));
  }

  return {
    refresh() {
      const { frame } = view;
      const scores = frame?.header.scores;
      place.classList.toggle("silent", !scores);
      place.querySelector(".word").textContent = scores ? sayThen(scores, view.chosen, speak) : speak("judge_silent");
      if (scores) showScores(place.querySelector(".scores"), scores, scores.made[view.chosen], speak);
      const now = frame && !isPresent() ? frame.header.step : null;
      if (now !== moment) window.dispatchEvent(new CustomEvent("attngan-moment", { detail: now }));
      moment = now;
      if (frame && isPresent() && frame !== newest?.frame) tell(frame);
    },
  };
}
