"""What a scene shows: one or two things, and how they lie."""

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

COLOURS = ("red", "orange", "yellow", "green", "blue", "purple")
SHAPES = ("circle", "square", "triangle", "star")
SIZES = ("small", "large")
RELATIONS = ("left of", "right of", "above", "below")  # of the first thing to the second
CELLS = (
    *("top left", "top", "top right", "left", "centre", "right"),
    *("bottom left", "bottom", "bottom right"),
)  # of a 3x3 grid, row by row
MOST_THINGS = 2

# Colours and shapes that no picture to learn from has together, though it has each of them.
HELD_OUT = frozenset({("blue", "star"), ("yellow", "circle"), ("green", "triangle"), ("purple", "square")})
PAIRS = tuple((colour, shape) for colour in COLOURS for shape in SHAPES)


class Thing(NamedTuple):
    """One thing; None is what a caption leaves open."""

    colour: str
    shape: str
    size: str | None = None
    cell: str | None = None

    @property
    def pair(self) -> tuple[str, str]:
        """Its colour and shape."""
        return self.colour, self.shape


class Scene(NamedTuple):
    """The things in the order in which a caption names them, and the relation of the first to the second."""

    things: tuple[Thing, ...]
    relation: str | None = None

    @property
    def held_out(self) -> bool:
        """Whether a thing has a colour and a shape that no picture to learn from has together."""
        return any(thing.pair in HELD_OUT for thing in self.things)


@dataclass(frozen=True, eq=False)
class Things:
    """The things of N pictures, at most K each: what is drawn, and what is read.

    Numbers of COLOURS, SHAPES and SIZES int64 (N, K), -1 where there is none; the middle as shares of the
    picture's sides, float64 (N, K), 0 at the left and at the top.
    """

    colour: NDArray[np.int64]
    shape: NDArray[np.int64]
    size: NDArray[np.int64]
    x: NDArray[np.float64]
    y: NDArray[np.float64]

    def __len__(self) -> int:
        return len(self.colour)

    def __getitem__(self, rows: slice | NDArray[np.int64]) -> "Things":
        """The things of some of the pictures."""
        return Things(self.colour[rows], self.shape[rows], self.size[rows], self.x[rows], self.y[rows])


def relation_of(x: NDArray[np.float64], y: NDArray[np.float64]) -> NDArray[np.int64]:
    """Number of the relation (N,) of the first thing to the second by their middles (N, 2): the axis on which
    they lie farther apart counts.
    """
    right, down = x[:, 0] - x[:, 1], y[:, 0] - y[:, 1]
    beside = np.abs(right) > np.abs(down)
    return np.where(beside, np.where(right < 0, 0, 1), np.where(down < 0, 2, 3))


def cell_of(x: NDArray[np.float64], y: NDArray[np.float64]) -> NDArray[np.int64]:
    """Number of the grid's cell in which each middle lies."""
    column, row = (np.clip((along * 3).astype(np.int64), 0, 2) for along in (x, y))
    return row * 3 + column
