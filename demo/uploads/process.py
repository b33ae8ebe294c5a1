"""Starts the process that reads what a person uploaded (demo.uploads.reader), a few at a time."""

import base64
import contextlib
import json
import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np

from attngan.data.pixels import Pixels
from attngan.errors import AttnGanError
from attngan.tuning import stand_back
from demo.web import BusyError

HOME = Path(__file__).parents[2]  # of this package, which the process is to find
SLACK_SECONDS = 20  # beyond the time of reading: to start on a busy machine, and to write
PICTURE_MEMORY = 320 * 2**20  # bytes, of a process that reads one picture
PICTURE_SECONDS = 10
NICENESS = 10  # whoever draws goes before, and whoever trains


class Places:
    """So many may read at once; of those that come later some may wait, for so many seconds each."""

    def __init__(self, count: int, waiting: int, patience: float) -> None:
        self._free = threading.Semaphore(count)
        self._queue = threading.Semaphore(count + waiting)
        self._patience = patience

    @contextlib.contextmanager
    def one(self) -> Iterator[None]:
        """A place, for as long as the block takes; raises BusyError where there is none in time."""
        if not self._queue.acquire(blocking=False):
            raise BusyError("Many people bring files just now. Try again in a minute.", 60)
        try:
            if not self._free.acquire(timeout=self._patience):
                raise BusyError("Other people's files are being read just now. Try again in a minute.", 60)
            try:
                yield
            finally:
                self._free.release()
        finally:
            self._queue.release()


_pictures = Places(count=1, waiting=8, patience=10)


def picture(file: bytes, size: int) -> Pixels:
    """The pixels of a picture's file, uint8 (S, S, C), C 1 or 3; raises AttnGanError where that is none."""
    with _pictures.one():
        answer = ask("picture", {"size": size}, PICTURE_MEMORY, PICTURE_SECONDS, file)
    pixels = np.frombuffer(base64.b64decode(answer["pixels"]), np.uint8)
    return pixels.reshape(answer["shape"])


def ask(work: str, wanted: dict[str, Any], memory: int, seconds: int, file: bytes = b"") -> dict[str, Any]:
    """What a new process answers, which has so many bytes of memory and seconds; raises AttnGanError."""
    bounds = {"memory": memory, "processor_seconds": seconds + SLACK_SECONDS}
    paths = os.pathsep.join([str(HOME), os.environ.get("PYTHONPATH", "")])
    try:
        with subprocess.Popen(
            [sys.executable, "-m", "demo.uploads.reader", work],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,  # decoders write there what they think of a broken file
            env=os.environ | {"PYTHONPATH": paths, "OPENBLAS_NUM_THREADS": "1"},  # threads only cost memory
            start_new_session=True,  # as which it stands back
        ) as reader:
            stand_back(reader.pid, NICENESS)
            try:
                request = json.dumps(wanted | bounds).encode() + b"\n" + file
                told, _ = reader.communicate(request, timeout=3 * (seconds + SLACK_SECONDS))
            finally:
                reader.kill()
        answer: dict[str, Any] = json.loads(told)
    except (subprocess.SubprocessError, OSError, ValueError) as error:
        raise AttnGanError(
            "These files cost too much time or memory to be read: use smaller ones."
        ) from error
    if "problem" in answer:
        raise AttnGanError(answer["problem"])
    return answer
