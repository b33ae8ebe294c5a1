"""Training: min over the generator, max over the discriminator, by Adam on minibatches.

`train()` yields events and touches neither disk nor screen; whoever holds the TrainState may save it
between two events, and stops by not asking for the next one.

Shapes: B batch, L length of z, C channels, H x W a picture.
"""

import copy
import math
import time
from collections import deque
from collections.abc import Iterator
from typing import Any, Protocol

import torch
from torch import Tensor, nn

from attngan.config import ModelConfig, TrainConfig
from attngan.errors import AttnGanError
from attngan.events import Event, Failed, Finished, Started, StepDone
from attngan.kinds.pictures.architectures import build
from attngan.kinds.pictures.augmentation import augment
from attngan.kinds.pictures.networks import Generator, gates
from attngan.nn.adam import Adam
from attngan.nn.averaging import average
from attngan.nn.losses import DISCRIMINATOR, GENERATOR, mismatch, mode_seeking, r1_penalty
from attngan.nn.precision import autocast, fastest_precision
from attngan.train.groups import look_alikes

REHEARSED = 16  # pictures, to time a precision: a whole batch would make the first step two seconds late
RATE_WINDOW = 20  # steps over which images per second are counted


class TrainingData(Protocol):
    """What training needs of a data set: any kind that can give batches of reals."""

    @property
    def name(self) -> str: ...

    @property
    def licence(self) -> str: ...

    @property
    def source(self) -> str: ...

    def __len__(self) -> int: ...

    def batch(self, indices: Tensor) -> tuple[Tensor, Tensor | None]: ...


class TrainState:
    """All that training changes: networks, optimisers, random numbers, counters."""

    def __init__(self, model: ModelConfig, config: TrainConfig) -> None:
        self.model = model
        self.config = config
        with torch.random.fork_rng(devices=[]):
            torch.manual_seed(config.seed)
            self.generator, self.discriminator = build(model)
        for network in (self.generator, self.discriminator):
            network.to(memory_format=torch.channels_last)
        self.ema = copy.deepcopy(self.generator).requires_grad_(False)
        self.generator_optimiser = Adam(self.generator.parameters(), config.betas)
        self.discriminator_optimiser = Adam(self.discriminator.parameters(), config.betas)
        self.rng = torch.Generator().manual_seed(config.seed)
        self.clusters: Tensor | None = None  # of every real, (N,); found when training begins
        self.precision: str = config.precision
        self.step = 0
        self.seconds = 0.0  # spent training
        self.images = 0  # reals seen
        self.softened = 0  # times that the settings were made gentler

    def soften(self) -> None:
        """Go on with gentler settings, which a saved state remembers."""
        self.config = self.config.gentler()
        self.softened += 1

    @property
    def progress(self) -> float:
        """Part of the budget that is used, in [0, 1]."""
        if self.config.seconds is not None:
            return min(1.0, self.seconds / self.config.seconds)
        return min(1.0, self.step / (self.config.steps or 1))

    def state_dict(self) -> dict[str, Any]:
        """Everything needed to go on exactly; tensors, numbers and strings only."""
        return {
            "generator": self.generator.state_dict(),
            "discriminator": self.discriminator.state_dict(),
            "ema": self.ema.state_dict(),
            "generator_optimiser": self.generator_optimiser.state_dict(),
            "discriminator_optimiser": self.discriminator_optimiser.state_dict(),
            "rng": self.rng.get_state(),
            "precision": self.precision,
            "step": self.step,
            "seconds": self.seconds,
            "images": self.images,
            "softened": self.softened,
        }

    def load_state_dict(self, saved: dict[str, Any]) -> None:
        """Take over what `state_dict` gave; raises AttnGanError where it does not fit."""
        try:
            for name in (
                "generator",
                "discriminator",
                "ema",
                "generator_optimiser",
                "discriminator_optimiser",
            ):
                getattr(self, name).load_state_dict(saved[name])
            self.rng.set_state(saved["rng"])
            for name in ("precision", "step", "seconds", "images"):
                setattr(self, name, saved[name])
            while self.softened < saved["softened"]:
                self.soften()
        except (KeyError, RuntimeError, TypeError, ValueError) as error:
            raise AttnGanError(f"The saved training state does not fit this model: {error}") from error


