"""Where the points that a run draws lie, twenty times a second: for who watches it now, and kept by nobody.

Frames say all, and cost too much to be made that often. glances.bin holds those of the last second or so: the
bytes of one as uint32, and of each a uint32 step and float32 points (N, 2), little-endian. They are made for
as long as somebody asks.
"""

import contextlib
import time
from collections import deque

import numpy as np
import torch

from attngan import storage
from attngan.model.sampling import latents
from attngan.run.folder import RunFolder
from attngan.train.state import TrainState

APART_SECONDS = 0.04  # from one glance to the next; a few are missed while frames are made
WRITTEN_SECONDS = 0.25  # from one file to the next
WATCHED_SECONDS = 3.0  # after somebody asked
KEPT = 24  # glances in a file
DRAWN = 256  # items at once: to join the maps of more, which nobody sees, takes as long as to draw them


class Glances:
    """The hand that writes them, where the run's items are quick enough to draw."""

    def __init__(self, run: RunFolder, state: TrainState) -> None:
        self._run, self._state = run, state
        shows = state.model.are_points and not state.model.classes
        self._z = latents(range(state.model.shown), state.model.z_size) if shows else None
        self._recent: deque[bytes] = deque(maxlen=KEPT)
        self._next = self._next_file = 0.0  # time.monotonic()
        self._watched = False

    def begin(self) -> None:
        """Make them from the first step on: who started the run watches how it begins."""
        if self._z is not None:
            self._run.ask_for_glances()

    def look(self) -> None:
        """After a step: draw them if it is time and somebody watches."""
        now = time.monotonic()
        if self._z is None or now < self._next:
            return
        self._next = max(self._next + APART_SECONDS, now)  # in even times, and none is made up for
        if self._watched:
            with torch.inference_mode():
                draw = self._state.ema.eval()
                drawn = torch.cat([draw(z).items for z in self._z.split(DRAWN)])
                items = self._state.kind.decode(drawn)
            step = np.uint32(self._state.step)
            self._recent.append(step.tobytes() + items.numpy().astype("<f4").tobytes())
        if now >= self._next_file:
            self._next_file = now + WRITTEN_SECONDS
            self._write()

    def _write(self) -> None:
        watched, self._watched = self._run.watched_file, False
        with contextlib.suppress(OSError):  # nobody asked; a drive that is full: perhaps the next one
            self._watched = time.time() - watched.stat().st_mtime < WATCHED_SECONDS
            if self._watched and self._recent:
                size = np.uint32(len(self._recent[0])).tobytes()
                storage.write_file(self._run.glances_file, size + b"".join(self._recent))

    def end(self) -> None:
        """Nobody needs them any more, or what they showed has been taken back."""
        self._watched = False
        self._recent.clear()
        for file in (self._run.glances_file, self._run.watched_file):
            with contextlib.suppress(OSError):
                file.unlink(missing_ok=True)
