"""What the benches of the page share: serving it, a tab in Chromium, and the memory of both."""

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from playwright.sync_api import sync_playwright

HOME = Path(__file__).parent.parent
NODES = "[...document.querySelectorAll('#explorer-canvas *')]"
CANVAS = f"{NODES}.find((node) => node.attentionCanvas).attentionCanvas"
LIVE = "#explorer-canvas .attention[data-version]"
WARM_UP_SECONDS = 15  # in which the page loads torch and a model by itself
TRAINING_SECONDS = 15  # until a training has begun to train


@contextmanager
def served(folder: Path) -> Iterator[tuple[str, int]]:
    """Address and process of the page with the bundled models, once it answers; trainings go to `folder`."""
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        port = one.getsockname()[1]
    settings = {
        "GRADIO_SERVER_PORT": str(port),
        "GRADIO_SERVER_NAME": "127.0.0.1",
        "ATTNGAN_RUNS": str(folder),
    }
    child = subprocess.Popen(
        [sys.executable, "app.py"], cwd=HOME, env=os.environ | settings, stdout=subprocess.DEVNULL
    )
    address = f"http://127.0.0.1:{port}/"
    try:
        while child.poll() is None and not _answers(address):
            time.sleep(0.05)
        yield address, child.pid
    finally:
        child.terminate()
        child.wait(60)


def _answers(address: str) -> bool:
    try:
        with urllib.request.urlopen(address, timeout=5):
            return True
    except (urllib.error.URLError, OSError):
        return False


@contextmanager
def chromium() -> Iterator[Callable[..., Any]]:
    """Opens tabs, each in a profile of its own, while the block runs: `opened(**settings of the profile)`."""
    path = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox", "--disable-gpu"])
        usual = {"viewport": {"width": 1280, "height": 800}, "reduced_motion": "reduce"}
        yield lambda **settings: browser.new_context(**(usual | settings)).new_page()
        browser.close()


def start_training(page: Any, seconds: int = 600) -> None:
    """Start the usual training in the Train tab, which stays open, and wait until it has drawn."""
    page.locator("#door-train").click()
    page.wait_for_selector("#train-reals-picture[src]")
    page.fill("#train-seconds input", str(seconds))
    page.locator("#train-seconds input").blur()
    page.click("#train-start")
    page.wait_for_selector("#train-live .attention[data-version]", timeout=120_000)


def train(page: Any) -> None:
    """Start a training of ten minutes in the Train tab, go back to Explore, and wait until it trains."""
    start_training(page)
    page.locator("#door-explore").click()
    time.sleep(TRAINING_SECONDS)


def tab_megabytes(page: Any) -> float:
    """MB of live objects and array buffers in a tab, after its garbage was collected."""
    session = page.context.new_cdp_session(page)
    session.send("HeapProfiler.collectGarbage")
    used = session.send("Runtime.getHeapUsage")
    session.detach()
    return (float(used["usedSize"]) + float(used.get("backingStorageSize", 0))) / 1e6


def process_megabytes(pid: int) -> float:
    """MB of memory that a process holds, on Linux."""
    lines = Path(f"/proc/{pid}/status").read_text(encoding="utf-8").splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmRSS")) / 1e3