def train(state: TrainState, data: TrainingData) -> Iterator[Event]:
    """The events of training `state` on `data` until its budget is used: Started, StepDone ..., Finished.

    A loss or gradient that is not finite ends in Failed, with both networks as their last finite update left
    them.
    """
    notes = []
    if state.model.clusters and state.clusters is None:
        state.clusters, shares = look_alikes(data, state.model.clusters)
        for generator in (state.generator, state.ema):
            generator.get_buffer("shares").copy_(shares)
    if state.precision == "auto":
        state.precision, note = fastest_precision(lambda: _rehearse(state, data))
        notes.append(note)
    yield Started(
        step=state.step,
        model=state.model,
        train=state.config,
        data=data.name,
        pictures=len(data),
        precision=state.precision,
        threads=torch.get_num_threads(),
        generator_parameters=_count(state.generator),
        discriminator_parameters=_count(state.discriminator),
        notes=tuple(notes),
        licence=data.licence,
        attribution=data.source,
    )
    start = time.perf_counter() - state.seconds
    recent = deque([start + state.seconds], maxlen=RATE_WINDOW + 1)
    while state.progress < 1:
        generator_loss, discriminator_loss = train_step(state, data)
        now = time.perf_counter()
        recent.append(now)
        state.seconds = now - start
        if not math.isfinite(generator_loss + discriminator_loss):
            yield Failed(
                step=state.step,
                seconds=state.seconds,
                reason=f"The losses are not finite any more after step {state.step}: "
                "try a smaller learning rate or a larger r1_weight.",
            )
            return
        yield StepDone(
            step=state.step,
            seconds=state.seconds,
            progress=state.progress,
            images=state.images,
            images_per_second=state.config.batch * (len(recent) - 1) / (recent[-1] - recent[0]),
            generator_loss=generator_loss,
            discriminator_loss=discriminator_loss,
            gates=dict(gates(state.generator)),
        )
    yield Finished(step=state.step, seconds=state.seconds, reason="budget")


def train_step(state: TrainState, data: TrainingData) -> tuple[float, float]:
    """The losses of generator and discriminator in one step; NaN for what is not finite any more.

    No network is updated by a loss or gradient that is not finite. The generator draws once: its fakes
    teach the discriminator, whose update then teaches the generator through the same fakes. Logits of
    reals are kept from the discriminator's turn.
    """
    config = state.config
    indices = torch.randint(len(data), (config.batch,), generator=state.rng)
    reals, classes = data.batch(indices)
    z = torch.randn(config.batch, state.model.z_size, generator=state.rng)
    labels = fake_labels = classes if state.model.classes else None
    if state.clusters is not None and isinstance(state.generator, Generator):
        labels, fake_labels = state.clusters[indices], state.generator.clusters_of(z)
    with autocast(state.precision):
        fakes = state.generator(z, fake_labels).images
    share = _augmented_share(state, len(data))
    reals, seen_fakes = (augment(images, config.augmentations, state.rng, share) for images in (reals, fakes))
    rate = _rate_factor(state)
    loss, real_logits = _discriminator_loss(state, reals, seen_fakes.detach(), labels, fake_labels)
    discriminator_loss = loss.item()
    if not _descend(
        state.discriminator, state.discriminator_optimiser, loss, config.discriminator_rate * rate
    ):
        return math.nan, discriminator_loss
    with autocast(state.precision):
        fake_logits = state.discriminator(seen_fakes, fake_labels).logits
        loss = GENERATOR[config.loss](real_logits, fake_logits)
        variety = config.class_variety_weight if state.model.classes else config.variety_weight
        if variety and fake_labels is not None:
            eased = variety * (1 - state.progress) * min(1, config.variety_images / max(1, state.images))
            loss = loss + eased * mode_seeking(fakes, z, fake_labels)
    if not _descend(state.generator, state.generator_optimiser, loss, config.generator_rate * rate):
        return math.nan, discriminator_loss
    state.step += 1
    state.images += config.batch
    average(state.ema, state.generator, batch=config.batch, images=state.images, memory=config.ema_images)
    return loss.item(), discriminator_loss


