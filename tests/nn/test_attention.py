"""Attention against values worked out by hand and against torch's own, its edits and its derivatives."""

import math

import pytest
import torch
from torch import Tensor
from torch.nn.functional import scaled_dot_product_attention

from attngan.nn.attention import NO_EDIT, AttentionEdit, SelfAttention, attention_weights
from attngan.nn.places import Grid

B, N, Q, K, D = 2, 3, 5, 7, 11


def normal(*shape: int, seed: int = 0, dtype: torch.dtype = torch.float32) -> Tensor:
    return torch.randn(*shape, generator=torch.Generator().manual_seed(seed), dtype=dtype)


def some_mask() -> Tensor:
    """(B, 1, Q, K) that lets every query look at least at one key, and forbids many."""
    mask = normal(B, 1, Q, K, seed=9) > 0.3
    mask[..., 4] = True
    assert not mask.all()
    return mask


def layer(
    channels: int = 10, size: tuple[int, int] = (3, 5), heads: int = 2, **options: bool
) -> SelfAttention:
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(1)
        return SelfAttention(channels, size, heads, **options)


def test_weights_are_the_softmax_of_scaled_products():
    # Products 0 and 2 ln 3, divided by sqrt(4): e^0 : e^(ln 3) = 1 : 3.
    queries = torch.tensor([[[[2.0, 0, 0, 0]]]])
    keys = torch.tensor([[[[0.0, 5, 5, 5], [math.log(3), 7, 7, 7]]]])
    torch.testing.assert_close(attention_weights(queries, keys), torch.tensor([[[[0.25, 0.75]]]]))


def test_a_mask_shares_the_weight_among_the_allowed():
    queries, keys = torch.zeros(1, 1, 1, 2), torch.zeros(1, 1, 5, 2)
    mask = torch.tensor([True, False, True, True, False])
    expected = torch.tensor([1 / 3, 0, 1 / 3, 1 / 3, 0])
    torch.testing.assert_close(attention_weights(queries, keys, mask)[0, 0, 0], expected)


@pytest.mark.parametrize("masked", [False, True])
def test_weighted_values_are_those_of_torchs_own_attention(masked: bool):
    queries, keys, values = normal(B, N, Q, D), normal(B, N, K, D, seed=1), normal(B, N, K, D, seed=2)
    mask = some_mask() if masked else None
    weights = attention_weights(queries, keys, mask)
    expected = scaled_dot_product_attention(queries, keys, values, mask)
    assert weights.shape == (B, N, Q, K)
    torch.testing.assert_close(weights @ values, expected)
    torch.testing.assert_close(weights.sum(-1), torch.ones(B, N, Q))


def test_each_head_may_have_a_mask_of_its_own():
    mask = torch.ones(B, N, Q, K, dtype=torch.bool)
    mask[1, 2, 3, 4] = False
    free = attention_weights(normal(B, N, Q, D), normal(B, N, K, D, seed=1))
    masked = attention_weights(normal(B, N, Q, D), normal(B, N, K, D, seed=1), mask)
    assert masked[1, 2, 3, 4] == 0
    changed = (free != masked).any(-1)
    assert changed[1, 2, 3]
    assert changed.sum() == 1


def test_a_query_that_may_look_nowhere_gets_zeros_and_a_finite_gradient():
    queries, keys = normal(B, N, Q, D).requires_grad_(), normal(B, N, K, D, seed=1).requires_grad_()
    mask = torch.ones(Q, K, dtype=torch.bool)
    mask[2] = False
    weights = attention_weights(queries, keys, mask)
    assert (weights[:, :, 2] == 0).all()
    torch.testing.assert_close(weights.sum(-1)[:, :, [0, 1, 3, 4]], torch.ones(B, N, 4))
    weights.square().sum().backward()
    assert torch.isfinite(queries.grad).all()
    assert torch.isfinite(keys.grad).all()
    assert keys.grad.abs().sum() > 0


@pytest.mark.parametrize("masked", [False, True])
def test_first_and_second_derivatives_are_right(masked: bool):
    mask = torch.tensor([[True, False, True], [True, True, True]]) if masked else None
    inputs = [normal(1, 2, rows, 2, seed=rows, dtype=torch.float64).requires_grad_() for rows in (2, 3)]
    weights = lambda queries, keys: attention_weights(queries, keys, mask)  # noqa: E731
    assert torch.autograd.gradcheck(weights, inputs)
    assert torch.autograd.gradgradcheck(weights, inputs)


@pytest.mark.parametrize("pool", [False, True])
def test_the_layers_second_derivative_is_right(pool: bool):
    attention = layer(3, (2, 4), heads=1, pool_keys=pool).double()
    features = normal(1, 3, 2, 4, dtype=torch.float64).requires_grad_()
    assert torch.autograd.gradgradcheck(lambda features: attention(features)[0], [features])


def test_the_layer_adds_what_its_map_says_it_adds():
    attention = layer()
    attention.gate.data.fill_(0.7)
    features = normal(2, 10, 3, 5)
    result, seen = attention(features)
    added = torch.einsum("bnqk,bnkd,ndc->bqc", seen.weights, seen.values, seen.output) * seen.gate
    torch.testing.assert_close(result, features + added.transpose(1, 2).unflatten(2, (3, 5)))
    torch.testing.assert_close(seen.weights, attention_weights(seen.queries, seen.keys))
    assert (seen.name, seen.query_places, seen.key_places) == ("3", Grid(3, 5), Grid(3, 5))
    assert seen.weights.shape == (2, 2, 15, 15)
    assert seen.gate.item() == pytest.approx(0.7)


