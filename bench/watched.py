"""How fast a training of the page learns while nobody watches it, and while one browser here does.

    python bench/watched.py [--seconds 30]

Needs the extra `test` and a Chromium. ATTNGAN_SPARED_CORES=0 in the environment gives the training all cores.
"""

import argparse
import tempfile
import time
from pathlib import Path

from browsing import chromium, served
from crowd import LEARN_SECONDS, images, learning

FRAMES = "#train-live-grid > *"


def main() -> None:
    """Print a line."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--seconds", type=int, default=30)
    seconds = parser.parse_args().seconds
    with (
        tempfile.TemporaryDirectory() as folder,
        chromium() as opened,
        served(Path(folder)) as (address, _),
    ):
        run, events = learning(address, Path(folder))
        alone = rate(events, seconds)
        page = opened()
        page.goto(address)
        page.evaluate("(run) => localStorage.setItem('attngan-train', run)", run)
        page.goto(f"{address}?door=train")
        page.locator(FRAMES).first.wait_for()
        page.wait_for_timeout(1000 * LEARN_SECONDS)
        watched = rate(events, seconds)
        page.context.close()
    print(f"{alone:.0f} pictures a second while nobody watches, {watched:.0f} beside a browser that does")


def rate(events: Path, seconds: float) -> float:
    """Pictures a second that the training learns from in the next seconds."""
    first, start = images(events), time.monotonic()
    time.sleep(seconds)
    return (images(events) - first) / (time.monotonic() - start)


if __name__ == "__main__":
    main()
