"""How live points are on the page: from Start to the first change, updates a second, frames while one hovers.

    python bench/points.py [--seconds 15]

Needs the extra `test` and a Chromium, which paints on the same cores as the training and the server.
"""

import argparse
import os
import tempfile
from pathlib import Path

import numpy as np
from browsing import LIVE, WARM_UP_SECONDS, chromium, served

POINTS = "25 Gaussians"
# Notes when each glance came, and when another moment was on the screen.
NOTE = """() => {
  window.came = [];
  window.painted = [];
  window.addEventListener("attngan-glance", () => came.push(performance.now()));
  let last;
  const look = () => {
    const nodes = [...document.querySelectorAll("#train-live *")];
    const view = nodes.find((one) => one.attentionCanvas)?.attentionCanvas.view;
    const step = view?.glance?.step ?? view?.frame?.header.step;
    if (step !== undefined && step !== last) painted.push(performance.now());
    last = step;
    requestAnimationFrame(look);
  };
  look();
}"""
# Moves the pointer with every frame that the browser paints, and gives the time between two.
HOVER = """() => new Promise((done) => {
  const canvas = document.querySelector("#explorer-picture");
  canvas.scrollIntoView({ block: "nearest" });
  const { left, top, width, height } = canvas.getBoundingClientRect();
  const times = [];
  let last = performance.now();
  const move = (now) => {
    times.push(now - last);
    last = now;
    const turn = times.length / 40;
    const at = {
      clientX: left + width * (0.1 + 0.45 * Math.abs(Math.sin(turn))),
      clientY: top + Math.min(0.6 * width, height) * Math.abs(Math.cos(turn)),
    };
    canvas.dispatchEvent(new PointerEvent("pointermove", { ...at, bubbles: true, pointerType: "mouse" }));
    if (times.length < 300) requestAnimationFrame(move);
    else done(times.slice(1));
  };
  requestAnimationFrame(move);
})"""


def main() -> None:
    """Print a line a figure."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--seconds", type=int, default=15)
    seconds = parser.parse_args().seconds
    os.environ["GRADIO_ANALYTICS_ENABLED"] = "False"
    with tempfile.TemporaryDirectory() as folder, chromium() as opened, served(Path(folder)) as (address, _):
        page = opened(reduced_motion="no-preference")
        page.goto(f"{address}?door=train")
        page.wait_for_selector("#train-reals-picture[src]")
        page.locator("#train-data input").click()
        page.locator(f"[role=option]:has-text('{POINTS}')").first.click()
        page.fill("#train-seconds input", str(seconds))
        page.locator("#train-seconds input").blur()
        page.wait_for_timeout(1000 * WARM_UP_SECONDS)
        page.evaluate(NOTE)
        start = page.evaluate("performance.now()")
        page.click("#train-start")
        page.wait_for_selector("#train-live .attention[data-version]")
        page.wait_for_timeout(1000 * (seconds + 4))
        came, painted = page.evaluate("[came, painted]")
        first, second = ((time - start) / 1000 for time in painted[:2])
        print(f"Start to points on the screen: {first:.2f} s, to the first change {second:.2f}")
        for what, times in (("came", came), ("were painted", painted)):
            whole = [time for time in times if 2000 < time - times[0] < 1000 * (seconds - 2)]
            print(f"moments a second that {what}: {(len(whole) - 1) / (whole[-1] - whole[0]) * 1000:.1f}")
        page.goto(f"{address}?model=gaussians")
        page.wait_for_selector(f"{LIVE}[data-points]:not([data-points='0'])")
        page.wait_for_timeout(3000)
        median, late = np.quantile(page.evaluate(HOVER), (0.5, 0.95))
        print(f"frames while hovering, ms apart: median {median:.1f}, 95th percentile {late:.1f}")


if __name__ == "__main__":
    main()
