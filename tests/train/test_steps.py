"""A step: who learns in it and who stays as it was, what it sees, and which time it takes."""

import copy
import math
from dataclasses import replace
from itertools import islice
from types import SimpleNamespace
from typing import Any

import pytest
import torch
from torch import Tensor

from attngan.data import ImageSet
from attngan.events import Failed, StepDone
from attngan.nn.batch import Batch
from attngan.nn.players import gates
from attngan.train import loop
from attngan.train.draws import Draw
from attngan.train.loop import train, train_step
from attngan.train.state import Players, TrainState
from tests import tiny


class Breaking:
    """Pictures that hold a NaN from the `good`-th batch on."""

    def __init__(self, good: int) -> None:
        self.pictures, self.left = tiny.pictures(classes=3), good
        self.name, self.licence, self.source = "breaking", "", ""

    def __len__(self) -> int:
        return len(self.pictures)

    def batch(self, indices: Tensor) -> Batch:
        self.left -= 1
        batch = self.pictures.batch(indices)
        return replace(batch, items=batch.items * math.nan) if self.left < 0 else batch


MODELS = [{}, {"classes": 3}, {"architecture": "dcgan-2015"}, {"architecture": "sagan-2018"}]


def lesson(model: dict[str, Any], **train: Any) -> TrainState:
    """A state of ours or of a history lesson, small, with attention where it has any."""
    fitting = {"attngan": {}, "dcgan-2015": {"generator_attention": ()}, "sagan-2018": {"heads": 1}}
    return tiny.state(fitting[model.get("architecture", "attngan")] | model, **{"steps": 5, **train})


def networks_of(state: TrainState) -> dict[str, Any]:
    """Copies of every parameter and buffer of both networks and the average, and of both optimisers."""
    kept = {part: value for part, value in state.state_dict().items() if isinstance(value, dict)}
    del kept["config"]
    return copy.deepcopy(kept)


@pytest.mark.parametrize("model", MODELS)
def test_a_loss_that_is_not_finite_ends_in_failed_and_leaves_the_networks_as_they_were(model: dict[str, Any]):
    state, reference = lesson(model), lesson(model)
    list(islice(train(reference, tiny.pictures(classes=3)), 3))
    events = list(train(state, Breaking(good=2)))
    assert isinstance(events[-1], Failed)
    assert events[-1].step == 2
    assert [event.step for event in events if isinstance(event, StepDone)] == [1, 2]
    assert "step 2" in events[-1].reason
    assert (state.step, state.images) == (2, 8)
    tiny.assert_same(networks_of(state), networks_of(reference))
    assert all(
        torch.isfinite(leaf).all() for leaf in tiny.flat(networks_of(state)) if isinstance(leaf, Tensor)
    )


@pytest.mark.parametrize("model", MODELS)
def test_a_generators_gradient_that_is_not_finite_leaves_it_as_it_was_and_the_discriminator_learnt(
    model: dict[str, Any],
):
    state, reference = lesson(model), lesson(model)
    for one in (state, reference):
        list(islice(train(one, tiny.pictures(classes=3)), 3))
    before = networks_of(state)
    last = [*state.generator.parameters()][-1]
    spoiling = last.register_hook(lambda gradient: gradient * math.inf)
    generator_loss, discriminator_loss = train_step(state, tiny.pictures(classes=3))
    spoiling.remove()
    assert math.isnan(generator_loss)
    assert math.isfinite(discriminator_loss)
    after = networks_of(state)
    for part in ("generator", "ema", "generator_optimiser"):
        tiny.assert_same(after[part], before[part])
    reference.players = "discriminator"
    train_step(reference, tiny.pictures(classes=3))
    tiny.assert_same(after, networks_of(reference))


@pytest.mark.parametrize("model", MODELS)
@pytest.mark.parametrize("players", ["discriminator", "generator"])
def test_who_does_not_play_stays_as_it_was(model: dict[str, Any], players: Players):
    state = lesson(model, joint_batch="architecture" not in model)
    list(islice(train(state, tiny.pictures(classes=3)), 3))
    before, images = networks_of(state), state.images
    state.players = players
    losses = train_step(state, tiny.pictures(classes=3))
    assert all(map(math.isfinite, losses))
    after = networks_of(state)
    sides = {"generator": ("generator", "generator_optimiser", "ema")}
    sides["discriminator"] = ("discriminator", "discriminator_optimiser")
    for part in sides.pop("generator" if players == "discriminator" else "discriminator"):
        tiny.assert_same(after[part], before[part])
    for part in sides[players]:
        one, other = (
            [leaf for leaf in tiny.flat(all_of[part]) if isinstance(leaf, Tensor)]
            for all_of in (before, after)
        )
        assert not all(map(torch.equal, one, other)), part
    assert (state.step, state.images - images) == (3, 4 if players == "discriminator" else 0)


