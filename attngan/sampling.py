"""Pictures from noise, with the attention that drew them.

Shapes: B pictures, L latent size, H x W pixels, C channels.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import torch
from torch import Tensor

from attngan.attention import AttentionMap, Edits
from attngan.checkpoints import Model
from attngan.errors import AttnGanError

LARGEST_SEED = 2**53 - 1  # what JSON and JavaScript hold exactly
MOST_PICTURES = 10_000
CHUNK = 64  # pictures drawn at once


@dataclass(frozen=True)
class Sample:
    """Pictures uint8 (B, H, W, C) with the seeds and labels (None without classes) they were drawn from."""

    images: Tensor
    attention: tuple[AttentionMap, ...]
    seeds: tuple[int, ...]
    labels: tuple[int, ...] | None


def latents(seeds: Sequence[int], size: int) -> Tensor:
    """Noise (B, L), standard normal: each row from a generator of its own, so it depends on its seed alone."""
    rows = [torch.randn(size, generator=torch.Generator().manual_seed(seed)) for seed in seeds]
    return torch.stack(rows)


@torch.inference_mode()
def sample(
    model: Model,
    seeds: Sequence[int],
    labels: Sequence[int] | None = None,
    truncation: float = 1.0,
    edits: Edits | None = None,
) -> Sample:
    """One picture a seed, with all attention.

    `labels` give the class of each picture; a class-conditional model without them draws picture i with
    label i modulo its classes. `truncation` in [0, 2] scales the noise: below 1 safer and less varied
    pictures. `edits` change attention layers by name. Raises AttnGanError for anything out of range.
    """
    seeds = tuple(int(seed) for seed in seeds)
    labels = check_labels(model, len(seeds), labels)
    if not 1 <= len(seeds) <= MOST_PICTURES:
        raise AttnGanError(f"From 1 to {MOST_PICTURES} pictures can be drawn at once, not {len(seeds)}.")
    if not all(0 <= seed <= LARGEST_SEED for seed in seeds):
        raise AttnGanError(f"A seed is a whole number from 0 to {LARGEST_SEED}.")
    if not 0 <= truncation <= 2:
        raise AttnGanError(f"Truncation is a number from 0 to 2, not {truncation}.")
    z = latents(seeds, model.config.latent_size) * truncation
    classes = None if labels is None else torch.tensor(labels)
    output = model.generator(z, classes, edits)
    return Sample(to_uint8(output.images), output.attention, seeds, labels)


def pictures(model: Model, seeds: Sequence[int], labels: Sequence[int] | None = None) -> Tensor:
    """Pictures alone, uint8 (B, H, W, C), in chunks: for many, whose attention would fill the memory."""
    labels = check_labels(model, len(seeds), labels)
    parts = [
        sample(model, seeds[i : i + CHUNK], None if labels is None else labels[i : i + CHUNK]).images
        for i in range(0, len(seeds), CHUNK)
    ]
    return torch.cat(parts)


def check_labels(model: Model, count: int, labels: Sequence[int] | None) -> tuple[int, ...] | None:
    """The labels to draw `count` pictures with, None for an unconditional model; raises AttnGanError."""
    classes = model.config.classes
    if not classes:
        if labels is not None:
            raise AttnGanError("This model knows no classes: leave the label out.")
        return None
    if labels is None:
        return tuple(i % classes for i in range(count))
    labels = tuple(int(label) for label in labels)
    if len(labels) != count or not all(0 <= label < classes for label in labels):
        raise AttnGanError(f"Give {count} labels from 0 to {classes - 1}, one a picture.")
    return labels


def to_uint8(images: Tensor) -> Tensor:
    """uint8 (B, H, W, C) of pictures (B, C, H, W) in [-1, 1]."""
    return ((images + 1) * 127.5).round().clamp(0, 255).to(torch.uint8).permute(0, 2, 3, 1).contiguous()
