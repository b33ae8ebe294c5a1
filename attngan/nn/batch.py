"""What training reads at once: items, and the condition that each is to be made from.

Shapes: B items of a batch.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol, runtime_checkable

import torch
from numpy.typing import NDArray
from torch import Tensor
from torch.nn import functional as F

from attngan.nn.places import Words

Condition = Tensor | Words  # a class each, int64 (B,), or a text each


@dataclass(frozen=True, eq=False)
class Batch:
    """Items (B, ...) as networks see them, and the condition of each; None where they are unconditional."""

    items: Tensor
    condition: Condition | None = None

    def to(self, device: torch.device) -> "Batch":
        """The same there; itself where it is there already, since networks read once what batches share."""
        items = self.items.to(device)
        condition = None if self.condition is None else self.condition.to(device)
        return self if items is self.items and condition is self.condition else Batch(items, condition)


@dataclass(frozen=True)
class Check:
    """An exact check of a data set's items, without a network.

    `rates` tell of decoded items (B, ...), each with the text that it was made from, None without, how right
    they are, by the names of these measures (attngan.vocabulary); most are the share in [0, 1] that is right.
    `asked` are texts of no item to learn from, to be asked for; empty where items are made from none.
    """

    rates: Mapping[str, Callable[[NDArray[Any], Sequence[str] | None], float]]
    asked: tuple[str, ...] = ()


@runtime_checkable
class DataSet(Protocol):
    """What training and measuring need of a data set, whatever kind of items it has."""

    @property
    def kind(self) -> str:
        """Name of the kind of its items (attngan.kinds)."""
        ...

    @property
    def name(self) -> str: ...

    @property
    def licence(self) -> str: ...

    @property
    def source(self) -> str:
        """The attribution line to show wherever its items, or what was learnt from them, appear."""
        ...

    @property
    def labels(self) -> Tensor | None:
        """The class of every item, int64 (N,); None without classes."""
        ...

    @property
    def label_names(self) -> tuple[str, ...]: ...

    @property
    def skipped(self) -> tuple[str, ...]:
        """One "name: why" for all that was given and is not used."""
        ...

    @property
    def check(self) -> Check | None:
        """How to tell exactly which items are right, where that can be told."""
        ...

    def __len__(self) -> int: ...

    def batch(self, indices: Tensor) -> Batch: ...


@runtime_checkable
class Captioned(Protocol):
    """What a data set knows besides, whose items can be made from captions."""

    @property
    def words(self) -> Words | None:
        """The captions as networks read them; None where items cannot be made from them."""
        ...

    @property
    def captions(self) -> Sequence[str]: ...

    def wrong(self, indices: Tensor, random: torch.Generator) -> Words:
        """For each of these items a caption that does not suit it, drawn by chance."""
        ...


def joined(condition: Condition | None, more: Condition | None) -> Condition | None:
    """The conditions of one batch and another, behind each other; None where either has none.

    Texts are padded to the longest of both, which have one vocabulary.
    """
    if isinstance(condition, Tensor) and isinstance(more, Tensor):
        return torch.cat([condition, more])
    if isinstance(condition, Words) and isinstance(more, Words):
        if condition.vocabulary != more.vocabulary:
            raise ValueError("texts of different vocabularies cannot be joined")
        longest = max(len(condition), len(more))
        codes = torch.cat([F.pad(each.codes, (0, longest - len(each))) for each in (condition, more)])
        return Words(codes, torch.cat([condition.lengths, more.lengths]), condition.vocabulary)
    return None


def only(condition: Condition, rows: int | slice | Tensor) -> Condition:
    """The conditions of these rows: one as a batch of one, a slice, or numbers int64 (B',).

    Texts are padded to the longest of them.
    """
    rows = slice(rows, rows + 1) if isinstance(rows, int) else rows
    if isinstance(condition, Words):
        return condition.rows(rows).trimmed()
    return condition[rows]
