"""How light the page is and how quick in a real Chromium, alone or beside a training.

    python bench/page.py [--edits 200] [--training]

Needs the extra `test` and a Chromium. Milliseconds are from the person's act to the painted picture; the
training is started from the page.
"""

import argparse
import statistics
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from browsing import CANVAS, LIVE, WARM_UP_SECONDS, chromium, process_megabytes, served, tab_megabytes, train
from weight import packed_kilobytes

from demo.app import build_app

MODES = ("looks", "seen", "contribution", "rollout", "flow")
HOVERS = 200  # moves of the pointer in each mode
PAINTED = "await new Promise((done) => requestAnimationFrame(() => setTimeout(done)));"
# Wait for a picture that was not there before, and until it was painted.
AWAIT = f"""const after = async (act, drawn) => {{
  const began = performance.now();
  act();
  while (!drawn()) await new Promise((done) => setTimeout(done, 1));
  {PAINTED}
  return performance.now() - began;
}};"""
GATE = f"""(gate) => {{ {AWAIT}
  const slider = document.querySelector("#explorer-gate");
  const wanted = new RegExp(`\\\\*g${{gate}}$`);
  return after(() => {{
    slider.step = "any";
    slider.value = gate;
    slider.dispatchEvent(new Event("input"));
    slider.dispatchEvent(new Event("change"));
  }}, () => wanted.test({CANVAS}.view.stand?.header.edit ?? "")); }}"""
MUTE = f"""() => {{ {AWAIT}
  return after(() => document.querySelector("#explorer-mute").click(), () => {CANVAS}.view.stand); }}"""
NOISE = f"""() => {{ {AWAIT}
  const {{ view }} = {CANVAS};
  const before = view.frame;
  return after(() => document.querySelector("#explorer-noise").click(), () => view.frame !== before); }}"""
READING = {"words": "?model=scenes&picture=6", "characters": "?model=dates&picture=2"}
# Where the words or characters that are read stand on the screen.
BOXES = f"""() => {{
  const {{ left, top }} = document.querySelector("#explorer-picture").getBoundingClientRect();
  const canvas = {CANVAS};
  const {{ keyPlaces }} = canvas.view.frame.layers.find(({{ keyPlaces }}) => keyPlaces.kind !== "grid");
  return Array.from({{ length: keyPlaces.size(canvas.view.chosen) }}, (_, place) => canvas.boxOfWord(place))
    .map(({{ x, y, width, height }}) => ({{ x: left + x, y: top + y, width, height }}));
}}"""
COUNT_FRAMES = """() => {
  window.painted = [];
  const count = (at) => { window.painted.push(at); window.counting = requestAnimationFrame(count); };
  requestAnimationFrame(count);
}"""
COUNTED = "() => { cancelAnimationFrame(window.counting); return window.painted; }"


