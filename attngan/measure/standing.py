"""How the two runs of a race stand against each other, and what several seeds of it allow to say."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from attngan import vocabulary
from attngan.events import Event, QualityMeasured, RolledBack, StepDone
from attngan.measure.verdict import Word, interval, verdict

BELOW = "↓"


class Measured(NamedTuple):
    """A measurement of a run: at which step and second, and its values by their keys."""

    step: int
    seconds: float
    values: dict[str, float]


class Standing(NamedTuple):
    """How far a run has come, and all its measurements, in order."""

    step: int
    seconds: float
    measured: tuple[Measured, ...]

    def at(self, step: int) -> Measured | None:
        """The last measurement that is not later than a step; None where there is none."""
        return next((one for one in reversed(self.measured) if one.step <= step), None)


class Heat(NamedTuple):
    """The two runs of one seed."""

    left: Standing
    right: Standing

    def in_equal_time(self, key: str) -> tuple[float, float] | None:
        """The last values of a measure, left and right; None where one has none."""
        return _pair(key, self.left.at(self.left.step), self.right.at(self.right.step))

    def in_equal_steps(self, key: str) -> tuple[float, float] | None:
        """The same at steps that both have come to, the nearest measurements before."""
        steps = min(self.left.step, self.right.step)
        return _pair(key, self.left.at(steps), self.right.at(steps))


class Comparison(NamedTuple):
    """What all heats say of one measure: left minus right, in equal time and in equal steps."""

    key: str
    seeds: int
    in_equal_time: tuple[float, float | None]  # mean of the differences, half the width of its 95 % interval
    in_equal_steps: tuple[float, float | None]
    word: Word  # on the left one, in equal time
    word_in_equal_steps: Word


def standing(events: Iterable[Event]) -> Standing:
    """How a run stands by its events."""
    step, seconds, measured = 0, 0.0, list[Measured]()
    for event in events:
        match event:
            case StepDone():
                step, seconds = event.step, event.seconds
            case QualityMeasured():
                measured.append(Measured(event.step, event.seconds, event.values))
            case RolledBack():
                step = event.to_step
                measured = [one for one in measured if one.step <= step]
    return Standing(step, seconds, tuple(measured))


def compare(heats: Sequence[Heat], key: str | None = None) -> Comparison | None:
    """What the heats say of a measure, of the first one that all have where none is named; None: of none."""
    if not heats:
        return None
    key = key or next((one for one in _keys(heats[0]) if all(one in _keys(heat) for heat in heats)), None)
    if key is None:
        return None
    higher = key not in vocabulary.MEASURES or vocabulary.MEASURES[key].better != BELOW
    found = []
    for pairs in ([heat.in_equal_time(key) for heat in heats], [heat.in_equal_steps(key) for heat in heats]):
        differences = [pair[0] - pair[1] for pair in pairs if pair]
        if not differences:
            return None
        found.append((interval(differences), verdict(differences, higher)))
    (time, word), (steps, word_of_steps) = found
    return Comparison(key, len(heats), time, steps, word, word_of_steps)


def _keys(heat: Heat) -> list[str]:
    """The measures that both runs have, in the order of the left one's."""
    left, right = heat.left.at(heat.left.step), heat.right.at(heat.right.step)
    return [key for key in left.values if key in right.values] if left and right else []


def _pair(key: str, left: Measured | None, right: Measured | None) -> tuple[float, float] | None:
    if left is None or right is None or key not in left.values or key not in right.values:
        return None
    return left.values[key], right.values[key]
