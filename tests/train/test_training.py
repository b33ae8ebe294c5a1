"""Training: the same seed gives the same weights, resuming gives those of never having stopped."""

import copy
import io
import math
from dataclasses import replace
from itertools import islice
from types import SimpleNamespace
from typing import Any

import pytest
import torch
from torch import Tensor

from attngan.data import ImageSet
from attngan.errors import AttnGanError
from attngan.events import Event, Failed, Finished, Started, StepDone
from attngan.nn.batch import Batch
from attngan.train import loop
from attngan.train.draws import Draw
from attngan.train.loop import _augmented_share, train, train_step
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


def trained(state: TrainState, data: Any = None) -> list[Event]:
    return list(train(state, data or tiny.pictures()))


def everything(state: TrainState) -> dict[str, Any]:
    """What training changes, but for the clock."""
    return state.state_dict() | {"seconds": None}


def through_a_file(state: TrainState) -> Any:
    buffer = io.BytesIO()
    torch.save(state.state_dict(), buffer)
    buffer.seek(0)
    return torch.load(buffer, weights_only=True)


def test_events_begin_with_the_settings_count_each_step_and_end_with_the_budget():
    state = tiny.state(steps=3)
    first, *steps, last = trained(state)
    assert isinstance(first, Started)
    assert (first.step, first.data, first.pictures, first.precision) == (0, "noise", 13, "float32")
    assert first.generator_parameters == sum(value.numel() for value in state.generator.parameters())
    assert all(isinstance(event, StepDone) for event in steps)
    assert [(event.step, event.images) for event in steps] == [(1, 4), (2, 8), (3, 12)]
    assert [event.progress for event in steps] == pytest.approx([1 / 3, 2 / 3, 1])
    assert 0 < steps[0].seconds < steps[1].seconds < steps[2].seconds
    assert all(event.gates.keys() == {"4", "8"} for event in steps)
    assert isinstance(last, Finished)
    assert (last.step, last.reason) == (3, "budget")


def test_a_budget_of_seconds_is_used_up_by_time():
    state = tiny.state(steps=None, seconds=1)
    *_, before, last = trained(state)
    assert isinstance(before, StepDone)
    assert isinstance(last, Finished)
    assert before.progress == 1
    assert last.seconds >= 1


@pytest.mark.parametrize("loss", ["minmax", "hinge", "relativistic"])
@pytest.mark.parametrize("classes", [0, 3])
def test_every_loss_trains_both_networks_with_and_without_classes(loss: str, classes: int):
    state = tiny.state({"classes": classes}, loss=loss, steps=2, augmentations=("translation", "colour"))
    before = {name: value.clone() for name, value in state.generator.state_dict().items()}
    judged = {name: value.clone() for name, value in state.discriminator.state_dict().items()}
    assert isinstance(trained(state, tiny.pictures(classes=3))[-1], Finished)
    for networks in ((before, state.generator), (judged, state.discriminator)):
        old, new = networks[0], networks[1].state_dict()
        assert all(torch.isfinite(value).all() for value in new.values())
        changed = [name for name in old if not torch.equal(old[name], new[name])]
        assert len(changed) > len(old) / 2


@pytest.mark.parametrize("model", [{}, {"generator_block": "convolution", "generator_noise": (8,)}])
def test_the_same_seed_gives_the_same_weights_to_the_bit(model: dict[str, Any]):
    one, other = tiny.state(model), tiny.state(model)
    torch.rand(7)  # the world's random numbers play no part
    trained(one)
    torch.rand(11)
    trained(other)
    tiny.assert_same(everything(one), everything(other))


def test_another_seed_gives_other_weights():
    one, other = tiny.state(seed=5), tiny.state(seed=7)
    assert not torch.equal(one.generator.start.weight, other.generator.start.weight)
    trained(one)
    trained(other)
    assert not torch.equal(one.ema.start.weight, other.ema.start.weight)


def test_training_leaves_the_worlds_random_numbers_alone():
    torch.manual_seed(3)
    expected = torch.rand(5)
    torch.manual_seed(3)
    trained(tiny.state())
    assert torch.equal(torch.rand(5), expected)


@pytest.mark.parametrize("done", [0, 1, 2, 3])
def test_resuming_gives_the_weights_of_never_having_stopped(done: int):
    settings: dict[str, Any] = {"steps": 4, "r1_interval": 2}
    whole = tiny.state({"classes": 3}, **settings)
    trained(whole, tiny.pictures(classes=3))
    first = tiny.state({"classes": 3}, **settings)
    assert len(list(islice(train(first, tiny.pictures(classes=3)), 1 + done))) == 1 + done
    second = tiny.state({"classes": 3}, **settings)
    second.load_state_dict(through_a_file(first))
    assert second.step == done
    events = trained(second, tiny.pictures(classes=3))
    assert events[0].step == done
    tiny.assert_same(everything(second), everything(whole))


