"""The one value that all rows come as, wherever they are from.

Shapes: N rows, M held-out ones, F columns, W numbers that networks see of a row, B rows of a batch.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import ClassVar

import torch
from jaxtyping import Float, Int
from torch import Tensor

from attngan.columns import Category, Number
from attngan.nn.batch import Batch, Check
from attngan.nn.columns import Coding


@dataclass(frozen=True, eq=False)
class RowSet:
    """Rows in memory, with what is known about them.

    `values` float32 (N, F) are as people see them, of a category the number of its value; `held_out` (M, F)
    are never learnt from. `labels` int64 (N,) are classes, where some column says them. `skipped` has one
    "name: why" for all that was given and is not used.
    """

    name: str
    columns: tuple[Number | Category, ...]
    values: Float[Tensor, "N F"]
    held_out: Float[Tensor, "M F"]
    labels: Int[Tensor, " N"] | None = None
    label_names: tuple[str, ...] = ()
    licence: str = ""
    source: str = ""
    skipped: tuple[str, ...] = ()
    check: Check | None = None

    kind: ClassVar[str] = "rows"

    def __len__(self) -> int:
        return len(self.values)

    def batch(self, indices: Tensor | Sequence[int]) -> Batch:
        """Rows as networks see them, float32 (B, W), and their classes."""
        indices = torch.as_tensor(indices, dtype=torch.int64)
        return Batch(self._seen[indices], None if self.labels is None else self.labels[indices])

    @cached_property
    def _seen(self) -> Float[Tensor, "N W"]:
        return Coding(self.columns).encode(self.values)
