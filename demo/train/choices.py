"""What a person has chosen in the Train tab, as one value."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from attngan.config import Square
from attngan.data.sources import kind_at
from demo.jobs import UPLOADED, Request
from demo.uploads.sets import staged_name

_USUAL = Request.model_construct()


@dataclass(frozen=True)
class Choices:
    """The values of the tab's controls, each named as its component is in the form; not checked yet."""

    data: str = _USUAL.data
    upload: Sequence[Any] | None = None  # paths, or what the browser sent where gradio has not read it
    recipe: str = _USUAL.preset
    size: int = _USUAL.image_size
    attention: Sequence[int] = _USUAL.generator_attention
    conditional: bool = _USUAL.conditional
    square: Square = _USUAL.square
    seconds: float = _USUAL.seconds
    seed: int = _USUAL.seed
    kept: str = ""  # how the command calls own data of a training that is shown again, without its files

    @property
    def files(self) -> list[str]:
        """Paths of the person's own files."""
        given = [file.get("path") if isinstance(file, dict) else file for file in self.upload or ()]
        return [str(path) for path in given if path]

    @property
    def named(self) -> str:
        """What the command calls the chosen data."""
        if self.data != UPLOADED:
            return str(self.data)
        return self.kept if self.kept and not self.files else staged_name(self.files)

    @property
    def kind(self) -> str:
        """The kind of the chosen data, as far as their name or first lines tell."""
        if self.data == UPLOADED and self.files:
            return kind_at(self.files[0]) if len(self.files) == 1 else "pictures"
        if self.data == UPLOADED and Path(self.kept).suffix == ".csv":  # texts are kept as .jsonl
            return "rows"
        return kind_at(self.named)

    def request(self) -> Request:
        """The checked request; raises AttnGanError."""
        return Request.of(
            data=self.data,
            own_kind=self.kind,
            preset=self.recipe,
            image_size=self.size,
            generator_attention=self.attention,
            conditional=self.conditional,
            square=self.square,
            seconds=self.seconds,
            seed=self.seed,
        )
