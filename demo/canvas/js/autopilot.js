// Until a person touches the stage, its point moves over it slowly by itself, so that the page shows what it is for.

const STEP_SECONDS = 0.22;
const LONGEST_SECONDS = 25;

/** `offer()` begins once there is something to show, `stop()` ends it for good; `inviting(on)` hears of both. */
export function autopilot(wanted, view, ready, repaint, inviting) {
  const calm = window.matchMedia("(prefers-reduced-motion: reduce)").matches;
  let timer = 0;
  let step = 0;
  let over = !wanted;

  function stop() {
    rest();
    inviting(false);
  }

  function rest() {
    over = true;
    clearInterval(timer);
  }

  function move() {
    if (document.hidden) return;
    if (step * STEP_SECONDS > LONGEST_SECONDS) return rest();
    const angle = 0.16 * step++;
    view.point = { x: 0.5 + 0.27 * Math.sin(angle), y: 0.47 + 0.2 * Math.sin(2 * angle + 0.6) };
    repaint();
  }

  return {
    offer() {
      if (over || timer || !ready()) return;
      inviting(true);
      move();
      if (calm) rest();
      else timer = setInterval(move, 1000 * STEP_SECONDS);
    },
    stop,
  };
}
