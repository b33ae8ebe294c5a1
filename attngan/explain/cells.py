"""Cells of feature maps as places in a picture: how far queries and keys lie apart.

Shapes: Q queries, K keys.
"""

import torch
from torch import Tensor

from attngan.nn.attention import AttentionMap


def distances_between(attention: AttentionMap, image_size: int = 1) -> Tensor:
    """Distances float32 (Q, K) between the middle of each query's cell and that of each key's.

    In pixels of a square picture of side `image_size`, by default in shares of its side.
    """
    middles = [_middles(size) * image_size for size in (attention.query_size, attention.key_size)]
    return torch.cdist(middles[0], middles[1])


def _middles(grid: tuple[int, int]) -> Tensor:
    """The middles (cells, 2) of a grid's cells, as shares of the picture's sides."""
    rows, columns = ((torch.arange(size) + 0.5) / size for size in grid)
    return torch.cartesian_prod(rows, columns)
