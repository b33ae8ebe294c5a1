"""Training that goes wrong is seen within three looks, undone and tried again more gently, not for ever."""

import copy
import math
import statistics
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
import torch
from torch import Tensor

from attngan import data
from attngan.config import TrainConfig
from attngan.data import ImageSet
from attngan.events import Failed, Finished, RolledBack, Started, StepDone
from attngan.kinds.pictures.kind import PICTURES
from attngan.train import guard
from attngan.train.guard import BELIEVED, LOOK, guarded
from attngan.train.loop import train
from attngan.train.state import TrainState
from tests import tiny

WITHIN = BELIEVED * LOOK  # steps in which trouble is noticed
Follow = Callable[[StepDone], None]


def followed(state: TrainState, pictures: ImageSet, then: Follow = lambda event: None) -> list[Any]:
    """The events of a guarded training; `then` may meddle after each step."""
    events = []
    for event in guarded(state, pictures):
        events.append(event)
        if isinstance(event, StepDone):
            then(event)
    return events


def is_gentler(state: TrainState) -> bool:
    return state.config != tiny.train_config(
        **{name: getattr(state.config, name) for name in ("steps", "batch")}
    )


def only(events: list[Any], kind: type) -> list[Any]:
    return [event for event in events if isinstance(event, kind)]


def shown(state: TrainState) -> float:
    """How much pictures of the averaged generator differ."""
    noise = torch.randn(17, state.model.latent_size, generator=torch.Generator().manual_seed(3))
    return guard.variety(state.ema.eval()(noise).items)


def least(pictures: ImageSet) -> float:
    """The variety of the least varied of some groups of reals."""
    return guard.least_variety(pictures, torch.Generator(), guard.NEARLY_CONSTANT / PICTURES.unit)


class Meddling:
    """Makes a generator draw one picture for every noise until told to stop, or spoils one gradient."""

    def __init__(self, state: TrainState) -> None:
        self.state = state
        self.handles: list[Any] = []

    def draw_one_picture(self) -> None:
        def same(module: Any, given: Any, output: Any) -> Any:
            return replace(output, items=output.items.mean(0, keepdim=True).expand_as(output.items))

        self.handles.append(self.state.generator.register_forward_hook(same))

    def spoil_one_gradient(self) -> None:
        def spoil(gradient: Tensor) -> Tensor:
            self.stop()
            return gradient * math.inf

        self.handles.append(self.state.generator.paint.weight.register_hook(spoil))

    def stop(self) -> None:
        while self.handles:
            self.handles.pop().remove()


def test_a_poisoned_gradient_is_undone_at_once_and_training_goes_on():
    state = tiny.state(steps=140)
    meddling = Meddling(state)

    def then(event: StepDone) -> None:
        if event.step == 113 and not is_gentler(state):
            meddling.spoil_one_gradient()

    events = followed(state, tiny.pictures(), then)
    assert [type(event) for event in events if not isinstance(event, StepDone)] == [
        Started, RolledBack, Finished
    ]  # fmt: skip
    back = only(events, RolledBack)[0]
    assert (back.step, back.to_step, back.cause) == (113, 80, "not_finite")
    assert "not finite" in back.reason
    steps = [event.step for event in only(events, StepDone)]
    assert steps == [*range(1, 114), *range(81, 141)]
    assert state.config.generator_rate == tiny.train_config().generator_rate / 2
    assert state.config.discriminator_rate == tiny.train_config().discriminator_rate / 2
    assert state.config.r1_weight == 4 * tiny.train_config().r1_weight


def test_the_state_goes_back_whole_but_its_clock_goes_on_and_its_settings_are_gentler():
    state = tiny.state(steps=45)
    seen: dict[str, Any] = {}

    def then(event: StepDone) -> None:
        if event.step == 40 and not seen:
            seen.update(copy.deepcopy(state.state_dict()))
        if event.step == 43 and not is_gentler(state):
            state.discriminator.judge.bias.data.fill_(torch.nan)

    for event in guarded(state, tiny.pictures()):
        if isinstance(event, RolledBack):
            now = state.state_dict()
            assert now.pop("seconds") > seen.pop("seconds")
            assert (now.pop("attempt"), seen.pop("attempt")) == (1, 0)
            gentler = TrainConfig.parse(seen.pop("config")).gentler()
            assert now.pop("config") == gentler.model_dump(mode="json")
            assert state.config == gentler
            tiny.assert_same(now, seen)
            break
        if isinstance(event, StepDone):
            then(event)
    else:
        pytest.fail("it did not go back")


def test_a_generator_made_constant_is_noticed_and_varied_again():
    state = tiny.state(steps=150, batch=8)
    meddling = Meddling(state)

    def then(event: StepDone) -> None:
        if event.step == 120 and not is_gentler(state):
            meddling.draw_one_picture()
        elif is_gentler(state):
            meddling.stop()

    events = followed(state, tiny.pictures(), then)
    (back,) = only(events, RolledBack)
    assert (back.cause, back.to_step) == ("no_variety", 80)
    assert 120 < back.step <= 120 + WITHIN
    assert isinstance(events[-1], Finished)
    assert shown(state) > guard.HARDLY_ANY * least(tiny.pictures())


def test_a_generator_that_stays_constant_ends_the_training_with_a_good_state():
    state = tiny.state(steps=1000, batch=8, rollbacks=2)
    meddling = Meddling(state)

    def then(event: StepDone) -> None:
        if event.step == 40 and not meddling.handles:
            meddling.draw_one_picture()

    events = followed(state, tiny.pictures(), then)
    assert [(event.to_step, event.cause) for event in only(events, RolledBack)] == [
        (40, "no_variety"),
        (20, "no_variety"),
    ]
    assert isinstance(events[-1], Failed)
    assert (events[-1].cause, events[-1].step, state.step) == ("no_variety", 10, 10)
    assert "after going back 2 times" in events[-1].reason
    assert state.config.generator_rate == tiny.train_config().generator_rate / 4
    assert shown(state) > guard.HARDLY_ANY * least(tiny.pictures())


