"""Groups of pictures that look alike, found before training starts.

Shapes: N pictures, K groups.
"""

import warnings
from typing import Protocol

import torch
from torch import Tensor
from torch.nn import functional as F

SIDE = 16  # pixels at which pictures are compared
MOST_COMPARED = 5000  # pictures from which the groups are made; the others join the nearest
CHUNK = 1000  # pictures read at once
ROUNDS = 20


class Pictures(Protocol):
    """Anything that gives pictures in [-1, 1] by their numbers."""

    def __len__(self) -> int: ...

    def batch(self, indices: Tensor) -> tuple[Tensor, Tensor | None]: ...


def look_alikes(data: Pictures, count: int) -> tuple[Tensor, Tensor]:
    """The group of every picture, int64 (N,) in [0, K), and the share of pictures in each group, (K,).

    k-means (Lloyd 1982, started by k-means++) on pixels averaged to 16 x 16; the same data give the same
    groups.
    """
    from scipy.cluster.vq import kmeans2, vq  # half a second that only training needs

    chunks = torch.arange(len(data)).split(CHUNK)
    points = torch.cat([_small(data.batch(chunk)[0]) for chunk in chunks]).numpy()
    every = max(1, len(points) // MOST_COMPARED)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", UserWarning)  # a group lost its last picture: its share is then 0
        warnings.simplefilter("ignore", RuntimeWarning)  # all pictures are the same
        centres, _ = kmeans2(points[::every], count, iter=ROUNDS, minit="++", rng=0)
    groups = torch.from_numpy(vq(points, centres)[0]).long()
    return groups, groups.bincount(minlength=count) / len(groups)


def _small(images: Tensor) -> Tensor:
    return F.adaptive_avg_pool2d(images, SIDE).flatten(1)
