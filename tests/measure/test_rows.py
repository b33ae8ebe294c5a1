"""How well drawn rows can be told from held-out ones: on rows of which the answer is known."""

import numpy as np
import pytest
import torch
from torch import Tensor

from attngan.columns import Number
from attngan.data import RowSet
from attngan.kinds.rows.config import RowsConfig
from attngan.kinds.rows.kind import RowsKind
from attngan.measure import rows

COLUMNS = tuple(Number(name=name, knots=(-1, 1)) for name in "abc")
KIND = RowsKind(RowsConfig(columns=COLUMNS))


def normal(count: int, seed: int, shift: float = 0.0, together: float = 0.0) -> Tensor:
    """Rows (count, 3), the first two columns with this correlation."""
    found = torch.randn(count, 3, generator=torch.Generator().manual_seed(seed))
    found[:, 1] = together * found[:, 0] + (1 - together**2) ** 0.5 * found[:, 1]
    return found + shift


def data(held_out: int = 307) -> RowSet:
    return RowSet("own", COLUMNS, normal(401, 1), normal(held_out, 2))


def test_rows_from_where_the_held_out_ones_are_cannot_be_told_from_them():
    found = rows.measure(KIND, normal(307, 3)[..., None], data())
    assert found["two_sample"] == pytest.approx(0.5, abs=0.06)
    assert found["correlation_error"] < 0.1
    assert found["copying"] == pytest.approx(1, abs=0.15)


def test_rows_from_elsewhere_can_be_told_and_are_far_from_all_that_was_learnt():
    found = rows.measure(KIND, normal(307, 3, shift=3)[..., None], data())
    assert found["two_sample"] > 0.95
    assert found["copying"] > 3


def test_a_trained_eye_sees_what_only_two_columns_together_tell():
    drawn, real = normal(307, 3, together=0.9).numpy(), normal(307, 4).numpy()
    assert rows.two_sample(drawn, real) > 0.7
    assert rows.correlation_error(drawn, real) == pytest.approx(0.9 / 3, abs=0.06)


def test_copies_are_at_no_distance():
    learnt = data()
    assert rows.measure(KIND, learnt.values[:307, :, None], learnt)["copying"] == 0


def test_two_sample_is_the_same_each_time_and_the_better_of_both():
    ring = np.random.default_rng(0).standard_normal((400, 2)).astype(np.float32)
    radius = np.hypot(*ring.T)
    inner, outer = ring[radius < 1][:130], ring[radius >= 1][:130]
    found = rows.two_sample(inner, outer)
    assert found == rows.two_sample(inner, outer) > 0.95


def test_a_number_that_does_not_vary_has_no_correlation():
    still = normal(50, 1).numpy()
    still[:, 2] = 1
    assert rows.correlation_error(still, still) == 0


def test_with_few_held_out_rows_nothing_is_measured():
    assert rows.measure(KIND, normal(31, 3)[..., None], data(held_out=19)) == {}
