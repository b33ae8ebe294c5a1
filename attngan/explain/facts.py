"""What attention is and does in one item: gate, spread and reach of its heads, and the item without.

Shapes: N heads, Q queries, K keys, S the shape of an item's places, C values at a place.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
import torch
from torch import Tensor

from attngan.explain.changes import Change, change, differences
from attngan.explain.heatmaps import entropy
from attngan.model.checkpoints import Model
from attngan.model.sampling import sample
from attngan.nn.attention import AttentionEdit, AttentionMap, Edits
from attngan.nn.places import Places, distances

REGIONS = 3  # rows and columns of regions that a picture is told apart by; parts of anything in a line


@dataclass(frozen=True)
class HeadFacts:
    """A head: entropy against that of even weights, in [0, 1]; mean distance; what muting does.

    Distances are in places of the item (pixels), None between places of different things.
    """

    spread: float
    distance: float | None
    removed: Change


@dataclass(frozen=True)
class LayerFacts:
    """A layer: its gate, the mean distance of even weights, its heads, what removing it does."""

    name: str
    gate: float
    even_distance: float | None
    heads: tuple[HeadFacts, ...]
    removed: Change


@dataclass(frozen=True)
class Facts:
    """All layers; what removing all of them does, and where.

    `regions` are the shares of the moved places in REGIONS x REGIONS regions, row by row: they sum to 1, or
    are all 0. Items that are no pictures have REGIONS of them.
    """

    layers: tuple[LayerFacts, ...]
    removed: Change
    regions: tuple[float, ...]


@torch.inference_mode()
def facts(model: Model, seed: int, label: Any = None, truncation: float = 1.0) -> Facts:
    """The facts of the item of a seed, drawn once as it is and once without each head, each layer and all.

    `label` and `truncation` are those of `sample`. Removing is a gain of 0 (AttentionEdit), with the same
    noise. Raises AttnGanError as `sample` does.
    """
    labels = None if label is None else [label]

    def without(edits: Edits) -> Tensor:
        return sample(model, [seed], labels, truncation, edits).items

    whole = sample(model, [seed], labels, truncation)
    closed = AttentionEdit(gate_gain=0.0)
    bare = without({layer.name: closed for layer in whole.attention})
    layers = []
    for layer in whole.attention:
        heads = layer.weights.shape[1]
        muted = [AttentionEdit(head_gains=(torch.arange(heads) != head).float()) for head in range(heads)]
        spreads, reach = entropy(layer), mean_distance(layer, whole.places)
        even = distances(layer.query_places, layer.key_places, whole.places)
        layers.append(
            LayerFacts(
                name=layer.name,
                gate=layer.gate.item(),
                even_distance=None if even is None else even.mean().item(),
                heads=tuple(
                    HeadFacts(
                        float(spreads[head]),
                        None if reach is None else float(reach[head]),
                        change(model.kind, whole.items, without({layer.name: muted[head]})),
                    )
                    for head in range(heads)
                ),
                removed=change(model.kind, whole.items, without({layer.name: closed})),
            )
        )
    moved = differences(whole.items, bare)[0].amax(-1) > model.kind.visible  # (*S)
    return Facts(tuple(layers), change(model.kind, whole.items, bare), _regions(moved))


def mean_distance(attention: AttentionMap, whole: Places) -> np.ndarray | None:
    """How far each head looks on average, float32 (N,), in places of an item; None where there is no
    distance.

    The attention distance of Dosovitskiy et al. 2021 (arXiv 2010.11929, figure 7): distances between the
    cells' middles, averaged by the weights.
    """
    apart = distances(attention.query_places, attention.key_places, whole)
    if apart is None:
        return None
    looked = (attention.weights.float() * apart).sum(-1)  # (B, N, Q)
    means: np.ndarray = looked.mean((0, 2)).numpy()
    return means


def _regions(moved: Tensor) -> tuple[float, ...]:
    """Shares of the visibly moved places, bool (*S), by region."""
    total = max(1, int(moved.sum()))
    parts = [moved]
    for dimension in range(moved.ndim):
        parts = [piece for part in parts for piece in part.tensor_split(REGIONS, dimension)]
    return tuple(int(part.sum()) / total for part in parts)
