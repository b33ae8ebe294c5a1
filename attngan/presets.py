"""Named recipes, one table: what to change in the defaults, and what to expect of it."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from attngan.config import ModelConfig, TrainConfig, nearest
from attngan.errors import AttnGanError


@dataclass(frozen=True)
class Preset:
    """A recipe: changes to ModelConfig's and TrainConfig's defaults, and what to expect on two CPU cores."""

    about: str
    expect: str
    model: dict[str, Any] = field(default_factory=dict)
    train: dict[str, Any] = field(default_factory=dict)

    def model_config(
        self, image_size: int | None = None, attention: Sequence[int] | None = None
    ) -> ModelConfig:
        """Its networks, at another size in pixels or with attention at other sizes if wanted.

        Channels and classes follow from the data: give them with `with_`. Unless wanted, there is no
        attention at sizes that the networks do not have.
        """
        values = dict(self.model)
        if image_size is not None:
            values["image_size"] = image_size
        if attention is not None:
            values["generator_attention"] = tuple(attention)
        else:
            side = values.get("image_size", _default("image_size"))
            for name in ("generator_attention", "discriminator_attention"):
                sizes = values.get(name, _default(name))
                values[name] = tuple(size for size in sizes if size < side)
        return ModelConfig.of(**values)

    def train_config(self, seconds: float | None, steps: int | None, seed: int = 0) -> TrainConfig:
        """Its way of training for a budget of seconds or of steps, one of the two."""
        return TrainConfig.of(**self.train | {"seconds": seconds, "steps": steps, "seed": seed})


PRESETS = {
    "default": Preset(
        about="The recipe of this project: attention at 8 and 16 pixels, keys pooled at 16.",
        model={"clusters": 20},
        expect="On two cores with bfloat16 units about 790 images a second and 1 GB of memory at 32 pixels: "
        "smileys that can be told within 30 seconds, clean ones after some minutes.",
    ),
}


def find(name: str) -> Preset:
    """The preset of this name; raises AttnGanError naming the nearest known one."""
    if name not in PRESETS:
        raise AttnGanError(f"There is no preset {name!r}: {nearest(name, PRESETS)}")
    return PRESETS[name]


def _default(name: str) -> Any:
    return ModelConfig.model_fields[name].default
