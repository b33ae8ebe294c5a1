"""What the first of several ranks (attngan.nn.ranks) tells the others between two steps.

The first one trains as a process alone does: it counts the time, grants wishes, goes back and saves. The
others only take the steps that it asks for, and take over its state whenever that is not what their own last
step left. So nothing that one rank decides can leave another one waiting.
"""

import io
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import Any

import torch
from torch import Tensor

from attngan.errors import AttnGanError
from attngan.nn import ranks
from attngan.nn.layers import BatchNorm
from attngan.train.state import TrainState

END, STEP = 0.0, 1.0


class Leader:
    """The first rank, or a process alone. Raises AttnGanError where a step of this state cannot be shared."""

    def __init__(self, state: TrainState) -> None:
        self.state = state
        self._told: tuple[Any, ...] | None = None  # where the other ranks are
        self._before: list[Tensor] = []
        if ranks.known() > 1:
            _check(state)

    def notes(self) -> list[str]:
        """What to say of it at the start."""
        return [f"{ranks.known()} processes share each batch."] if ranks.known() > 1 else []

    @contextmanager
    def step(self) -> Iterator[None]:
        """Inside, one step is taken, by all ranks.

        Raises ranks.LostError where one of them is gone, and the state is as it was before the step.
        """
        if ranks.known() == 1:
            yield
            return
        now = self._now()
        self._keep()
        try:
            ranks.told((STEP, self.state.seconds), b"" if now == self._told else _packed(self.state))
            with ranks.together():
                yield
        except ranks.LostError:
            torch._foreach_copy_(self._changing(), self._before)
            raise
        self._told = self._now()

    def _now(self) -> tuple[Any, ...]:
        """What tells one state from another, as long as both only took steps."""
        state = self.state
        return state.config, state.players, state.precision, state.attempt, state.step, state.images

    def _keep(self) -> None:
        changing = self._changing()
        self._before = self._before or [torch.empty_like(tensor) for tensor in changing]
        torch._foreach_copy_(self._before, changing)

    def _changing(self) -> list[Tensor]:
        """What a step changes while it still needs the other ranks: all but the generator's weights."""
        state = self.state
        kept = state.discriminator_optimiser.state_dict()["state"].values()
        optimiser = [tensor for tensors in kept for tensor in tensors.values()]
        return [*state.discriminator.state_dict().values(), *state.generator.buffers(), *optimiser]


def follow(state: TrainState, take_step: Callable[[], object]) -> None:
    """Take the steps that the first rank asks for until it asks for no more; without it, ranks.LostError."""
    while True:
        (order, seconds), packed = ranks.told((END, 0.0))
        if order == END:
            return
        if packed:
            _take_over(state, packed)
        state.seconds = seconds
        with ranks.together():
            take_step()


def dismiss() -> None:
    """Ask the other ranks for no more steps."""
    if ranks.known() > 1:
        with suppress(ranks.LostError):
            ranks.told((END, 0.0))


def _check(state: TrainState) -> None:
    ranks.check(state.config.batch, ranks.known())
    norms = torch.nn.modules.batchnorm._BatchNorm
    for network in (state.generator, state.discriminator):
        if any(isinstance(layer, norms) and not isinstance(layer, BatchNorm) for layer in network.modules()):
            raise AttnGanError(
                f"{type(network).__name__} normalises by what one process has of a batch: build it with "
                "attngan.nn.layers.BatchNorm, or train it in one process."
            )


def _packed(state: TrainState) -> bytes:
    buffer = io.BytesIO()
    torch.save(
        {
            "state": state.state_dict(),
            "groups": state.groups,
            "shares": state.shares,
            "players": state.players,
        },
        buffer,
    )
    return buffer.getvalue()


def _take_over(state: TrainState, packed: bytes) -> None:
    told = torch.load(io.BytesIO(packed), map_location="cpu", weights_only=True)
    state.load_state_dict(told["state"])
    state.groups, state.shares, state.players = told["groups"], told["shares"], told["players"]
