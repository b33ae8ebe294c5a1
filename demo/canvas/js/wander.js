// Until a person touches the picture, the query wanders over it slowly, so that the page shows what it is for.

const STEP_SECONDS = 0.22;
const LONGEST_SECONDS = 25;

/** `offer()` begins once there is something to show, `stop()` ends it for good. */
export function wander(wanted, view, ready, repaint) {
  const calm = window.matchMedia("(prefers-reduced-motion: reduce)").matches;
  let timer = 0;
  let step = 0;
  let over = !wanted;

  function stop() {
    over = true;
    clearInterval(timer);
  }

  function move() {
    if (document.hidden) return;
    if (step * STEP_SECONDS > LONGEST_SECONDS) return stop();
    const angle = 0.16 * step++;
    view.point = { x: 0.5 + 0.27 * Math.sin(angle), y: 0.47 + 0.2 * Math.sin(2 * angle + 0.6) };
    repaint();
  }

  return {
    offer() {
      if (over || timer || !ready()) return;
      move();
      if (calm) stop();
      else timer = setInterval(move, 1000 * STEP_SECONDS);
    },
    stop,
  };
}
