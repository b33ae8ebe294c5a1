"""Which facts of captions are true in pictures: exact, without a network.

Shapes: N pictures and as many scenes that they should show.
"""

from collections.abc import Sequence
from dataclasses import dataclass, fields
from itertools import permutations

import numpy as np
from numpy.typing import NDArray

from attngan.data.pixels import Pixels
from attngan.data.scenes.scene import (
    CELLS,
    COLOURS,
    MOST_THINGS,
    RELATIONS,
    SHAPES,
    SIZES,
    Scene,
    cell_of,
    relation_of,
)
from attngan.data.scenes.seeing import Seen, read

Truth = NDArray[np.bool_]


@dataclass(frozen=True, eq=False)
class Checks:
    """Which pictures show what they should, bool (N,) each. What a caption does not say is right as it is."""

    count: Truth  # as many things, no more
    colour: Truth  # things of these colours, whichever has which
    shape: Truth  # things of these shapes, whichever has which
    binding: Truth  # each shape in its colour
    size: Truth  # each thing of its size
    place: Truth  # in their relation, and in their cells
    all: Truth

    def shares(self) -> dict[str, float]:
        """The share of the pictures in which each is right, in [0, 1]."""
        return {field.name: float(getattr(self, field.name).mean()) for field in fields(self)}


def check(pictures: Pixels, scenes: Sequence[Scene]) -> Checks:
    """Of pictures uint8 (N, S, S, 3) and what each should show."""
    return compare(read(pictures), scenes)


def compare(seen: Seen, scenes: Sequence[Scene]) -> Checks:
    """Of pictures that are read already."""
    counts = np.array([len(scene.things) for scene in scenes], np.int64)
    right = seen.count == counts
    colour, shape, size, cell = (_wanted(scenes, name) for name in ("colour", "shape", "size", "cell"))
    relation = np.array(
        [-1 if scene.relation is None else RELATIONS.index(scene.relation) for scene in scenes], np.int64
    )
    hits: list[list[Truth]] = []  # by the way to name the things: colour, shape, size, place
    points = []  # of each way, the more the more is right
    for order in permutations(range(MOST_THINGS)):  # which thing of the picture is which of the caption
        x, y = seen.things.x[:, order], seen.things.y[:, order]
        hues, kinds = seen.things.colour[:, order] == colour, seen.things.shape[:, order] == shape
        sizes = (size < 0) | (seen.things.size[:, order] == size)
        cells = (cell < 0) | (cell_of(x, y) == cell)
        related = (relation < 0) | (relation_of(x, y) == relation)
        facts = [hues.all(1), kinds.all(1), sizes.all(1), cells.all(1) & related]
        hits.append([right & fact for fact in facts])
        points.append(4 * (hues.sum(1) + kinds.sum(1)) + facts[2] + facts[3])
    found = np.array(hits)  # (ways, facts, N)
    colours, shapes = np.logical_or.reduce(found)[:2]
    best = np.argmax(points, 0)
    hue, kind, sized, placed = found[best, :, np.arange(len(right))].T
    bound = hue & kind
    return Checks(right, colours, shapes, bound, sized, placed, bound & sized & placed)


def _wanted(scenes: Sequence[Scene], name: str) -> NDArray[np.int64]:
    """Numbers (N, MOST_THINGS) of what is said of the things, -1 for nothing."""
    words = {"colour": COLOURS, "shape": SHAPES, "size": SIZES, "cell": CELLS}[name]
    numbers: dict[str | None, int] = {None: -1} | {word: number for number, word in enumerate(words)}
    nobody = [-1] * MOST_THINGS
    rows = [
        ([numbers[getattr(thing, name)] for thing in scene.things] + nobody)[:MOST_THINGS] for scene in scenes
    ]
    return np.array(rows, np.int64).reshape(-1, MOST_THINGS)
