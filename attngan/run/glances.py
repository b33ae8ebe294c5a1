"""Where the points that a run draws lie, twenty times a second: for who watches it now, and kept by nobody.

Frames say all, and cost too much to be made that often. glances.bin holds those of the last second or so,
each as a uint32 step and float32 points (N, 2), little-endian.
"""

import time
from collections import deque

import numpy as np
import torch

from attngan import storage
from attngan.model.sampling import latents
from attngan.run.folder import RunFolder
from attngan.train.state import TrainState

APART_SECONDS = 0.05  # from one glance to the next
WRITTEN_SECONDS = 0.25  # from one file to the next
KEPT = 24  # glances in a file


class Glances:
    """The hand that writes them, where the run's items are quick enough to draw."""

    def __init__(self, run: RunFolder, state: TrainState) -> None:
        self._file, self._state = run.glances_file, state
        self._shows = state.kind.is_quick
        self._z = latents(range(state.model.shown), state.model.z_size) if self._shows else None
        self._recent: deque[bytes] = deque(maxlen=KEPT)
        self._next = self._next_file = 0.0  # time.monotonic()

    def look(self) -> None:
        """After a step: draw them if it is time; raises OSError."""
        now = time.monotonic()
        if self._z is None or now < self._next:
            return
        self._next = now + APART_SECONDS
        with torch.inference_mode():
            items = self._state.kind.decode(self._state.ema.eval()(self._z).items)
        self._recent.append(np.uint32(self._state.step).tobytes() + items.numpy().astype("<f4").tobytes())
        if now >= self._next_file:
            self._next_file = now + WRITTEN_SECONDS
            storage.write_file(self._file, b"".join(self._recent))

    def end(self) -> None:
        """Nobody needs them any more."""
        self._file.unlink(missing_ok=True)
