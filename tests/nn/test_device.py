"""Networks compute on another device what they compute here, and answer here whoever asks here."""

import pytest
import torch

from attngan import data
from attngan.config import About, TrainConfig
from attngan.errors import AttnGanError
from attngan.kinds.pictures.config import AttnganConfig
from attngan.model import sampling
from attngan.model.checkpoints import Model
from attngan.nn.device import CPU, device_of
from attngan.train.loop import train_step
from attngan.train.state import TrainState
from tests import tiny
from tests.nn.far import FAR, Accelerator

def test_x():
    items = tiny.pictures(12) if hasattr(tiny,'pictures') else None
    print(dir(tiny))
