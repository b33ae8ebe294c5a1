"""The training items nearest to a generated one: did the network learn it by heart?

Distances are in what the kind describes its items by. Shapes: N generated items, M real ones, k neighbours.
"""

from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor

from attngan.errors import AttnGanError
from attngan.kinds.kind import Kind
from attngan.measure.metrics import CHUNK, described, distances, radii
from attngan.nn.batch import DataSet
from attngan.nn.characters import PairedTexts


@dataclass(frozen=True)
class Neighbours:
    """Training items by nearness, decoded (N, k, ...), their indices (N, k) and distances (N, k).

    The unit of distances is the usual one (the median) of a training item to the nearest other: near
    0 is a copy, 1 is as new as the training items are to each other.
    """

    items: Tensor
    indices: Tensor
    distances: Tensor


@dataclass(frozen=True)
class Gallery:
    """Training items that were looked at once: what describes them (M, F) and the usual distance."""

    kind: Kind
    data: DataSet
    seen: Tensor
    usual: float

    @staticmethod
    def of(kind: Kind, data: DataSet) -> "Gallery":
        """The gallery of these items; raises AttnGanError where they are all the same, or right outputs."""
        if isinstance(data, PairedTexts):
            raise AttnGanError("A text that is written right is like one learnt from: nearness says nothing.")
        # Of items, not of what describes them: that of the same picture can differ in the last bit.
        parts = torch.arange(len(data)).split(CHUNK)
        items = torch.cat([kind.decode(data.batch(part).items).flatten(1) for part in parts])
        _, different = np.unique(items.numpy(), axis=0, return_index=True)
        if len(different) < 2:
            raise AttnGanError(f"All training {kind.name} are the same, so nearness means nothing.")
        seen = described(kind, data)
        return Gallery(kind, data, seen, radii(seen[different], 1).median().item())

    def nearest(self, items: Tensor, count: int = 4) -> Neighbours:
        """The `count` items nearest to each of the generated, decoded ones.

        Raises AttnGanError where there are not as many.
        """
        if not 1 <= count <= len(self.data):
            raise AttnGanError(f"From 1 to {len(self.data)} neighbours can be found here, not {count}.")
        looked_at = self.kind.describe(self.kind.encode(items))
        apart, indices = distances(looked_at, self.seen).topk(count, largest=False)
        found = self.kind.decode(self.data.batch(indices.flatten()).items)
        return Neighbours(found.unflatten(0, tuple(indices.shape)), indices, apart / self.usual)
