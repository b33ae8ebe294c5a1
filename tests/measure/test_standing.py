"""How two runs of a race compare: in equal time, in equal steps, over several seeds; by hand."""

import pytest

from attngan.events import Event, QualityMeasured, RolledBack, StepDone
from attngan.measure.standing import Heat, compare, standing


def run(*measured: tuple[int, float, float], steps: int, seconds: float = 30.0) -> list[Event]:
    """Events of a run that was measured at these steps and seconds."""
    found: list[Event] = [
        QualityMeasured(step=step, seconds=at, values={"agreement": value, "kd": 1 - value})
        for step, at, value in measured
    ]
    last = StepDone(
        step=steps, seconds=seconds, progress=1, images=1, images_per_second=1,
        generator_loss=0, discriminator_loss=0,
    )  # fmt: skip
    return [*found[:-1], last, *found[-1:]]


FAST = standing(run((100, 10.0, 0.3), (200, 20.0, 0.5), (300, 30.0, 0.6), steps=300))
SLOW = standing(run((90, 15.0, 0.4), (180, 30.0, 0.55), steps=180))


def test_both_are_read_where_both_have_come_to_in_time_and_in_steps():
    heat = Heat(FAST, SLOW)
    assert heat.in_equal_time("agreement") == (0.6, 0.55)
    assert heat.in_equal_steps("agreement") == (pytest.approx(0.46), 0.55), "at step 180, between .3 and .5"
    assert heat.in_equal_time("fd") is None


def test_what_was_trained_longer_is_read_at_the_time_of_the_other():
    longer = standing(run((100, 10.0, 0.3), (300, 30.0, 0.6), (900, 90.0, 0.9), steps=900, seconds=90.0))
    assert Heat(longer, SLOW).in_equal_time("agreement") == (0.6, 0.55)
    late = standing(run((500, 50.0, 0.3), steps=900, seconds=90.0))
    assert Heat(late, SLOW).in_equal_time("agreement") is None, "it was not measured by then"


def test_a_race_without_measurements_is_left_out_and_not_counted():
    found = compare([Heat(FAST, SLOW), Heat(standing([]), SLOW), Heat(FAST, SLOW)])
    assert found is not None
    assert found.seeds == 2


def test_one_seed_is_an_anecdote_and_three_may_tell_more():
    found = compare([Heat(FAST, SLOW)])
    assert found is not None
    assert (found.key, found.seeds, found.word) == ("agreement", 1, "one seed tells nothing")
    assert found.in_equal_time == (pytest.approx(0.05), None)
    three = compare([Heat(FAST, SLOW)] * 3)
    assert three is not None
    assert (three.word, three.word_in_equal_steps) == ("better", "worse")
    other = compare([Heat(FAST, SLOW)] * 3, "kd")
    assert other is not None
    assert other.word == "better", "of a distance less is better"


def test_what_was_taken_back_does_not_count():
    events = [*run((100, 10.0, 0.3), (200, 20.0, 0.5), steps=210)]
    events.append(RolledBack(step=210, to_step=150, cause="no_variety", reason="so"))
    found = standing(events)
    assert (found.step, [one.step for one in found.measured]) == (150, [100])


def test_without_measurements_nothing_is_said():
    assert compare([]) is None
    assert compare([Heat(standing([]), standing([]))]) is None
