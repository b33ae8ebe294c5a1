"""The plane that points lie in says the networks' own numbers."""

import copy
from typing import Any

import numpy as np
import pytest
import torch

from attngan.config import About, TrainConfig
from attngan.data import load
from attngan.errors import AttnGanError
from attngan.explain import frames
from attngan.kinds.registry import KINDS, kind_of
from attngan.kinds.rows.config import RowsConfig
from attngan.kinds.rows.plane import FIELD, MANIFOLD, SHOWN
from attngan.model.checkpoints import Model
from attngan.model.sampling import sample, surroundings
from attngan.nn.attention import AttentionEdit
from attngan.train.loop import train_step
from attngan.train.state import TrainState

COUNT = 7


def model(**changes: object) -> Model:
    columns = [
        {"holds": "numbers", "name": "x", "knots": (0, 4)},
        {"holds": "numbers", "name": "y", "knots": (-8, 0)},
    ]
    usual = {"columns": columns, "width": 11, "examples": ((1, -2), (3, -6), (2, -4))}
    config = RowsConfig.of(**usual | changes)
    torch.manual_seed(3)
    generator, discriminator = kind_of(config).build(config)
    networks = (network.eval().requires_grad_(False) for network in (generator, discriminator))
    return Model(config, *networks, About())


def logits(one: Model, points: list[list[float]]) -> torch.Tensor:
    """Of decoded points, by hand: x is scaled from 0 ... 4, y from -8 ... 0."""
    return one.discriminator(
        (torch.tensor(points).float() - torch.tensor([2.0, -4.0])) / torch.tensor([2.0, 4.0])
    ).logits


def test_the_field_is_the_discriminators_logits_row_by_row_from_the_lowest_corner():
    one = model()
    said = surroundings(one, sample(one, range(COUNT)))["plane"]
    assert said["x"] == [2 - 2 * SHOWN, 2 + 2 * SHOWN]
    assert said["y"] == [-4 - 4 * SHOWN, -4 + 4 * SHOWN]
    field = np.array(said["field"]).reshape(FIELD, FIELD)
    xs, ys = (np.linspace(*said[axis], FIELD) for axis in "xy")
    expected = logits(one, [[xs[30], ys[3]], [xs[0], ys[40]]]).detach()
    np.testing.assert_allclose([field[3, 30], field[40, 0]], expected, rtol=2e-3, atol=1e-4)
    drawn = logits(one, sample(one, range(COUNT)).items.squeeze(-1).tolist()).median()
    assert said["middle"] == round(
        ((drawn + logits(one, [[1, -2], [3, -6], [2, -4]]).median()) / 2).item(), 3
    )


