"""What goes wrong when a GAN trains, noticed, undone, and tried again more gently.

Every LOOK steps a look is taken. Three looks in a row that show the same trouble are believed (numbers
that are not finite at once); then training goes on from the last good snapshot in memory.

Shapes: B items.
"""

import copy
import statistics
from collections import deque
from collections.abc import Generator, Iterator
from typing import Any

import torch
from torch import Tensor

from attngan.events import Cause, Event, Failed, RolledBack, Started, StepDone
from attngan.nn.batch import Condition, DataSet
from attngan.nn.precision import autocast
from attngan.train.loop import train
from attngan.train.state import TrainState

LOOK = 10  # steps from one look to the next
BELIEVED = 3  # looks in a row that show the same trouble
SNAPSHOT = 100  # steps from one snapshot to the next at most: 20 MB and 10 ms for 8 seconds of training
KEPT = 3  # snapshots: should going on from the last one end in trouble again, the one before is taken
ITEMS = 8  # of fixed noise, in which variety is looked for
GROUPS = 32  # of so many reals, of which the least varied one sets what is enough
HARDLY_ANY = 0.1  # of the least variety of such a group; healthy runs were seen at 0.5 and more
NEARLY_CONSTANT = 1.0  # shown unit (attngan.kinds.kind), below which reals have no variety to lose
SETTLED = 300  # steps of the generator after which there must be variety, even if there never was any
SATURATED = 0.005  # a discriminator's loss that leaves the generator nothing to learn from
RUN_AWAY = 200.0  # a loss that no healthy training has: in their first steps, the wildest, below 50

TROUBLE: dict[Cause, str] = {
    "not_finite": "The losses or their gradients are not finite any more.",
    "run_away": "The losses have run away.",
    "discriminator_won": "The discriminator tells every fake from every real, so nothing is learnt.",
    "no_variety": "The generator draws almost the same picture from every noise.",
}


def guarded(state: TrainState, data: DataSet, since: int | None = None) -> Iterator[Event]:
    """The events of `train`, and RolledBack where it went wrong and goes on from an earlier step.

    From then on the rates are half of what they were and the penalty is larger. After
    `config.rollbacks` times since the attempt of that number, or else the present one, it ends in Failed,
    with the state as it was at the last good snapshot.
    """
    guard, again = Guard(state, data), False
    first = state.attempt if since is None else since
    while (cause := (yield from guard.follow(again))) is not None:
        again, times, failed_at = True, state.attempt - first, state.step
        guard.go_back()
        if times >= state.config.rollbacks:
            yield Failed(
                step=state.step,
                seconds=state.seconds,
                cause=cause,
                reason=f"{TROUBLE[cause]} This happened at step {failed_at}, after going back {times} times "
                f"before: what it had learnt at step {state.step} is kept. "
                "Try smaller rates, a larger r1_weight or more varied data.",
            )
            return
        before, state.config = state.config, state.config.gentler()
        yield RolledBack(
            step=failed_at,
            to_step=state.step,
            cause=cause,
            reason=f"{TROUBLE[cause]} The rates are halved and the penalty is raised.",
            after=state.config.differing(before),
        )