def test_stopping_is_not_asking_for_the_next_event():
    state = tiny.state(steps=1000)
    events = train(state, tiny.pictures())
    list(islice(events, 3))
    events.close()  # type: ignore[attr-defined]
    assert (state.step, state.images) == (2, 8)
    assert state.progress == pytest.approx(0.002)


def test_a_resumed_clock_goes_on():
    state = tiny.state()
    state.seconds = 100.0
    assert all(event.seconds > 100 for event in trained(state) if isinstance(event, StepDone | Finished))


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
    tiny.assert_same(everything(state), everything(reference))
    assert all(
        torch.isfinite(leaf).all() for leaf in tiny.flat(everything(state)) if isinstance(leaf, Tensor)
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
    trained(tiny.state(steps=5), plain)
    trained(tiny.state({"generator_noise": (8,), "width": 8}, steps=5), longer)
    trained(tiny.state({"latent_size": 11, "generator_attention": ()}, steps=5), wider)
    assert plain.asked == longer.asked == wider.asked
    assert plain.asked == [Draw(5, step).indices(4, 13).tolist() for step in range(5)]
    assert len(set(map(tuple, plain.asked))) == 5
    another = Watched(tiny.pictures())
    trained(tiny.state(steps=5, seed=7), another)
    assert another.asked != plain.asked


def test_a_state_of_before_settings_were_saved_goes_on_as_gently_as_it_was():
    first, second = tiny.state(), tiny.state()
    old = first.state_dict() | {"softened": 2, "rng": torch.get_rng_state()}
    del old["config"]
    second.load_state_dict(old)
    assert second.config == first.config.gentler().gentler()
    assert second.config.generator_rate == first.config.generator_rate / 4


def test_the_averaged_generator_lags_behind_the_trained_one():
    state = tiny.state(steps=3, ema_images=10**6)
    start = state.ema.start.weight.clone()
    trained(state)
    trained_by = (state.generator.start.weight - start).norm()
    averaged_by = (state.ema.start.weight - start).norm()
    assert 0 < averaged_by <= trained_by
    plain = tiny.state(steps=3, ema_images=0)
    trained(plain)
    torch.testing.assert_close(plain.ema.start.weight, plain.generator.start.weight.detach())


def test_rates_fall_to_nothing_over_the_last_part_of_the_budget(monkeypatch: pytest.MonkeyPatch):
    state = tiny.state(steps=4, rate_decay=0.5, generator_rate=0.01)
    rates: list[float] = []
    monkeypatch.setattr(state.generator_optimiser, "step", lambda _, rate: rates.append(rate))
    trained(state)
    assert rates == pytest.approx([0.01, 0.01, 0.01, 0.005])


def test_labels_of_the_data_play_no_part_in_an_unconditional_model():
    with_labels, without = tiny.state(), tiny.state()
    trained(with_labels, tiny.pictures(classes=3))
    trained(without, tiny.pictures())
    tiny.assert_same(everything(with_labels), everything(without))


def test_precision_is_decided_at_the_start_and_told():
    state = tiny.state(steps=1, precision="auto")
    first, *_ = trained(state)
    assert isinstance(first, Started)
    assert first.precision in ("float32", "bfloat16")
    assert any(first.precision in note for note in first.notes)
    assert state.precision == first.precision


@pytest.mark.parametrize(
    "wrong",
    [
        {},
        {"generator": {}},
        {"generator": 3},
        tiny.state({"width": 5}).state_dict(),
        tiny.state({"classes": 3}).state_dict(),
        tiny.state({"generator_attention": ()}).state_dict(),
    ],
    ids=["empty", "no weights", "a number", "wider", "classes", "no attention"],
)
def test_a_foreign_state_is_refused_in_words(wrong: dict[str, Any]):
    with pytest.raises(AttnGanError, match="does not fit"):
        tiny.state().load_state_dict(wrong)


def test_more_and_more_is_augmented_as_the_reals_are_seen_again():
    begun = tiny.state(augmentation_epochs=2)
    assert _augmented_share(begun, items=100) == 0
    begun.images = 50
    assert _augmented_share(begun, items=100) == 0.25
    begun.images = 5000
    assert _augmented_share(begun, items=100) == 1
    assert _augmented_share(tiny.state(augmentation_epochs=0), items=100) == 1


@pytest.mark.parametrize(("classes", "matters"), [(0, False), (3, True)])
def test_pictures_are_pushed_apart_only_within_classes_or_clusters(classes: int, matters: bool):
    states = [tiny.state({"classes": classes}, class_variety_weight=w, variety_weight=w) for w in (0.0, 0.4)]
    for state in states:
        trained(state, tiny.pictures(classes=classes))
    one, other = (state.generator.start.weight for state in states)
    assert torch.equal(one, other) != matters
