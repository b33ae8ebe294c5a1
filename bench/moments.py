"""How steadily kept moments play at ten a second, and whether anything moves while a training is live.

    python bench/moments.py [--moments 120] [--seconds 30]

Needs the extra `test` and a Chromium. The run that is played has the frames of the bundled faces, 32 pixels,
again and again. A moment counts as painted when the frame of the screen is done in which it was drawn.
"""

import argparse
import itertools
import shutil
import statistics
import tempfile
import time
from pathlib import Path
from typing import Any

from browsing import CANVAS, HOME, LIVE, WARM_UP_SECONDS, chromium, served, start_training

from demo.jobs.folder import JobFolder, Record
from demo.jobs.request import Request

SPEED, PERIOD = "4", 100  # of the time line, and its milliseconds between two moments
STUTTER = 100  # milliseconds beyond the period
STILL_SECONDS = 5  # after a training's first picture, until nothing may move any more
BUNDLED = HOME / "checkpoints" / "faces"
# Plays, and notes when a picture was painted that was not in view before, with its place in the time line.
PLAY = f"""([line, speed]) => {{
  const place = document.querySelector(line);
  const {{ view }} = {CANVAS};
  window.painted = [];
  let shown = view.frame;
  const channel = new MessageChannel();
  channel.port1.onmessage = ({{ data }}) => window.painted.push([data, performance.now()]);
  const look = () => {{
    if (view.frame !== shown) channel.port2.postMessage(Number(place.querySelector("input").value));
    shown = view.frame;
    window.looking = requestAnimationFrame(look);
  }};
  look();
  const select = place.querySelector("select");
  select.value = speed;
  place.querySelector("button").click();
}}"""
PLAYED = """(line) => document.querySelector(line + " button").getAttribute("aria-pressed") === "false" """
WATCH_SHIFTS = """() => {
  window.shifts = [];
  new PerformanceObserver((list) => {
    for (const { value, sources } of list.getEntries())
      window.shifts.push([value, sources.map(({ node }) => node?.id || node?.className || "")]);
  }).observe({ type: "layout-shift" });
}"""


def main() -> None:
    """Print the figures, alone and beside a training."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--moments", type=int, default=120)
    parser.add_argument("--seconds", type=int, default=30, help="that a live training is watched")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        run = make_run(Path(folder), asked.moments)
        with chromium() as opened, served(Path(folder)) as (address, _):
            time.sleep(WARM_UP_SECONDS)
            page = opened()
            page.goto(f"{address}?model=run-{run}")
            page.wait_for_selector(LIVE)
            playing(page, asked.moments, "alone")
            live = opened()
            live.goto(address)
            start_training(live)
            time.sleep(STILL_SECONDS)
            live.evaluate(WATCH_SHIFTS)
            time.sleep(asked.seconds)
            tell_shifts(live, f"{asked.seconds} s of a live training")
            live.context.close()
            playing(page, asked.moments, "beside a training")


def make_run(runs: Path, moments: int) -> str:
    """The id of a run that anyone who holds it may see, with so many kept moments."""
    job = JobFolder.new(runs)
    job.write(Record(request=Request(), name="moments", data="faces", created=time.time()))
    job.run.path.mkdir()
    shutil.copytree(BUNDLED, job.run.finished)
    frames = itertools.cycle(sorted((BUNDLED / "timeline").glob("*.frame.gz")))
    job.run.frames.path.mkdir()
    for step in range(1, moments + 1):
        shutil.copyfile(next(frames), job.run.frames.of(10 * step))
    return job.id


def playing(page: Any, moments: int, where: str) -> None:
    """Play the whole time line from its beginning, and print how steadily moments were painted."""
    line = "#explorer-timeline"
    page.bring_to_front()
    page.evaluate(WATCH_SHIFTS)
    page.locator(f"{line} input").press("End")
    page.wait_for_timeout(500)
    page.evaluate(PLAY, [line, SPEED])
    page.wait_for_timeout(PERIOD * moments)
    page.wait_for_function(PLAYED, arg=line)
    page.evaluate("cancelAnimationFrame(window.looking)")
    painted = page.evaluate("window.painted")
    gaps = [late - early for (_, early), (_, late) in itertools.pairwise(painted)]
    left_out = len(set(range(moments)) - {index for index, _ in painted})
    stutters = sum(gap > PERIOD + STUTTER for gap in gaps)
    print(
        f"{where}: {moments - left_out} moments of {moments} painted, {1000 / PERIOD:.0f} a second, "
        f"{left_out} left out; gap median {statistics.median(gaps):.1f} ms, p95 "
        f"{statistics.quantiles(gaps, n=20)[-1]:.1f}, longest {max(gaps):.1f}; "
        f"{stutters} more than {STUTTER} ms beyond the period of {PERIOD}",
        flush=True,
    )
    tell_shifts(page, f"playing {where}")


def tell_shifts(page: Any, what: str) -> None:
    """Print how far things moved since WATCH_SHIFTS, and what moved."""
    shifts = page.evaluate("window.shifts")
    moved = sorted({str(node) for _, nodes in shifts for node in nodes})
    print(
        f"layout shift in {what}: {sum(value for value, _ in shifts):.4f} "
        f"({len(shifts)} shifts{': ' + ', '.join(moved) if moved else ''})",
        flush=True,
    )


if __name__ == "__main__":
    main()
