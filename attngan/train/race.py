"""Trainings beside each other on one machine: they take turns, so that each has as much of it as the others.

A step counts as what a step of such settings has cost on the mean of late, whoever took it, and not as what
this very one took. So trainings of equal settings take the same steps at the same times, and stay equal to
the bit; those of other settings have the time that they cost.
"""

from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from attngan.events import Event
from attngan.nn.batch import DataSet
from attngan.train.loop import train
from attngan.train.state import TrainState

TURN_SECONDS = 0.25
REMEMBERED = 8  # turns, over which the cost of a step is averaged
REHEARSED = 3  # steps, to learn the cost: the first ones of a kind cost more


@dataclass
class Racer:
    """A training that takes turns: what it is, what it learns from, and its events, one or more a step."""

    state: TrainState
    data: DataSet
    events: Iterator[Event]


class Pace:
    """What a step of some settings costs, in seconds."""

    def __init__(self, cost: float) -> None:
        self.cost = cost
        self._seconds, self._steps = 0.0, 0  # of this turn
        self._turns: deque[tuple[float, int]] = deque(maxlen=REMEMBERED)

    def count(self, took: float) -> float:
        """What a step that took so long counts as."""
        self._seconds += took
        self._steps += 1
        return self.cost

    def settle(self) -> None:
        """A turn is over: from now on a step counts as what it has cost of late."""
        if self._steps:
            self._turns.append((self._seconds, self._steps))
            self._seconds, self._steps = 0.0, 0
            self.cost = sum(seconds for seconds, _ in self._turns) / sum(steps for _, steps in self._turns)


def in_turns(racers: Sequence[Racer]) -> Iterator[tuple[int, Event]]:
    """The events of all racers, each with the number of its racer, until the last one has ended.

    All compute in one precision, where that was left to a probe. A racer that is paused has all of them wait.
    """
    _agree_on_precision(racers)
    paces: dict[str, Pace] = {}
    for racer in racers:
        key = _settings(racer.state)
        if key not in paces:
            paces[key] = Pace(_cost(racer))
    going = dict(enumerate(racers))
    own = {number: paces[_settings(racer.state)] for number, racer in going.items()}
    for number, racer in enumerate(racers):  # all have begun before the first one takes a step
        yield number, next(racer.events)
    turn = 0
    while going:
        until = min(racer.state.seconds for racer in going.values()) + TURN_SECONDS
        order = [*going]
        for number in order[turn % len(order) :] + order[: turn % len(order)]:  # nobody is always the first
            racer = going[number]
            own[number] = paces.setdefault(_settings(racer.state), Pace(own[number].cost))
            racer.state.counts_as = own[number].count
            while racer.state.seconds < until:
                event = next(racer.events, None)
                if event is None:
                    del going[number]
                    break
                yield number, event
        for pace in paces.values():
            pace.settle()
        turn += 1


def _settings(state: TrainState) -> str:
    """What the cost of a step follows from."""
    config = state.config.with_(seed=0)
    return f"{state.precision} {state.model.model_dump_json()} {config.model_dump_json()}"


def _agree_on_precision(racers: Sequence[Racer]) -> None:
    """Have one probe for all who leave it to a probe."""
    asking = [racer for racer in racers if racer.state.precision == "auto"]
    for racer in asking[:1]:
        next(train(racer.state, racer.data))
    for racer in asking[1:]:
        racer.state.precision = asking[0].state.precision


def _cost(racer: Racer) -> float:
    """Seconds of a step of such a training, tried out on another one."""
    config = racer.state.config.with_(seconds=None, steps=REHEARSED)
    rehearsal = TrainState(racer.state.model, config, racer.state.device)
    rehearsal.precision = racer.state.precision
    took: list[float] = []

    def note(seconds: float) -> float:
        took.append(seconds)
        return seconds

    rehearsal.counts_as = note
    for _ in train(rehearsal, racer.data):
        pass
    return took[-1]
