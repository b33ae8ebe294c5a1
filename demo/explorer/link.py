"""What an address asks the server for: a model, a seed, a class or a text, a training to compare with."""

from collections.abc import Mapping
from typing import NamedTuple

from attngan.errors import AttnGanError
from attngan.kinds.registry import kind_of
from attngan.text import writable
from demo import shelf
from demo.explorer.studio import LONGEST_TEXT, MOST_PICTURES, SEEDS
from demo.web import whole_below


class View(NamedTuple):
    """The nearest that can be shown; `fits` is False where that is not what was asked for."""

    model: shelf.Shelved
    seed: int
    label: int | str | None
    fits: bool


def view_of(query: Mapping[str, str]) -> View | None:
    """What a query asks for, or None when it asks for nothing or there is no model at all."""
    known = shelf.bundled()
    named = query.keys() & {"model", "seed", "class", "text"} or query.get("compare", "").startswith(
        shelf.RUN
    )
    if not named or not known:
        return None
    fits = True
    try:
        model = shelf.take(query.get("model", known[0]))
    except AttnGanError:
        model, fits = shelf.take(known[0]), False
    seed = whole_below(SEEDS - MOST_PICTURES + 1, query.get("seed", "0"))
    label = label_of(model, query.get("class"), query.get("text"))
    try:
        check_text(model, label)
    except AttnGanError:
        label = None
    taken = set() if label is None else {"text" if model.worded else "class"}
    fits = fits and seed is not None and query.keys() & {"class", "text"} == taken
    return View(model, seed or 0, label, fits)


def label_of(model: shelf.Shelved, number: object, text: object) -> int | str | None:
    """What a model is asked for, of the number of a class and the text that may be given: whichever suits it.

    None, which is all of its own in turn, in place of what it cannot take.
    """
    if not model.worded:
        return whole_below(model.classes, number)
    asked = writable(text).strip() if isinstance(text, str) else ""
    return asked if 0 < len(asked) <= LONGEST_TEXT else None


def check_text(model: shelf.Shelved, label: int | str | None) -> None:
    """Raise AttnGanError for a text that the model cannot read. Texts import torch, as drawing them does."""
    if isinstance(label, str):
        kind_of(model.config).unknown(model.config, label)
