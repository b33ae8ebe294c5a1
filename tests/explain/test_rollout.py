"""Rollout through maps of different sizes, against a slow walk over every path."""

from functools import cache

import pytest
import torch

from attngan.errors import AttnGanError
from attngan.explain.rollout import rollout
from attngan.model.sampling import sample
from attngan.nn.attention import AttentionMap
from attngan.nn.places import Grid, overlaps
from tests import tiny

B = 2


def a_map(name: str, query: tuple[int, int], key: tuple[int, int], heads: int, gate: float) -> AttentionMap:
    shape = (B, heads, query[0] * query[1], key[0] * key[1])
    weights = torch.randn(shape, generator=torch.Generator().manual_seed(len(name))).mul(2).softmax(-1)
    return tiny.attention_map(name, Grid(*query), Grid(*key), weights, gate=gate)


def three() -> tuple[AttentionMap, ...]:
    return (
        a_map("a", (2, 3), (2, 3), 3, 0.6),
        a_map("bb", (4, 3), (2, 3), 2, -1.7),
        a_map("ccc", (5, 7), (3, 2), 2, 0.3),
    )


@cache
def share(cell: int, grid: tuple[int, int], other_cell: int, other: tuple[int, int]) -> float:
    """How much of a cell lies in a cell of another grid, by counting points of a raster that fits all."""
    tall, wide = 60, 42  # multiples of every height and of every width used here
    row, column = divmod(cell, grid[1])
    points = [
        (y * other[0] // tall) * other[1] + x * other[1] // wide
        for y in range(row * tall // grid[0], (row + 1) * tall // grid[0])
        for x in range(column * wide // grid[1], (column + 1) * wide // grid[1])
    ]
    return points.count(other_cell) / len(points)


def walk(layers: tuple[AttentionMap, ...], picture: int, cell: int) -> list[float]:
    """The shares of the first layer's cells in one cell of the last: path by path, in plain Python."""
    last = layers[-1]
    cells = len(last.query_places)
    weights = last.weights[picture].mean(0)[cell].tolist()
    gate = abs(last.gate.item())
    entered = [0.0] * cells
    entered[cell] += 1 / (1 + gate)
    for key, weight in enumerate(weights):
        for other in range(cells):
            entered[other] += (
                gate * weight / (1 + gate) * share(key, last.key_places.shape, other, last.query_places.shape)
            )
    if len(layers) == 1:
        return entered
    below = layers[-2].query_places.shape
    made = [0.0] * len(layers[0].query_places)
    for other, amount in enumerate(entered):
        for source in range(below[0] * below[1]):
            part = share(other, last.query_places.shape, source, below)
            if part:
                for index, value in enumerate(walk(layers[:-1], picture, source)):
                    made[index] += amount * part * value
    return made


@pytest.mark.parametrize("cell", [0, 17, 34])
def test_rollout_is_the_sum_over_all_paths(cell: int):
    found = rollout(three())
    assert found.shape == (B, 35, 6)
    assert found[1, cell].tolist() == pytest.approx(walk(three(), 1, cell), abs=1e-5)


def test_rollout_down_to_a_later_layer_leaves_the_earlier_ones_out():
    found = rollout(three(), "bb")
    assert found.shape == (B, 35, 12)
    torch.testing.assert_close(found, rollout(three()[1:]))


def test_every_row_sums_to_one_also_where_a_query_looks_nowhere():
    layers = three()
    layers[1].weights[:, :, 5] = 0
    layers[2].weights[:, 1, 11] = 0
    torch.testing.assert_close(rollout(layers).sum(-1), torch.ones(B, 35))


def test_closed_gates_leave_every_cell_what_it_is():
    layers = tuple(a_map(name, (4, 4), (2, 2), 2, 0.0) for name in ("a", "bb"))
    torch.testing.assert_close(rollout(layers), torch.eye(16).expand(B, 16, 16))


def test_pooled_keys_are_spread_by_quarters():
    found = overlaps(Grid(2, 3), Grid(4, 6))
    assert found.shape == (6, 24)
    assert found[4].nonzero().flatten().tolist() == [14, 15, 20, 21]
    assert found[4, 14].item() == pytest.approx(0.25)


def test_a_real_sample_rolls_out_and_an_unknown_layer_is_refused():
    drawn = sample(tiny.model(), [3, 5])
    assert rollout(drawn.attention).shape == (2, 64, 16)
    with pytest.raises(AttnGanError, match="no attention layer 32"):
        rollout(drawn.attention, "32")
    with pytest.raises(AttnGanError, match="no attention layer at all"):
        rollout(())
