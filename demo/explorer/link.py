"""What an address asks the server for: a model, a seed, a class, a training to compare with."""

from collections.abc import Mapping
from typing import NamedTuple

from attngan.errors import AttnGanError
from demo import shelf
from demo.explorer.frames import MOST_PICTURES, SEEDS


class Asked(NamedTuple):
    """The nearest that can be shown; `fits` is False where that is not what was asked for."""

    model: shelf.Shelved
    seed: int
    label: int | None
    fits: bool


def asked_of(query: Mapping[str, str]) -> Asked | None:
    """What a query asks for, or None when it asks for nothing or there is no model at all."""
    known = shelf.bundled()
    named = query.keys() & {"model", "seed", "class"} or query.get("compare", "").startswith(shelf.RUN)
    if not named or not known:
        return None
    fits = True
    try:
        model = shelf.take(query.get("model", known[0]))
    except AttnGanError:
        model, fits = shelf.take(known[0]), False
    seed = whole(query.get("seed", "0"), SEEDS - MOST_PICTURES + 1)
    label = whole(query["class"], model.classes) if "class" in query else None
    fits = fits and seed is not None and ("class" not in query or label is not None)
    return Asked(model, seed or 0, label, fits)


def whole(given: object, end: int) -> int | None:
    """The whole number from 0 to `end` - 1 that is given as a number or as text, else None."""
    if isinstance(given, str) and given.isascii() and given.isdigit() and len(given) < 16:
        given = int(given)
    is_whole = isinstance(given, int) and not isinstance(given, bool) and 0 <= given < end
    return given if is_whole else None  # type: ignore[return-value]
