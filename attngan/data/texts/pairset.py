"""The one value that all pairs of texts come as, wherever they are from.

Shapes: N pairs, B of them in a batch, T characters of the longest output, V codes of its alphabet.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import ClassVar

import torch
from torch import Tensor
from torch.nn import functional as F

from attngan.nn.batch import Batch
from attngan.nn.characters import Alphabet
from attngan.nn.pair import Pair
from attngan.nn.places import Words

MOST_READ, MOST_WRITTEN = 4000, 500  # different characters of inputs and of outputs: the commonest


@dataclass(frozen=True, eq=False)
class PairSet:
    """Pairs of texts in memory, with what is known about them.

    `held_out` are pairs that are never learnt from. `source` is the attribution line to show wherever the
    pairs, or what was learnt from them, appear; `skipped` has one "name: why" for all that was given and is
    not used.
    """

    name: str
    pairs: tuple[Pair, ...]
    held_out: tuple[Pair, ...] = ()
    licence: str = ""
    source: str = ""
    skipped: tuple[str, ...] = ()

    kind: ClassVar[str] = "text"
    labels: ClassVar[None] = None
    label_names: ClassVar[tuple[str, ...]] = ()
    check: ClassVar[None] = None  # what is right depends on the input: attngan.measure.answers

    def __len__(self) -> int:
        return len(self.pairs)

    @cached_property
    def longest(self) -> tuple[int, int]:
        """Characters of the longest input and of the longest output, at least 1; held out ones count too."""
        both = self.pairs + self.held_out
        return max(1, *(len(pair.input) for pair in both)), max(1, *(len(pair.output) for pair in both))

    @cached_property
    def alphabets(self) -> tuple[Alphabet, Alphabet]:
        """The characters of inputs and of outputs that can be learnt."""
        inputs, outputs = zip(*((pair.input, pair.output) for pair in self.pairs), strict=True)
        return Alphabet.of(inputs, MOST_READ), Alphabet.of(outputs, MOST_WRITTEN)

    def batch(self, indices: Tensor | Sequence[int]) -> Batch:
        """Outputs as float32 (B, T, V), 1 at each character's code, and the inputs that they are for."""
        indices = torch.as_tensor(indices, dtype=torch.int64)
        outputs = F.one_hot(self._outputs[indices], len(self.alphabets[1])).float()
        return Batch(outputs, self._inputs.rows(indices).trimmed())

    @cached_property
    def _inputs(self) -> Words:
        return self.alphabets[0].words([pair.input for pair in self.pairs], self.longest[0])

    @cached_property
    def _outputs(self) -> Tensor:
        """Codes int64 (N, T), 0 behind the end, which is before the first character that cannot be learnt."""
        codes = self.alphabets[1].codes([pair.output for pair in self.pairs], self.longest[1])
        return codes * (codes != 0).cumprod(1)
