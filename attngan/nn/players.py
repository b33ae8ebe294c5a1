"""The two players of the game, the generator and the discriminator, as every trainer and reader knows them.

Shapes: B batch, L length of z, K classes or groups.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import reduce

import torch
from jaxtyping import Float, Int
from torch import Tensor, nn

from attngan.nn.attention import Attention, AttentionMap, Edits
from attngan.nn.batch import Batch, Condition, joined
from attngan.nn.device import Reachable


@dataclass(frozen=True)
class GeneratorOutput:
    """Items (B, ...) as the discriminator sees them, and one AttentionMap for each attention layer, in
    order.

    `logits` (B, ..., V) are of the symbols that an item is written in, where it is written in symbols.
    """

    items: Float[Tensor, "B ..."]
    attention: tuple[AttentionMap, ...]
    logits: Float[Tensor, "B ... V"] | None = None


@dataclass(frozen=True)
class DiscriminatorOutput:
    """Logits (B,), positive for real, and one AttentionMap for each attention layer, in order.

    `suits` (B, K): the part of the logit that says how well an item suits each class or group.
    """

    logits: Float[Tensor, " B"]
    attention: tuple[AttentionMap, ...]
    suits: Float[Tensor, "B K"] | None = None


class Generator(Reachable):
    """Noise z (B, L) and a condition to items, through attention; `attention` holds its layers by name."""

    attention: nn.ModuleDict

    def forward(
        self, z: Float[Tensor, "B L"], condition: Condition | None = None, edits: Edits | None = None
    ) -> GeneratorOutput:
        """Items of the noise; `edits` change attention layers by name."""
        raise NotImplementedError

    def groups_of(self, z: Float[Tensor, "B L"]) -> Int[Tensor, " B"]:
        """The group of look-alikes (B,) that each noise asks for, where the model learns groups apart."""
        raise NotImplementedError


class Discriminator(Reachable):
    """Items (B, ...) and their condition to logits."""

    def forward(
        self, items: Float[Tensor, "B ..."], condition: Condition | None = None
    ) -> DiscriminatorOutput:
        """How real each item looks, for its condition."""
        raise NotImplementedError

    def judged(self, batches: Sequence[Batch]) -> list[DiscriminatorOutput]:
        """How real the items of several batches look, read as one batch; without attention."""
        condition = reduce(joined, (batch.condition for batch in batches))
        output = self(torch.cat([batch.items for batch in batches]), condition)
        sizes = [len(batch.items) for batch in batches]
        suits = [None] * len(sizes) if output.suits is None else output.suits.split(sizes)
        return [
            DiscriminatorOutput(logits, (), suit)
            for logits, suit in zip(output.logits.split(sizes), suits, strict=True)
        ]


def gates(network: nn.Module) -> Iterator[tuple[str, float]]:
    """The name and gate of every attention layer of a network."""
    return ((layer.name, layer.gate.item()) for layer in _attention(network))


@torch.no_grad()
def hold_gates(network: nn.Module, gate: float) -> None:
    """Set the gate of every attention layer of a network."""
    for layer in _attention(network):
        layer.gate.fill_(gate)


def _attention(network: nn.Module) -> Iterator[Attention]:
    return (layer for layer in network.modules() if isinstance(layer, Attention))
