"""Points by rule: where they lie, and that the exact checks count what they say."""

import numpy as np
import pytest
import torch

from attngan.data import RowSet, load
from attngan.data.rows.points import NEAR, RULES, Rule


@pytest.mark.parametrize("name", [*RULES])
def test_real_points_of_every_rule_are_in_place_and_miss_nothing(name: str):
    data = load(name)
    assert isinstance(data, RowSet)
    assert (data.values.shape, data.held_out.shape) == ((20_000, 2), (2000, 2))
    assert data.check is not None
    found = {
        measure: rate(data.values.numpy()[..., None], None) for measure, rate in data.check.rates.items()
    }
    assert found["near"] == pytest.approx(1 - np.exp(-(NEAR**2) / 2), abs=0.012)
    assert found == {"near": found["near"]} | (
        {"modes": len(RULES[name]().middles)} if "modes" in found else {"along": 1.0}
    )


@pytest.mark.parametrize("name", [*RULES])
def test_networks_see_all_points_within_one_square_in_one_scale(name: str):
    data = load(name)
    assert isinstance(data, RowSet)
    seen = data.batch(torch.arange(len(data))).items
    assert seen.abs().max() <= 1.1  # those held out may lie a little farther
    x, y = data.columns
    assert x.knots[1] - x.knots[0] == pytest.approx(y.knots[1] - y.knots[0])
    assert (data.labels, data.label_names) == (None, ())


def test_the_same_points_come_each_time_and_none_is_held_out_and_learnt():
    one, other = load("ring"), load("ring")
    assert isinstance(one, RowSet)
    assert isinstance(other, RowSet)
    assert torch.equal(one.values, other.values)
    assert not set(map(tuple, one.values.tolist())) & set(map(tuple, one.held_out.tolist()))


def test_25_gaussians_lie_five_by_five_and_eight_on_a_circle():
    grid, ring = RULES["gaussians"](), RULES["ring"]()
    assert (len(grid.middles), grid.sigma) == (25, 0.05)
    assert sorted({*grid.middles[:, 0]}) == sorted({*grid.middles[:, 1]}) == [-4, -2, 0, 2, 4]
    assert (len(ring.middles), ring.sigma) == (8, 0.02)
    np.testing.assert_allclose(np.hypot(*ring.middles.T), 2)


def test_a_mode_counts_from_a_fifth_of_its_points_on():
    rule = Rule(np.array([[0.0, 0.0], [10.0, 0.0]]), sigma=0.1, are_modes=True)
    points = np.zeros((100, 2))
    points[:9, 0] = 10  # of the 50 that are its own
    assert (rule.covered(points), rule.near(points)) == (1, 1)
    points[9, 0] = 10
    assert rule.covered(points) == 2
    points[:, 1] = 0.31
    assert (rule.covered(points), rule.near(points)) == (0, 0)
    points[:37, 1] = 0.29
    assert rule.near(points) == 0.37


def test_of_a_curve_it_is_counted_how_much_has_a_point_near_it():
    rule = Rule(np.stack([np.arange(5.0), np.zeros(5)], 1), sigma=0.1)
    assert rule.covered(np.array([[1.0, 0.2], [3.0, -0.3], [2.5, 0.0]])) == pytest.approx(2 / 5)
