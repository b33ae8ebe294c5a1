"""Texts for networks: their characters as numbers, and pairs of what is read and what is to be written.

Shapes: N texts, T characters of the longest.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Protocol, runtime_checkable

import torch
from jaxtyping import Int
from torch import Tensor

from attngan.nn.pair import Pair
from attngan.nn.places import Words

UNKNOWN = "\N{REPLACEMENT CHARACTER}"  # stands in a text that is read for a character that is not known


@dataclass(frozen=True)
class Alphabet:
    """The characters that a network knows: character i has code i + 1, and 0 is none of them."""

    characters: str

    def __len__(self) -> int:
        return len(self.characters) + 1

    @cached_property
    def _numbers(self) -> dict[str, int]:
        return {character: code for code, character in enumerate(self.characters, 1)}

    @staticmethod
    def of(texts: Sequence[str], most: int) -> "Alphabet":
        """The commonest characters of the texts, at most so many, in the order of Unicode."""
        counts: Counter[str] = Counter()
        for text in texts:
            counts.update(text)
        common = sorted(counts, key=lambda character: (-counts[character], character))[:most]
        return Alphabet("".join(sorted(common)))

    def codes(self, texts: Sequence[str], length: int) -> Int[Tensor, "N T"]:
        """The texts int64 (N, length), 0 behind their ends and for characters that are not known.

        Raises ValueError for a text that is longer.
        """
        rows = [[self._numbers.get(character, 0) for character in text] for text in texts]
        if any(len(row) > length for row in rows):
            raise ValueError(f"a text has more than {length} characters")
        return torch.tensor([row + [0] * (length - len(row)) for row in rows]).reshape(len(texts), length)

    def words(self, texts: Sequence[str], length: int) -> Words:
        """The texts as what is read and looked at, a character a word, padded to `length`."""
        lengths = torch.tensor([*map(len, texts)], dtype=torch.int64)
        return Words(self.codes(texts, length), lengths, (UNKNOWN, *self.characters))

    @cached_property
    def points(self) -> Int[Tensor, " V"]:
        """The Unicode code point of every code, int32; 0 for none."""
        return torch.tensor([0, *map(ord, self.characters)], dtype=torch.int32)


@runtime_checkable
class PairedTexts(Protocol):
    """What a data set of pairs of texts knows besides what all data sets do (attngan.nn.batch)."""

    @property
    def pairs(self) -> Sequence[Pair]: ...

    @property
    def held_out(self) -> Sequence[Pair]:
        """Pairs that are never learnt from."""
        ...

    @property
    def longest(self) -> tuple[int, int]:
        """Characters of the longest input and of the longest output, at least 1."""
        ...

    @property
    def alphabets(self) -> tuple[Alphabet, Alphabet]:
        """The characters of inputs and of outputs that can be learnt."""
        ...
