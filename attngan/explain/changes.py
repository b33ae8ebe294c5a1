"""How far pictures changed: what an edit of the attention, or another network, did to them.

Shapes: H x W pixels, C channels.
"""

from dataclasses import dataclass

import torch
from torch import Tensor

from attngan.errors import AttnGanError

VISIBLE = 8  # of 255: a pixel moved when one of its channels changed by more


@dataclass(frozen=True)
class Change:
    """Of two pictures: the share of pixels that moved visibly, in [0, 1]; mean and largest change, of 255."""

    moved: float
    mean: float
    largest: int


def change(before: Tensor, after: Tensor) -> Change:
    """The change between pictures uint8 (..., H, W, C) of the same shape; raises AttnGanError for others."""
    if before.shape != after.shape or before.dtype != torch.uint8 or after.dtype != torch.uint8:
        raise AttnGanError("A change is measured between uint8 pictures of the same shape.")
    apart = (before.int() - after.int()).abs()
    moved = (apart.amax(-1) > VISIBLE).double().mean()
    return Change(moved.item(), apart.double().mean().item(), int(apart.max()))
