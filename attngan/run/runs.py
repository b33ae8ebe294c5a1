"""A run is its folder (run.folder says what lies where); this is its only writer.

A run that is resumed goes on from resume.pt, so what its folder tells of later steps is taken away
first: the steps of its events never go back, unless training itself rolled back.
"""

import math
import pickle
from collections.abc import Callable, Generator, Mapping
from contextlib import nullcontext, suppress
from pathlib import Path
from types import MappingProxyType
from typing import Any

import torch
from pydantic import Field

from attngan import data
from attngan.config import Settings, Square, TrainConfig
from attngan.errors import AttnGanError
from attngan.events import Event, Finished
from attngan.kinds.registry import AnyModelConfig, kind_of
from attngan.model.folder import LARGEST_CONFIG, holds_model
from attngan.nn.batch import DataSet
from attngan.nn.device import CPU
from attngan.run import pictures, wishes
from attngan.run.folder import RunFolder
from attngan.run.lock import alone_in
from attngan.run.recorder import Recorder
from attngan.run.shift import Shift
from attngan.storage import read_file, write_file
from attngan.train.state import TrainState

NO_CHANGES: Mapping[str, Any] = MappingProxyType({})


class RunConfig(Settings):
    """What config.json of a run says: enough to begin it again."""

    model: AnyModelConfig
    train: TrainConfig
    data: str  # a name of the catalogue or a path
    square: Square = "crop"  # how pictures that are not square are made so
    pictures: int = Field(0, ge=0)  # in the data, 0 where that is not known
    fingerprint: str = ""  # of the data (run.pictures), "" where that is not known
    command: str = ""
    branched_from: str = ""  # RUN@STEP


def check_free(folder: Path) -> None:
    """Raise AttnGanError unless a new run can have this folder: nothing is there, or an empty folder."""
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        resumable = RunFolder(folder).resume_file.exists()
        more = f", or go on with --resume {folder}" if resumable else ""
        raise AttnGanError(f"{folder} exists already: choose another --run-dir{more}.")


def create(folder: Path, config: RunConfig, device: torch.device = CPU) -> TrainState:
    """The state, on a device, of a new run in a new or empty folder; raises AttnGanError where something lies
    there.
    """
    check_free(folder)
    state = TrainState(config.model, config.train, device)  # first: the folder is made last
    text = _text(config)
    made = [path for path in (folder, *folder.parents) if not path.exists()]
    file = RunFolder(folder).config_file
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with file.open("xb") as stream:  # one of two that create it at once is told so
            made.insert(0, file)
            stream.write(text)
    except FileExistsError as error:
        raise AttnGanError(f"{folder} exists already: choose another --run-dir.") from error
    except OSError as error:
        for path in made:
            with suppress(OSError):
                path.unlink() if path == file else path.rmdir()
        raise AttnGanError(f"{folder} cannot be written: {error.strerror}.") from error
    return state


def read_config(folder: Path) -> RunConfig:
    """The settings of a run; raises AttnGanError where the folder holds none."""
    file = RunFolder(folder).config_file
    try:
        return RunConfig.parse(read_file(file, LARGEST_CONFIG))
    except (OSError, ValueError) as error:  # ValueError: a null character
        raise AttnGanError(f"{folder} is no run folder: its {file.name} cannot be read.") from error
    except AttnGanError as error:
        if holds_model(folder):
            inside = RunFolder(folder.absolute().parent)
            advice = f"give {inside.path}" if inside.resume_file.exists() else "begin a new run"
            raise AttnGanError(f"{folder} is a model, not a run that can go on: {advice}.") from error
        raise AttnGanError(f"{file}: {error}") from error


def pictures_of(config: RunConfig, place: str | None = None) -> tuple[RunConfig, DataSet]:
    """A run's settings, which say where its pictures are now, and these, read as the run wants them.

    `place`, a name or a path, is where they are if not where they were. Raises AttnGanError where there are
    none, and for others at `place`; whether they have changed where they were, `record` and `branch` look.
    """
    if place is None and not pictures.are_there(config.data):
        raise AttnGanError(f"There is nothing at {config.data} any more: say with --data where its data are.")
    config = config if place is None else config.with_(data=pictures.lasting(place))
    kind = kind_of(config.model)
    found = data.load(pictures.path_of(config.data), **kind.reading(config.model), square=config.square)
    if place is not None and (difference := _difference(config, found)):
        raise AttnGanError(
            f"{config.data} does not hold the {kind.name} of this run ({difference}): give --data where they "
            "are, or begin a new run."
        )
    return config.with_(fingerprint=config.fingerprint or pictures.fingerprint(kind, found)), found


def resume(
    folder: Path, config: RunConfig, changes: Mapping[str, Any] = NO_CHANGES, device: torch.device = CPU
) -> TrainState:
    """The state in which a run was left, on this or another device, with the budget that `config` says, and
    with `changes` to its settings.

    What was changed while it ran stays so. Raises AttnGanError where it cannot go on: no resume.pt, a
    broken one, a change that is not allowed, or a budget that is used up. One that was killed or stopped
    after its last step, while it was saved, can go on: what is left is to save it.
    """
    run = RunFolder(folder)
    if not run.resume_file.exists():
        raise AttnGanError(
            f"{folder} holds no {run.resume_file.name}: this run cannot go on, begin a new one."
        )
    state = _state_in(run.resume_file, config, changes, device)
    if isinstance(ending := run.ending(), Finished) and ending.reason == "budget":
        _check_budget(state)
    return state


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
    items: DataSet,
    changes: Mapping[str, Any] = NO_CHANGES,
    device: torch.device = CPU,
) -> tuple[RunConfig, TrainState]:
    """A new run in `folder` that begins at the marked state of another's step, which stays as it is.

    `config` is the new run's; of its training settings only the budget counts, the others are those of the
    state, with `changes`, and so stand in the settings that are returned. Raises AttnGanError where nothing
    is marked there, the data do not fit, the folder is taken, or as `resume` does.
    """
    file = marked(parent, step)
    check_free(folder)
    check_fit(config, items)
    state = _state_in(file, config, changes, device)
    _check_budget(state)
    config = config.with_(train=state.config.model_dump())
    create(folder, config)
    return config, state


