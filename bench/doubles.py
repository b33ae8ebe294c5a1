"""Has a process compute in float64 whatever it asks for: rounding is then too small to be heard."""

from dataclasses import replace
from typing import Any

import torch
from torch import Tensor

from attngan.data import ImageSet
from attngan.data.rows.rowset import RowSet
from attngan.data.texts.pairset import PairSet
from attngan.nn.batch import Batch


def in_float64() -> None:
    """From now on networks, noise and items are float64; for this whole process, which does nothing else."""
    torch.set_default_dtype(torch.float64)
    torch.Tensor.float = torch.Tensor.double  # type: ignore[method-assign,assignment]
    for kind in (ImageSet, PairSet, RowSet):

        def batch(self: Any, indices: Tensor, usual: Any = kind.batch) -> Batch:
            found = usual(self, indices)
            return replace(found, items=found.items.double())

        kind.batch = batch  # type: ignore[method-assign,assignment]
