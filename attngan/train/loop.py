"""Training: min over the generator, max over the discriminator, by Adam on minibatches.

`train()` yields events and touches neither disk nor screen; whoever holds the TrainState may save or
change it between two events, and stops by not asking for the next one.

Shapes: B batch, L length of z.
"""

import math
import time
from collections import deque
from collections.abc import Iterator

import torch
from torch import Tensor, nn

from attngan.errors import AttnGanError
from attngan.events import Event, Failed, Finished, Players, Started, StepDone
from attngan.nn import ranks
from attngan.nn.adam import Adam
from attngan.nn.averaging import average
from attngan.nn.batch import Batch, DataSet, joined, only
from attngan.nn.losses import DISCRIMINATOR, GENERATOR, mismatch, mode_seeking, r1_penalty, taught
from attngan.nn.players import GeneratorOutput, gates, hold_gates
from attngan.nn.precision import autocast, fastest_precision
from attngan.nn.processor import Processor
from attngan.train.draws import Draw
from attngan.train.groups import look_alikes
from attngan.train.orders import Leader
from attngan.train.state import TrainState

REHEARSED = 16  # items, to time a precision: a whole batch would make the first step two seconds late
RATE_WINDOW = 20  # steps over which images per second are counted


def train(state: TrainState, data: DataSet) -> Iterator[Event]:
    """The events of training `state` on `data` until its budget is used: Started, StepDone ..., Finished.

    Only steps take time: what is done between two events is not counted. A loss or gradient that is not
    finite ends in Failed, with both networks as their last finite update left them.
    """
    leader = Leader(state)
    notes = leader.notes()
    if state.model.clusters:
        if state.groups is None or state.shares is None:
            state.groups, state.shares = look_alikes(state.kind, data, state.model.clusters)
        for generator in (
            state.generator,
            state.ema,
        ):  # a state taken back may be of before
            generator.get_buffer("shares").copy_(state.shares)
    if state.precision == "auto":
        state.precision, note = fastest_precision(lambda: _rehearse(state, data), device=state.device)
        notes.append(note)
    yield Started(
        step=state.step,
        model=state.model.model_dump(mode="json"),
        train=state.config,
        data=data.name,
        pictures=len(data),
        precision=state.precision,
        device=state.device.type,
        threads=torch.get_num_threads(),
        generator_parameters=_count(state.generator),
        discriminator_parameters=_count(state.discriminator),
        notes=tuple(notes),
        licence=data.licence,
        attribution=data.source,
    )
    recent: deque[float] = deque(maxlen=RATE_WINDOW)  # seconds of the last steps
    processor = Processor()
    while state.progress < 1:
        began = time.perf_counter()
        with leader.step():
            generator_loss, discriminator_loss = train_step(state, data)
        recent.append(time.perf_counter() - began)
        state.seconds += state.counts_as(recent[-1])
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
            images_per_second=state.config.batch * len(recent) / sum(recent),
            generator_loss=generator_loss,
            discriminator_loss=discriminator_loss,
            gates=dict(gates(state.generator)),
            processor=processor.share(),
        )
    yield Finished(step=state.step, seconds=state.seconds, reason="budget")


