"""A run is its folder; this is its only writer.

config.json      the settings: model, training, name or path of the data
events.jsonl     what happened, one event a line
reals.png        some of the pictures it learns from
frames/          the same noise drawn again and again, with attention (frames.py)
snapshots/       checkpoint folders on the way
model/           the checkpoint at the end
resume.pt        to go on exactly
"""

import io
import os
import pickle
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import torch
from PIL import Image
from torchvision.utils import make_grid

from attngan import checkpoints, frames
from attngan.config import About, ModelConfig, Settings, TrainConfig
from attngan.data import ImageSet
from attngan.errors import AttnGanError
from attngan.events import Event, Failed, Finished, FrameSaved, SnapshotSaved, StepDone
from attngan.sampling import sample
from attngan.training import TrainState, train

CONFIG, EVENTS, RESUME, REALS = "config.json", "events.jsonl", "resume.pt", "reals.png"
REPORT_SECONDS = 0.2  # at most so often a step is reported
FRAME_SEEDS = tuple(range(16))


class RunConfig(Settings):
    """What config.json of a run says: enough to begin it again."""

    model: ModelConfig
    train: TrainConfig
    data: str  # a name of the catalogue or a path
    command: str = ""


def create(folder: Path, config: RunConfig) -> TrainState:
    """The state of a new run in a new or empty folder; raises AttnGanError where something lies there."""
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise AttnGanError(
            f"{folder} exists already: choose another --run-dir, or go on with --resume {folder}."
        )
    folder.mkdir(parents=True, exist_ok=True)
    write_whole(folder / CONFIG, config.model_dump_json(indent=2).encode())
    return TrainState(config.model, config.train)


def read_config(folder: Path) -> RunConfig:
    """The settings of a run; raises AttnGanError where the folder holds none."""
    try:
        return RunConfig.parse((folder / CONFIG).read_bytes())
    except OSError as error:
        raise AttnGanError(f"{folder} is no run folder: {CONFIG} cannot be read.") from error
    except AttnGanError as error:
        raise AttnGanError(f"{folder / CONFIG}: {error}") from error


def resume(folder: Path, config: RunConfig) -> TrainState:
    """The state in which a run was left; raises AttnGanError where it cannot go on."""
    state = TrainState(config.model, config.train)
    try:
        saved = torch.load(folder / RESUME, weights_only=True)
    except FileNotFoundError as error:
        raise AttnGanError(f"{folder} holds no {RESUME}: this run cannot go on, begin a new one.") from error
    except (OSError, RuntimeError, EOFError, pickle.UnpicklingError) as error:
        raise AttnGanError(f"{folder / RESUME} is broken or cut short: begin a new run.") from error
    state.load_state_dict(saved)
    return state


def record(folder: Path, config: RunConfig, state: TrainState, data: ImageSet) -> Iterator[Event]:
    """The events of training, each written to the folder before it is passed on.

    Frames and snapshots are taken between two steps. Whoever stops asking for the next event stops the
    run: its model is saved and Finished("stopped") ends events.jsonl. A folder that cannot be written
    ends in Failed, with what was saved before untouched.
    """
    recorder = _Recorder(folder, config, state, data)
    try:
        yield from recorder.events()
    except OSError as error:
        reason = f"{folder} cannot be written ({error.strerror or error}): free some space and use --resume."
        if recorder.stopped:
            raise AttnGanError(reason) from error
        yield Failed(step=state.step, seconds=state.seconds, reason=reason)


class _Recorder:
    def __init__(self, folder: Path, config: RunConfig, state: TrainState, data: ImageSet) -> None:
        self.folder, self.config, self.state, self.data = folder, config, state, data
        self.next_frame = state.seconds
        self.next_snapshot = state.seconds + 5
        self.stopped = False  # by whoever asked for the events

    def events(self) -> Iterator[Event]:
        write_whole(self.folder / REALS, _png_of_reals(self.data))
        if self.state.step == 0:
            yield self.log(self.save_frame())
        reported = -REPORT_SECONDS
        try:
            for event in train(self.state, self.data):
                if isinstance(event, StepDone):
                    if time.monotonic() - reported < REPORT_SECONDS:
                        continue
                    reported = time.monotonic()
                if isinstance(event, Finished):
                    yield self.log(self.save_frame())
                    self.save_model()
                yield self.log(event)
                yield from self.due()
        except GeneratorExit:
            self.stopped = True
            self.log(self.save_frame())
            self.save_model()
            self.log(Finished(step=self.state.step, seconds=self.state.seconds, reason="stopped"))
            raise

    def due(self) -> Iterator[Event]:
        """Frames often at first and ever more seldom, so that a run of any length has a few hundred."""
        seconds = self.state.seconds
        if seconds >= self.next_frame:
            self.next_frame = seconds + max(0.5, 0.04 * seconds)
            yield self.log(self.save_frame())
        if seconds >= self.next_snapshot:
            self.next_snapshot = seconds + max(10.0, 0.25 * seconds)
            yield self.log(self.save_snapshot())

    def save_model(self) -> None:
        checkpoints.save(self.folder / "model", self.model())
        self.save_resume()

    def log(self, event: Event) -> Event:
        with (self.folder / EVENTS).open("a", encoding="utf-8") as file:
            file.write(event.model_dump_json() + "\n")
        return event

    def model(self) -> checkpoints.Model:
        state, data = self.state, self.data
        about = About(
            name=data.name,
            data=data.name,
            licence=data.licence,
            attribution=data.source,
            label_names=data.label_names if state.model.classes else (),
            seed=state.config.seed,
            steps=state.step,
            seconds=round(state.seconds, 2),
            images=state.images,
            command=self.config.command,
        )
        return checkpoints.Model(state.model, state.ema.eval(), state.discriminator, about)

    def save_frame(self) -> FrameSaved:
        path = f"frames/{self.state.step:08d}.frame.gz"
        drawn = sample(self.model(), FRAME_SEEDS)
        write_whole(self.folder / path, frames.encode(drawn, step=self.state.step))
        return FrameSaved(step=self.state.step, seconds=self.state.seconds, path=path)

    def save_snapshot(self) -> SnapshotSaved:
        path = f"snapshots/{self.state.step:08d}"
        checkpoints.save(self.folder / path, self.model())
        self.save_resume()
        return SnapshotSaved(step=self.state.step, seconds=self.state.seconds, path=path)

    def save_resume(self) -> None:
        _replace(self.folder / RESUME, lambda file: torch.save(self.state.state_dict(), file))


def write_whole(file: Path, data: bytes) -> None:
    """Write the file so that a reader sees all of it or what was there before."""
    _replace(file, lambda path: path.write_bytes(data))


def _replace(file: Path, write: Callable[[Path], Any]) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(prefix=f".{file.name}.", dir=file.parent)
    os.close(handle)
    try:
        write(Path(name))
        Path(name).chmod(0o644)
        os.replace(name, file)
    finally:
        Path(name).unlink(missing_ok=True)


def _png_of_reals(data: ImageSet) -> bytes:
    chosen = torch.linspace(0, len(data) - 1, min(32, len(data))).long()
    grid = make_grid(data.images[chosen], nrow=8, padding=0).permute(1, 2, 0).numpy()
    buffer = io.BytesIO()
    Image.fromarray(grid).save(buffer, "PNG")
    return buffer.getvalue()