def main() -> None:
    """Measure and print one line a figure."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--edits", type=int, default=200)
    parser.add_argument("--training", action="store_true", help="beside a training started from the page")
    asked = parser.parse_args()
    print(f"script, style and markup of the page's own, packed: {packed_kilobytes(build_app()):.0f} kB")
    with (
        tempfile.TemporaryDirectory() as folder,
        chromium() as opened,
        served(Path(folder)) as (address, pid),
    ):
        page = opened()
        arriving(page, address, "cold server")
        print("torch was loaded by then" if has_torch(pid) else "torch was not loaded by then")
        time.sleep(WARM_UP_SECONDS)
        if asked.training:
            started = opened()
            started.goto(address)
            train(started)
        for _ in range(5):
            page.context.close()
            page = opened()
            arriving(page, address, "warm server")
        hovering(page)
        page.locator(".tabs [data-name=edit]").click()
        for gate in (1.1, 1.2, 1.3):
            page.evaluate(GATE, gate)
        before = process_megabytes(pid), tab_megabytes(page)
        gates = [(index + 5) / 1000 for index in range(asked.edits)]  # no two alike: each is drawn
        tell("gate to picture", [page.evaluate(GATE, gate) for gate in gates])
        after = process_megabytes(pid), tab_megabytes(page)
        grown = [f"{late - early:+.1f} MB" for early, late in zip(before, after, strict=True)]
        print(f"after {asked.edits} edits: server {grown[0]}, tab {grown[1]}")
        tell("mute to picture", muting(page))
        tell("new noise to picture", [page.evaluate(NOISE) for _ in range(20)])
        for what, query in READING.items():
            page.context.close()
            page = opened()
            page.goto(address + query)
            page.wait_for_selector(LIVE)
            reading(page, what)


def arriving(page: Any, address: str, what: str) -> None:
    """Time until the page of a fresh profile shows a live heatmap."""
    began = time.perf_counter()
    page.goto(address)
    page.wait_for_selector(LIVE)
    print(f"{what}: page to live heatmap {1000 * (time.perf_counter() - began):.0f} ms")


def has_torch(pid: int) -> bool:
    """Whether a process has loaded torch, on Linux."""
    return "libtorch" in Path(f"/proc/{pid}/maps").read_text(encoding="utf-8")


def hovering(page: Any) -> None:
    """For each mode, times from a pointer's event to its painting, frames a second, and what was asked."""
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    box = page.locator("#explorer-picture").bounding_box()
    for mode in MODES:
        page.evaluate("(mode) => document.querySelector(`#explorer-mode [value=${mode}]`).click()", mode)
        page.evaluate(f"{CANVAS}.latencies.length = 0")
        page.evaluate(COUNT_FRAMES)
        for step in range(HOVERS):
            x, y = step * 37 % 101 / 101, step * 53 % 103 / 103
            page.mouse.move(box["x"] + x * box["width"], box["y"] + y * box["height"])
        at = page.evaluate(COUNTED)
        tell(f"pointer to painted, {mode}", page.evaluate(f"{CANVAS}.latencies"))
        rate = 1000 * (len(at) - 1) / (at[-1] - at[0])
        print(f"frames a second meanwhile: {rate:.1f}")
    print(f"requests while hovering: {len(asked)}")
    page.evaluate("document.querySelector('#explorer-mode [value=looks]').click()")


def reading(page: Any, what: str) -> None:
    """Times from a pointer's event on a word or character that is read to its map's painting."""
    asked: list[str] = []
    page.wait_for_timeout(1000 * WARM_UP_SECONDS)
    page.on("request", lambda request: asked.append(request.url))
    page.locator("#explorer-picture").scroll_into_view_if_needed()
    boxes = page.evaluate(BOXES)
    page.evaluate(f"{CANVAS}.latencies.length = 0")
    for step in range(HOVERS):
        box = boxes[step * 5 % len(boxes)]
        page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    tell(f"pointer to painted, {len(boxes)} {what}", page.evaluate(f"{CANVAS}.latencies"))
    print(f"requests while hovering {what}: {len(asked)}")


def muting(page: Any) -> list[float]:
    """Times until the picture without a head is there, each head and picture drawn for the first time."""
    took = []
    for index in range(16):
        page.evaluate("document.querySelector('#explorer-reset').click()")
        page.evaluate(f"document.querySelectorAll('#explorer-grid button')[{index}].click()")
        page.evaluate("document.querySelectorAll('#explorer-head input')[1].click()")
        page.wait_for_timeout(150)
        took.append(page.evaluate(MUTE))
    return took


def tell(what: str, milliseconds: Sequence[float]) -> None:
    """Print the median and the 95th percentile."""
    median, late = statistics.median(milliseconds), statistics.quantiles(milliseconds, n=20)[-1]
    print(f"{what}: p50 {median:.1f} ms, p95 {late:.1f} ms ({len(milliseconds)} times)")


if __name__ == "__main__":
    main()