def train_step(state: TrainState, data: DataSet) -> tuple[float, float]:
    """The losses of generator and discriminator in one step; NaN for what is not finite any more.

    Whoever does not learn now (`state.learners`), or would from what is not finite, stays as it was, its
    running statistics too. The generator draws once: its fakes teach the discriminator, whose update then
    teaches the generator through the same fakes. Logits of reals are kept from the discriminator's turn.
    """
    config, draw = state.config, Draw(state.config.seed, state.step, state.attempt)
    learners, share = state.learners(state.step + 1), ranks.Share(config.batch)
    _hold_gates(state)
    indices = draw.indices(config.batch, len(data))
    batch = data.batch(indices).to(state.device)
    z = draw.noise(config.batch, state.model.z_size).to(state.device)
    real_condition = fake_condition = batch.condition if state.model.conditional else None
    if state.groups is not None:
        real_condition = state.groups[indices].to(state.device)
        fake_condition = state.generator.groups_of(z)
    generator_before, discriminator_before = map(_statistics, (state.generator, state.discriminator))
    with autocast(state.precision, state.device), draw.chance("generator"):
        drawn = state.generator(share.of(z), share.of(fake_condition))
    if config.loss == "taught":
        return _taught_step(state, drawn, share.of(batch.items), generator_before)
    augmented = state.augmented_share(len(data))
    reals, fakes = (
        Batch(
            state.kind.augment(items, config.augmentations, draw.random(f"augmented {whose}"), augmented),
            condition,
        )
        for items, condition, whose in (
            (batch.items, real_condition, "reals"),
            (share.spread(drawn.items), fake_condition, "fakes"),
        )
    )
    mismatched = []
    if config.mismatch_weight and real_condition is not None:
        random = draw.random("mismatched")
        drawn_again = (state.kind.mismatched(reals, data, indices, random) for _ in range(config.mismatches))
        mismatched = [each.to(state.device) for each in drawn_again if each is not None]
    rate = state.rate_factor
    loss, real_logits = _discriminator_loss(state, share, reals, fakes, mismatched)
    discriminator_loss = loss.item()
    if learners == "generator":
        _put_back(state.discriminator, discriminator_before)
    elif not _descend(
        state.discriminator, state.discriminator_optimiser, loss, config.discriminator_rate * rate
    ):
        _put_back(state.discriminator, discriminator_before)
        _put_back(state.generator, generator_before)
        return math.nan, discriminator_loss
    discriminator_before = _statistics(state.discriminator)
    with autocast(state.precision, state.device):
        fake_logits = state.discriminator(share.of(fakes.items), share.of(fake_condition)).logits
        loss = ranks.of_all(GENERATOR[config.loss](real_logits, fake_logits))
        variety = config.class_variety_weight if state.model.classes else config.variety_weight
        if variety and isinstance(fake_condition, Tensor):
            eased = variety * (1 - state.progress) * min(1, config.variety_images / max(1, state.images))
            values = share.whole(state.kind.by_place(drawn.items).flatten(1))
            loss = loss + eased * mode_seeking(values, z, fake_condition)
    learnt = learners != "discriminator" and _descend(
        state.generator, state.generator_optimiser, loss, config.generator_rate * rate
    )
    if not learnt or learners == "generator":
        _put_back(state.discriminator, discriminator_before)
    if not learnt:
        _put_back(state.generator, generator_before)
        if learners != "discriminator":
            return math.nan, discriminator_loss
    _count_step(state, learnt, learners)
    return loss.item(), discriminator_loss


def _taught_step(
    state: TrainState, drawn: GeneratorOutput, reals: Tensor, before: list[Tensor]
) -> tuple[float, float]:
    """One step of a generator that is told what is right; nobody plays against it, so there is one loss."""
    if drawn.logits is None:
        raise AttnGanError(f"Nothing can be taught where {state.kind.name} are not written in symbols.")
    loss = ranks.of_all(taught(drawn.logits, reals))
    learnt = _descend(
        state.generator,
        state.generator_optimiser,
        loss,
        state.config.generator_rate * state.rate_factor,
    )
    if not learnt:
        _put_back(state.generator, before)
        return math.nan, math.nan
    _count_step(state, learnt, state.players)
    return loss.item(), loss.item()


def _count_step(state: TrainState, learnt: bool, learners: Players) -> None:
    """A step is done; `learnt`: the generator did, so its average moves, by all that was seen meanwhile."""
    state.step += 1
    if learners != "generator":
        state.images += state.config.batch
    if learnt:
        _hold_gates(state)  # which the step has moved
        average(
            state.ema,
            state.generator,
            batch=state.config.batch * state.config.discriminator_steps,
            images=state.images,
            memory=state.config.ema_images,
        )


