"""Groups of pictures that look alike, found before training starts.

Shapes: N pictures, K groups.
"""

import math
import warnings
from typing import Protocol

import torch
from torch import Tensor
from torch.nn import functional as F

DIRECTIONS = 4  # of edges
CELLS = 8  # a side, in each of which edges are summed
COLOUR = 0.3  # what a picture's colours weigh beside its edges
MOST_COMPARED = 5000  # pictures from which the groups are made; the others join the nearest
CHUNK = 500  # pictures read at once, few enough for the processor's cache
ROUNDS = 20


class Pictures(Protocol):
    """Anything that gives pictures in [-1, 1] by their numbers."""

    def __len__(self) -> int: ...

    def batch(self, indices: Tensor) -> tuple[Tensor, Tensor | None]: ...


def look_alikes(data: Pictures, count: int) -> tuple[Tensor, Tensor]:
    """The group of every picture, int64 (N,) in [0, K), and the share of pictures in each group, (K,).

    k-means (Lloyd 1982, started from random pictures) on edges and a little colour; the same data give the
    same groups.
    """
    from scipy.cluster.vq import kmeans2, vq  # half a second that only training needs

    chunks = torch.arange(len(data)).split(CHUNK)
    points = torch.cat([_looks(data.batch(chunk)[0]) for chunk in chunks]).numpy()
    every = max(1, len(points) // MOST_COMPARED)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", UserWarning)  # a group lost its last picture: its share is then 0
        warnings.simplefilter("ignore", RuntimeWarning)  # all pictures are the same
        centres, _ = kmeans2(points[::every], count, iter=ROUNDS, minit="points", rng=0)
    groups = torch.from_numpy(vq(points, centres)[0]).long()
    return groups, groups.bincount(minlength=count) / len(groups)


def _looks(images: Tensor) -> Tensor:
    """What pictures (N, C, H, W) are compared by: their edges in each direction and cell, and colours.

    Histograms of oriented gradients, as in Dalal & Triggs 2005 (CVPR, section 3), of overlapping cells and
    normalised over the picture. An edge counts for a direction by the square of its cosine.
    """
    grey = F.pad(images.mean(1, keepdim=True), (1, 1, 1, 1), mode="replicate")
    across = grey[:, :, 1:-1, 2:] - grey[:, :, 1:-1, :-2]
    down = grey[:, :, 2:, 1:-1] - grey[:, :, :-2, 1:-1]
    angles = torch.arange(DIRECTIONS).view(-1, 1, 1) * math.pi / DIRECTIONS
    along = across * angles.cos() + down * angles.sin()  # (N, DIRECTIONS, H, W)
    edges = along.square() / torch.hypot(across, down).clamp(min=1e-6)
    cell = images.shape[-1] // CELLS
    cells = F.avg_pool2d(edges, 2 * cell, cell, padding=cell // 2).flatten(1)
    colours = F.adaptive_avg_pool2d(images, CELLS // 2).flatten(1) / (CELLS // 2)
    return torch.cat([F.normalize(cells, eps=1e-3), COLOUR * colours], 1)
