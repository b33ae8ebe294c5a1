"""Several processes that train together: each has its rows of a batch, and all know what the whole gives.

torchrun starts them and numbers them; they are called ranks, the first is rank 0. Inside `together` the
functions speak with the other ranks; outside of it, and in a process alone, they give back what they are
given.

Shapes: B items of the whole batch, R ranks, B' = B / R items of one of them.
"""

import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import timedelta
from typing import Any, TypeVar

import torch
from torch import Tensor, distributed

from attngan.errors import AttnGanError
from attngan.nn.batch import Batch, Condition, only

GROUP = 4  # neighbours in a batch that a discriminator compares (layers.batch_difference)
ANSWER = timedelta(minutes=5)  # in which another rank takes part in a sum, or is taken for lost
PAUSE = timedelta(days=365)  # for which the first rank may be silent between two steps
Rows = TypeVar("Rows", bound=Condition | None)


class LostError(AttnGanError):
    """Another rank has ended or does not answer any more."""


class _Here:
    """What this process is among others; `talk` is the group in which the first rank tells something."""

    talk: Any = None
    together = False


def asked() -> int:
    """How many processes torchrun was asked for; 1 where it did not start this one."""
    return int(os.environ.get("WORLD_SIZE", "1")) if "RANK" in os.environ else 1


@contextmanager
def joined(device: str = "cpu") -> Iterator[bool]:
    """Inside, this process is one of those that torchrun started, if any; yields whether it is the first.

    On GPUs ("cuda") sums go by nccl, and each process of a machine has a GPU of its own; else by gloo. Raises
    LostError where the others cannot be found.
    """
    if asked() == 1:
        yield True
        return
    on_gpus = device.startswith("cuda")
    if on_gpus:
        torch.cuda.set_device(int(os.environ["LOCAL_RANK"]))
    with _noticing():
        distributed.init_process_group("cpu:gloo,cuda:nccl" if on_gpus else "gloo", timeout=ANSWER)
        _Here.talk = distributed.new_group(backend="gloo", timeout=PAUSE)
    try:
        yield is_first()
    finally:
        _Here.talk = None
        distributed.destroy_process_group()


@contextmanager
def together() -> Iterator[None]:
    """Inside, which all ranks enter, each has its share of a batch."""
    _Here.together = _Here.talk is not None
    try:
        yield
    finally:
        _Here.together = False


def is_first() -> bool:
    """Whether this process is the first rank, or alone."""
    return known() == 1 or distributed.get_rank() == 0


def known() -> int:
    """How many ranks there are, 1 alone; also outside of `together`."""
    return 1 if _Here.talk is None else distributed.get_world_size()


def count() -> int:
    """Among how many ranks a batch is shared now."""
    return distributed.get_world_size() if _Here.together else 1


def told(numbers: Sequence[float], data: bytes = b"") -> tuple[list[float], bytes]:
    """Two numbers and some bytes that the first rank gives, on all ranks, however long it takes.

    Only this passes outside of `together`. What the others give does not count. Raises LostError.
    """
    said = torch.tensor([*numbers, len(data)], dtype=torch.float64)
    with _noticing():
        distributed.broadcast(said, 0, _Here.talk)
        packed = torch.zeros(int(said[-1]), dtype=torch.uint8)
        if len(packed):
            if distributed.get_rank() == 0:
                packed = torch.frombuffer(bytearray(data), dtype=torch.uint8)
            distributed.broadcast(packed, 0, _Here.talk)
    return said[:-1].tolist(), packed.numpy().tobytes()


def averaged(gradients: Sequence[Tensor]) -> Sequence[Tensor]:
    """The mean over the ranks of each gradient, all sent at once."""
    if count() == 1:
        return gradients
    flat = torch.cat([gradient.reshape(-1) for gradient in gradients])
    parts = (_sum(flat) / count()).split([gradient.numel() for gradient in gradients])
    return [part.view(gradient.shape) for part, gradient in zip(parts, gradients, strict=True)]


def of_all(loss: Tensor) -> Tensor:
    """A mean over this rank's items as the mean over the whole batch; its gradient stays that of this rank.

    `averaged` makes the gradients of all ranks those of the whole.
    """
    mean: Tensor = loss if count() == 1 else _OfAll.apply(loss)
    return mean


