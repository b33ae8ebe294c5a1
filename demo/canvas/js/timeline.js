// Scrubbing through moments: slider, play, speed. Of a training the last position is the model as it is; of a way
// between two samples all frames are at hand. The line of a training that goes on is `live` and grows.
import { make } from "./element.js";
import { momentsOf } from "./moments.js";

const THUMB = 16; // pixels of the slider's handle, whose middle stands at a moment
const PLAYED_MILLISECONDS = 400; // a moment is shown at speed 1: ten a second at speed 4
const AHEAD = 4; // moments that are fetched before they are due

/**
 * Drives the elements in `place`; `show(frame, step)` puts a moment on the canvas, step null the present. A line has
 * `steps` and the `url` of their frames, or the `frames` themselves and `say(index)`, what each is called; `flags` are
 * steps at which somebody changed or kept something.
 */
export function timelineOf(place, speak, { show, failed }) {
  const slider = place.querySelector("input");
  const play = place.querySelector("button");
  const speed = place.querySelector("select");
  const said = place.querySelector("output");
  const moments = momentsOf();
  let line = null; // {url, steps}
  let present = null; // the frame of the model as it is
  let wished = 0; // number of the last wish: of several under way only it is shown
  let playing = 0; // number of the playing under way, 0 for none
  let plays = 0; // how often it was begun
  let coming = null; // the line that shall follow once nobody holds the slider

  /** The frame of a moment, or its promise. */
  function momentAt(index) {
    if (index >= line.steps.length) return present;
    return line.frames ? line.frames[index] : moments(line.url.replace("{step}", line.steps[index]));
  }

  async function seek(index) {
    if (!line) return; // a key on the slider after other noise took the line away
    const mine = ++wished;
    slider.value = index;
    tell(index);
    try {
      const frame = await momentAt(index);
      if (mine === wished) show(frame, line.steps[index] ?? null);
    } catch (problem) {
      stop();
      if (mine === wished) failed(problem);
    }
  }

  function tell(index) {
    const step = line.steps[index];
    const atStep = () => (step === undefined ? speak("canvas_time_present") : speak("canvas_time_step", { step }));
    const text = line.say ? line.say(index) : atStep();
    said.textContent = text;
    slider.setAttribute("aria-valuetext", text);
  }

  function plantFlags() {
    const flags = line?.flags ?? [];
    // the way between two samples has no place for any
    place.querySelector(".flags")?.replaceChildren(...flags.map((step) => {
      const index = line.steps.findIndex((one) => one >= step);
      const flag = make("b");
      flag.style.left = `calc(${THUMB / 2}px + (100% - ${THUMB}px) * ${(index < 0 ? line.steps.length : index) / Math.max(1, line.steps.length)})`;
      return flag;
    }));
  }

  function stop() {
    playing = 0;
    play.setAttribute("aria-pressed", "false");
    play.setAttribute("aria-label", speak("canvas_time_play"));
  }

  // Each moment has its time by the clock, so that lateness does not add up. None is left out: one that is late by more
  // than its turn, since the server was slow, has the clock begin anew, and what follows does not rush.
  async function run() {
    const mine = (playing = ++plays);
    play.setAttribute("aria-pressed", "true");
    play.setAttribute("aria-label", speak("canvas_time_pause"));
    let index = Number(slider.value) >= line.steps.length ? 0 : Number(slider.value) + 1;
    let due = performance.now();
    while (playing === mine && index <= line.steps.length) {
      const shown = seek(index);
      const asked = wished;
      for (let next = index + 1; next <= Math.min(index + AHEAD, line.steps.length); next++) momentAt(next);
      await shown;
      await new Promise(requestAnimationFrame); // it is painted, however late it is
      due = Math.max(due + PLAYED_MILLISECONDS / Number(speed.value), performance.now());
      await new Promise((resume) => setTimeout(resume, due - performance.now()));
      if (playing !== mine) return; // begun anew meanwhile, or stopped
      if (asked !== wished) break; // a person took the slider
      index = Number(slider.value) + 1; // a moment before it may have gone meanwhile
    }
    if (playing === mine) stop();
  }

  /** The index of the moment nearest to a training step. */
  function nearest(step) {
    const distance = (index) => Math.abs(line.steps[index] - step);
    let found = 0;
    for (let index = 1; index < line.steps.length; index++) if (distance(index) < distance(found)) found = index;
    return found;
  }

  /** Go on with a line that has grown, or has lost moments, where an earlier one is in view: that one, or one near it. */
  function follow(timeline) {
    const step = line.steps[Number(slider.value)];
    line = timeline;
    coming = null;
    plantFlags();
    slider.max = line.steps.length;
    slider.value = step === undefined ? line.steps.length : nearest(step);
  }

  slider.addEventListener("input", () => {
    stop();
    seek(Number(slider.value));
  });
  slider.addEventListener("change", () => coming && follow(coming)); // let go
  play.addEventListener("click", () => (playing ? stop() : run()));
  stop();

  return {
    /** A model arrived: show its line, if it has one, standing at the present; true where an earlier moment stays in view. */
    offer(timeline, frame) {
      const at = Number(slider.value);
      const grows = Boolean(timeline?.live) && line?.url === timeline.url;
      const stays = grows && line.steps[at] <= timeline.steps.at(-1); // not one that training was taken back from
      present = frame;
      coming = null;
      if (grows && slider.matches(":active")) {
        coming = timeline;
        return at < line.steps.length;
      }
      if (stays) {
        follow(timeline);
        return true;
      }
      line = timeline ?? null;
      place.hidden = !line;
      plantFlags();
      stop();
      wished += 1;
      if (!line) return false;
      slider.max = line.steps.length;
      slider.value = line.steps.length;
      tell(line.steps.length);
      return false;
    },
    /** Go to the moment nearest to a training step. */
    seekStep(step) {
      if (line) seek(nearest(step));
    },
    /** Go to the present, as whoever asks a training for a step wants to see what comes of it. */
    goLive() {
      stop();
      if (line) seek(line.steps.length);
    },
    play: () => void (playing || run()),
    get step() {
      return line ? (line.steps[Number(slider.value)] ?? null) : null;
    },
  };
}
