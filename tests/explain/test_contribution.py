"""Contributions are what attention adds, key by key."""

import math

import pytest
import torch

from attngan.explain.contribution import carried_lengths, contributions
from attngan.model.sampling import sample
from attngan.nn.attention import AttentionEdit, AttentionMap, SelfAttention
from attngan.nn.places import Grid
from tests import tiny

B, N, Q, K, D, C = 2, 3, 5, 7, 11, 13


def some_map(gate: float = -0.7) -> AttentionMap:
    random = torch.Generator().manual_seed(3)

    def noise(*shape: int) -> torch.Tensor:
        return torch.randn(shape, generator=random)

    weights = noise(B, N, Q, K).softmax(-1)
    values, output = noise(B, N, K, D), noise(N, D, C)
    return tiny.attention_map("5", Grid(1, Q), Grid(K, 1), weights, values, output, gate)


def slowly(seen: AttentionMap, picture: int, head: int, query: int, key: int) -> float:
    """One contribution in plain Python: the length of the vector that this key adds to this query."""
    weight = seen.weights[picture, head, query, key].item()
    total = 0.0
    for channel in range(C):
        carried = sum(
            seen.values[picture, head, key, width].item() * seen.output[head, width, channel].item()
            for width in range(D)
        )
        total += (seen.gate.item() * weight * carried) ** 2
    return math.sqrt(total)


def test_contributions_are_those_of_a_slow_reference():
    seen = some_map()
    found = contributions(seen)
    assert found.shape == (B, N, Q, K)
    for picture in range(B):
        for head in range(N):
            for query in range(Q):
                for key in range(K):
                    assert found[picture, head, query, key].item() == pytest.approx(
                        slowly(seen, picture, head, query, key), rel=1e-4
                    )


def test_a_large_weight_on_a_value_of_nothing_brings_nothing():
    seen = some_map()
    seen.values[:, :, 4] = 0
    seen.weights[:, :, :, 4] = 0.97
    assert (contributions(seen)[..., 4] == 0).all()
    assert (carried_lengths(seen)[..., 4] == 0).all()


def test_a_closed_gate_brings_nothing():
    assert (contributions(some_map(gate=0.0)) == 0).all()
    assert (carried_lengths(some_map(gate=0.0)) > 0).all()


def test_the_contributions_of_a_single_key_are_what_the_layer_adds():
    torch.manual_seed(5)
    layer = SelfAttention(13, (2, 3), heads=1, pool_keys=False)
    features = torch.randn(1, 13, 2, 3)
    mask = torch.zeros(1, 1, 1, 6, dtype=torch.bool)
    mask[..., 4] = True
    after, seen = layer(features, AttentionEdit(mask=mask))
    added = (after - features).flatten(2).norm(dim=1)[0]  # by query
    torch.testing.assert_close(contributions(seen)[0, 0, :, 4], added, rtol=1e-4, atol=1e-5)


def test_a_muted_head_contributes_nothing():
    gains = torch.tensor([1.0, 0.0, 1.0])
    drawn = sample(tiny.model(), [3], edits={"8": AttentionEdit(head_gains=gains)})
    found = contributions(drawn.attention[1])
    assert (found[:, 1] == 0).all()
    assert (found[:, [0, 2]] > 0).any()
