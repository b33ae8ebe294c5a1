"""A small model with a card of its own, and whether two draw the same."""

import torch

from attngan import Model
from attngan.config import About
from attngan.model import sampling
from tests import tiny
from tests.standin_hub import OWNER

SMILE = f"{OWNER}/smile"


def model() -> Model:
    about = About(
        name="smile", data="faces", licence="CC BY-SA 4.0", attribution="OpenMoji", metrics={"fd": 7.12345}
    )
    made = tiny.model(generator_attention=(8,))
    return Model(made.config, made.generator, made.discriminator, about)


def of_both(first: Model, second: Model) -> bool:
    """Whether both draw the same to the bit."""
    drawn = [sampling.sample(one, range(3)).items for one in (first, second)]
    return torch.equal(*drawn)
