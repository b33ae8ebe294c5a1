"""What can be read of attention about one place: where it looks, who looks at it, what it receives, and more.

Shapes: N heads, Q queries, K keys.
"""

from collections.abc import Callable
from dataclasses import replace
from typing import NamedTuple

import numpy as np

from attngan.errors import AttnGanError
from attngan.explain.contribution import contributions
from attngan.explain.heatmaps import find_layer, heatmap, received, weights_of
from attngan.explain.rollout import rollout
from attngan.nn.attention import AttentionMap
from attngan.nn.places import Place, Places, index_at

Attention = tuple[AttentionMap, ...]


class _Asked(NamedTuple):
    """What a mode is asked about: a place of an item, whose places are `whole`; a head or the mean of all."""

    attention: Attention
    layer: AttentionMap
    place: Place
    whole: Places
    head: int | None


class Mode(NamedTuple):
    """How a figure names a mode and its unit, and the map that it makes: over the keys of a layer, or over
    its queries.
    """

    title: str
    unit: str
    read: Callable[[_Asked], np.ndarray]
    of_queries: bool = False


def reading(
    attention: Attention,
    place: Place,
    whole: Places,
    layer: str | None = None,
    head: int | None = None,
    mode: str = "looks",
) -> np.ndarray:
    """The map of a mode of MODES for a place of the first item, float32 of the shape of what is looked at
    or looks.

    "looks": where it looks, over the keys, summing to 1. "seen": who looks at it, over the queries.
    "contribution": what it receives (explain.contribution), over the keys. "rollout": of which cells that
    enter `layer` it is made (explain.rollout), by all heads. "flow": where all queries look, over the keys.
    `layer` None is the finest, in "rollout" the first; `head` None is the mean of all. Raises AttnGanError
    for a pixel, layer, head or mode that is not there.
    """
    if mode not in MODES:
        raise AttnGanError(f"A mode is one of {', '.join(MODES)}, not {mode!r:.40}.")
    name = attention[0].name if mode == "rollout" and layer is None and attention else layer
    return MODES[mode].read(_Asked(attention, find_layer(attention, name), place, whole, head))


def _looks(asked: _Asked) -> np.ndarray:
    return heatmap(asked.layer, 0, asked.place, asked.whole, asked.head)


def _seen(asked: _Asked) -> np.ndarray:
    return received(asked.layer, 0, asked.place, asked.whole, asked.head)


def _contribution(asked: _Asked) -> np.ndarray:
    brought = contributions(asked.layer)  # in the weights' place, so that heads are chosen alike
    return heatmap(replace(asked.layer, weights=brought), 0, asked.place, asked.whole, asked.head)


def _rollout(asked: _Asked) -> np.ndarray:
    cell = index_at(asked.attention[-1].query_places, asked.place, asked.whole)
    shares: np.ndarray = rollout(asked.attention, asked.layer.name)[0, cell].numpy()
    return shares.reshape(asked.layer.query_places.shape)


def _flow(asked: _Asked) -> np.ndarray:
    looked: np.ndarray = weights_of(asked.layer, 0, asked.head).mean(0).numpy()
    return looked.reshape(asked.layer.key_places.shape)


MODES = {
    "looks": Mode("where it looks", "attention weight", _looks),
    "seen": Mode("who looks at it", "attention weight", _seen, of_queries=True),
    "contribution": Mode("what it receives", "gate x weight x length of the value", _contribution),
    "rollout": Mode("what it is made of", "share", _rollout, of_queries=True),
    "flow": Mode("where all of it looks", "mean attention weight", _flow),
}
