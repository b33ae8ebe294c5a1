"""A kind of thing that can be generated: all that the other rooms need to know of it.

Shapes: B items, S the shape of an item's places, C values at a place, F what an item is described by.
"""

from abc import ABC, abstractmethod
from collections.abc import Sequence
from typing import Any

import torch
from torch import Tensor

from attngan.config import ModelConfig
from attngan.errors import AttnGanError
from attngan.nn.attention import Edits
from attngan.nn.batch import Batch, Condition, DataSet
from attngan.nn.places import Places
from attngan.nn.players import Discriminator, Generator

# What each item is to be made from: a class, a text ...; None leaves it to the kind.
Asked = Sequence[Any] | None


class Kind(ABC):
    """One object a kind, registered once (attngan.kinds.registry).

    Networks see items *encoded*, as floats in whatever shape suits them. People, files and measures see them
    *decoded*: (B, *S, C), the values at each place in the unit that is shown; `unit` is how many of these
    are 1 in the networks' own, and a change of more than `visible` of them can be seen.
    """

    name: str
    unit: float = 1.0
    visible: float = 0.0
    together: int = 32  # real items that are shown in one picture
    measured: int = 64  # items that are drawn for a quick measurement
    threads: int | None = None  # with which a step is quickest; None: see attngan.nn.threads

    @property
    def several(self) -> str:
        """What several of its items are called."""
        return self.name

    def of(self, config: ModelConfig) -> "Kind":
        """The kind for models of these settings, where it depends on them."""
        return self

    @abstractmethod
    def build(self, config: ModelConfig) -> tuple[Generator, Discriminator]:
        """New networks; torch's random numbers give their weights."""

    @abstractmethod
    def encode(self, items: Tensor) -> Tensor:
        """Decoded items as networks see them."""

    @abstractmethod
    def decode(self, items: Tensor) -> Tensor:
        """Items as networks see them, decoded."""

    @abstractmethod
    def places(self, items: Tensor) -> Places:
        """What the places of decoded items are."""

    @abstractmethod
    def preview(self, items: Tensor, columns: int | None = None) -> bytes:
        """Decoded items side by side, so many in a row or as the kind thinks best, as a PNG."""

    def png(self, item: Tensor) -> bytes:
        """One decoded item (*S, C) as a PNG, as small as it is."""
        return self.preview(item[None])

    def by_place(self, items: Tensor) -> Tensor:
        """Encoded items (B, *S, C), each value where it is decoded to, without rounding."""
        return items

    def describe(self, items: Tensor) -> Tensor:
        """Vectors float32 (B, F) of encoded items, for the metrics, nearest neighbours and the meter."""
        return items.flatten(1).float()

    def outline(self, items: Tensor) -> Tensor:
        """Vectors (B, F) of encoded items, in which look-alikes lie near each other, for their groups."""
        return self.describe(items)

    def augment(self, items: Tensor, names: tuple[str, ...], random: torch.Generator, share: float) -> Tensor:
        """Encoded items, about `share` of them changed by the augmentations of these names that it knows."""
        return items

    def mismatched(
        self, batch: Batch, data: DataSet, indices: Tensor, random: torch.Generator
    ) -> Batch | None:
        """The batch, of these items of the data, with items that do not suit their conditions, which a
        discriminator should refuse; or None where it learns that otherwise.
        """
        return None

    def texts(self, items: Tensor) -> list[list[str]] | None:
        """What to show at each place of decoded items, where that is not a picture or a number."""
        return None

    def surroundings(
        self,
        generator: Generator,
        discriminator: Discriminator,
        z: Tensor,
        condition: Condition | None,
        items: Tensor,
        edits: Edits | None = None,
    ) -> dict[str, Any]:
        """What a frame says besides of decoded items, by name, as numbers for JSON; they are those of noise z
        (B, L) and the condition.
        """
        return {}

    def table(self, items: Tensor) -> tuple[Sequence[str], list[list[str]]] | None:
        """Decoded items as a table, its names and its rows, where that is what they are."""
        return None

    def condition(
        self, config: ModelConfig, count: int, asked: Asked
    ) -> tuple[tuple[Any, ...], Condition] | None:
        """What each of `count` items is made from, for people and for networks; None where that is nothing.

        Without being asked, item i is of class i modulo the classes. Raises AttnGanError where it does not
        fit.
        """
        classes = config.classes
        if not classes:
            if asked is not None:
                raise AttnGanError("This model knows no classes: leave the label out.")
            return None
        labels = tuple(index % classes for index in range(count)) if asked is None else _whole(asked)
        if len(labels) != count or not all(0 <= label < classes for label in labels):
            raise AttnGanError(f"Labels are whole numbers from 0 to {classes - 1}, one a picture.")
        return labels, torch.tensor(labels)

    def unknown(self, config: ModelConfig, text: str) -> tuple[tuple[str, str], ...]:
        """The words or characters of a text that the model does not know, as they are written and in their
        order, each with the nearest one that it knows, "" where none is near. Raises AttnGanError as
        `condition` does.
        """
        return ()

    def unread(self, config: ModelConfig, text: str) -> int:
        """How many words at the end of a text are not read, since it has too many; raises as `unknown`."""
        return 0

    def reading(self, config: ModelConfig) -> dict[str, Any]:
        """What attngan.data.load needs besides a name to give items that such a model can learn."""
        return {"kind": self.name}

    def fit(self, config: ModelConfig, data: DataSet, conditional: bool) -> ModelConfig:
        """The settings with all that follows from the data; `conditional`: with its classes.

        Raises AttnGanError where such a model cannot learn from these data.
        """
        return config

    def check(self, config: ModelConfig, data: DataSet) -> None:
        """Raise AttnGanError where a model of these settings cannot learn from these data."""
        if data.kind != self.name:
            raise AttnGanError(f"The model makes {self.name}, but {data.name} has {data.kind}.")

    def attention(self, config: ModelConfig) -> str:
        """Where the generator has attention, for people; "" for nowhere."""
        return ", ".join(config.attention_layers)

    def task(self, config: ModelConfig) -> str | None:
        """What the hub's search calls that which models of these settings do; None where it has no word."""
        return None

    def card(self, config: ModelConfig) -> dict[str, str]:
        """Rows for the model card: what the model makes, and how."""
        return {}


def _whole(numbers: Sequence[Any]) -> tuple[int, ...]:
    try:
        return tuple(number.__index__() for number in numbers)
    except AttributeError as error:
        raise AttnGanError("A label is a whole number.") from error
