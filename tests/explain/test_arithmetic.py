"""The arithmetic that is told is the one that the layer did."""

import math

import pytest
import torch

from attngan.errors import AttnGanError
from attngan.explain.arithmetic import arithmetic
from attngan.nn.attention import AttentionEdit, AttentionMap, SelfAttention

C, H, W, HEADS = 24, 3, 5, 2


def layer_and_map(mask: torch.Tensor | None = None) -> tuple[torch.Tensor, AttentionMap]:
    """What a layer of one head adds to a picture's cells (Q, C), and where it looked."""
    torch.manual_seed(7)
    layer = SelfAttention(C, (H, W), heads=1, pool_keys=False).requires_grad_(False)
    features = torch.randn(2, C, H, W)
    after, seen = layer(features, AttentionEdit(mask=mask))
    return (after - features)[1].flatten(1).t(), seen


def test_terms_and_rest_make_up_the_softmax_of_the_layer():
    _, seen = layer_and_map()
    told = arithmetic(seen, 1, 0, 11, count=4)
    weights = seen.weights[1, 0, 11]
    assert [term.weight for term in told.terms] == pytest.approx(
        weights.sort(descending=True).values[:4].tolist()
    )
    assert told.rest == H * W - 4
    assert sum(term.weight for term in told.terms) + told.rest_weight == pytest.approx(1)
    assert sum(term.exponential for term in told.terms) + told.rest_exponential == pytest.approx(told.total)
    for term in told.terms:
        by_hand = sum(a * b for a, b in zip(told.query, seen.keys[1, 0, term.key].tolist(), strict=True))
        assert term.product == pytest.approx(by_hand)
        assert term.score == pytest.approx(by_hand / math.sqrt(len(told.query)))
        assert term.exponential / told.total == pytest.approx(term.weight, rel=1e-5)


def test_what_is_added_is_what_the_layer_added():
    added, seen = layer_and_map()
    told = arithmetic(seen, 1, 0, 11)
    assert told.added == pytest.approx(added[11].norm().item(), rel=1e-4)
    value = seen.values[1, 0]
    by_hand = [sum(seen.weights[1, 0, 11, key].item() * value[key, 3].item() for key in range(H * W))]
    assert [told.summed[3]] == pytest.approx(by_hand, rel=1e-4)


def test_a_forbidden_key_weighs_nothing_and_the_others_still_make_up_the_softmax():
    mask = torch.ones(1, 1, 1, H * W, dtype=torch.bool)
    mask[..., 4:] = False
    _, seen = layer_and_map(mask)
    told = arithmetic(seen, 1, 0, 2, count=7)
    assert {term.key for term in told.terms if term.weight} == {0, 1, 2, 3}
    assert all(term.exponential == 0 for term in told.terms if term.key > 3)
    for term in told.terms:
        assert term.exponential / told.total == pytest.approx(term.weight, rel=1e-5)


@pytest.mark.parametrize(
    ("place", "told"), [((2, 0, 0), "picture"), ((0, 1, 0), "head"), ((0, 0, 15), "query")]
)
def test_what_is_not_there_is_refused(place: tuple[int, int, int], told: str):
    _, seen = layer_and_map()
    with pytest.raises(AttnGanError, match=told):
        arithmetic(seen, *place)