def _state_in(file: Path, config: RunConfig, changes: Mapping[str, Any], device: torch.device) -> TrainState:
    """The state of a file, with the budget that `config` says and with changes; raises AttnGanError."""
    try:
        saved = torch.load(file, map_location=CPU, weights_only=True)
    except (OSError, RuntimeError, EOFError, ValueError, pickle.UnpicklingError) as error:
        raise AttnGanError(f"{file} is broken or cut short: begin a new run.") from error
    state = TrainState(config.model, config.train, device)
    try:
        state.load_state_dict(saved)
    except AttnGanError as error:
        raise AttnGanError(f"{file}: {error}") from error
    counted = (state.step, state.seconds, state.images, state.attempt)
    if not all(isinstance(number, int | float) and 0 <= number < math.inf for number in counted):
        raise AttnGanError(f"{file} is broken: begin a new run.")
    budget = {"seconds": config.train.seconds, "steps": config.train.steps}
    state.config = state.config.with_(**budget).steered(dict(changes))
    return state


def _check_budget(state: TrainState) -> None:
    if state.progress >= 1:
        raise AttnGanError(
            f"This run has used its budget (step {state.step}, {state.seconds:.0f} seconds): "
            "give more --seconds or --steps in all to go on."
        )


def record(
    folder: Path,
    config: RunConfig,
    state: TrainState,
    items: DataSet,
    asked_to_stop: Callable[[], bool] = lambda: False,
    races: bool = False,
    shift: Shift | None = None,
) -> Generator[Event, None, None]:
    """The events of training, each written to the folder before it is passed on.

    Between two steps frames and snapshots are taken, and wishes are granted (attngan.run.wishes); while
    one of them has it paused, the next event is waited for. Whoever closes the generator stops the run,
    and so does `asked_to_stop`, which is asked between two steps: its model is saved and
    Finished("stopped") ends events.jsonl. A folder that cannot be written, or weights that are not finite,
    end in Failed (AttnGanError while closing), and what was saved before stays. Of one that `races` every
    step is passed on, written or not. With a `shift`, whose owner holds the lock of the run, the events may
    end before the run does, which is then as whoever goes on with it wants it. Raises AttnGanError, and
    changes nothing, where the data do not fit or another process writes there.
    """
    check_fit(config, items)
    run = RunFolder(folder)
    with nullcontext() if shift else alone_in(run):
        recorder = Recorder(run, state, items, config.command, config.square, asked_to_stop, races, shift)
        try:
            recorder.go_back()
            write_file(run.config_file, _text(config))
            yield from recorder.follow()
        except (OSError, AttnGanError) as error:
            failed = recorder.failed(error)
            if recorder.closing:
                raise AttnGanError(failed.reason) from error
            yield failed


def put_down(folder: Path, config: RunConfig, state: TrainState, items: DataSet) -> None:
    """Have the folder say all that is needed to go on exactly from this state, in any process.

    Raises AttnGanError as `record` does, and OSError.
    """
    check_fit(config, items)
    run = RunFolder(folder)
    with alone_in(run):
        recorder = Recorder(run, state, items, config.command, config.square)
        recorder.go_back()
        write_file(run.config_file, _text(config))
        recorder.keep_state()


def make_ready(folder: Path, config: RunConfig, state: TrainState, items: DataSet) -> None:
    """As `put_down`, where what else is there stays until somebody does go on, but for earlier wishes."""
    check_fit(config, items)
    run = RunFolder(folder)
    with alone_in(run):
        if run.resume_file.exists():
            run.wishes_file.unlink(missing_ok=True)
        write_file(run.config_file, _text(config))
        Recorder(run, state, items, config.command, config.square).keep_state()


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


def check_fit(config: RunConfig, items: DataSet) -> None:
    """Raise AttnGanError where these are not the items that the run began with."""
    if difference := _difference(config, items):
        raise AttnGanError(
            f"{config.data} has changed since the run began ({difference}): restore it, say with --data "
            f"where the same {items.kind} are, or begin a new run."
        )


def _difference(config: RunConfig, items: DataSet) -> str:
    """In what these items differ from those that the run began with, as far as that is known; "" in nothing.

    Raises AttnGanError where such a model cannot learn from them at all.
    """
    kind, classes = kind_of(config.model), len(items.label_names)
    if config.pictures not in (0, len(items)):
        return f"{len(items)} {items.kind} now, {config.pictures} then"
    if config.model.classes not in (0, classes):
        return f"{classes} classes now, {config.model.classes} then"
    kind.check(config.model, items)
    if config.fingerprint not in ("", pictures.fingerprint(kind, items)):
        return f"as many {items.kind}, but other ones, in another order, or with other labels"
    return ""


def _text(config: RunConfig) -> bytes:
    return config.model_dump_json(indent=2).encode() + b"\n"
