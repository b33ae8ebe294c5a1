"""Training: the same seed gives the same weights, resuming gives those of never having stopped."""

import io
from itertools import islice
from typing import Any

import pytest
import torch

from attngan.data import ImageSet
from attngan.errors import AttnGanError
from attngan.events import Event, Finished, Started, StepDone
from attngan.train.loop import train
from attngan.train.state import TrainState
from tests import tiny


def trained(state: TrainState, data: ImageSet | None = None) -> list[Event]:
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
    assert begun.augmented_share(items=100) == 0
    begun.images = 50
    assert begun.augmented_share(items=100) == 0.25
    begun.images = 5000
    assert begun.augmented_share(items=100) == 1
    assert tiny.state(augmentation_epochs=0).augmented_share(items=100) == 1


@pytest.mark.parametrize(("classes", "matters"), [(0, False), (3, True)])
def test_pictures_are_pushed_apart_only_within_classes_or_clusters(classes: int, matters: bool):
    states = [tiny.state({"classes": classes}, class_variety_weight=w, variety_weight=w) for w in (0.0, 0.4)]
    for state in states:
        trained(state, tiny.pictures(classes=classes))
    one, other = (state.generator.start.weight for state in states)
    assert torch.equal(one, other) != matters