@pytest.mark.parametrize("model", MODELS)
def test_the_generator_learns_in_every_so_manieth_step_alone(model: dict[str, Any]):
    state = lesson(model, steps=7, discriminator_steps=3)
    moved = []
    for _ in range(7):
        before = networks_of(state)
        losses = train_step(state, tiny.pictures(classes=3))
        assert all(map(math.isfinite, losses))
        after = networks_of(state)
        moved.append([part for part in before if not same(before[part], after[part])])
    alone = ["discriminator", "discriminator_optimiser"]
    both = ["generator", "discriminator", "ema", "generator_optimiser", "discriminator_optimiser"]
    assert moved == [alone, alone, both, alone, alone, both, alone]
    assert (state.step, state.images) == (7, 7 * 4)


def test_whoever_asks_for_a_step_of_the_generator_gets_it_whatever_the_turn():
    state = tiny.state(steps=5, discriminator_steps=4)
    state.players = "generator"
    before = networks_of(state)
    train_step(state, tiny.pictures())
    assert not same(before["generator"], networks_of(state)["generator"])


def test_a_gate_is_held_in_generator_and_average_and_learnt_again_from_there():
    state = tiny.state({"discriminator_attention": (8,)}, steps=9)
    train_step(state, tiny.pictures())
    state.config = state.config.steered({"gate": 0.25})
    judging = dict(gates(state.discriminator))
    for players in ("discriminator", "both"):
        state.players = players  # type: ignore[assignment]
        train_step(state, tiny.pictures())
        for network in (state.generator, state.ema):
            assert dict(gates(network)) == {"4": 0.25, "8": 0.25}
    assert dict(gates(state.discriminator)) != judging, "the discriminator's are its own"
    state.config = state.config.steered({"gate": None})
    train_step(state, tiny.pictures())
    learnt = dict(gates(state.generator))
    assert all(0.2 < gate < 0.3 and gate != 0.25 for gate in learnt.values())


def same(one: Any, other: Any) -> bool:
    """Whether all tensors of both are equal to the bit."""
    tensors = ([leaf for leaf in tiny.flat(each) if isinstance(leaf, Tensor)] for each in (one, other))
    return all(map(torch.equal, *tensors))


def test_only_steps_take_time(monkeypatch: pytest.MonkeyPatch):
    """A clock that goes on by 0.25 whenever it is asked, and by 1000 between two events."""
    now = [0.0]

    def asked() -> float:
        now[0] += 0.25
        return now[0]

    monkeypatch.setattr(loop, "time", SimpleNamespace(perf_counter=asked))
    state = tiny.state(steps=3)
    told = []
    for event in train(state, tiny.pictures()):
        told.append(event)
        now[0] += 1000
    assert [event.seconds for event in told[1:]] == [0.25, 0.5, 0.75, 0.75]
    assert [event.images_per_second for event in told[1:-1]] == [4 / 0.25] * 3
    assert state.seconds == 0.75


def run(state: TrainState, data: Any) -> None:
    list(train(state, data))


class Watched:
    """Pictures that remember which of them were asked for."""

    def __init__(self, data: ImageSet) -> None:
        self.data, self.asked = data, []
        self.kind, self.name, self.licence, self.source = data.kind, data.name, data.licence, data.source

    def __len__(self) -> int:
        return len(self.data)

    def batch(self, indices: Tensor) -> Batch:
        self.asked.append(indices.tolist())
        return self.data.batch(indices)


def test_networks_of_different_noise_see_the_same_reals_in_the_same_order():
    plain, longer, wider = Watched(tiny.pictures()), Watched(tiny.pictures()), Watched(tiny.pictures())
    run(tiny.state(steps=5), plain)
    run(tiny.state({"generator_noise": (8,), "width": 8}, steps=5), longer)
    run(tiny.state({"latent_size": 11, "generator_attention": ()}, steps=5), wider)
    assert plain.asked == longer.asked == wider.asked
    assert plain.asked == [Draw(5, step).indices(4, 13).tolist() for step in range(5)]
    assert len(set(map(tuple, plain.asked))) == 5
    another = Watched(tiny.pictures())
    run(tiny.state(steps=5, seed=7), another)
    assert another.asked != plain.asked
