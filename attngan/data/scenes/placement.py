"""Where the things of a scene lie, and what a caption says of it.

Shapes: N scenes, each of MOST_THINGS things; of one that has a single thing the second place means nothing.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from attngan.data.scenes.scene import CELLS, RELATIONS, relation_of
from attngan.data.scenes.shapes import RADII, REACH

_SLOT = 0.25  # of the side: how far from the centre each of two things lies
_SLOT_JITTER = 0.047  # up to 1.5 pixels of 32, of one thing anywhere, and of two across their axis
_AXIS_JITTER = 0.024  # of two things along their axis
_CELL = 0.26  # from one cell's middle to the next
_CELL_JITTER = 0.02
_BORDER = 0.03  # kept free at the picture's edge
_GAP = 0.08  # kept free between two things
_SLANT = 1.5  # how much farther apart two things lie on the axis of their relation than across it
_UNSAID = 0.25  # of the captions say nothing of where two things lie, where they lie anywhere


@dataclass(frozen=True, eq=False)
class Places:
    """Middles of things as shares of the sides, float64 (N, 2), and what is said: numbers, -1 for nothing."""

    x: NDArray[np.float64]
    y: NDArray[np.float64]
    relation: NDArray[np.int64]  # (N,)
    cell: NDArray[np.int64]  # (N, 2)


def slots(random: np.random.Generator, two: NDArray[np.bool_], size: NDArray[np.int64]) -> Places:
    """One thing near the centre; two on both sides of it, along the axis of their relation."""
    count = len(two)
    relation = np.where(two, random.integers(len(RELATIONS), size=count), -1)
    first = np.where(relation % 2 == 0, -_SLOT, _SLOT)  # left and above come first
    along = np.stack([first, -first], 1) * two[:, None]
    beside = (relation < 2)[:, None] & two[:, None]
    above = (relation >= 2)[:, None]
    middles = [0.5 + np.where(on, along, 0) for on in (beside, above)]
    jitters = [np.where(on, _AXIS_JITTER, _SLOT_JITTER) for on in (beside, above)]
    x, y = (
        middle + random.uniform(-1, 1, (count, 2)) * jitter
        for middle, jitter in zip(middles, jitters, strict=True)
    )
    return Places(x, y, relation, np.full((count, 2), -1))


def grid(random: np.random.Generator, two: NDArray[np.bool_], size: NDArray[np.int64]) -> Places:
    """Each thing in a cell of a 3x3 grid, which the caption says; two never in cells that touch."""
    count = len(two)
    rows, columns = np.divmod(np.arange(len(CELLS)), 3)
    apart = np.maximum(np.abs(rows[:, None] - rows), np.abs(columns[:, None] - columns)) > 1
    pairs = np.argwhere(apart)
    cell = pairs[random.integers(len(pairs), size=count)]
    cell[~two, 0] = random.integers(len(CELLS), size=(~two).sum())
    middles = [0.5 + (number - 1) * _CELL for number in (cell % 3, cell // 3)]
    x, y = (middle + random.uniform(-_CELL_JITTER, _CELL_JITTER, (count, 2)) for middle in middles)
    cell[~two, 1] = -1
    return Places(x, y, np.full(count, -1), cell)


def anywhere(random: np.random.Generator, two: NDArray[np.bool_], size: NDArray[np.int64]) -> Places:
    """Things anywhere in the picture, never touching; of two a caption in four says nothing of how they
    lie.
    """
    radius = np.array(RADII)[size] * REACH
    x, y = np.empty((2, *size.shape))
    todo = np.arange(len(two))
    while len(todo):
        reach = 0.5 - radius[todo] - _BORDER
        x[todo], y[todo] = (0.5 + random.uniform(-1, 1, reach.shape) * reach for _ in range(2))
        across, down = (np.abs(along[todo, 0] - along[todo, 1]) for along in (x, y))
        clear = np.maximum(across, down) > _SLANT * np.minimum(across, down)
        free = np.hypot(across, down) > radius[todo].sum(1) + _GAP
        todo = todo[two[todo] & ~(clear & free)]
    said = two & (random.random(len(two)) >= _UNSAID)
    return Places(x, y, np.where(said, relation_of(x, y), -1), np.full(size.shape, -1))


LAYOUTS: dict[str, Callable[[np.random.Generator, NDArray[np.bool_], NDArray[np.int64]], Places]] = {
    "slots": slots,
    "grid": grid,
    "anywhere": anywhere,
}