def _discriminator_loss(
    state: TrainState, reals: Tensor, fakes: Tensor, labels: Tensor | None, fake_labels: Tensor | None
) -> tuple[Tensor, Tensor]:
    """The discriminator's loss, with its penalty every `r1_interval` steps, and its logits of reals (B,)."""
    config = state.config
    both_labels = None if labels is None or fake_labels is None else torch.cat([labels, fake_labels])
    with autocast(state.precision):
        if config.joint_batch:
            output = state.discriminator(torch.cat([reals, fakes]), both_labels)
            real_logits, fake_logits = output.logits.chunk(2)
        else:
            output = state.discriminator(reals, labels)
            real_logits, fake_logits = output.logits, state.discriminator(fakes, fake_labels).logits
        loss = DISCRIMINATOR[config.loss](real_logits, fake_logits)
        if config.mismatch_weight and output.suits is not None and labels is not None and state.model.classes:
            loss = loss + config.mismatch_weight * mismatch(output.suits[: len(reals)], labels)
        if config.r1_weight and state.step % config.r1_interval == 0:
            half = len(reals) // 2  # tells as much, for half the time
            watched = reals[:half].detach().requires_grad_()
            watched_labels = None if labels is None else labels[:half]
            penalty = r1_penalty(state.discriminator(watched, watched_labels).logits, watched)
            loss = loss + config.r1_weight / 2 * config.r1_interval * penalty
    return loss, real_logits.detach()


def _descend(network: nn.Module, optimiser: Adam, loss: Tensor, rate: float) -> bool:
    """Take one step down the loss's gradient; False, and no step, where loss or gradient is not finite."""
    gradients = _gradient(network, loss)
    if not torch.isfinite(loss + torch.nn.utils.get_total_norm(gradients)):
        return False
    optimiser.step(gradients, rate)
    return True


def _gradient(network: nn.Module, loss: Tensor, retain_graph: bool = False) -> tuple[Tensor, ...]:
    """The gradient of the loss for this network's parameters alone."""
    return torch.autograd.grad(loss, [*network.parameters()], retain_graph=retain_graph)


def _rate_factor(state: TrainState) -> float:
    """1 until the last `rate_decay` of the budget, then falling to 0 in a line."""
    decay = state.config.rate_decay
    return min(1.0, (1 - state.progress) / decay) if decay else 1.0


def _augmented_share(state: TrainState, pictures: int) -> float:
    """How much of a batch is augmented: more and more as the discriminator sees the same reals again."""
    epochs = state.config.augmentation_epochs
    return min(1.0, state.images / (epochs * pictures)) if epochs else 1.0


def _rehearse(state: TrainState, data: TrainingData) -> None:
    """Forward and backward of both networks with nothing kept, to time a precision."""
    count = min(REHEARSED, state.config.batch)
    reals, labels = data.batch(torch.arange(count) % len(data))
    labels = labels if state.model.classes else None
    labels_twice = None if labels is None else torch.cat([labels, labels])
    buffers = [buffer.clone() for buffer in state.generator.buffers()]
    images = state.generator(torch.zeros(count, state.model.z_size), labels).images
    loss = state.discriminator(torch.cat([reals, images]), labels_twice).logits.sum()
    _gradient(state.discriminator, loss, retain_graph=True)
    _gradient(state.generator, loss)
    for buffer, before in zip(state.generator.buffers(), buffers, strict=True):
        buffer.data.copy_(before)


def _count(network: nn.Module) -> int:
    return sum(parameter.numel() for parameter in network.parameters())
