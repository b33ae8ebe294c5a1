"""A race: several runs, each with a folder of its own, that one process trains in turns."""

from collections.abc import Callable, Generator, Sequence
from contextlib import ExitStack, closing
from pathlib import Path
from typing import NamedTuple

from attngan.events import Event
from attngan.nn.batch import DataSet
from attngan.run import runs
from attngan.run.runs import RunConfig
from attngan.train.race import Racer, in_turns
from attngan.train.state import TrainState


class Entry(NamedTuple):
    """A run that is ready to be trained."""

    folder: Path
    config: RunConfig
    state: TrainState
    items: DataSet


def record(
    entries: Sequence[Entry], asked_to_stop: Callable[[], bool] = lambda: False
) -> Generator[tuple[int, Event], None, None]:
    """The events of all runs, each with the number of its run, written to their folders as `runs.record`
    does.

    Whoever closes the generator stops them all, and so does `asked_to_stop`. Raises AttnGanError where one
    of them cannot begin; the others are saved.
    """
    with ExitStack() as open_runs:
        racers = []
        for folder, config, state, items in entries:
            events = runs.record(folder, config, state, items, asked_to_stop, races=True)
            racers.append(Racer(state, items, open_runs.enter_context(closing(events))))
        yield from in_turns(racers)
