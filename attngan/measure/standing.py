"""How the two runs of a race stand against each other, and what several seeds of it allow to say."""

from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import Literal, NamedTuple

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

    def at(self, key: str, place: float, by: Literal["step", "seconds"]) -> float | None:
        """A measure at a step or second, on the line between the measurements around it.

        After the last one it is the last; None before the first.
        """
        points = [(getattr(one, by), one.values[key]) for one in self.measured if key in one.values]
        if not points or place < points[0][0]:
            return None
        for (x0, y0), (x1, y1) in pairwise(points):
            if x0 <= place < x1:
                return float(y0 + (place - x0) / (x1 - x0) * (y1 - y0))
        return points[-1][1]


class Heat(NamedTuple):
    """The two runs of one seed."""

    left: Standing
    right: Standing

    @property
    def keys(self) -> list[str]:
        """The measures that both runs have, in the order of the left one's."""
        both = [one.measured[-1].values if one.measured else {} for one in self]
        return [key for key in both[0] if key in both[1]]

    def in_equal_time(self, key: str) -> tuple[float, float] | None:
        """A measure of both after as many seconds as both have come to; None where one has none then."""
        return self._pair(key, "seconds")

    def in_equal_steps(self, key: str) -> tuple[float, float] | None:
        """The same after as many steps."""
        return self._pair(key, "step")

    def _pair(self, key: str, by: Literal["step", "seconds"]) -> tuple[float, float] | None:
        place = min(getattr(one, by) for one in self)
        left, right = (one.at(key, place, by) for one in self)
        return None if left is None or right is None else (left, right)


class Comparison(NamedTuple):
    """What all heats say of one measure: left minus right, in equal time and in equal steps."""

    key: str
    seeds: int  # that were compared
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
    measured = [heat for heat in heats if heat.keys]
    first = measured[0].keys if measured else []
    key = key or next((one for one in first if all(one in heat.keys for heat in measured)), None)
    if key is None:
        return None
    higher = key not in vocabulary.MEASURES or vocabulary.MEASURES[key].better != BELOW
    found = []
    both = [(heat.in_equal_time(key), heat.in_equal_steps(key)) for heat in measured]
    told = [(time, steps) for time, steps in both if time and steps]
    if not told:
        return None
    for pairs in zip(*told, strict=True):
        differences = [left - right for left, right in pairs]
        found.append((interval(differences), verdict(differences, higher)))
    (time, word), (steps, word_of_steps) = found
    return Comparison(key, len(told), time, steps, word, word_of_steps)
