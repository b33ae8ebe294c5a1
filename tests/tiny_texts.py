"""The smallest text from text: a digit among letters is to be written."""

import random
from typing import Any

import torch

from attngan.config import About, TrainConfig
from attngan.data.texts.pairset import PairSet
from attngan.kinds.registry import kind_of
from attngan.kinds.text.config import TextConfig
from attngan.kinds.text.presets import PRESETS
from attngan.model.checkpoints import Model
from attngan.nn.pair import Pair
from attngan.train.loop import train as learn
from attngan.train.state import TrainState


def pairs(count: int = 101, seed: int = 3) -> tuple[Pair, ...]:
    """Texts such as "bq7a" of unequal lengths with what is to be written, "7x", and where the 7 is from."""
    chance = random.Random(seed)
    found = []
    for _ in range(count):
        letters = [chance.choice("abq") for _ in range(chance.randint(2, 10))]
        place = chance.randrange(len(letters))
        letters[place] = chance.choice("379")
        found.append(Pair("".join(letters), f"{letters[place]}x", ((place, place + 1), None)))
    return tuple(found)


def data() -> PairSet:
    return PairSet("digits", pairs(), pairs(29, seed=5), "CC0 1.0", "Nobody's texts")


def config(preset: str = "default", **changes: Any) -> TextConfig:
    model = PRESETS[preset].model_config().with_(latent_size=5, width=14, heads=2, **changes)
    fitted = kind_of(model).fit(model, data(), conditional=False)
    assert isinstance(fitted, TextConfig)
    return fitted


def state(preset: str = "default", steps: int = 3, rounds: int = 2, **train: Any) -> TrainState:
    recipe: TrainConfig = PRESETS[preset].train_config(None, steps, seed=5)
    return TrainState(
        config(preset, rounds=rounds), recipe.with_(**{"batch": 12, "precision": "float32"} | train)
    )


def trained(preset: str = "default", steps: int = 3, **train: Any) -> Model:
    """A model that learnt for so many steps."""
    training = state(preset, steps, **train)
    for _ in learn(training, data()):
        pass
    generator = training.ema.eval()
    return Model(training.model, generator, training.discriminator.eval(), About(name="tiny", data="digits"))


def noise(model: Model, count: int) -> torch.Tensor:
    return torch.randn(count, model.config.z_size, generator=torch.Generator().manual_seed(7))
