"""In which scale networks see columns of numbers.

Shapes: N rows, F columns.
"""

import re
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from attngan.columns import Number

KNOTS = 129  # quantiles at most
ALIKE = 3.0  # times the span of another column, up to which both are seen in one scale
MOST_DECIMALS = 9
NEARLY_ALL = 0.95  # of the numbers have no more decimals than their column
UNSEEN = 0.001  # of a column's span, by which rounding may change any other one
LOOKED_AT = 1000  # numbers, for their decimals


def one_scale(rows: NDArray[np.float64], columns: Sequence[Number]) -> tuple[Number, ...]:
    """The columns of points (N, F) as lines: -1 to 1 is all that there is, in the same scale where the spans
    are alike, so that circles stay round.
    """
    low, high = rows.min(0).astype(float), rows.max(0).astype(float)
    halves = np.maximum((high - low) / 2, 1e-30)
    if halves.max() <= ALIKE * halves.min():
        halves[:] = halves.max()
    middles = (low + high) / 2
    return tuple(
        column.with_(knots=(middle - half, middle + half), decimals=None)
        for column, middle, half in zip(columns, middles.tolist(), halves.tolist(), strict=True)
    )


def quantiles(name: str, values: NDArray[np.float64]) -> Number:
    """A column of numbers (N,) that networks see by their quantiles, and are rounded as these are.

    The knots are those of scikit-learn's QuantileTransformer, which takes a second to be imported. A unit in
    brackets behind the name is taken out of it: "mass (g)".
    """
    knots = np.quantile(values, np.linspace(0, 1, min(KNOTS, len(values))))
    parted = re.fullmatch(r"(.+?)\s*[(\[]([^()\[\]]{1,12})[)\]]", name)
    return Number(
        name=parted[1] if parted else name,
        unit=parted[2] if parted else "",
        knots=tuple(np.maximum.accumulate(knots).tolist()),
        decimals=_decimals(values),
    )


def _decimals(values: NDArray[np.float64]) -> int | None:
    """How many decimals the numbers have; None where that is more than people write."""
    some = values[:: 1 + len(values) // LOOKED_AT]
    for decimals in range(MOST_DECIMALS):
        rounded = some.round(decimals)
        most = np.abs(some - rounded).max()
        if np.isclose(some, rounded, 1e-12, 0).mean() >= NEARLY_ALL and most <= UNSEEN * np.ptp(values):
            return decimals
    return None
