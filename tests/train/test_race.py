"""A race: equal trainings stay equal to the bit, others have equal time, and each has its turn."""

import itertools
from collections.abc import Iterator

import pytest

from attngan.events import Event, Finished, StepDone
from attngan.train.loop import train
from attngan.train.race import TURN_SECONDS, Pace, Racer, in_turns
from attngan.train.state import TrainState
from tests import tiny
from tests.tiny import assert_same


def some_cost(racer: Racer) -> float:
    """Seconds of a step; measured while the machine stalls, one turn would be the whole race."""
    return 0.05


def racer(**train_settings: object) -> Racer:
    state = tiny.state(**train_settings)
    return Racer(state, tiny.pictures(), train(state, tiny.pictures()))


def pretended(state: TrainState, took: float) -> Iterator[Event]:
    """Steps that each take so long by a clock of their own."""
    while state.progress < 1:
        state.step += 1
        state.seconds += state.counts_as(took)
        yield tiny_step(state)
    yield Finished(step=state.step, seconds=state.seconds, reason="budget")


def tiny_step(state: TrainState) -> StepDone:
    return StepDone(
        step=state.step, seconds=state.seconds, progress=state.progress, images=0, images_per_second=0,
        generator_loss=0, discriminator_loss=0,
    )  # fmt: skip


def test_racers_of_equal_settings_are_equal_to_the_bit_their_clocks_too(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("attngan.train.race._cost", some_cost)
    racers = [racer(steps=None, seconds=1), racer(steps=None, seconds=1)]
    events = list(in_turns(racers))
    left, right = (each.state for each in racers)
    assert left.step == right.step > 3
    assert left.seconds == right.seconds >= 1
    assert_same(left.state_dict(), right.state_dict())
    for number in (0, 1):
        assert isinstance([event for one, event in events if one == number][-1], Finished)


def test_racers_of_other_settings_are_not_and_still_take_turns(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("attngan.train.race._cost", some_cost)
    racers = [racer(steps=None, seconds=1), racer(steps=None, seconds=1, batch=8)]
    turns = [number for number, _ in itertools.groupby(number for number, _ in in_turns(racers))]
    assert len(turns) > 3
    assert set(turns) == {0, 1}
    assert abs(racers[0].state.seconds - racers[1].state.seconds) < 1


def test_a_dear_training_takes_as_many_steps_less_as_a_step_takes_longer(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("attngan.train.race._cost", lambda racer: 1.0)  # wrong, and soon corrected
    cheap, dear = tiny.state(steps=None, seconds=60), tiny.state(steps=None, seconds=60, batch=8)
    data = tiny.pictures()
    racers = [Racer(cheap, data, pretended(cheap, 0.01)), Racer(dear, data, pretended(dear, 0.03))]
    events = list(in_turns(racers))
    assert cheap.step / dear.step == pytest.approx(3, rel=0.05)
    assert cheap.step * 0.01 == pytest.approx(60, rel=0.05), "counted time is the time that was taken"
    seconds = [(number, event.seconds) for number, event in events if isinstance(event, StepDone)]
    latest = {0: 0.0, 1: 0.0}
    for number, now in seconds[200:]:
        latest[number] = now
        apart = abs(latest[0] - latest[1])
        assert min(latest.values()) == 0 or apart <= 2 * TURN_SECONDS


def test_a_step_counts_as_what_it_has_cost_of_late():
    pace = Pace(5.0)
    assert [pace.count(1.0), pace.count(3.0)] == [5.0, 5.0]
    pace.settle()
    assert pace.cost == 2.0
    pace.settle()
    assert pace.cost == 2.0, "a turn without steps says nothing"


def test_one_race_has_one_precision():
    racers = [racer(precision="auto"), racer(precision="auto", batch=8)]
    list(in_turns(racers))
    assert racers[0].state.precision == racers[1].state.precision != "auto"
