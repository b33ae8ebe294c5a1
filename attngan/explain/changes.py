"""How far items changed: what an edit of the attention, or another network, did to them.

Shapes: S the shape of an item's places, C values at a place.
"""

from dataclasses import dataclass

from torch import Tensor

from attngan.errors import AttnGanError
from attngan.kinds.kind import Kind


@dataclass(frozen=True)
class Change:
    """The share of places that moved visibly, in [0, 1]; mean and largest change, in the unit that is shown.

    For pictures: pixels, and of 255.
    """

    moved: float
    mean: float
    largest: float


def change(kind: Kind, before: Tensor, after: Tensor) -> Change:
    """The change between decoded items (..., *S, C) of the same shape; raises AttnGanError for others.

    A place moved when one of its values changed by more than the kind's `visible`.
    """
    apart = differences(before, after)
    moved = (apart.amax(-1) > kind.visible).double().mean()
    return Change(moved.item(), apart.double().mean().item(), apart.max().item())


def differences(before: Tensor, after: Tensor) -> Tensor:
    """Absolute differences of decoded items of the same shape and type; raises AttnGanError for others."""
    if before.shape != after.shape or before.dtype != after.dtype:
        raise AttnGanError("A change is measured between items of the same kind and shape.")
    return (before - after).abs() if before.is_floating_point() else (before.int() - after.int()).abs()
