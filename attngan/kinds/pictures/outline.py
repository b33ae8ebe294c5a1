"""What pictures that look alike have in common: edges, and a little colour.

Shapes: N pictures, C channels, H = W pixels.
"""

import math

import torch
from jaxtyping import Float
from torch import Tensor
from torch.nn import functional as F

DIRECTIONS = 4  # of edges
CELLS = 8  # a side, in each of which edges are summed
COLOUR = 0.3  # what a picture's colours weigh beside its edges


def outline(images: Float[Tensor, "N C H W"]) -> Float[Tensor, "N F"]:
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