class Guard:
    """Looks at a training now and then, and keeps copies of its state from when all was well."""

    def __init__(self, state: TrainState, data: DataSet) -> None:
        self.state, self.data = state, data
        random = torch.Generator().manual_seed(0)
        self._noise = torch.randn(ITEMS, state.model.z_size, generator=random)
        self._condition = _some_condition(state, data)
        self._least = HARDLY_ANY * least_variety(data, random, NEARLY_CONSTANT / state.kind.unit)
        self._was_varied = False
        self._losses: deque[tuple[float, float]] = deque(maxlen=LOOK)  # generator's, discriminator's
        self._seen: dict[Cause, int] = {}  # looks in a row that showed it
        self._snapshots: deque[dict[str, Any]] = deque(maxlen=KEPT)
        self._take_snapshot()

    def follow(self, again: bool) -> Generator[Event, None, Cause | None]:
        """The events of training until there is trouble, which is returned; `again`: without Started."""
        for event in train(self.state, self.data):
            cause = self.trouble(event)
            if cause is not None:
                return cause
            if not (again and isinstance(event, Started)):
                yield event
        return None

    def trouble(self, event: Event) -> Cause | None:
        """What this event, with those before it, gives reason to believe; None while all is well."""
        if isinstance(event, Failed):
            return "not_finite"
        if not isinstance(event, StepDone):
            return None
        if self.state.players != "both":  # somebody tries out what one alone does
            self._losses.clear()
            return None
        self._losses.append((event.generator_loss, event.discriminator_loss))
        if event.step % LOOK or len(self._losses) < LOOK:
            return None
        shown = [*self._of_losses(), *self._of_variety()]
        self._seen = {cause: self._seen.get(cause, 0) + 1 for cause in shown}
        if not shown and event.step >= self._next_snapshot:
            self._take_snapshot()
        return next((cause for cause, times in self._seen.items() if times >= BELIEVED), None)

    def go_back(self) -> None:
        """Put the state back to the last good snapshot; its clock goes on, and its settings stay as they
        are now.
        """
        state = self.state
        kept = {
            "config": state.config.model_dump(mode="json"),
            "seconds": state.seconds,
            "attempt": state.attempt + 1,
        }
        state.load_state_dict(self._snapshots[-1] | kept)
        if len(self._snapshots) > 1:
            self._snapshots.pop()
        self._next_snapshot = state.step + _spacing(state.step)
        self._losses.clear()
        self._seen.clear()

    def _take_snapshot(self) -> None:
        self._snapshots.append(copy.deepcopy(self.state.state_dict()))
        self._next_snapshot = self.state.step + _spacing(self.state.step)

    def _of_losses(self) -> Iterator[Cause]:
        generator, discriminator = (statistics.median(side) for side in zip(*self._losses, strict=True))
        if max(abs(generator), abs(discriminator)) > RUN_AWAY:
            yield "run_away"
        if discriminator < SATURATED < generator:
            yield "discriminator_won"

    def _of_variety(self) -> Iterator[Cause]:
        found = min(self._variety(self.state.ema), self._variety(self.state.generator))
        enough = found >= self._least  # False for what is not finite, too
        self._was_varied |= enough
        settled = self.state.step >= SETTLED * self.state.config.discriminator_steps
        if not enough and (self._was_varied or settled):
            yield "no_variety"

    @torch.inference_mode()
    def _variety(self, generator: torch.nn.Module) -> float:
        training = generator.training
        generator.eval()
        with autocast(self.state.precision, self.state.device):
            found = variety(generator(self._noise, self._condition).items)
        generator.train(training)
        return found


def variety(items: Tensor) -> float:
    """How much encoded items (B, ...) differ: mean standard deviation of a value."""
    return float(items.float().std(0).mean())


def least_variety(data: DataSet, random: torch.Generator, nearly_constant: float) -> float:
    """Variety of the least varied of GROUPS groups of ITEMS reals; 0 where they are nearly the same."""
    groups = (torch.randint(len(data), (ITEMS,), generator=random) for _ in range(GROUPS))
    least = min(variety(data.batch(group).items) for group in groups)
    return least if least > nearly_constant else 0.0


def _some_condition(state: TrainState, data: DataSet) -> Condition | None:
    """Conditions for the fixed noise: the first classes in turn, or those of the first items."""
    if state.model.classes:
        return torch.arange(ITEMS) % state.model.classes
    return data.batch(torch.arange(ITEMS) % len(data)).condition if state.model.conditional else None


def _spacing(step: int) -> int:
    """Steps to the next snapshot, few at the beginning."""
    return min(max(step, LOOK), SNAPSHOT)
