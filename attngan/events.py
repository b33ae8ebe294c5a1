"""The facts of a run, one frozen value and one line of JSON each: what training says and all others read.

`step` counts finished training steps; `seconds` is the time that steps have taken so far: neither saving and
measuring, nor pauses.
"""

from pathlib import PurePosixPath
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, Field, JsonValue, TypeAdapter, ValidationError, field_validator

from attngan.config import Settings, TrainConfig, explain
from attngan.errors import AttnGanError


def _inside_the_run(path: str) -> str:
    parts = PurePosixPath(path).parts
    if not parts or path.startswith("/") or ".." in parts or "\\" in path or ":" in path or "\0" in path:
        raise ValueError("path must lie inside the run folder, written with forward slashes")
    return path


RunPath = Annotated[str, AfterValidator(_inside_the_run)]  # relative to the run folder
Step = Annotated[int, Field(ge=0)]
Seconds = Annotated[float, Field(ge=0)]
Players = Literal["both", "discriminator", "generator"]  # who learns in a step
Cause = Literal["not_finite", "run_away", "discriminator_won", "no_variety"]  # of training that went wrong


class Started(Settings):
    """Training begins, or goes on from `step`: all that is settled before the first step."""

    event: Literal["started"] = "started"
    step: Step = 0
    model: dict[str, Any]  # settings of the networks: attngan.kinds.registry.parse_config reads them
    train: TrainConfig
    data: str  # a name of the catalogue or a path
    pictures: int = Field(ge=0)
    precision: str  # of the forward passes: "float32" or "bfloat16"
    device: str = "cpu"  # that the networks compute on
    threads: int = Field(ge=1)
    generator_parameters: int = Field(ge=0)
    discriminator_parameters: int = Field(ge=0)
    notes: tuple[str, ...] = ()  # sentences for people: what was decided at the start and why
    licence: str = ""  # of the data
    attribution: str = ""  # to be shown wherever the data's pictures appear


class StepDone(Settings):
    """How far training is, and how it goes; not every step says so."""

    event: Literal["step"] = "step"
    step: Step
    seconds: Seconds
    progress: float = Field(ge=0, le=1)  # part of the budget that is used
    images: int = Field(ge=0)  # real pictures seen so far
    images_per_second: float = Field(ge=0)
    generator_loss: float
    discriminator_loss: float
    processor: float | None = Field(None, ge=0, le=1)  # part of it that the last steps got
    gates: dict[str, float] = Field(
        default_factory=dict
    )  # attention layer's name -> how far its gate stands open


class FrameSaved(Settings):
    """The same noise drawn again, with its attention: frames/<step>.frame.gz."""

    event: Literal["frame"] = "frame"
    step: Step
    seconds: Seconds
    path: RunPath


class Thinned(Settings):
    """Frames of these steps are not kept any more: they made room for later ones."""

    event: Literal["thinned"] = "thinned"
    step: Step
    seconds: Seconds
    dropped: tuple[Step, ...]


class SnapshotSaved(Settings):
    """A checkpoint folder of this step: snapshots/<step>."""

    event: Literal["snapshot"] = "snapshot"
    step: Step
    seconds: Seconds
    path: RunPath


class QualityMeasured(Settings):
    """Measurements of the pictures, by their keys in attngan.vocabulary."""

    event: Literal["quality"] = "quality"
    step: Step
    seconds: Seconds
    values: dict[str, float]

    @field_validator("values", mode="before")
    @classmethod
    def _renamed(cls, values: Any) -> Any:
        """The kernel distance was once called `distance`: such runs can still be read."""
        if not isinstance(values, dict) or "distance" not in values:
            return values
        return {"kd": values["distance"]} | {key: values[key] for key in values if key != "distance"}


class RolledBack(Settings):
    """Training went wrong at `step` and goes on from `to_step`, with gentler settings; `reason` says it."""

    event: Literal["rolled_back"] = "rolled_back"
    step: Step
    to_step: Step
    cause: Cause
    reason: str
    after: dict[str, JsonValue] = Field(default_factory=dict)  # the settings that are others now


class Paused(Settings):
    """Somebody asked the run to wait; time does not run until it goes on."""

    event: Literal["paused"] = "paused"
    step: Step
    seconds: Seconds


class Resumed(Settings):
    """Somebody asked a paused run to go on."""

    event: Literal["resumed"] = "resumed"
    step: Step
    seconds: Seconds


class Stepped(Settings):
    """A step that somebody asked a paused run for is done, `left` more are to come; `players` learnt in
    it.
    """

    event: Literal["stepped"] = "stepped"
    step: Step
    seconds: Seconds
    players: Players
    left: int = Field(ge=0)


class Changed(Settings):
    """Settings that somebody changed on the way, by their names."""

    event: Literal["changed"] = "changed"
    step: Step
    seconds: Seconds
    before: dict[str, JsonValue]
    after: dict[str, JsonValue]


class Marked(Settings):
    """The full state of this step is kept, to branch from: states/<step>.pt."""

    event: Literal["marked"] = "marked"
    step: Step
    seconds: Seconds
    path: RunPath


class Refused(Settings):
    """Something was asked of the run that it cannot do; `reason` is a sentence for people."""

    event: Literal["refused"] = "refused"
    step: Step
    seconds: Seconds
    reason: str


class Finished(Settings):
    """The last event of a run that ended well; its model is saved."""

    event: Literal["finished"] = "finished"
    step: Step
    seconds: Seconds
    reason: Literal["budget", "stopped"]


class Failed(Settings):
    """The last event of a run that could not go on; `reason` is a sentence for people."""

    event: Literal["failed"] = "failed"
    step: Step
    seconds: Seconds
    cause: Cause | None = None  # where training itself went wrong
    full: bool = False  # whether the drive had no room left
    reason: str


Event = (
    Started
    | StepDone
    | FrameSaved
    | Thinned
    | SnapshotSaved
    | QualityMeasured
    | RolledBack
    | Paused
    | Resumed
    | Stepped
    | Changed
    | Marked
    | Refused
    | Finished
    | Failed
)  # one line of events.jsonl: event.model_dump_json()

_any_event: TypeAdapter[Event] = TypeAdapter(Annotated[Event, Field(discriminator="event")])


def parse(line: str | bytes) -> Event:
    """The event written as one line of JSON; raises AttnGanError where the line is not one."""
    try:
        return _any_event.validate_json(line)
    except ValidationError as error:
        raise AttnGanError(f"This line is not an event of a run: {explain(error)}") from error
