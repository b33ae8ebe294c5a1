"""How pictures are wanted, and what reading a data set gives before it is checked."""

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from attngan.config import Square
from attngan.data.pixels import Pixels

if TYPE_CHECKING:  # reading a person's own pictures knows no torch
    from attngan.nn.batch import Check


@dataclass(frozen=True)
class Wanted:
    """How a person's own pictures are wanted."""

    size: int  # side in pixels
    most: int | None = None  # how many are used at most, evenly spread; None: all
    square: Square = "crop"  # how those that are not square are made so
    seconds: float = math.inf  # of reading, after which no further file is begun


@dataclass(frozen=True)
class Found:
    """What reading a source gave, before it is checked and becomes an ImageSet."""

    images: Pixels  # uint8 (N, S, S, C), C 1 or 3
    labels: NDArray[np.int64] | None = None  # (N,)
    label_names: tuple[str, ...] = ()
    captions: tuple[str, ...] = ()
    skipped: tuple[str, ...] = ()
    check: "Check | None" = None


# Called with the wanted size S in pixels and how many pictures are wanted at most (None: all).
# It may give more than that: `load` takes what it wants of them.
Reader = Callable[[int, int | None], Found]
