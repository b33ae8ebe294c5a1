"""The one value that all pictures come as, wherever they are from.

Shapes: N pictures, B of them in a batch, C channels, H = W pixels.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

import torch
from torch import Tensor

from attngan.nn.batch import Batch, Check


@dataclass(frozen=True, eq=False)
class ImageSet:
    """Pictures in memory with what is known about them.

    `labels` is None for pictures without classes; `captions` is empty or has one text a picture.
    `source` is the attribution line to show wherever the pictures, or what was learnt from them,
    appear. `skipped` has one "name: why" for all that was given and is not used.
    """

    name: str
    images: Tensor  # uint8 (N, C, H, W)
    labels: Tensor | None = None  # int64 (N,), each in [0, classes)
    label_names: tuple[str, ...] = ()
    captions: tuple[str, ...] = ()
    licence: str = ""
    source: str = ""
    skipped: tuple[str, ...] = ()
    check: Check | None = None

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
        """Pictures float32 (B, C, H, W) in [-1, 1] with their labels int64 (B,), or None without labels."""
        indices = torch.as_tensor(indices, dtype=torch.int64)
        images = self.images[indices].to(torch.float32).mul_(1 / 127.5).sub_(1)
        return Batch(images, None if self.labels is None else self.labels[indices])
