"""From facts to a picture, and which pixels of it each thing covers.

Shapes: N pictures, K things a picture, S pixels high and wide, D pixels of a thing's window.
"""

import numpy as np
from numpy.typing import NDArray

from attngan.data.pixels import Pixels
from attngan.data.scenes.scene import Things
from attngan.data.scenes.shapes import STEPS, covers, window
from attngan.errors import AttnGanError

SMALLEST = 16  # pixels
GROUND = np.array([72, 74, 80], np.float32)
PALETTE = np.array(
    [[228, 48, 52], [250, 140, 24], [248, 226, 66], [52, 176, 84], [44, 108, 240], [168, 76, 208]], np.float32
)  # of COLOURS, in that order
_CHUNK = 1024  # pictures drawn at a time


def drawn(things: Things, size: int) -> Pixels:
    """Pictures uint8 (N, S, S, 3) of things."""
    check_size(size)
    pictures = np.empty((len(things), size, size, 3), np.uint8)
    for start in range(0, len(things), _CHUNK):
        rows = slice(start, start + _CHUNK)
        part, cover = things[rows], covered(things[rows], size)[..., None]
        painted = np.broadcast_to(GROUND, (len(part), size, size, 3)).copy()
        for index in range(cover.shape[1]):
            painted += (PALETTE[part.colour[:, index]][:, None, None] - GROUND) * cover[:, index]
        pictures[rows] = np.rint(painted).clip(0, 255)
    return pictures


def covered(things: Things, size: int) -> NDArray[np.float32]:
    """How much of each pixel each thing covers: float32 (N, K, S, S) in [0, 1]; its mask is where that is 1/2
    or more.
    """
    check_size(size)
    count, most = things.colour.shape
    side, bank = window(size), covers(size)
    border = side // 2 + 1
    found = np.zeros((count, most, size + 2 * border, size + 2 * border), np.float32)
    pixels = np.arange(side)
    there = things.colour >= 0
    rows, columns = np.nonzero(there)
    fine = [np.rint(along[there] * size * STEPS).astype(np.int64) for along in (things.y, things.x)]
    top, left = (np.clip(along // STEPS, 0, size) + border - side // 2 for along in fine)
    down, right = (along % STEPS for along in fine)
    where = (
        rows[:, None, None],
        columns[:, None, None],
        (top[:, None] + pixels)[:, :, None],
        (left[:, None] + pixels)[:, None, :],
    )
    found[where] = bank[things.shape[there], things.size[there], down, right]
    return found[:, :, border:-border, border:-border]


def check_size(size: int) -> None:
    """Raises AttnGanError where shapes could not be told apart."""
    if size < SMALLEST:
        raise AttnGanError(f"Scenes need pictures of {SMALLEST} pixels or more, not {size}.")
