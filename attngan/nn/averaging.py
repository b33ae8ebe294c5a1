"""The averaged generator: what is shown and saved, calmer than the one that is being trained."""

from collections.abc import Iterator

import torch
from torch import Tensor, nn

RAMP = 0.05  # the half-life of its memory is at most this part of all images seen


@torch.no_grad()
def average(averaged: nn.Module, trained: nn.Module, batch: int, images: int, memory: int) -> None:
    """Move every tensor of `averaged` towards `trained` by one step of `batch` images.

    The half-life of what it remembers, in images, is `memory`, or less while few `images` were seen in all:
    Karras et al. 2020 (arXiv 2006.06676, appendix F, "EMA rampup").
    """
    half_life = min(memory, RAMP * images)
    keep = 0.5 ** (batch / max(half_life, 1e-8))
    for mean, current in zip(_tensors(averaged), _tensors(trained), strict=True):
        if mean.is_floating_point():
            mean.lerp_(current, 1 - keep)
        else:
            mean.copy_(current)


def _tensors(network: nn.Module) -> Iterator[Tensor]:
    yield from network.parameters()
    yield from network.buffers()
