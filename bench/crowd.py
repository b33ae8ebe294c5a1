"""What a crowd costs: 60 visitors beside one training, some hostile; then the page opened fresh beside them.

    python bench/crowd.py [--seconds 60]

Needs the extra `test` and a Chromium. bench/crowding.py says who they are. Visitors and browser run on the
same cores as the server and the training; what each took of the processor is told.
"""

import argparse
import contextlib
import json
import secrets
import subprocess
import sys
import tempfile
import threading
import time
import urllib.request
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import numpy as np
import psutil
from browsing import LIVE, WARM_UP_SECONDS, chromium, served

OPEN_SECONDS = 5  # between two fresh browsers
QUIET_SECONDS = 30  # after a crowd, until memory is looked at
LEARN_SECONDS = 5  # after a training's first steps
TRAINED_SECONDS = 1800
CROWDING = Path(__file__).with_name("crowding.py")


def main() -> None:
    """Print a line a figure."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--seconds", type=int, default=60)
    seconds = parser.parse_args().seconds
    with (
        tempfile.TemporaryDirectory() as folder,
        chromium() as opened,
        served(Path(folder)) as (address, pid),
    ):
        run, events = learning(address, Path(folder))
        server = Server(pid, Path(folder).resolve())
        crowded(address, run, events, seconds / 2, opened)  # to warm up
        time.sleep(QUIET_SECONDS)
        before = server.megabytes()
        first = images(events)
        time.sleep(seconds / 2)
        alone = (images(events) - first) / (seconds / 2)
        watch = threading.Event()
        with ThreadPoolExecutor(1) as pool:
            most = pool.submit(server.most, watch)
            busy = server.processor(), time.monotonic()
            told = crowded(address, run, events, seconds)
            used, took = server.processor() - busy[0], time.monotonic() - busy[1]
            beside = crowded(address, run, events, seconds / 2, opened)  # a browser takes most of a core
            watch.set()
        time.sleep(QUIET_SECONDS)
        after = server.megabytes()
    for what, times in told["took"].items():
        tell(what, times)
    tell("page to a live heatmap", beside["took"]["page to a live heatmap"])
    print("answers:", "; ".join(f"{count} x {what}" for what, count in sorted(told["said"].items())))
    rate, peak = told["rate"], most.result()
    lost = 1 - rate / alone
    print(f"training: {alone:.1f} images a second alone, {rate:.1f} in the crowd: {lost:.0%} lost")
    print(
        f"server without the training: {before:.0f} MB before, {peak:.0f} at most, {after:.0f} after "
        f"{QUIET_SECONDS} quiet seconds ({after / before:.2f})"
    )
    print(
        f"of one core: server {used / took:.0%}, visitors {told['processor']:.0%}; "
        f"all cores were {told['busy']:.0f}% busy: the rest is training, readers, and what else runs"
    )


def learning(address: str, runs: Path) -> tuple[str, Path]:
    """The id of a training of the page that has found its pace, and the file that tells of its steps."""
    time.sleep(WARM_UP_SECONDS)
    run = begun(address)
    events = runs / run / "run" / "events.jsonl"
    while not images(events):
        time.sleep(1)
    time.sleep(LEARN_SECONDS)
    return run, events


def begun(address: str) -> str:
    """The id of a training of the page that goes on the whole time."""
    asked = {"data": ["faces", 32, None, False, TRAINED_SECONDS, 0, "default"]}
    request = urllib.request.Request(
        f"{address}gradio_api/run/train_start",
        json.dumps(asked).encode(),
        {"Content-Type": "application/json", "x-attngan-visitor": secrets.token_hex(16)},
    )
    with urllib.request.urlopen(request, timeout=60) as answer:
        return str(json.loads(answer.read())["data"][0])


def crowded(address: str, run: str, events: Path, seconds: float, opened: Any = None) -> dict[str, Any]:
    """What the crowd saw in so many seconds; the "rate" of the training meanwhile, in images a second; how
    "busy" all cores were in percent. With `opened`, also "page to a live heatmap" in fresh browsers.
    """
    command = [sys.executable, str(CROWDING), address, run, str(seconds)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as crowd:
        assert crowd.stdout
        crowd.stdout.readline()  # it is ready
        pages: list[float] = []
        first, start = images(events), time.monotonic()
        psutil.cpu_percent()
        while opened and time.monotonic() < start + seconds:
            began = time.monotonic()
            page = opened()
            page.goto(address)
            page.wait_for_selector(LIVE, timeout=120_000)
            pages.append(time.monotonic() - began)
            page.context.close()
            time.sleep(max(0.0, OPEN_SECONDS - (time.monotonic() - began)))
        time.sleep(max(0.0, start + seconds - time.monotonic()))
        rate, busy = (images(events) - first) / (time.monotonic() - start), psutil.cpu_percent()
        found: dict[str, Any] = json.loads(crowd.communicate()[0])
    if pages:
        found["took"]["page to a live heatmap"] = pages
    return found | {"rate": rate, "busy": busy}


def images(events: Path) -> int:
    """Images that a training has learnt from."""
    lines = events.read_text("utf-8").splitlines() if events.exists() else []
    told = [json.loads(line) for line in lines if '"images"' in line]
    return int(told[-1]["images"]) if told else 0


class Server:
    """The server's processes without those of trainings, which work in folders of `runs`."""

    def __init__(self, pid: int, runs: Path) -> None:
        self._server, self._runs = psutil.Process(pid), runs

    def _processes(self) -> list[psutil.Process]:
        found = [self._server]
        for child in self._server.children():
            with contextlib.suppress(psutil.Error):
                trains = Path(child.cwd()).is_relative_to(self._runs)
                # one that has just been forked is the server itself, seen twice
                if not trains and child.cmdline() != self._server.cmdline():
                    found += [child, *child.children(recursive=True)]
        return found

    def megabytes(self) -> float:
        """MB of memory that they hold."""
        total = 0
        for one in self._processes():
            with contextlib.suppress(psutil.Error):
                total += one.memory_info().rss
        return total / 1e6

    def most(self, over: threading.Event) -> float:
        """The most MB that they ever held until it is over."""
        most = 0.0
        while not over.wait(0.1):
            most = max(most, self.megabytes())
        return most

    def processor(self) -> float:
        """Seconds of one core that the server has used, without its readers."""
        used = self._server.cpu_times()
        return float(used.user + used.system)


def tell(what: str, seconds: Sequence[float]) -> None:
    """Print how many there were, the median and the 95th percentile."""
    median, late = np.quantile(seconds, (0.5, 0.95))
    times = len(seconds)
    print(f"{what}: p50 {median:.3f} s, p95 {late:.3f}, longest {max(seconds):.3f} ({times} times)")


if __name__ == "__main__":
    main()
