"""A run is its folder (run.folder says what lies where); this is its only writer.

A run that is resumed goes on from resume.pt, so what its folder tells of later steps is taken away
first: the steps of its events never go back, unless training itself rolled back.
"""

import pickle
from collections.abc import Callable, Generator, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from types import MappingProxyType
from typing import Any

import torch
from filelock import FileLock, Timeout
from pydantic import Field

from attngan.config import Settings, TrainConfig
from attngan.errors import AttnGanError
from attngan.events import Event
from attngan.kinds.registry import AnyModelConfig, kind_of
from attngan.nn.batch import DataSet
from attngan.run import wishes
from attngan.run.folder import RunFolder
from attngan.run.recorder import Recorder
from attngan.storage import write_file
from attngan.train.state import TrainState

LOCK_SECONDS = 0.5  # that a look whether somebody trains may take
NO_CHANGES: Mapping[str, Any] = MappingProxyType({})


class RunConfig(Settings):
    """What config.json of a run says: enough to begin it again."""

    model: AnyModelConfig
    train: TrainConfig
    data: str  # a name of the catalogue or a path
    pictures: int = Field(0, ge=0)  # in the data, 0 where that is not known
    command: str = ""
    branched_from: str = ""  # RUN@STEP


def check_free(folder: Path) -> None:
    """Raise AttnGanError unless a new run can have this folder: nothing is there, or an empty folder."""
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise AttnGanError(
            f"{folder} exists already: choose another --run-dir, or go on with --resume {folder}."
        )


def create(folder: Path, config: RunConfig) -> TrainState:
    """The state of a new run in a new or empty folder; raises AttnGanError where something lies there."""
    check_free(folder)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with RunFolder(folder).config_file.open("xb") as file:  # one of two that create it at once is told so
            file.write(_text(config))
    except FileExistsError as error:
        raise AttnGanError(f"{folder} exists already: choose another --run-dir.") from error
    except OSError as error:
        raise AttnGanError(f"{folder} cannot be written: {error.strerror}.") from error
    return TrainState(config.model, config.train)


def read_config(folder: Path) -> RunConfig:
    """The settings of a run; raises AttnGanError where the folder holds none."""
    file = RunFolder(folder).config_file
    try:
        return RunConfig.parse(file.read_bytes())
    except OSError as error:
        raise AttnGanError(f"{folder} is no run folder: its {file.name} cannot be read.") from error
    except AttnGanError as error:
        raise AttnGanError(f"{file}: {error}") from error


def resume(folder: Path, config: RunConfig, changes: Mapping[str, Any] = NO_CHANGES) -> TrainState:
    """The state in which a run was left, with the budget that `config` says, and with `changes` to its
    settings.

    What was changed while it ran stays so. Raises AttnGanError where it cannot go on: no resume.pt, a
    broken one, a change that is not allowed, or a budget that is used up.
    """
    file = RunFolder(folder).resume_file
    if not file.exists():
        raise AttnGanError(f"{folder} holds no {file.name}: this run cannot go on, begin a new one.")
    return _state_in(file, config, changes)


def marked(folder: Path, step: int) -> Path:
    """The file of a run's marked state; raises AttnGanError where that step is not marked."""
    states = RunFolder(folder).states
    if step not in states.steps():
        there = ", ".join(map(str, states.steps())) or "none"
        raise AttnGanError(f"{folder} has no marked state of step {step}; marked are: {there}.")
    return states.of(step)


def branch(
    parent: Path,
    step: int,
    folder: Path,
    config: RunConfig,
    data: DataSet,
    changes: Mapping[str, Any] = NO_CHANGES,
) -> tuple[RunConfig, TrainState]:
    """A new run in `folder` that begins at the marked state of another's step, which stays as it is.

    `config` is the new run's; of its training settings only the budget counts, the others are those of the
    state, with `changes`, and so stand in the settings that are returned. Raises AttnGanError where nothing
    is marked there, the data do not fit, the folder is taken, or as `resume` does.
    """
    file = marked(parent, step)
    check_free(folder)
    _check_fit(config, data)
    state = _state_in(file, config, changes)
    config = config.with_(train=state.config.model_dump())
    create(folder, config)
    return config, state