def _hold_gates(state: TrainState) -> None:
    """Have attention in the generator and in its average as open as somebody wants it."""
    if state.config.gate is not None:
        for network in (state.generator, state.ema):
            hold_gates(network, state.config.gate)


def _discriminator_loss(
    state: TrainState, share: ranks.Share, reals: Batch, fakes: Batch, mismatched: list[Batch]
) -> tuple[Tensor, Tensor]:
    """The discriminator's loss, with its penalty every `r1_interval` steps, and its logits of this rank's
    reals (B',).
    """
    config, whole_condition = state.config, reals.condition
    reals, fakes, *others = map(share.batch, (reals, fakes, *mismatched))
    condition = reals.condition
    batches = [reals, Batch(fakes.items.detach(), fakes.condition), *others]
    with autocast(state.precision, state.device):
        if config.joint_batch:
            real, fake, *other = state.discriminator.judged(batches)
        else:
            real, fake, *other = (state.discriminator(batch.items, batch.condition) for batch in batches)
        loss = DISCRIMINATOR[config.loss](real.logits, fake.logits)
        for wrong in other:
            weight = config.mismatch_weight / len(other)
            loss = loss + weight * DISCRIMINATOR[config.loss](real.logits, wrong.logits)
        has_classes = state.model.classes and config.mismatch_weight
        if has_classes and real.suits is not None and isinstance(whole_condition, Tensor):
            wrong_labels = share.of(whole_condition.roll(1))
            loss = loss + config.mismatch_weight * mismatch(
                real.suits, share.of(whole_condition), wrong_labels
            )
        if config.r1_weight and state.step % config.r1_interval == 0:
            half = len(reals.items) // 2  # tells as much, for half the time
            watched = reals.items[:half].detach().requires_grad_()
            watched_condition = None if condition is None else only(condition, slice(half))
            logits = state.discriminator(watched, watched_condition).logits
            loss = loss + config.r1_weight / 2 * config.r1_interval * r1_penalty(logits, watched)
    return ranks.of_all(loss), real.logits.detach()


def _descend(network: nn.Module, optimiser: Adam, loss: Tensor, rate: float) -> bool:
    """Take one step down the loss's gradient; False, and no step, where loss or gradient is not finite."""
    gradients = ranks.averaged(_gradient(network, loss))
    if not torch.isfinite(loss + torch.nn.utils.get_total_norm(gradients)):
        return False
    optimiser.step(gradients, rate)
    return True


def _gradient(network: nn.Module, loss: Tensor, retain_graph: bool = False) -> tuple[Tensor, ...]:
    """The gradient of the loss for this network's parameters alone."""
    return torch.autograd.grad(loss, [*network.parameters()], retain_graph=retain_graph)


def _statistics(network: nn.Module) -> list[Tensor]:
    """Copies of what a network's forward pass changes by itself, such as running means."""
    return [buffer.clone() for buffer in network.buffers()]


def _put_back(network: nn.Module, statistics: list[Tensor]) -> None:
    for buffer, before in zip(network.buffers(), statistics, strict=True):
        buffer.data.copy_(before)


def _rehearse(state: TrainState, data: DataSet) -> None:
    """Forward and backward of both networks with nothing kept, to time a precision."""
    count = min(REHEARSED, state.config.batch)
    batch = data.batch(torch.arange(count) % len(data)).to(state.device)
    condition = batch.condition if state.model.conditional else None
    networks = (state.generator, state.discriminator)
    before = [*map(_statistics, networks)]
    items = state.generator(torch.zeros(count, state.model.z_size, device=state.device), condition).items
    both = joined(condition, condition)
    loss = state.discriminator(torch.cat([batch.items, items]), both).logits.sum()
    _gradient(state.discriminator, loss, retain_graph=True)
    _gradient(state.generator, loss)
    for network, statistics in zip(networks, before, strict=True):
        _put_back(network, statistics)


def _count(network: nn.Module) -> int:
    return sum(parameter.numel() for parameter in network.parameters())
