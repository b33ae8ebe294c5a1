"""The models that can be explored: bundled checkpoints, the hub's, and the trainings of the page's visitors.

A model's key is the folder name of a bundled checkpoint, a name from the hub, or "run-" and the id of a
training. Ids cannot be guessed, so that only who holds one sees its pictures.
"""

import contextlib
import json
import os
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from attngan.config import About, ModelConfig
from attngan.errors import AttnGanError
from attngan.kinds.registry import parse_config
from attngan.model.folder import CONFIG
from attngan.run.folder import RunFolder, StepFolder, timeline_of
from demo import beside, fromhub
from demo.jobs import JobFolder, runs_folder

RUN = "run-"
MOST_STEPS = 200  # on one slider
# What is seen at a glance comes first, and the page opens on it; what is hard comes last, after all others.
FIRST = ("digits", "scenes", "dates", "notes", "faces", "letters")
HARD = ("emoji",)


@dataclass(frozen=True)
class Shelved:
    """A model's folder, and what its config.json says of it without torch."""

    key: str
    folder: Path
    config: ModelConfig
    label_names: tuple[str, ...]
    data: str
    credit: str  # licence and source of its pictures
    metrics: Mapping[str, float]  # as its card says
    real: Mapping[str, float]  # the same of real items, as far as known
    command: str  # that trained it
    steps: int  # of training
    seconds: float  # of training
    version: int  # changes when the model is written anew
    name: str = ""  # of a training, as its person calls it

    @property
    def attention(self) -> tuple[str, ...]:
        """Names of the layers with attention, in pictures their sizes in pixels; empty: none."""
        return self.config.attention_layers

    @property
    def classes(self) -> int:
        """Number of classes, 0 without."""
        return self.config.classes

    @property
    def worded(self) -> bool:
        """Whether it makes what a text says."""
        return self.config.worded

    @property
    def example_texts(self) -> tuple[str, ...]:
        """Texts that such a model can be asked with."""
        return self.config.example_texts

    @property
    def title(self) -> str:
        """What the list of models says: a training's own name, where it has one."""
        if not self.key.startswith(RUN):
            return self.key
        return self.name or f"{self.data} {self.key.removeprefix(RUN)[:6]}"


def checkpoints_folder() -> Path:
    """Where bundled models lie; ATTNGAN_CHECKPOINTS names another place."""
    return Path(os.environ.get("ATTNGAN_CHECKPOINTS") or beside.folder("checkpoints"))


def bundled() -> list[str]:
    """Keys of the bundled models and the hub's that can be read, the one to open on first."""
    names = {file.parent.name for file in checkpoints_folder().glob(f"*/{CONFIG}")} | {*fromhub.folders()}
    ranks = {name: rank for rank, name in enumerate(FIRST, -len(FIRST))} | dict.fromkeys(HARD, 1)
    return sorted(filter(_readable, names), key=lambda name: (ranks.get(name, 0), name))


def present(keys: Iterable[str]) -> list[Shelved]:
    """The models of these keys that are here, in their order; the removed and the damaged are passed over."""
    found = []
    for key in dict.fromkeys(keys):
        with contextlib.suppress(AttnGanError):
            found.append(take(key))
    return found


def _readable(key: str) -> bool:
    try:
        take(key)
    except AttnGanError:
        return False
    return True


def take(key: str) -> Shelved:
    """The model of this key, which may be any text; raises AttnGanError where there is none."""
    folder = _folder_of(key)
    try:
        stored = json.loads((folder / CONFIG).read_text("utf-8"))
        model, about = parse_config(dict(stored["model"])), About.parse(stored["about"])
        version = (folder / CONFIG).stat().st_mtime_ns // 1_000_000
    except (OSError, ValueError, KeyError, TypeError, AttnGanError) as error:
        raise AttnGanError(f"The model {key!r:.80} cannot be read: its {CONFIG} is damaged.") from error
    return Shelved(
        key=key,
        folder=folder,
        config=model,
        label_names=about.label_names,
        data=about.data,
        credit=about.attribution,
        metrics=about.metrics,
        real=about.real,
        command=about.command,
        steps=about.steps,
        seconds=about.seconds,
        version=version,
        name=_job_of(key).record().name if key.startswith(RUN) else "",
    )


def _folder_of(key: str) -> Path:
    if key.startswith(RUN):
        folder = _job_of(key).run.model()
        if folder is None:
            raise AttnGanError("This training has no model yet: wait for its first snapshot.")
        return folder
    folder = fromhub.folders().get(key, checkpoints_folder() / key)
    if not re.fullmatch(r"[A-Za-z0-9_-]{1,64}", key) or not (folder / CONFIG).is_file():
        raise AttnGanError(
            f"There is no model {key!r:.80} here; there are: {', '.join(bundled()) or 'none'}."
        )
    return folder


def _job_of(key: str) -> JobFolder:
    return JobFolder.find(runs_folder(), key.removeprefix(RUN))


def run_of(key: str) -> RunFolder | None:
    """The run of a training's key, None for a bundled model; raises AttnGanError where it is gone."""
    return _job_of(key).run if key.startswith(RUN) else None


def _frames_of(key: str) -> StepFolder:
    """The frames kept of a training, of a run or of a bundled model's timeline."""
    return _job_of(key).run.frames if key.startswith(RUN) else timeline_of(_folder_of(key))


def stored_frame(key: str, step: int) -> Path:
    """The frame kept of a training's step, of a run or of a bundled model's timeline."""
    path = _frames_of(key).of(step)
    if path.is_file():
        return path
    raise AttnGanError(f"There is no frame of step {step} any more.")


def steps_of(key: str) -> list[int]:
    """The steps whose frames are kept, in order; where they are many, some of them, evenly chosen."""
    steps = _frames_of(key).steps()
    if len(steps) <= MOST_STEPS:
        return steps
    return [steps[round(index * (len(steps) - 1) / (MOST_STEPS - 1))] for index in range(MOST_STEPS)]
