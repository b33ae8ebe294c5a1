"""Named recipes, one table: what to change in the defaults, and what to expect of it."""

from dataclasses import dataclass, field
from typing import Any

from attngan.config import nearest
from attngan.errors import AttnGanError


@dataclass(frozen=True)
class Preset:
    """A recipe: changes to ModelConfig's and TrainConfig's defaults, and what to expect on two CPU cores."""

    about: str
    expect: str
    model: dict[str, Any] = field(default_factory=dict)
    train: dict[str, Any] = field(default_factory=dict)


PRESETS = {
    "default": Preset("The recipe of this project.", "see README.md"),
}


def find(name: str) -> Preset:
    """The preset of this name; raises AttnGanError naming the nearest known one."""
    if name not in PRESETS:
        raise AttnGanError(f"There is no preset {name!r}: {nearest(name, PRESETS)}")
    return PRESETS[name]
