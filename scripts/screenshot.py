"""Takes the README's picture of the page: Explore in the light theme, with a pixel pinned.

    python scripts/screenshot.py [--out docs/images/page.png]

It serves the page with the bundled models on a free port and opens it in a Chromium of this machine; needs
`.[test]`.
"""

import argparse
import io
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from PIL import Image
from playwright.sync_api import sync_playwright

HOME = Path(__file__).parent.parent
VIEW = "?model=digits&seed=0&picture=6&layer=16&head=1&pixel=16,12&__theme=light"
WIDTH, HEIGHT = 1280, 800  # pixels
START_SECONDS = 120
SETTLE_SECONDS = 2  # until fonts and the other samples are there
COLOURS = 256  # of the file, so that it stays small


@contextmanager
def served(runs: str) -> Iterator[str]:
    """The address of the page while the block runs."""
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        port = one.getsockname()[1]
    settings = {
        "GRADIO_SERVER_PORT": str(port),
        "GRADIO_SERVER_NAME": "127.0.0.1",
        "ATTNGAN_RUNS": runs,
    }
    child = subprocess.Popen(
        [sys.executable, "app.py"], cwd=HOME, env=os.environ | settings, stdout=subprocess.DEVNULL
    )
    address = f"http://127.0.0.1:{port}/"
    try:
        end = time.monotonic() + START_SECONDS
        while not answers(address):
            if child.poll() is not None or time.monotonic() > end:
                raise SystemExit("the page did not start: run `python app.py` to see why")
            time.sleep(0.1)
        yield address
    finally:
        child.terminate()
        child.wait(60)


def answers(address: str) -> bool:
    """Whether a page is there."""
    try:
        with urllib.request.urlopen(address, timeout=5):
            return True
    except (urllib.error.URLError, OSError):
        return False


def photograph(address: str) -> bytes:
    """The view as PNG."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--no-sandbox", "--disable-gpu"]
        )
        context = browser.new_context(
            viewport={"width": WIDTH, "height": HEIGHT}, reduced_motion="reduce", locale="en"
        )
        page = context.new_page()
        page.goto(address + VIEW)
        page.wait_for_selector("#explorer-canvas .attention[data-version]")
        page.wait_for_timeout(SETTLE_SECONDS * 1000)
        taken = page.screenshot()
        browser.close()
    return taken


def main() -> None:
    """Serve, take, shrink and write."""
    parser = argparse.ArgumentParser(description="Takes the README's picture of the page.")
    parser.add_argument("--out", type=Path, default=HOME / "docs" / "images" / "page.png")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as runs, served(runs) as address:
        taken = photograph(address)
    picture = Image.open(io.BytesIO(taken)).convert("RGB").quantize(COLOURS)
    options.out.parent.mkdir(parents=True, exist_ok=True)
    picture.save(options.out, optimize=True)
    print(f"{options.out}: {options.out.stat().st_size / 1e3:.0f} kB")


if __name__ == "__main__":
    main()