def of_unit_mean_square(vectors: torch.Tensor) -> torch.Tensor:
    return vectors / vectors.square().mean(-1, keepdim=True).sqrt()


def test_no_score_of_a_layer_can_exceed_the_root_of_a_heads_width():
    attention, features = layer(), 1000 * normal(2, 10, 3, 5)
    _, seen = attention(features)
    scores = seen.queries @ seen.keys.transpose(-1, -2) / seen.queries.shape[-1] ** 0.5
    assert scores.abs().max() <= seen.queries.shape[-1] ** 0.5 * 1.0001
    assert scores.abs().max() > 1


def test_the_layer_is_torchs_own_attention_on_its_projections():
    attention = layer()
    features = normal(2, 10, 3, 5)
    tokens = features.flatten(2).transpose(1, 2)  # (B, Q, C), row by row
    keys, values = attention.keys_values(tokens).chunk(2, -1)
    split = lambda tokens: tokens.unflatten(-1, (2, -1)).transpose(1, 2)  # noqa: E731
    heads = scaled_dot_product_attention(
        of_unit_mean_square(split(attention.queries(tokens) + attention.query_positions)),
        of_unit_mean_square(split(keys + attention.key_positions)),
        split(values),
    )
    expected = tokens + attention.output(heads.transpose(1, 2).flatten(2))
    torch.testing.assert_close(attention(features)[0], expected.transpose(1, 2).unflatten(2, (3, 5)))


def test_keys_of_large_maps_are_pooled_two_by_two():
    _, small = layer(size=(8, 8))(normal(1, 10, 8, 8))
    _, large = layer(size=(8, 10))(normal(1, 10, 8, 10))
    assert small.key_places == Grid(8, 8)
    assert (large.query_places, large.key_places) == (Grid(8, 10), Grid(4, 5))
    assert large.weights.shape == (1, 2, 80, 20)


def test_a_pooled_key_is_the_mean_of_its_four_cells():
    attention = layer(size=(4, 6), pool_keys=True)
    features = normal(1, 10, 4, 6)
    means = features.reshape(1, 10, 2, 2, 3, 2).mean((3, 5)).flatten(2).transpose(1, 2)  # (1, 6, C)
    keys, values = attention.keys_values(means).chunk(2, -1)
    _, seen = attention(features)
    keys = (keys + attention.key_positions).unflatten(-1, (2, -1)).transpose(1, 2)
    torch.testing.assert_close(seen.keys, of_unit_mean_square(keys))
    torch.testing.assert_close(seen.values.transpose(1, 2).flatten(2), values)


def test_the_gate_stands_open_from_the_start():
    attention = layer()
    features = normal(1, 10, 3, 5)
    assert attention.gate == 1
    assert (attention(features)[0] - features).abs().mean() > 0.01


def test_an_edit_that_forbids_nothing_changes_nothing_to_the_bit():
    attention, features = layer(), normal(2, 10, 3, 5)
    everything = AttentionEdit(mask=torch.ones(15, 15, dtype=torch.bool), head_gains=torch.ones(2))
    plain, plain_map = attention(features)
    for edit in (NO_EDIT, AttentionEdit(), everything):
        edited, edited_map = attention(features, edit)
        assert torch.equal(edited, plain)
        assert torch.equal(edited_map.weights, plain_map.weights)


def test_forbidding_every_key_muting_every_head_and_closing_the_gate_are_the_same():
    attention, features = layer(), normal(2, 10, 3, 5)
    nowhere = AttentionEdit(mask=torch.zeros(1, 1, 1, 15, dtype=torch.bool))
    for edit in (nowhere, AttentionEdit(head_gains=torch.zeros(2)), AttentionEdit(gate_gain=0)):
        assert torch.equal(attention(features, edit)[0], features)


def test_muting_one_head_takes_away_its_part_alone():
    attention, features = layer(), normal(2, 10, 3, 5)
    plain, seen = attention(features)
    muted, _ = attention(features, AttentionEdit(head_gains=torch.tensor([1.0, 0])))
    part = seen.weights[:, 1] @ seen.values[:, 1] @ seen.output[1]  # (B, Q, C)
    torch.testing.assert_close(plain - muted, part.transpose(1, 2).unflatten(2, (3, 5)))


def test_half_a_gate_adds_half():
    attention, features = layer(), normal(2, 10, 3, 5)
    half, seen = attention(features, AttentionEdit(gate_gain=0.5))
    torch.testing.assert_close(2 * (half - features), attention(features)[0] - features)
    assert seen.gate == 0.5


def test_a_forbidden_key_is_looked_at_by_nobody():
    attention, features = layer(), normal(2, 10, 3, 5)
    mask = torch.ones(15, dtype=torch.bool)
    mask[13] = False
    changed, seen = attention(features, AttentionEdit(mask=mask))
    assert (seen.weights[..., 13] == 0).all()
    assert not torch.equal(changed, attention(features)[0])
