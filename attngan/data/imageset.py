"""The one value that all pictures come as, wherever they are from.

Shapes: N pictures, B of them in a batch, C channels, H = W pixels.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import ClassVar

import numpy as np
import torch
from torch import Tensor

from attngan.data.alike import most_alike, rarity
from attngan.data.found import Change
from attngan.nn.batch import Batch, Check, only
from attngan.nn.places import Words
from attngan.tokeniser import Tokeniser

CHANGED = 0.9  # of wrong captions have one word changed, where a grammar is known; the others are others'
OFFERED = 8  # other captions, of which the most alike is the wrong one, where no grammar is known


@dataclass(frozen=True, eq=False)
class ImageSet:
    """Pictures in memory with what is known about them.

    `labels` is None for pictures without classes; `captions` is empty or has one text a picture. `words` has
    the captions as networks read them where pictures can be made from those; its vocabulary is that of
    attngan.tokeniser. `source` is the attribution line to show wherever the pictures, or what was learnt
    from them, appear. `skipped` has one "name: why" for all that was given and is not used. `changed` knows
    the grammar of the captions, if they have one.
    """

    name: str
    images: Tensor  # uint8 (N, C, H, W)
    labels: Tensor | None = None  # int64 (N,), each in [0, classes)
    label_names: tuple[str, ...] = ()
    captions: tuple[str, ...] = ()
    words: Words | None = None
    licence: str = ""
    source: str = ""
    skipped: tuple[str, ...] = ()
    check: Check | None = None
    changed: Change | None = None

    kind: ClassVar[str] = "pictures"

    def __post_init__(self) -> None:
        if self.images.ndim != 4 or self.images.dtype != torch.uint8:
            raise ValueError(
                f"images must be uint8 (N, C, H, W), not {self.images.dtype} {self.images.shape}"
            )
        if self.labels is not None and self.labels.shape != (len(self.images),):
            raise ValueError(f"{len(self.images)} pictures, but labels of shape {tuple(self.labels.shape)}")
        if len(self.captions) not in (0, len(self.images)):
            raise ValueError(f"{len(self.images)} pictures, but {len(self.captions)} captions")
        if self.words is not None and len(self.words.lengths) != len(self.images):
            raise ValueError(f"{len(self.images)} pictures, but words of {len(self.words.lengths)}")

    def __len__(self) -> int:
        return len(self.images)

    @property
    def channels(self) -> int:
        """1 for grey, 3 for RGB."""
        return self.images.shape[1]

    @property
    def image_size(self) -> int:
        """Height and width in pixels."""
        return self.images.shape[2]

    @property
    def classes(self) -> int:
        """Number of classes, 0 without labels."""
        return len(self.label_names)

    def batch(self, indices: Tensor | Sequence[int]) -> Batch:
        """Pictures float32 (B, C, H, W) in [-1, 1], each with its condition: its label int64 (B,) where there
        are labels, else the words of its caption where it can be made from them, else none.
        """
        indices = torch.as_tensor(indices, dtype=torch.int64)
        images = self.images[indices].to(torch.float32).mul_(1 / 127.5).sub_(1)
        if self.labels is None and self.words is not None:
            return Batch(images, only(self.words, indices))
        return Batch(images, None if self.labels is None else self.labels[indices])

    def wrong(self, indices: Tensor, random: torch.Generator) -> Words:
        """For each of these pictures a caption that does not suit it. Where a grammar is known, its own with
        a word changed in CHANGED of the cases, else any other picture's; where not, one much like its own.
        """
        if self.words is None:
            raise ValueError(f"{self.name} has no captions to make pictures from")
        offered = 1 if self.changed else OFFERED
        others = most_alike(self.words, self._rarities, indices, random, offered)
        if self.changed is None:
            return self.words.rows(others).trimmed()
        chance = np.random.default_rng(int(torch.randint(2**62, (), generator=random)))
        tokeniser = Tokeniser(self.words.vocabulary)
        pairs = zip(indices.tolist(), others.tolist(), strict=True)
        captions = (self._changed(self.captions[own], chance) or self.captions[other] for own, other in pairs)
        return Words.of_texts([tokeniser.tokens(caption) for caption in captions], tokeniser.vocabulary)

    def _changed(self, caption: str, chance: np.random.Generator) -> str | None:
        return self.changed(caption, chance) if self.changed and chance.random() < CHANGED else None

    @cached_property
    def _rarities(self) -> Tensor:
        assert self.words is not None
        return rarity(self.words)

    def without_labels(self) -> "ImageSet":
        """The same pictures without their classes, so that captions are their condition."""
        return replace(self, labels=None, label_names=())
