"""A named recipe: what to change in the defaults, and what to expect of it. The kinds have tables of them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeVar

from attngan.config import ModelConfig, TrainConfig, nearest
from attngan.errors import AttnGanError

FEW_ITEMS = 2000  # below which `Preset.train_few` holds


@dataclass(frozen=True)
class Preset:
    """A recipe: changes to the defaults of a kind's networks and of TrainConfig, and what to expect on two
    cores.

    `title` is for a list of them. `train_few` are further changes to TrainConfig's, for data of few items.
    """

    title: str
    about: str
    expect: str
    model: dict[str, Any] = field(default_factory=dict)
    train: dict[str, Any] = field(default_factory=dict)
    train_few: dict[str, Any] = field(default_factory=dict)

    @property
    def takes(self) -> frozenset[str]:
        """What its networks can be asked for or made from, besides a budget and a seed: "size" in pixels,
        "attention" at some sizes, "classes", "captions".
        """
        return frozenset()

    def model_config(
        self,
        image_size: int | None = None,
        attention: Sequence[int] | None = None,
        discriminator_attention: Sequence[int] | None = None,
    ) -> ModelConfig:
        """Its networks, changed as far as their kind knows what is asked for; AttnGanError where not.

        What follows from the data, `Kind.fit` adds.
        """
        raise NotImplementedError

    def suited(self, model: ModelConfig) -> ModelConfig:
        """These networks, fitted to data, with what suits such data best where nothing else was asked for."""
        return model

    def train_config(self, seconds: float | None, steps: int | None, seed: int = 0) -> TrainConfig:
        """Its way of training for a budget of seconds or of steps, one of the two."""
        return TrainConfig.of(**self.train | {"seconds": seconds, "steps": steps, "seed": seed})

    def fitted(self, train: TrainConfig, items: int, model: ModelConfig) -> TrainConfig:
        """This way of training, for data of so many items and a model that was fitted to them."""
        return train.with_(**self.train_few) if items < FEW_ITEMS else train


AnyPreset = TypeVar("AnyPreset", bound=Preset)


def find(name: str, presets: Mapping[str, AnyPreset]) -> AnyPreset:
    """The preset of this name; raises AttnGanError naming the nearest known one."""
    if name not in presets:
        raise AttnGanError(f"There is no preset {name!r:.80}: {nearest(name, presets)}")
    return presets[name]
