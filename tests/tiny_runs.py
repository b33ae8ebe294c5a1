"""Small runs, begun, stopped and troubled, for the tests of a run's folder."""

import errno
from collections.abc import Callable, Generator, Iterable
from pathlib import Path
from typing import Any

import pytest

from attngan import storage
from attngan.events import Event, SnapshotSaved, StepDone
from attngan.model import checkpoints
from attngan.run import recorder, runs
from attngan.run.runs import RunConfig
from attngan.train.state import TrainState
from tests import tiny


def config(**train: Any) -> RunConfig:
    return RunConfig(
        model=tiny.model_config(),
        train=tiny.train_config(**train),
        data="noise",
        pictures=13,
        command="train",
    )


def recorded(folder: Path, settings: RunConfig | None = None, state: TrainState | None = None) -> list[Event]:
    settings = settings or config()
    state = unhurried(state or runs.create(folder, settings))
    return list(runs.record(folder, settings, state, tiny.pictures()))


def unhurried(state: TrainState) -> TrainState:
    """The same, whose clock knows no stalls of the machine: nothing falls due by them."""
    state.counts_as = lambda took: min(took, 0.01)
    return state


def stop_after(folder: Path, steps: int, settings: RunConfig) -> None:
    """Begin a run, and ask for no more events after this many steps."""
    state = unhurried(runs.create(folder, settings))
    events = runs.record(folder, settings, state, tiny.pictures())
    for event in events:
        if isinstance(event, StepDone) and event.step == steps:
            break
    events.close()


def names(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()}


def kinds(events: Iterable[Event]) -> list[str]:
    return [event.event for event in events]


def full(*_: Any, **__: Any) -> None:
    raise OSError(errno.ENOSPC, "No space left on device")


def snapshot_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let a snapshot be due after every step."""
    due = recorder.Recorder._due

    def all_due(self: recorder.Recorder) -> Iterable[Event]:
        self._next_snapshot = self._next_frame = 0.0
        return due(self)

    monkeypatch.setattr(recorder.Recorder, "_due", all_due)


def fill_disk(monkeypatch: pytest.MonkeyPatch, what: str) -> None:
    """From now on nothing that is named `what` can be written."""
    write_file, save, log = storage.write_file, checkpoints.save, Path.open

    def guarded(function: Callable[..., Any]) -> Callable[..., Any]:
        return lambda path, *args, **options: (
            full() if what in str(path) else function(path, *args, **options)
        )

    monkeypatch.setattr(storage, "write_file", guarded(write_file))
    monkeypatch.setattr(checkpoints, "save", guarded(save))
    monkeypatch.setattr(Path, "open", guarded(log))


def run_to_a_snapshot(
    folder: Path, monkeypatch: pytest.MonkeyPatch, step: int = 1
) -> tuple[TrainState, Generator[Event, None, None]]:
    """The state and the events to come of a long run that has just saved the snapshot of this step."""
    snapshot_at_once(monkeypatch)
    settings = config(steps=1000)
    state = runs.create(folder, settings)
    events = runs.record(folder, settings, state, tiny.pictures())
    while not isinstance(event := next(events), SnapshotSaved) or event.step < step:
        pass
    return state, events