def _state_in(file: Path, config: RunConfig, changes: Mapping[str, Any]) -> TrainState:
    """The state of a file, with the budget that `config` says and with changes; raises AttnGanError."""
    try:
        saved = torch.load(file, weights_only=True)
    except (OSError, RuntimeError, EOFError, ValueError, pickle.UnpicklingError) as error:
        raise AttnGanError(f"{file} is broken or cut short: begin a new run.") from error
    state = TrainState(config.model, config.train)
    try:
        state.load_state_dict(saved)
    except AttnGanError as error:
        raise AttnGanError(f"{file}: {error}") from error
    budget = {"seconds": config.train.seconds, "steps": config.train.steps}
    state.config = state.config.with_(**budget).steered(dict(changes))
    if state.progress >= 1:
        raise AttnGanError(
            f"This run has used its budget (step {state.step}, {state.seconds:.0f} seconds): "
            "give more --seconds or --steps in all to go on."
        )
    return state


def record(
    folder: Path,
    config: RunConfig,
    state: TrainState,
    data: DataSet,
    asked_to_stop: Callable[[], bool] = lambda: False,
) -> Generator[Event, None, None]:
    """The events of training, each written to the folder before it is passed on.

    Between two steps frames and snapshots are taken, and wishes are granted (attngan.run.wishes); while
    one of them has it paused, the next event is waited for. Whoever closes the generator stops the run,
    and so does `asked_to_stop`, which is asked between two steps: its model is saved and
    Finished("stopped") ends events.jsonl. A folder that cannot be written, or weights that are not finite,
    end in Failed (AttnGanError while closing), and what was saved before stays. Raises AttnGanError, and
    changes nothing, where the data do not fit or another process writes there.
    """
    _check_fit(config, data)
    run = RunFolder(folder)
    with _alone_in(run):
        recorder = Recorder(run, state, data, config.command, asked_to_stop)
        try:
            recorder.go_back()
            write_file(run.config_file, _text(config))
            yield from recorder.follow()
        except (OSError, AttnGanError) as error:
            failed = recorder.failed(error)
            if recorder.closing:
                raise AttnGanError(failed.reason) from error
            yield failed


def ask(folder: Path, name: str, **values: Any) -> None:
    """Ask a run that is under way, here or in another process, for something: see attngan.run.wishes.

    Raises AttnGanError where the folder is no run or has ended, and for what nobody can wish for.
    """
    wishes.append(RunFolder(folder), wishes.of(name, **values), read_config(folder).train)


def read_events(folder: Path) -> list[Event]:
    """All events of a run so far; a last line that is still being written is left out.

    Raises AttnGanError where the folder has none or a line is damaged.
    """
    return RunFolder(folder).read_all()


@contextmanager
def _alone_in(run: RunFolder) -> Iterator[None]:
    lock = FileLock(run.lock_file, timeout=LOCK_SECONDS, thread_local=False)
    try:
        lock.acquire()
    except Timeout as error:
        raise AttnGanError(f"Another process is training in {run.path}: wait for it, or stop it.") from error
    except OSError as error:
        raise AttnGanError(f"{run.path} cannot be written: {error.strerror}.") from error
    try:
        yield
    finally:
        lock.release()


def _check_fit(config: RunConfig, data: DataSet) -> None:
    if config.pictures not in (0, len(data)) or config.model.classes not in (0, len(data.label_names)):
        raise AttnGanError(
            f"{config.data} has changed since the run began ({len(data)} pictures now, {config.pictures} "
            "then): restore it, or begin a new run."
        )
    kind_of(config.model).check(config.model, data)


def _text(config: RunConfig) -> bytes:
    return config.model_dump_json(indent=2).encode() + b"\n"
