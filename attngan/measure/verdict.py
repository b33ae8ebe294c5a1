"""What a comparison of trainings, seed by seed, allows to say: never more than its evidence."""

import statistics
from collections.abc import Sequence
from typing import Literal

from scipy import stats

CONFIDENCE = 0.95

Word = Literal["better", "worse", "not clearly different", "one seed tells nothing"]


def interval(values: Sequence[float]) -> tuple[float, float | None]:
    """Mean of independent values and half the width of its 95 % interval (Student 1908): t s / sqrt(n).

    None instead of a width for a single value, which tells nothing of chance.
    """
    mean = statistics.fmean(values)
    if len(values) < 2:
        return mean, None
    t = float(stats.t.ppf((1 + CONFIDENCE) / 2, len(values) - 1))
    return mean, t * statistics.stdev(values) / len(values) ** 0.5


def verdict(differences: Sequence[float], higher_is_better: bool) -> Word:
    """What the interval of the differences, one a seed, allows to say of the first of the two."""
    mean, width = interval(differences)
    if width is None:
        return "one seed tells nothing"
    if abs(mean) <= width:
        return "not clearly different"
    return "better" if (mean > 0) == higher_is_better else "worse"
