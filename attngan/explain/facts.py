"""What attention is and does in one picture: gate, spread and reach of its heads, and the picture without.

Shapes: N heads, Q queries, K keys, H x W pixels, C channels.
"""

from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor

from attngan.explain.cells import distances_between
from attngan.explain.changes import VISIBLE, Change, change
from attngan.explain.heatmaps import entropy
from attngan.model.checkpoints import Model
from attngan.model.sampling import sample
from attngan.nn.attention import AttentionEdit, AttentionMap, Edits

REGIONS = 3  # rows and columns of regions that a picture is told apart by


@dataclass(frozen=True)
class HeadFacts:
    """A head: entropy against that of even weights, in [0, 1]; mean distance in pixels; what muting does."""

    spread: float
    distance: float
    removed: Change


@dataclass(frozen=True)
class LayerFacts:
    """A layer: its gate, the mean distance in pixels of even weights, its heads, what removing it does."""

    name: str
    gate: float
    even_distance: float
    heads: tuple[HeadFacts, ...]
    removed: Change


@dataclass(frozen=True)
class Facts:
    """All layers; what removing all of them does, and where.

    `regions` are the shares of the moved pixels in REGIONS x REGIONS regions, row by row: they sum to 1, or
    are all 0.
    """

    layers: tuple[LayerFacts, ...]
    removed: Change
    regions: tuple[float, ...]


@torch.inference_mode()
def facts(model: Model, seed: int, label: int | None = None, truncation: float = 1.0) -> Facts:
    """The facts of the picture of a seed, drawn once as it is and once without each head, each layer and all.

    `label` and `truncation` are those of `sample`. Removing is a gain of 0 (AttentionEdit), with the same
    noise. Raises AttnGanError as `sample` does.
    """
    labels = None if label is None else [label]

    def without(edits: Edits) -> Tensor:
        return sample(model, [seed], labels, truncation, edits).images

    whole = sample(model, [seed], labels, truncation)
    closed = AttentionEdit(gate_gain=0.0)
    bare = without({layer.name: closed for layer in whole.attention})
    layers = []
    for layer in whole.attention:
        heads = layer.weights.shape[1]
        muted = [AttentionEdit(head_gains=(torch.arange(heads) != head).float()) for head in range(heads)]
        spreads, distances = entropy(layer), mean_distance(layer, whole.images.shape[1])
        layers.append(
            LayerFacts(
                name=layer.name,
                gate=layer.gate.item(),
                even_distance=distances_between(layer, whole.images.shape[1]).mean().item(),
                heads=tuple(
                    HeadFacts(
                        float(spreads[head]),
                        float(distances[head]),
                        change(whole.images, without({layer.name: muted[head]})),
                    )
                    for head in range(heads)
                ),
                removed=change(whole.images, without({layer.name: closed})),
            )
        )
    return Facts(tuple(layers), change(whole.images, bare), _regions(whole.images[0], bare[0]))


def mean_distance(attention: AttentionMap, image_size: int) -> np.ndarray:
    """How far each head looks on average, float32 (N,), in pixels of a picture of this side.

    The attention distance of Dosovitskiy et al. 2021 (arXiv 2010.11929, figure 7): distances between the
    cells' middles, averaged by the weights.
    """
    looked = (attention.weights.float() * distances_between(attention, image_size)).sum(-1)  # (B, N, Q)
    means: np.ndarray = looked.mean((0, 2)).numpy()
    return means


def _regions(before: Tensor, after: Tensor) -> tuple[float, ...]:
    """Shares of the visibly moved pixels of pictures (H, W, C) by region."""
    moved = (before.int() - after.int()).abs().amax(-1) > VISIBLE  # (H, W)
    total = max(1, int(moved.sum()))
    bands = [band for rows in moved.tensor_split(REGIONS) for band in rows.tensor_split(REGIONS, 1)]
    return tuple(int(band.sum()) / total for band in bands)
