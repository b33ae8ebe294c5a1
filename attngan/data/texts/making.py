"""What bundled pairs are made by: a text that knows where its pieces lie, and what of them is held out."""

import random
import re
from collections.abc import Callable, Iterator, Sequence

from attngan.nn.pair import Pair


class Writing:
    """A text built piece by piece; `places` says where each named piece lies."""

    def __init__(self) -> None:
        self.text = ""
        self.places: dict[str, tuple[int, int]] = {}

    def add(self, piece: str, name: str = "") -> None:
        """Put the piece behind what there is; one with a name can be a source."""
        if name:
            self.places[name] = (len(self.text), len(self.text) + len(piece))
        self.text += piece


def slots(form: str) -> Iterator[tuple[str, str]]:
    """The parts of a form such as "to {day}, please": a plain text, and the slot behind it or ""."""
    parts = re.split(r"\{(\w+)\}", form)
    yield from zip(parts[::2], [*parts[1::2], ""], strict=True)


def split(items: Sequence[int], held_out: float, seed: str) -> tuple[list[int], list[int]]:
    """The items to learn from and those never to be seen, a share of them, by chance that `seed` decides."""
    order = [*items]
    random.Random(seed).shuffle(order)
    count = max(1, round(held_out * len(order)))
    return order[count:], order[:count]


def drawn(
    count: int, items: Sequence[int], make: Callable[[int, random.Random], Pair], seed: str
) -> list[Pair]:
    """So many pairs made from the items in turn, each with other chances, in a mixed order."""
    chance = random.Random(seed)
    pairs = [make(items[index % len(items)], chance) for index in range(count)]
    chance.shuffle(pairs)
    return pairs
