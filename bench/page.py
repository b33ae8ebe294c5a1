"""How quick the page is in a real Chromium, alone or beside a training: hovering, edits, and what they leave.

    python bench/page.py [--edits 200] [--training]

Needs the extra `test` and a Chromium. Milliseconds are from the person's act to the painted picture.
"""

import argparse
import os
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from playwright.sync_api import sync_playwright

HOME = Path(__file__).parent.parent
NODES = "[...document.querySelectorAll('#explorer-canvas *')]"
CANVAS = f"{NODES}.find((node) => node.attentionCanvas).attentionCanvas"
# One edit: the slider of the gate moves, and the picture drawn with that gate has been painted.
EDIT = f"""async (gate) => {{
  const slider = document.querySelector("#explorer-gate");
  const began = performance.now();
  slider.step = "any";
  slider.value = gate;
  slider.dispatchEvent(new Event("input"));
  slider.dispatchEvent(new Event("change"));
  const wanted = new RegExp(`\\\\*g${{gate}}$`);
  const drawn = () => wanted.test({CANVAS}.view.stand?.header.edit ?? "");
  while (!drawn()) await new Promise((done) => setTimeout(done, 1));
  await new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
  return performance.now() - began;
}}"""
NOISE = f"""async () => {{
  const before = {CANVAS}.view.frame;
  const began = performance.now();
  document.querySelector("#explorer-noise").click();
  while ({CANVAS}.view.frame === before) await new Promise((done) => setTimeout(done, 1));
  await new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
  return performance.now() - began;
}}"""


def main() -> None:
    """Measure and print one line a figure."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--edits", type=int, default=200)
    parser.add_argument("--training", action="store_true", help="beside a training on the same processor")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder, served(Path(folder)) as (address, pid):
        if asked.training:
            with training(Path(folder)):
                measure(address, pid, asked.edits)
        else:
            measure(address, pid, asked.edits)


def measure(address: str, pid: int, edits: int) -> None:
    """All figures of one page."""
    with sync_playwright() as playwright:
        path = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox", "--disable-gpu"])
        page = browser.new_page(viewport={"width": 1280, "height": 800}, reduced_motion="reduce")
        began = time.perf_counter()
        page.goto(address)
        page.wait_for_selector("#explorer-canvas .attention[data-version]")
        print(f"page to live heatmap: {1000 * (time.perf_counter() - began):.0f} ms")
        hovering(page)
        page.locator(".tabs [data-name=edit]").click()
        for gate in (1.1, 1.2, 1.3):  # the model is loaded
            page.evaluate(EDIT, gate)
        session = page.context.new_cdp_session(page)
        before = resident(pid), heap(session)
        took = [
            page.evaluate(EDIT, (index + 5) / 1000) for index in range(edits)
        ]  # no two alike: each is drawn
        tell("edit to picture", took)
        after = resident(pid), heap(session)
        print(
            f"after {edits} edits: server {after[0] - before[0]:+.1f} MB, tab {after[1] - before[1]:+.1f} MB"
        )
        tell("new noise to picture", [page.evaluate(NOISE) for _ in range(20)])
        browser.close()


def hovering(page: Any) -> None:
    """Times from the pointer's event to its painting, and what was asked of the server meanwhile."""
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    box = page.locator("#explorer-picture").bounding_box()
    for step in range(400):
        x, y = step * 37 % 101 / 101, step * 53 % 103 / 103
        page.mouse.move(box["x"] + x * box["width"], box["y"] + y * box["height"])
    tell("pointer to painted", page.evaluate(f"{CANVAS}.latencies"))
    print(f"requests while hovering: {len(asked)}")


def tell(what: str, milliseconds: list[float]) -> None:
    """Print the median and the 95th percentile."""
    median, late = statistics.median(milliseconds), statistics.quantiles(milliseconds, n=20)[-1]
    print(f"{what}: p50 {median:.1f} ms, p95 {late:.1f} ms ({len(milliseconds)} times)")


def heap(session: Any) -> float:
    """MB of live objects in the tab."""
    session.send("HeapProfiler.collectGarbage")
    return float(session.send("Runtime.getHeapUsage")["usedSize"]) / 1e6


def resident(pid: int) -> float:
    """MB of memory that a process holds, on Linux."""
    lines = Path(f"/proc/{pid}/status").read_text(encoding="utf-8").splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmRSS")) / 1e3


@contextmanager
def served(folder: Path) -> Iterator[tuple[str, int]]:
    """Address and process of the page with the bundled models, while it runs."""
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        port = one.getsockname()[1]
    settings = {
        "GRADIO_SERVER_PORT": str(port),
        "ATTNGAN_RUNS": str(folder),
        "GRADIO_SERVER_NAME": "127.0.0.1",
    }
    child = subprocess.Popen(
        [sys.executable, "app.py"], cwd=HOME, env=os.environ | settings, stdout=subprocess.DEVNULL
    )
    address = f"http://127.0.0.1:{port}/"
    try:
        while child.poll() is None and not answers(address):
            time.sleep(0.2)
        time.sleep(5)  # until the page has warmed itself up
        yield address, child.pid
    finally:
        child.terminate()
        child.wait(30)


def answers(address: str) -> bool:
    """Whether the page is up."""
    try:
        with urllib.request.urlopen(address, timeout=5):
            return True
    except (urllib.error.URLError, OSError):
        return False


@contextmanager
def training(folder: Path) -> Iterator[None]:
    """A training like those that the page starts, while the block runs."""
    command = [sys.executable, "-m", "attngan", "train", "--data", "faces", "--seconds", "600"]
    child = subprocess.Popen(
        [*command, "--run-dir", str(folder / "run")],
        cwd=HOME,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    os.setpriority(os.PRIO_PROCESS, child.pid, 10)  # as the page does
    time.sleep(15)  # until it trains
    try:
        yield
    finally:
        child.terminate()
        child.wait(60)


if __name__ == "__main__":
    main()
