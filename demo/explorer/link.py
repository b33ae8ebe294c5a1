"""What an address asks the server for: a model, a seed, a class, a training to compare with."""

from collections.abc import Mapping
from typing import NamedTuple

from attngan.errors import AttnGanError
from demo import shelf
from demo.explorer.studio import MOST_PICTURES, SEEDS
from demo.web import whole_below


class View(NamedTuple):
    """The nearest that can be shown; `fits` is False where that is not what was asked for."""

    model: shelf.Shelved
    seed: int
    label: int | None
    fits: bool


def view_of(query: Mapping[str, str]) -> View | None:
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
    seed = whole_below(SEEDS - MOST_PICTURES + 1, query.get("seed", "0"))
    label = whole_below(model.classes, query["class"]) if "class" in query else None
    fits = fits and seed is not None and ("class" not in query or label is not None)
    return View(model, seed or 0, label, fits)
