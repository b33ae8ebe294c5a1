"""The facts of a picture's attention are what removing it does, and what its weights say."""

import dataclasses
import math

import pytest
import torch

from attngan.errors import AttnGanError
from attngan.explain.changes import change
from attngan.explain.facts import facts, mean_distance
from attngan.kinds.pictures.kind import PICTURES
from attngan.model.checkpoints import Model
from attngan.model.sampling import sample
from attngan.nn.attention import AttentionEdit, AttentionMap
from attngan.nn.places import Grid
from tests import tiny


def loud(model: Model) -> Model:
    """The model with gates so wide that attention moves pixels."""
    for name, parameter in model.generator.named_parameters():
        if name.endswith("gate"):
            parameter.fill_(29.0)
    return model


def test_what_removing_does_is_the_change_of_the_picture_without_it():
    model = loud(tiny.model())
    found = facts(model, 11)
    whole = sample(model, [11]).images
    closed = {name: AttentionEdit(gate_gain=0.0) for name in ("4", "8")}
    assert found.removed == change(PICTURES, whole, sample(model, [11], edits=closed).images)
    assert found.removed.moved > 0
    assert [layer.name for layer in found.layers] == ["4", "8"]
    for layer in found.layers:
        bare = sample(model, [11], edits={layer.name: AttentionEdit(gate_gain=0.0)}).images
        assert layer.removed == change(PICTURES, whole, bare)
        assert layer.gate == 29
        gains = torch.tensor([1.0, 0.0, 1.0])
        muted = sample(model, [11], edits={layer.name: AttentionEdit(head_gains=gains)}).images
        assert layer.heads[1].removed == change(PICTURES, whole, muted)
    assert sum(found.regions) == pytest.approx(1)
    assert len(found.regions) == 9


def test_a_closed_gate_moves_nothing():
    model = tiny.model()
    for name, parameter in model.generator.named_parameters():
        if name.endswith("gate"):
            parameter.fill_(0.0)
    found = facts(model, 3)
    assert found.removed.largest == 0
    assert found.regions == (0.0,) * 9


def test_without_attention_there_are_no_layers_and_no_change():
    found = facts(tiny.model(generator_attention=()), 3)
    assert found.layers == ()
    assert found.removed.moved == 0


def test_the_picture_is_that_of_the_label():
    model = loud(tiny.model(classes=3))
    assert facts(model, 5, 0) != facts(model, 5, 2)
    with pytest.raises(AttnGanError, match="Labels are"):
        facts(model, 5, 3)


def a_map(weights: torch.Tensor, query: Grid, key: Grid) -> AttentionMap:
    return tiny.attention_map("x", query, key, weights)


def test_the_mean_distance_is_that_of_the_cells_middles_by_hand():
    weights = torch.tensor([[[[1.0, 0.0], [0.25, 0.75]], [[0.5, 0.5], [0.5, 0.5]]]])  # two heads
    found = mean_distance(a_map(weights, Grid(1, 2), Grid(2, 1)), Grid(20, 20))
    # queries at (5, 10) and (15, 10), keys at (10, 5) and (10, 15): all four are equally far apart
    assert found.tolist() == pytest.approx([math.hypot(5, 5)] * 2)
    near = torch.eye(6)[None, None]
    assert mean_distance(a_map(near, Grid(2, 3), Grid(2, 3)), Grid(13, 13)).tolist() == [0.0]
    along = torch.tensor([[[[0.0, 0.0, 1.0]] * 3]])
    assert mean_distance(a_map(along, Grid(1, 3), Grid(1, 3)), Grid(12, 12)).tolist() == pytest.approx(
        [(8 + 4 + 0) / 3]
    )


def test_facts_are_plain_numbers():
    assert set(map(type, tiny.flat(dataclasses.asdict(facts(tiny.model(), 2))))) <= {float, int, str}