def test_the_manifold_is_what_the_generator_makes_of_a_grid_of_noise():
    one = model()
    said = surroundings(one, sample(one, range(COUNT)))["plane"]
    nodes, manifold = said["nodes"], np.array(said["manifold"]).reshape(MANIFOLD, MANIFOLD, 2)
    assert nodes == sorted(nodes)
    assert nodes[MANIFOLD // 2] == 0
    z = torch.tensor([[nodes[5], nodes[28]], [nodes[32], nodes[0]]])
    made = one.kind.decode(one.generator(z).items).squeeze(-1)
    np.testing.assert_allclose([manifold[28, 5], manifold[0, 32]], made, rtol=2e-3, atol=2e-3)


def test_the_pull_is_the_slope_of_a_points_logit():
    one = model()
    drawn = sample(one, range(COUNT))
    said = surroundings(one, drawn)["plane"]
    pull = np.array(said["pull"]).reshape(COUNT, 2)
    points, step = drawn.items.squeeze(-1).double(), 1e-3
    discriminator = copy.deepcopy(one.discriminator).double()
    for axis in range(2):
        moved = points.clone()
        moved[:, axis] += step
        middle, half = torch.tensor([2.0, -4.0]).double(), torch.tensor([2.0, 4.0]).double()
        up, here = (discriminator((one_ - middle) / half).logits for one_ in (moved, points))
        np.testing.assert_allclose(pull[:, axis], ((up - here) / step).detach(), rtol=0.02, atol=1e-3)


def test_noise_and_reals_come_with_it():
    one = model()
    drawn = sample(one, range(COUNT), truncation=0.5)
    said = surroundings(one, drawn)["plane"]
    assert drawn.z is not None
    np.testing.assert_allclose(said["noise"], drawn.z.flatten(), rtol=1e-3, atol=1e-3)
    torch.testing.assert_close(drawn.z, 0.5 * sample(one, range(COUNT)).z)
    assert said["reals"] == [1, -2, 3, -6, 2, -4]


def test_an_edit_moves_the_manifold_and_leaves_the_field():
    one = model()
    edits = {"tokens": AttentionEdit(gate_gain=0.0)}
    free = surroundings(one, sample(one, range(COUNT)))["plane"]
    drawn = sample(one, range(COUNT), edits=edits)
    edited = surroundings(one, drawn, edits)["plane"]
    assert edited["field"] == free["field"]
    assert edited["manifold"] != free["manifold"]
    assert edited["pull"] != free["pull"]


def test_what_points_would_be_without_a_layer_is_what_the_network_makes_then():
    one = model()
    drawn = sample(one, range(COUNT))
    bare = sample(one, range(COUNT), edits={"tokens": AttentionEdit(gate_gain=0.0)})
    said = surroundings(one, drawn)["plane"]["without"]
    assert said.keys() == {"tokens"}
    np.testing.assert_allclose(said["tokens"], bare.items.flatten(), rtol=1e-3, atol=1e-3)
    assert not np.allclose(said["tokens"], drawn.items.flatten(), atol=0.01)


def test_a_frame_carries_it():
    one = model()
    drawn = sample(one, range(COUNT))
    said = surroundings(one, drawn)
    assert frames.decode(frames.encode(drawn, **said)).header["plane"] == said["plane"]


def test_rows_of_a_table_come_with_their_columns_some_reals_and_what_attention_changes():
    columns = [
        {"holds": "numbers", "name": "length", "knots": (0, 1, 4)},
        {"holds": "values", "name": "sort", "values": ("a", "b", "c")},
        {"holds": "numbers", "name": "mass", "knots": (-8, 0)},
    ]
    one = model(columns=columns, examples=((1, 2, -3), (0, 0, -8)), classes=2, looks=("tokens", "columns"))
    drawn = sample(one, range(40), labels=[1, 0] * 20)
    said = surroundings(one, drawn)["table"]
    assert said["columns"] == [{"low": 0, "high": 4}, {"values": ("a", "b", "c")}, {"low": -8, "high": 0}]
    assert said["reals"] == [1, 2, -3, 0, 0, -8]
    closed = {"columns": AttentionEdit(gate_gain=0.0)}
    bare = sample(one, range(40), labels=[1, 0] * 20, edits=closed).items
    far = (bare - drawn.items).abs().squeeze(-1) > torch.tensor([0.04, 0.5, 0.08])
    assert said["without"]["columns"] == far.sum(1).tolist()
    assert 0 < sum(said["without"]["columns"]) < 120
    with pytest.raises(AttnGanError, match="an example has no value of sort"):
        model(columns=columns, examples=((1, 3, -3),))
    with pytest.raises(AttnGanError, match="each example has a number for each column"):
        model(columns=columns, examples=((1, 2),))


def test_a_step_of_one_player_changes_its_own_part_alone():
    data = load("moons")
    config = KINDS["rows"].load().fit(RowsConfig(width=11), data, conditional=False)
    state = TrainState(config, TrainConfig.of(steps=9, batch=16, precision="float32", r1_weight=0))
    state.images = 10_000  # else the averaged generator, which is shown, forgets all at once

    def shown() -> dict[str, Any]:
        one = Model(config, state.ema.eval(), state.discriminator, About())
        drawn = sample(one, range(COUNT))
        return surroundings(one, drawn)["plane"] | {"points": drawn.items.tolist()}

    start = shown()
    state.players = "discriminator"
    train_step(state, data)
    judged = shown()
    assert {name for name in start if start[name] != judged[name]} == {"field", "middle", "pull"}
    state.players = "generator"
    train_step(state, data)
    moved = shown()
    changed = {name for name in start if judged[name] != moved[name]}
    assert changed - {"pull", "middle"} == {
        "points",
        "manifold",
        "without",
    }  # the slope is the same where it is a plane
