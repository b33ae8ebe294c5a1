"""What a person asks to be trained, checked, and the command that trains it."""

import shlex
import sys
from collections.abc import Mapping
from typing import Annotated, Any, Self

from pydantic import AfterValidator, BeforeValidator, Field, JsonValue, field_validator, model_validator

from attngan import presets
from attngan.config import Settings, Square, nearest
from attngan.data import catalogue
from attngan.data.sources import find
from attngan.kinds.pictures.presets import PicturePreset
from attngan.kinds.registry import KINDS
from attngan.presets import Preset

SECONDS = (5, 3600)  # the budget that one visitor may ask for
USUAL = "default"  # the preset that is taken where none is named
COMMAND = (sys.executable, "-m", "attngan")
ORIGIN = "origin"  # in a branch's folder: as much of the run that it is from as it needs
UPLOADED = "upload"  # the value of `data` that stands for the person's own
MOST_NAME = 200  # characters
MOST_SIZES = 16  # of feature maps


def _number(given: Any) -> Any:
    """What is given, unless it is a switch, which would be read as 0 or 1."""
    if isinstance(given, bool):
        raise ValueError("must be a number")
    return given


def lasts(seconds: Any) -> bool:
    """Whether a visitor may have a training last so long, whatever came from a browser."""
    least, most = SECONDS
    return isinstance(seconds, int | float) and not isinstance(seconds, bool) and least <= seconds <= most


Whole = Annotated[int, BeforeValidator(_number)]
Seconds = Annotated[float, BeforeValidator(_number), AfterValidator(lambda seconds: round(seconds, 2))]


class Request(Settings):
    """A training as a person asks for it: the library's own settings, within a shared page's bounds.

    `data` is never a path: a visitor must not choose what the server reads. A recipe that takes no size
    (`Preset.takes`) cares for nothing that is said of pictures.
    """

    data: str = Field("faces", max_length=MOST_NAME)  # a name of the catalogue, or UPLOADED
    own_kind: str = "pictures"  # the kind of UPLOADED data, which their files tell
    preset: str = Field(USUAL, max_length=MOST_NAME)  # a name of the recipes of that kind
    image_size: Whole = 32  # pixels
    generator_attention: tuple[Whole, ...] = (8, 16)  # feature-map sizes in pixels, empty for none
    conditional: bool = False
    square: Square = "crop"  # how pictures that are not square are made so
    seconds: Seconds = Field(60, ge=SECONDS[0], le=SECONDS[1])
    seed: Whole = 0
    changes: dict[str, JsonValue] = Field(default_factory=dict)  # to what the recipe says, out of STEERABLE

    @field_validator("generator_attention", mode="before")
    @classmethod
    def _some_sizes(cls, given: Any) -> Any:
        if not isinstance(given, list | tuple):
            raise ValueError("must be a list of sizes in pixels")
        if len(given) > MOST_SIZES:
            raise ValueError(f"must be at most {MOST_SIZES} sizes, not {len(given)}")
        return given

    @field_validator("generator_attention")
    @classmethod
    def _in_order(cls, sizes: tuple[int, ...]) -> tuple[int, ...]:
        return tuple(sorted(sizes))

    @model_validator(mode="after")
    def _as_the_library_allows(self) -> Self:
        known = {UPLOADED, *(source.name for source in catalogue())}
        if self.data not in known:
            raise ValueError(f"data {self.data[:80]!r} is not known: {nearest(self.data, sorted(known))}")
        if self.kind not in KINDS:
            raise ValueError(f"own_kind {self.own_kind[:80]!r} is not known: {nearest(self.kind, KINDS)}")
        recipe, classes = self.recipe, {"classes": 2 * self.conditional, "clusters": 0}
        sizes = (self.image_size, self.generator_attention) if "size" in recipe.takes else ()
        recipe.model_config(*sizes).with_(**classes)
        recipe.train_config(self.seconds, None, self.seed).steered(self.changes)
        return self

    @property
    def leaves_attention(self) -> bool:
        """Whether whoever reads own pictures is to decide where attention stands, since captions change it:
        nobody chose another place than that of pictures without.
        """
        recipe = self.recipe
        if self.data != UPLOADED or not isinstance(recipe, PicturePreset):
            return False
        return self.generator_attention == recipe.model_config(self.image_size).generator_attention

    @property
    def kind(self) -> str:
        """The kind of what is to be learnt."""
        source = find(self.data)
        return source.kind if source else self.own_kind

    @property
    def recipe(self) -> Preset:
        """The recipe of its preset's name."""
        return presets.find(self.preset, KINDS[self.kind].presets)


def arguments_of_more(seconds: float, home: str = "") -> list[str]:
    """What follows `python -m attngan` to train a job longer, up to so many seconds in all.

    `home`, here and below, is the way to the job's folder from where the command runs, with a slash.
    """
    return ["train", "--resume", f"{home}run", "--seconds", f"{seconds:.2f}"]


def arguments_of_branch(
    step: int, seconds: float, changes: Mapping[str, JsonValue], data: str, home: str = ""
) -> list[str]:
    """What follows `python -m attngan` to branch from a kept moment, which lies in the folder ORIGIN."""
    return [
        *("train", "--branch", f"{home}{ORIGIN}@{step}"),
        *([] if find(data) else ["--data", home + data]),
        *("--seconds", f"{seconds:.2f}"),
        *_changed(changes),
        *("--run-dir", f"{home}run"),
    ]


def _changed(changes: Mapping[str, JsonValue]) -> list[str]:
    return [word for name, value in changes.items() for word in ("--change", f"{name}={_written(value)}")]


def _written(value: JsonValue) -> str:
    if isinstance(value, list):
        return ",".join(map(str, value)) or "none"
    return "none" if value is None else str(value)


def arguments(request: Request, data: str, home: str = "") -> list[str]:
    """What follows `python -m attngan` to train this; `data` is a catalogue name, or lies in the folder."""
    sized = "size" in request.recipe.takes
    sizes = ",".join(map(str, request.generator_attention)) or "none"
    if request.leaves_attention:
        sizes = "auto"
    return [
        *("train", "--data", data if find(data) else home + data),
        *(["--kind", "rows"] if request.kind == "rows" and not find(data) else []),
        *("--seconds", f"{request.seconds:g}"),
        *(["--size", str(request.image_size), "--attention", sizes] if sized else []),
        *(["--preset", request.preset] if request.preset != USUAL else []),
        *(["--square", request.square] if sized and request.square != "crop" else []),
        *(["--conditional"] if request.conditional else []),
        *("--seed", str(request.seed)),
        *_changed(request.changes),
        *("--run-dir", f"{home}run"),
    ]


def shown_command(request: Request, data: str) -> str:
    """The command to copy, quoted for a shell: what the page runs in the job's own folder."""
    return shlex.join(["python", "-m", "attngan", *arguments(request, data)])
