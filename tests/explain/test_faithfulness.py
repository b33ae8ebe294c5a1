"""Faithfulness on generators whose maps are known to tell the truth, to mislead, or to do nothing."""

import pytest
import torch

from attngan.errors import AttnGanError
from attngan.explain.faithfulness import faithfulness, judge
from attngan.model.checkpoints import Model
from tests import tiny

FAVOURED = (3, 11, 17, 29, 37, 41, 53, 61)  # keys of an 8 x 8 grid


def placed(strength: float) -> Model:
    """A generator whose 8 px layer looks at FAVOURED, the more so the larger `strength`."""
    model = tiny.model(generator_attention=(8,), heads=1)
    layer = model.generator.attention["8"]
    inner = layer.query_positions.shape[1]
    layer.queries.weight.zero_()
    layer.keys_values.weight[:inner].zero_()  # keys; values stay as they are
    layer.keys_values.weight[inner:] *= 5
    layer.query_positions.zero_()[:, 0] = 1
    layer.key_positions.zero_()[:, 1] = 1
    layer.key_positions[list(FAVOURED), 0] = strength
    return model


def test_a_map_that_names_what_is_used_tells_the_truth():
    found = faithfulness(placed(30.0), seeds=range(3), queries=11)
    assert found.trials == 33
    assert found.cells == 8
    assert found.verdict == "true"
    assert found.own.most > 2 * found.own.random
    assert found.picture.most > found.picture.random
    assert found.share > 0.9


def test_a_map_whose_favourites_carry_nothing_misleads():
    """The favoured keys are a little more attended, but four other cells alone have something to carry."""
    model = placed(0.05)
    generator = model.generator
    loud = torch.zeros(64)
    loud[[8, 24, 40, 56]] = 40.0

    def lone_values(module, inputs, output):
        keys, values = output.chunk(2, -1)
        return torch.cat([keys, values * loud[:, None]], -1)

    handle = generator.attention["8"].keys_values.register_forward_hook(lone_values)
    found = faithfulness(model, seeds=range(3), queries=13)
    handle.remove()
    assert found.verdict == "false"
    assert found.own.most < 1.1 * found.own.random


def test_a_closed_gate_is_told_as_unused():
    model = placed(30.0)
    model.generator.attention["8"].gate.zero_()
    found = faithfulness(model, seeds=(5,), queries=7)
    assert found.verdict == "unused"
    assert max(found.own.most, found.picture.random) < 1e-4
    assert found.own.most == found.own.random


def test_forbidding_by_hand_changes_the_picture_by_the_same():
    from attngan.explain import edits
    from attngan.model import sampling

    model = placed(30.0)
    found = faithfulness(model, seeds=(5,), queries=1, cells=8)
    before = model.generator(sampling.latents([5], 7)).items
    text = "8*x" + ".".join(map(str, FAVOURED)) + "q0"
    after = model.generator(sampling.latents([5], 7), edits=edits.parse_text(text).on(model.generator)).items
    apart = (after - before).abs().mean(1)[0] * 127.5
    assert found.picture.most == pytest.approx(apart.mean().item(), rel=1e-4)
    assert found.own.most == pytest.approx(apart[:2, :2].mean().item(), rel=1e-4)


@pytest.mark.parametrize(
    ("own", "verdict"),
    [
        ([[4, 5, 6], [1, 2, 2], [1, 1, 1]], "true"),
        ([[4, 5, 6], [1, 2, 2], [9, 9, 9]], "near"),
        ([[4, 5, 6], [4, 6, 5], [1, 1, 1]], "false"),
        ([[9, 0, 0], [1, 1, 1], [1, 1, 1]], "false"),  # more in the mean, but within chance
        ([[0.4, 0.3, 0.4], [0, 0, 0], [0, 0, 0]], "unused"),
    ],
)
def test_verdicts_on_changes_made_by_hand(own: list[list[float]], verdict: str):
    changes = torch.tensor(own)
    found = judge("8", 2, changes, changes / 10)
    assert found.verdict == verdict
    assert found.own.most == pytest.approx(sum(own[0]) / 3)
    assert found.picture.nearest == pytest.approx(sum(own[2]) / 30)


@pytest.mark.parametrize(
    "wrong", [{"layer": "5"}, {"cells": 64}, {"cells": 0}, {"queries": 0}, {"queries": 10**6}]
)
def test_what_does_not_fit_is_told(wrong: dict):
    with pytest.raises(AttnGanError, match=r"attention layer|keys can be forbidden"):
        faithfulness(placed(1.0), seeds=(3,), **wrong)
    with pytest.raises(AttnGanError, match="without attention"):
        faithfulness(tiny.model(generator_attention=()))
