"""Rows as networks see them: each number as about -1 to 1, each category as 1 at its value and 0 elsewhere.

Shapes: N rows, F columns, W numbers that networks see of a row.
"""

from dataclasses import dataclass
from functools import cached_property
from typing import Protocol, runtime_checkable

import numpy as np
import torch
from jaxtyping import Float, Int
from torch import Tensor
from torch.nn import functional as F

from attngan.columns import Category, Number, width_of


@dataclass(frozen=True)
class Coding:
    """Between rows as people see them, float32 (N, F), with the number of a category's value from 0 on, and
    rows as networks see them, float32 (N, W).
    """

    columns: tuple[Number | Category, ...]

    @cached_property
    def widths(self) -> tuple[int, ...]:
        """How many numbers networks see of each column."""
        return tuple(map(width_of, self.columns))

    @property
    def widest(self) -> int:
        """How many numbers networks see of the widest column."""
        return max(self.widths)

    def taken(self) -> Int[Tensor, " W"]:
        """Where what networks see lies among F times as many numbers as the widest column needs."""
        return torch.tensor(
            [self.widest * place + one for place, width in enumerate(self.widths) for one in range(width)]
        )

    @cached_property
    def choices(self) -> tuple[slice, ...]:
        """Where in what networks see categories lie, one slice each."""
        ends = np.cumsum(self.widths).tolist()
        pairs = zip(self.columns, self.widths, ends, strict=True)
        return tuple(slice(end - width, end) for one, width, end in pairs if isinstance(one, Category))

    def encode(self, rows: Float[Tensor, "N F"]) -> Float[Tensor, "N W"]:
        """Rows as networks see them."""
        parts = []
        for column, values in zip(self.columns, rows.unbind(1), strict=True):
            if isinstance(column, Category):
                parts.append(F.one_hot(values.round().long(), len(column.values)).float())
            else:
                parts.append(torch.from_numpy(_spread(column, values.double().numpy())).float()[:, None])
        return torch.cat(parts, 1)

    def decode(self, seen: Float[Tensor, "N W"]) -> Float[Tensor, "N F"]:
        """Rows as people see them: numbers rounded as the column's are, of a category the largest."""
        parts = []
        for column, part in zip(self.columns, seen.split(self.widths, 1), strict=True):
            if isinstance(column, Category):
                parts.append(part.argmax(1).float())
            else:
                numbers = _gathered(column, part[:, 0].double().numpy())
                parts.append(torch.from_numpy(numbers).float())
        return torch.stack(parts, 1)


def _spread(column: Number, values: np.ndarray) -> np.ndarray:
    """Numbers to -1 ... 1. Where several quantiles are one number, it lies in their middle: as scikit-learn's
    QuantileTransformer has it, but also at the ends.
    """
    knots, places = _line_of(column)
    if column.is_line:
        return np.asarray((values - knots[0]) * 2 / (knots[1] - knots[0]) - 1)
    upper = np.interp(values, knots, places)
    lower = -np.interp(-values, -knots[::-1], -places[::-1])
    return np.asarray((upper + lower) / 2)


def _gathered(column: Number, seen: np.ndarray) -> np.ndarray:
    """-1 ... 1 to numbers."""
    knots, places = _line_of(column)
    if column.is_line:
        found = knots[0] + (seen + 1) * (knots[1] - knots[0]) / 2
    else:
        found = np.interp(seen, places, knots)
    return np.asarray(found if column.decimals is None else found.round(column.decimals))


def _line_of(column: Number) -> tuple[np.ndarray, np.ndarray]:
    knots = np.array(column.knots)
    return knots, np.linspace(-1, 1, len(knots))


@runtime_checkable
class Rows(Protocol):
    """What a data set of rows knows besides what every one does.

    `values` (N, F) are rows as people see them, learnt from; `held_out` (M, F) are never learnt from.
    """

    @property
    def columns(self) -> tuple[Number | Category, ...]: ...

    @property
    def values(self) -> Float[Tensor, "N F"]: ...

    @property
    def held_out(self) -> Float[Tensor, "M F"]: ...
