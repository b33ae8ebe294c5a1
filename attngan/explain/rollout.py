"""Attention through all layers: of which cells of an earlier feature map a cell of the last one is made.

Shapes: B pictures, N heads, Q queries, K keys, P cells of the earlier map.
"""

from collections.abc import Sequence

import torch
from torch import Tensor

from attngan.errors import AttnGanError
from attngan.nn.attention import AttentionMap


def overlaps(grid: tuple[int, int], other: tuple[int, int]) -> Tensor:
    """How much of each cell of `grid` lies in which of `other`: float32 (cells, other cells), rows sum to 1.

    Both grids (height, width) cover the same picture; a cell of 2x2 pooled keys lies by a quarter in
    each of its four cells.
    """
    rows, columns = (_along(*sizes) for sizes in zip(grid, other, strict=True))
    return torch.kron(rows, columns)


def _along(count: int, other: int) -> Tensor:
    starts, others = torch.arange(count) / count, torch.arange(other) / other
    first = torch.maximum(starts[:, None], others)
    last = torch.minimum(starts[:, None] + 1 / count, others + 1 / other)
    return (last - first).clamp_min(0) * count


def rollout(attention: Sequence[AttentionMap], down_to: str | None = None) -> Tensor:
    """Of what each cell of the last layer is made, float32 (B, Q, P), rows summing to 1.

    P are the cells that enter the layer `down_to`, by default the first. Abnar & Zuidema 2020 (arXiv
    2005.00928, section 3): the mean of the heads and the identity for what the residual hands on,
    multiplied over the layers. Three changes for these networks: the residual weighs 1 against the gate's
    size instead of half and half, pooled keys are spread evenly over their cells, and between maps of
    different sizes a cell is made of the cells that it overlaps. It leaves out what convolutions mix in
    between and how long the values are: it tells paths, not amounts. Raises AttnGanError for an unknown
    layer.
    """
    names = [layer.name for layer in attention]
    if not names or (down_to is not None and down_to not in names):
        raise AttnGanError(f"There is no attention layer {down_to or 'at all'}; there are {names}.")
    first = 0 if down_to is None else names.index(down_to)
    made: Tensor | None = None
    for layer in reversed(attention[first:]):
        mixed = _mixed(layer)  # (B, Q, Q)
        if made is None:
            made, size = mixed, layer.query_size
        else:
            made, size = made @ overlaps(size, layer.query_size) @ mixed, layer.query_size
    assert made is not None
    return made


def _mixed(layer: AttentionMap) -> Tensor:
    """What leaves each of a layer's cells, as shares (B, Q, Q) of what entered which."""
    weights = layer.weights.float().mean(1)  # (B, Q, K)
    gate = layer.gate.float().abs()
    looked = gate * weights @ overlaps(layer.key_size, layer.query_size)
    mixed: Tensor = (torch.eye(weights.shape[1]) + looked) / (1 + gate * weights.sum(-1, keepdim=True))
    return mixed