def total(sums: Tensor) -> Tensor:
    """Sums over this rank's items as those over the whole batch, to be differentiated as often as wanted."""
    whole: Tensor = sums if count() == 1 else _Total.apply(sums)
    return whole


class Share:
    """Which rows of a batch are this rank's: as large a part of its first half as of its second.

    So a half of a share is a share of the half, at which a penalty looks, and groups of GROUP neighbours lie
    on one rank. Raises AttnGanError where they cannot.
    """

    def __init__(self, batch: int) -> None:
        self._ranks = count()
        self._rows: Tensor | None = None
        self._found: dict[int, tuple[Any, Any]] = {}
        if self._ranks == 1:
            return
        check(batch, self._ranks)
        self._order = torch.arange(batch).view(2, self._ranks, -1).transpose(0, 1).reshape(self._ranks, -1)
        self._rows = self._order[distributed.get_rank()]

    def of(self, whole: Rows) -> Rows:
        """This rank's rows (B', ...); the same again for the same, since networks look once at what several
        batches share.
        """
        if self._rows is None or whole is None:
            return whole
        if id(whole) not in self._found:
            self._found[id(whole)] = whole, only(whole, self._rows)
        found: Rows = self._found[id(whole)][1]
        return found

    def batch(self, whole: Batch) -> Batch:
        """This rank's rows of items and conditions."""
        return whole if self._rows is None else Batch(self.of(whole.items), self.of(whole.condition))

    def spread(self, own: Tensor) -> Tensor:
        """This rank's rows at their places in a whole batch (B, ...), 0 at those of the others."""
        if self._rows is None:
            return own
        nothing = own.new_zeros(self._ranks * len(own), *own.shape[1:])
        return nothing.index_copy(0, self._rows.to(own.device), own)

    def whole(self, own: Tensor) -> Tensor:
        """The rows of all ranks (B, ...), of which this rank's have a gradient.

        What follows is the same on all ranks, so its gradient is R times what this rank adds to it, and the
        mean over the ranks is the whole.
        """
        if self._rows is None:
            return own
        gathered: Tensor = _Whole.apply(own)
        return gathered[self._order.flatten().argsort().to(own.device)]


def check(batch: int, ranks: int) -> None:
    """Raise AttnGanError where a batch cannot be shared among so many ranks."""
    if batch % (2 * GROUP * ranks):
        most = batch // (2 * GROUP)
        fitting = ", ".join(str(number) for number in range(1, most + 1) if most % number == 0)
        raise AttnGanError(
            f"A batch of {batch} cannot be shared among {ranks} processes so that groups of {GROUP} stay "
            f"whole: start as many as {fitting or 1}."
        )


@contextmanager
def _noticing() -> Iterator[None]:
    try:
        yield
    except RuntimeError as error:  # torch tells what the network says as one
        raise LostError("Another process of this training has ended or does not answer any more.") from error


def _sum(values: Tensor) -> Tensor:
    summed = values.detach().clone(memory_format=torch.contiguous_format)
    with _noticing():
        distributed.all_reduce(summed)
    return summed


class _OfAll(torch.autograd.Function):
    @staticmethod
    def forward(ctx: Any, loss: Tensor) -> Tensor:
        return _sum(loss) / count()

    @staticmethod
    def backward(ctx: Any, gradient: Tensor) -> Tensor:
        return gradient


class _Total(torch.autograd.Function):
    @staticmethod
    def forward(ctx: Any, sums: Tensor) -> Tensor:
        return _sum(sums)

    @staticmethod
    def backward(ctx: Any, gradient: Tensor) -> Tensor:
        return total(gradient)  # what one rank adds is heard by the losses of all


class _Whole(torch.autograd.Function):
    @staticmethod
    def forward(ctx: Any, own: Tensor) -> Tensor:
        own = own.detach().contiguous()
        parts = [torch.empty_like(own) for _ in range(count())]
        with _noticing():
            distributed.all_gather(parts, own)
        return torch.cat(parts)

    @staticmethod
    def backward(ctx: Any, gradient: Tensor) -> Tensor:
        return count() * gradient.chunk(count())[distributed.get_rank()]
