"""The training pictures nearest to a generated one: did the network learn it by heart?

Distances are those of attngan.measure.features. Shapes: N generated pictures, M real ones, k neighbours.
"""

from dataclasses import dataclass

import numpy as np
from torch import Tensor

from attngan.data import ImageSet
from attngan.errors import AttnGanError
from attngan.measure.features import features
from attngan.measure.metrics import distances, radii


@dataclass(frozen=True)
class Neighbours:
    """Training pictures by nearness: uint8 (N, k, C, H, W), their indices (N, k) and distances (N, k).

    The unit of distances is the usual one (the median) of a training picture to the nearest other: near
    0 is a copy, 1 is as new as the training pictures are to each other.
    """

    images: Tensor
    indices: Tensor
    distances: Tensor


@dataclass(frozen=True)
class Gallery:
    """Training pictures that were looked at once: their features (M, F) and the usual distance."""

    data: ImageSet
    seen: Tensor
    usual: float

    @staticmethod
    def of(data: ImageSet) -> "Gallery":
        """The gallery of these pictures; raises AttnGanError where they are all the same."""
        # Of pictures, not of their features: those of the same picture can differ in the last bit.
        _, different = np.unique(data.images.flatten(1).numpy(), axis=0, return_index=True)
        if len(different) < 2:
            raise AttnGanError("All training pictures are the same, so nearness means nothing.")
        seen = features(data.images)
        return Gallery(data, seen, radii(seen[different], 1).median().item())

    def nearest(self, images: Tensor, count: int = 4) -> Neighbours:
        """The `count` pictures nearest to each of the generated ones, uint8 (N, C, H, W).

        Raises AttnGanError where there are not as many.
        """
        if not 1 <= count <= len(self.data):
            raise AttnGanError(f"From 1 to {len(self.data)} neighbours can be found here, not {count}.")
        apart, indices = distances(features(images), self.seen).topk(count, largest=False)
        return Neighbours(self.data.images[indices], indices, apart / self.usual)
