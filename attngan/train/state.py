"""All that training changes, and that a saved state holds: networks, optimisers, settings, counters."""

import copy
from collections.abc import Callable
from typing import Any

import torch
from torch import Tensor

from attngan.config import ModelConfig, TrainConfig
from attngan.errors import AttnGanError
from attngan.events import Players
from attngan.kinds.registry import kind_of
from attngan.nn.adam import Adam
from attngan.nn.device import CPU

PARTS = ("generator", "discriminator", "ema", "generator_optimiser", "discriminator_optimiser")


class TrainState:
    """A training between two steps, on a device. `players` says who may learn in the next one, `learners` who
    does; `counts_as` how many seconds a step counts as that took so many.
    """

    def __init__(self, model: ModelConfig, config: TrainConfig, device: torch.device = CPU) -> None:
        self.model = model
        self.device = device
        self.config = config
        self.kind = kind_of(model)
        with torch.random.fork_rng(devices=[]):
            torch.manual_seed(config.seed)
            self.generator, self.discriminator = self.kind.build(model)
        for network in (self.generator, self.discriminator):
            network.to(memory_format=torch.channels_last).to(device)
        self.ema = copy.deepcopy(self.generator).requires_grad_(False)
        self.generator_optimiser = Adam(self.generator.parameters(), config.betas)
        self.discriminator_optimiser = Adam(self.discriminator.parameters(), config.betas)
        self.groups: Tensor | None = None  # of every real, (N,); found when training begins
        self.shares: Tensor | None = None  # of each group, (K,)
        self.players: Players = "both"
        self.counts_as: Callable[[float], float] = float
        self.precision: str = config.precision
        self.step = 0
        self.seconds = 0.0  # spent in steps
        self.attempt = 0  # times that training went wrong and was taken back
        self.images = 0  # reals seen by the discriminator while it learnt

    def learners(self, step: int) -> Players:
        """Who learns in the step of this number, counted from 1, unless `players` asks for one alone."""
        waits = self.config.loss != "taught" and step % self.config.discriminator_steps
        return "discriminator" if waits and self.players == "both" else self.players

    @property
    def progress(self) -> float:
        """Part of the budget that is used, in [0, 1]."""
        if self.config.seconds is not None:
            return min(1.0, self.seconds / self.config.seconds)
        return min(1.0, self.step / (self.config.steps or 1))

    @property
    def rate_factor(self) -> float:
        """1 until the last `rate_decay` of the budget, then falling to 0 in a line."""
        decay = self.config.rate_decay
        return min(1.0, (1 - self.progress) / decay) if decay else 1.0

    def augmented_share(self, items: int) -> float:
        """How much of a batch is augmented: more and more as the discriminator sees the same reals again."""
        epochs = self.config.augmentation_epochs
        return min(1.0, self.images / (epochs * items)) if epochs else 1.0

    def state_dict(self) -> dict[str, Any]:
        """Everything needed to go on exactly, the settings as they are now too; tensors, numbers and
        strings only.
        """
        return {part: getattr(self, part).state_dict() for part in PARTS} | {
            "config": self.config.model_dump(mode="json"),
            "precision": self.precision,
            "step": self.step,
            "seconds": self.seconds,
            "images": self.images,
            "attempt": self.attempt,
        }

    def load_state_dict(self, saved: dict[str, Any]) -> None:
        """Take over what `state_dict` gave; raises AttnGanError where it does not fit."""
        try:
            for part in PARTS:
                getattr(self, part).load_state_dict(saved[part])
            for name in ("precision", "step", "seconds", "images"):
                setattr(self, name, saved[name])
            if "config" in saved:
                self.config, self.attempt = TrainConfig.parse(saved["config"]), saved["attempt"]
            else:  # a state of before settings were saved, which counted how often they were made gentler
                self.attempt = saved["softened"]
                for _ in range(self.attempt):
                    self.config = self.config.gentler()
        except (KeyError, RuntimeError, TypeError, ValueError) as error:
            raise AttnGanError(f"The saved training state does not fit this model: {error}") from error
