"""Groups of items that look alike, found before training starts.

Shapes: N items, K groups.
"""

import warnings

import torch
from torch import Tensor

from attngan.kinds.kind import Kind
from attngan.nn.batch import DataSet

MOST_COMPARED = 5000  # items from which the groups are made; the others join the nearest
CHUNK = 500  # items read at once, few enough for the processor's cache
ROUNDS = 20


def look_alikes(kind: Kind, data: DataSet, count: int) -> tuple[Tensor, Tensor]:
    """The group of every item, int64 (N,) in [0, K), and the share of items in each group, (K,).

    k-means (Lloyd 1982, started from random items) on what the kind's `outline` says of them; the same data
    give the same groups.
    """
    from scipy.cluster.vq import kmeans2, vq  # half a second that only training needs

    chunks = torch.arange(len(data)).split(CHUNK)
    points = torch.cat([kind.outline(data.batch(chunk).items) for chunk in chunks]).numpy()
    every = max(1, len(points) // MOST_COMPARED)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", UserWarning)  # a group lost its last picture: its share is then 0
        warnings.simplefilter("ignore", RuntimeWarning)  # all items are the same
        centres, _ = kmeans2(points[::every], count, iter=ROUNDS, minit="points", rng=0)
    groups = torch.from_numpy(vq(points, centres)[0]).long()
    return groups, groups.bincount(minlength=count) / len(groups)
