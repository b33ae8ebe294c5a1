"""From a name or a path to a PairSet, with every wrong input told in one sentence."""

from collections.abc import Callable
from pathlib import Path

from attngan.data import sources
from attngan.data.sources import Source
from attngan.data.texts import own
from attngan.data.texts.dates import dates
from attngan.data.texts.notes import notes
from attngan.data.texts.numbers import numbers, numbers_large
from attngan.data.texts.pairset import PairSet
from attngan.nn.pair import Pair
from attngan.text import printable

_MAKERS: dict[str, Callable[[], tuple[list[Pair], list[Pair]]]] = {
    sources.DATES.name: dates,
    sources.NUMBERS.name: numbers,
    sources.NUMBERS_LARGE.name: numbers_large,
    sources.NOTES.name: notes,
}


def bundled(source: Source) -> PairSet:
    """The pairs of a known name."""
    learnt, held_out = _MAKERS[source.name]()
    return PairSet(source.name, tuple(learnt), tuple(held_out), source.licence, source.attribution)


def of_file(path: Path) -> PairSet:
    """The pairs of a person's own file; raises AttnGanError for what cannot be learnt from."""
    learnt, held_out, skipped = own.read(path)
    name = printable(path.resolve().stem) or "pairs"
    return PairSet(name, tuple(learnt), tuple(held_out), "not stated", f"Own pairs: {name}", skipped)
