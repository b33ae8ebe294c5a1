"""Answers in numbers: a pixel's arithmetic, a picture's facts."""

import dataclasses
from typing import Any, NamedTuple

from attngan.errors import AttnGanError
from demo.explorer.studio import Selection, Studio, labels_of
from demo.shelf import Shelved


class HeadQuery(NamedTuple):
    """A query of a head of a layer, both counted from 0; None for what was no whole number."""

    layer: str
    head: int | None
    query: int | None


def facts_of(studio: Studio, shelved: Shelved, selection: Selection) -> dict[str, Any]:
    """explain.facts.Facts of the first picture as a dict."""
    with studio.model(shelved) as model:
        from attngan.explain import facts

        labels = labels_of(model, selection)
        label = labels[0] if labels else None
        found = facts.facts(model, selection.seed, label, selection.truncation)
        return dataclasses.asdict(found)


def arithmetic_of(
    studio: Studio, shelved: Shelved, selection: Selection, edit: str, place: HeadQuery
) -> dict[str, Any]:
    """explain.arithmetic.Arithmetic of one query as a dict; raises AttnGanError for what is not there."""
    if place.head is None or place.query is None:
        raise AttnGanError("head and query must be whole numbers from 0 on.")
    with studio.model(shelved) as model:
        from attngan.explain import arithmetic, edits, heatmaps
        from attngan.model import sampling

        changed = edits.parse_text(edit).on(model.generator)
        drawn = sampling.sample(
            model, [selection.seed], labels_of(model, selection), selection.truncation, changed
        )
        seen = heatmaps.find_layer(drawn.attention, place.layer)
        return dataclasses.asdict(arithmetic.arithmetic(seen, 0, place.head, place.query))
