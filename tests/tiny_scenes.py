"""The smallest pictures from words: a few scenes of 16 pixels, and networks that learnt from them a bit."""

from dataclasses import replace
from functools import cache
from typing import Any

import torch

from attngan import data
from attngan.config import About, TrainConfig
from attngan.data import ImageSet
from attngan.kinds.pictures.config import AttnganConfig
from attngan.kinds.registry import kind_of
from attngan.model.checkpoints import Model
from attngan.train.loop import train
from attngan.train.state import TrainState
from tests import tiny

CAPTIONS = (
    "a red star",
    "there is one large circle that is green to the left of a small orange square",
    "star",
    "to the right of a blue triangle there is a big purple circle",
    "a picture that shows a small red square and nothing else",
)  # of unequal length


@cache
def pictures(count: int = 40, size: int = 16) -> ImageSet:
    found = data.load("scenes", size, max_pictures=count)
    assert isinstance(found, ImageSet)
    return found


def config(items: ImageSet | None = None, **changes: Any) -> AttnganConfig:
    plain = tiny.model_config(**changes)
    fitted = kind_of(plain).fit(plain, items or pictures(), conditional=False)
    assert isinstance(fitted, AttnganConfig)
    return fitted


def state(items: ImageSet | None = None, model: dict[str, Any] | None = None, **train: Any) -> TrainState:
    recipe: TrainConfig = tiny.train_config(**{"batch": 8} | train)
    return TrainState(config(items, **model or {}), recipe)


def trained(items: ImageSet | None = None, **changes: Any) -> Model:
    """A model that learnt for three steps."""
    training = state(items, changes)
    for _ in train(training, items or pictures()):
        pass
    generator, discriminator = training.ema.eval(), training.discriminator.eval()
    return Model(training.model, generator, discriminator, About(name="tiny", data="scenes"))


def without_grammar(items: ImageSet) -> ImageSet:
    """The same as a person's own pictures, of whose captions nothing more is known."""
    return replace(items, name="own", check=None, changed=None)


def noise(model: Model, count: int) -> torch.Tensor:
    return torch.randn(count, model.config.z_size, generator=torch.Generator().manual_seed(7))
