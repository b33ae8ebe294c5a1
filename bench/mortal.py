"""A server of the page that can be killed and started again, and what browsers ask it."""

import json
import os
import signal
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

from attngan.run.backends import Local
from demo.jobs.folder import JobFolder

HOME = Path(__file__).parent.parent
PATIENCE = 300  # seconds until what has to come is given up


class Page:
    """A server of the page, `python app.py`, and what browsers ask it; its trainings lie in a folder."""

    def __init__(self, runs: Path, temporary: Path) -> None:
        self.runs, self.temporary = runs, temporary
        temporary.mkdir(parents=True, exist_ok=True)
        self.child: subprocess.Popen[bytes] | None = None
        self.address = ""

    def start(self) -> None:
        """Serve, and return once it answers."""
        with socket.socket() as one:
            one.bind(("127.0.0.1", 0))
            port = one.getsockname()[1]
        settings = {
            "GRADIO_SERVER_PORT": str(port),
            "GRADIO_SERVER_NAME": "127.0.0.1",
            "ATTNGAN_RUNS": str(self.runs),
            "TMPDIR": str(self.temporary),
        }
        with (self.temporary / "log.txt").open("ab") as log:
            self.child = subprocess.Popen(
                [sys.executable, "app.py"], cwd=HOME, env=environment() | settings, stdout=log, stderr=log
            )
        self.address = f"http://127.0.0.1:{port}/gradio_api/"
        until(lambda: self.child.poll() is None and self._answers(), "the page")

    def kill(self, number: signal.Signals) -> None:
        """Send it a signal that ends it, and wait for that."""
        assert self.child is not None
        self.child.send_signal(number)
        self.child.wait(PATIENCE)

    def call(self, endpoint: str, *values: Any) -> Any:
        """What a named endpoint answers."""
        asked = urllib.request.Request(
            f"{self.address}run/{endpoint}",
            json.dumps({"data": values}).encode(),
            {"Content-Type": "application/json"},
        )
        try:
            with urllib.request.urlopen(asked, timeout=PATIENCE) as answer:
                return json.loads(answer.read())["data"][0]
        except urllib.error.HTTPError as error:
            raise AssertionError(f"{endpoint} {values}: {error.read().decode()}") from error

    def train(self, seconds: float, seed: int) -> str:
        """The id of a new training on small pictures."""
        return str(self.call("train_start", "digits", 16, [], False, seconds, seed, "default"))

    def news(self, run: str) -> dict[str, Any]:
        """All news of a training, from its beginning on."""
        found = json.loads(self.get(f"attngan/news/{run}?after=0"))
        assert not found["more"], "trainings here are short"
        return dict(found)

    def get(self, path: str) -> bytes:
        """What a route answers; raises urllib.error.HTTPError."""
        with urllib.request.urlopen(self.address + path, timeout=PATIENCE) as answer:
            return bytes(answer.read())

    def _answers(self) -> bool:
        try:
            return bool(self.get("info"))
        except OSError:
            return False


@contextmanager
def page_in(home: Path, runs: Path | None = None) -> Iterator[Page]:
    """A page that serves, with its folders in `home`; neither it nor a training of it is left over."""
    page = Page(runs or home / "runs", home / "temporary")
    page.start()
    try:
        yield page
    finally:
        if page.child and page.child.poll() is None:
            page.kill(signal.SIGKILL)
        for folder in page.runs.glob("*/job.json"):
            kill_worker(JobFolder(folder.parent))


def until(what: Callable[[], Any], name: str) -> Any:
    """What `what` gives as soon as it is true; fails where that takes too long."""
    deadline = time.monotonic() + PATIENCE
    while not (found := what()):
        assert time.monotonic() < deadline, f"waited in vain for {name}"
        time.sleep(0.05)
    return found


def kill_worker(folder: JobFolder) -> None:
    """kill -9 of a training's process, where it has one."""
    if ticket := folder.record().ticket:
        Local().stop(ticket, at_once=True)


def environment() -> dict[str, str]:
    """Of a child that finds this library, and keeps nothing in the folder of another server."""
    paths = os.pathsep.join([str(HOME), os.environ.get("PYTHONPATH", "")])
    others = {name: value for name, value in os.environ.items() if name != "GRADIO_TEMP_DIR"}
    return others | {"PYTHONPATH": paths}