def test_a_discriminator_that_wins_is_noticed_and_held_back_by_a_penalty():
    # a generator that hardly moves, pictures that are easily told, and no penalty
    state = tiny.state(steps=100, generator_rate=1e-12, discriminator_rate=0.01, r1_weight=0)
    losses: list[float] = []
    events = followed(state, constant(), lambda event: losses.append(event.discriminator_loss))
    first = only(events, RolledBack)[0]
    assert first.cause == "discriminator_won"
    medians = [statistics.median(losses[at - LOOK : at]) for at in range(LOOK, first.step, LOOK)]
    won = [median < guard.SATURATED for median in medians]  # but for the last look, whose event is not told
    assert won[-2:] == [True, True]
    assert won[-3:-2] != [True], "it could have been noticed earlier"
    assert state.config.r1_weight >= 1


@pytest.mark.parametrize("loss", ["minmax", "hinge", "relativistic"])
def test_enormous_rates_are_noticed_and_the_weights_stay_finite(loss: str):
    rates = {"generator_rate": 1.0, "discriminator_rate": 1.0, "r1_weight": 0}
    state = tiny.state(steps=300, batch=8, rollbacks=1, loss=loss, **rates)
    events = followed(state, tiny.pictures())
    assert isinstance(events[-1], Failed)
    backs = only(events, RolledBack)
    assert len(backs) == 1
    assert backs[0].step <= WITHIN
    assert all(
        torch.isfinite(leaf).all() for leaf in tiny.flat(state.state_dict()) if isinstance(leaf, Tensor)
    )


def test_a_second_trouble_soon_after_goes_back_further():
    state = tiny.state(steps=330)
    troubled = iter([250, 205])
    at = next(troubled)

    def then(event: StepDone) -> None:
        nonlocal at
        if event.step == at:
            at = next(troubled, -1)
            state.discriminator.judge.bias.data.fill_(torch.nan)

    events = followed(state, tiny.pictures(), then)
    assert [(event.step, event.to_step) for event in only(events, RolledBack)] == [(250, 160), (205, 80)]
    assert isinstance(events[-1], Finished)


def test_no_second_try_where_none_is_wanted():
    state = tiny.state(steps=30, rollbacks=0)
    events = followed(state, tiny.pictures(), lambda event: state.generator.paint.bias.data.fill_(torch.nan))
    assert [type(event) for event in events] == [Started, StepDone, Failed]
    assert (events[-1].step, state.step) == (0, 0)
    assert state.config == tiny.train_config(steps=30, rollbacks=0)


def test_settings_that_were_made_gentler_stay_so_through_a_file():
    first, second = tiny.state(), tiny.state()
    first.config = first.config.gentler().gentler()
    second.load_state_dict(first.state_dict())
    assert second.config == first.config
    assert second.config.generator_rate == tiny.train_config().generator_rate / 4


def test_a_guarded_training_that_goes_well_is_the_unguarded_one():
    one, other = tiny.state(steps=47), tiny.state(steps=47)
    followed(one, tiny.pictures())
    list(train(other, tiny.pictures()))
    tiny.assert_same(one.state_dict() | {"seconds": 0}, other.state_dict() | {"seconds": 0})


def constant(labels: bool = False) -> ImageSet:
    grey = torch.full((13, 3, 16, 16), 77, dtype=torch.uint8)
    return ImageSet("constant", grey, *((torch.zeros(13).long(), ("one",)) if labels else ()))


def mostly_one_picture() -> ImageSet:
    images = tiny.pictures().images[:1].repeat(40, 1, 1, 1)
    images[::13] = tiny.pictures().images[1:5]
    return ImageSet("mostly one", images)


@pytest.mark.parametrize(
    ("name", "make", "classes"),
    [
        ("faces", lambda: data.load("faces", 16), 0),
        ("twins", lambda: data.load("twins", 16, max_pictures=500), 0),
        ("digits", lambda: data.load("digits", 16), 10),
        ("noise", tiny.pictures, 0),
        ("constant", constant, 0),
        ("one class", lambda: constant(labels=True), 1),
        ("mostly one picture", mostly_one_picture, 0),
    ],
)
def test_a_healthy_training_never_alarms(
    monkeypatch: pytest.MonkeyPatch, name: str, make: Callable[[], ImageSet], classes: int
):
    monkeypatch.setattr(guard, "SETTLED", 0)
    pictures = make()
    model = {"width": 8, "latent_size": 17, "heads": 1, "channels": pictures.channels, "classes": classes}
    state = tiny.state(model, steps=110, batch=16)
    events = followed(state, pictures)
    assert isinstance(events[-1], Finished)
    assert not only(events, RolledBack), only(events, RolledBack)


def test_groups_are_asked_for_as_often_after_going_back_to_the_beginning():
    state = tiny.state({"clusters": 3}, steps=30)
    events = []
    for event in guarded(state, tiny.pictures(61)):
        events.append(event)
        if isinstance(event, StepDone) and event.step == 5 and not state.attempt:
            state.discriminator.judge.bias.data.fill_(torch.nan)
    assert [one.to_step for one in only(events, RolledBack)] == [0]
    assert state.shares is not None
    assert state.shares.unique().numel() > 1
    for network in (state.generator, state.ema):
        assert torch.equal(network.get_buffer("shares"), state.shares)
