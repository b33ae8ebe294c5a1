"""What a person asks to be trained, checked, and the command that trains it."""

import shlex
import sys
from typing import Self

from pydantic import Field, model_validator

from attngan import presets
from attngan.config import Settings, Square, nearest
from attngan.data import catalogue
from attngan.kinds.pictures.presets import PRESETS

SECONDS = (5, 3600)  # the budget that one visitor may ask for
USUAL = "default"  # the preset that is taken where none is named
COMMAND = (sys.executable, "-m", "attngan")
UPLOADED = "upload"  # the value of `data` that stands for the person's own pictures


class Request(Settings):
    """A training as a person asks for it: the library's own settings, within a shared page's bounds.

    `data` is never a path: a visitor must not choose what the server reads.
    """

    data: str = "faces"  # a name of the catalogue, or UPLOADED
    preset: str = USUAL  # a name of attngan.presets
    image_size: int = 32  # pixels
    generator_attention: tuple[int, ...] = (8, 16)  # feature-map sizes in pixels, empty for none
    conditional: bool = False
    square: Square = "crop"  # how pictures that are not square are made so
    seconds: float = Field(60, ge=SECONDS[0], le=SECONDS[1])
    seed: int = 0

    @model_validator(mode="after")
    def _as_the_library_allows(self) -> Self:
        known = {UPLOADED, *(source.name for source in catalogue())}
        if self.data not in known:
            raise ValueError(f"data {self.data[:80]!r} is not known: {nearest(self.data, sorted(known))}")
        recipe = presets.find(self.preset, PRESETS)
        recipe.model_config(self.image_size, self.generator_attention).with_(
            classes=2 * self.conditional, clusters=0
        )
        recipe.train_config(self.seconds, None, self.seed)
        return self


def arguments(request: Request, pictures: str) -> list[str]:
    """What follows `python -m attngan` to train this; `pictures` is a catalogue name or a path."""
    sizes = ",".join(str(size) for size in sorted(request.generator_attention))
    return [
        *("train", "--data", pictures),
        *("--seconds", f"{request.seconds:g}"),
        *("--size", str(request.image_size)),
        *("--attention", sizes or "none"),
        *(["--preset", request.preset] if request.preset != USUAL else []),
        *(["--square", request.square] if request.square != "crop" else []),
        *(["--conditional"] if request.conditional else []),
        *("--seed", str(request.seed)),
        *("--run-dir", "run"),
    ]


def shown_command(request: Request, pictures: str) -> str:
    """The command to copy, quoted for a shell: what the page runs in the job's own folder."""
    return shlex.join(["python", "-m", "attngan", *arguments(request, pictures)])
