"""Scenes made by chance, the same for the same seed: facts, captions and pictures that belong together."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain

import numpy as np
from numpy.typing import NDArray

from attngan.data.found import Found
from attngan.data.pixels import Pixels, spread
from attngan.data.scenes.checking import check
from attngan.data.scenes.drawing import check_size, covered, drawn
from attngan.data.scenes.grammar import caption
from attngan.data.scenes.parsing import parsed
from attngan.data.scenes.placement import LAYOUTS, Places
from attngan.data.scenes.scene import (
    CELLS,
    HELD_OUT,
    MOST_THINGS,
    PAIRS,
    RELATIONS,
    SHAPES,
    SIZES,
    Scene,
    Thing,
    Things,
)
from attngan.data.scenes.swaps import falsified
from attngan.nn.batch import Check

COUNT = 20_000  # pictures of a set
LAYOUT_OF = {"scenes": "slots", "scenes-grid": "grid", "scenes-anywhere": "anywhere"}  # by the set's name
ASKED = 256  # captions of no picture to learn from, to be asked for
_TWO = 0.5  # of the scenes have two things
_SIZED = 0.7  # of the things have their size told
_PHRASINGS = 2**40  # more than any scene has


@dataclass(frozen=True, eq=False)
class Scenes:
    """N scenes: what their captions tell, the captions, and where what is drawn."""

    facts: tuple[Scene, ...]
    captions: tuple[str, ...]
    things: Things

    def pictures(self, size: int) -> Pixels:
        """uint8 (N, S, S, 3)."""
        return drawn(self.things, size)

    def masks(self, size: int) -> NDArray[np.bool_]:
        """Which pixels each thing covers: (N, 2, S, S), False for a thing that is not there."""
        return covered(self.things, size) >= 0.5


def made(
    count: int, seed: int = 0, layout: str = "slots", things: int | None = None, held_out: bool = False
) -> Scenes:
    """So many scenes in a layout of LAYOUTS, of one or two `things`, None for as many of both.

    No pair of colour and shape is held out, or with `held_out` at least one of every scene.
    """
    random = np.random.default_rng((seed, count, *layout.encode(), things or 0, held_out))
    two = random.random(count) < _TWO if things is None else np.full(count, things == MOST_THINGS)
    pair = _pairs(random, two, held_out)
    size, sized = random.integers(len(SIZES), size=pair.shape), random.random(pair.shape) < _SIZED
    places = LAYOUTS[layout](random, two, size)
    there = np.stack([np.ones(count, np.bool_), two], 1)
    colour, shape, drawn_size = (np.where(there, each, -1) for each in (*np.divmod(pair, len(SHAPES)), size))
    placed = Things(colour, shape, drawn_size, places.x, places.y)
    facts = _facts(pair, np.where(sized, size, -1), places, two)
    choices = random.integers(_PHRASINGS, size=count).tolist()
    return Scenes(facts, tuple(map(caption, facts, choices)), placed)


def scenes(layout: str, size: int, most: int | None = None) -> Found:
    """The scenes to learn from in this layout, evenly spread `most` of them; size is 16 pixels or more."""
    check_size(size)
    found, kept = made(COUNT, layout=layout), spread(COUNT, most)
    return Found(
        drawn(found.things[kept], size),
        captions=tuple(found.captions[row] for row in kept),
        check=Check({"all_facts": all_facts}, asked(layout)),
        changed=falsified,
    )


def asked(layout: str) -> tuple[str, ...]:
    """Captions of no picture to learn from: of one thing and of two by turns, and every other pair of these
    with a colour and a shape together that are in no such picture.
    """
    several = [
        made(ASKED // 4, 1, layout, things, held_out).captions
        for held_out in (False, True)
        for things in (1, MOST_THINGS)
    ]
    return tuple(chain.from_iterable(zip(*several, strict=True)))


def all_facts(pictures: Pixels, captions: Sequence[str] | None) -> float:
    """The share of pictures uint8 (N, S, S, 3) in which all is true that their captions tell; a picture
    without a caption of this grammar shows nothing that it should.
    """
    told = [parsed(caption) for caption in captions or ()]
    known = [row for row, each in enumerate(told) if each is not None]
    if not known:
        return 0.0
    return float(check(pictures[known], [each.scene for each in told if each]).all.sum() / len(pictures))


def _pairs(random: np.random.Generator, two: NDArray[np.bool_], held_out: bool) -> NDArray[np.int64]:
    """Numbers of PAIRS (N, 2), two different ones a scene; of two things either may be the one held out."""
    usual = np.array([number for number, pair in enumerate(PAIRS) if pair not in HELD_OUT])
    count = len(two)
    first = random.integers(len(usual), size=count)
    second = (first + random.integers(1, len(usual), size=count)) % len(usual)
    pair = usual[np.stack([first, second], 1)]
    if held_out:
        rare = np.array([number for number, pair in enumerate(PAIRS) if pair in HELD_OUT])
        which = random.integers(2, size=count) * two
        pair[np.arange(count), which] = rare[random.integers(len(rare), size=count)]
    return pair


def _facts(
    pair: NDArray[np.int64], size: NDArray[np.int64], places: Places, two: NDArray[np.bool_]
) -> tuple[Scene, ...]:
    things = [
        [_thing(pair, size, cell) for pair, size, cell in zip(pairs, sizes, cells, strict=True)]
        for pairs, sizes, cells in zip(pair.tolist(), size.tolist(), places.cell.tolist(), strict=True)
    ]
    return tuple(
        Scene((first, second) if both else (first,), RELATIONS[relation] if relation >= 0 else None)
        for (first, second), both, relation in zip(
            things, two.tolist(), places.relation.tolist(), strict=True
        )
    )


def _thing(pair: int, size: int, cell: int) -> Thing:
    colour, shape = PAIRS[pair]
    return Thing(colour, shape, SIZES[size] if size >= 0 else None, CELLS[cell] if cell >= 0 else None)
