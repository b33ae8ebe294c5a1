"""Pictures from noise, with the attention that drew them.

Shapes: B pictures, L length of z, H x W pixels, C channels.
"""

import operator
from collections.abc import Sequence
from dataclasses import dataclass

import torch
from torch import Tensor

from attngan.errors import AttnGanError
from attngan.model.checkpoints import Model
from attngan.nn.attention import AttentionMap, Edits

LARGEST_SEED = 2**53 - 1  # what JSON and JavaScript hold exactly
MOST_AT_ONCE = 1024  # pictures with their attention
CHUNK = 64  # pictures drawn at once when their attention is not wanted


@dataclass(frozen=True)
class Sample:
    """Pictures uint8 (B, H, W, C) with the seeds and labels (None without classes) they were drawn from.

    `seeds` is empty for noise between two seeds.
    """

    images: Tensor
    attention: tuple[AttentionMap, ...]
    seeds: tuple[int, ...]
    labels: tuple[int, ...] | None


@torch.inference_mode()
def sample(
    model: Model,
    seeds: Sequence[int],
    labels: Sequence[int] | None = None,
    truncation: float = 1.0,
    edits: Edits | None = None,
) -> Sample:
    """One picture a seed, at most MOST_AT_ONCE, with all attention.

    `labels` give the class of each picture; a class-conditional model without them draws picture i with
    label i modulo its classes. `truncation` in [0, 2] scales the noise: below 1 safer and less varied
    pictures. `edits` change attention layers by name. Raises AttnGanError for anything out of range.
    """
    if not 1 <= len(seeds) <= MOST_AT_ONCE:
        raise AttnGanError(f"From 1 to {MOST_AT_ONCE} pictures can be drawn at once, not {len(seeds)}.")
    _check(model, truncation, edits)
    labels = labels_for(model, len(seeds), labels)
    z = latents(seeds, model.config.z_size) * truncation
    return _drawn(model, z, labels, edits, tuple(map(int, seeds)))


@torch.inference_mode()
def interpolate(
    model: Model,
    first: int,
    last: int,
    count: int = 16,
    label: int | None = None,
    truncation: float = 1.0,
    edits: Edits | None = None,
) -> Sample:
    """`count` pictures on the way from the noise of one seed to that of another, both included.

    The way is the shorter arc between the two (`spherical`), so that no noise on it is unusually short.
    All pictures are of class `label`, 0 when none is given; the sample names no seeds. Raises
    AttnGanError as `sample` does, and for fewer than 2 pictures.
    """
    if not 2 <= count <= MOST_AT_ONCE:
        raise AttnGanError(f"A way has from 2 to {MOST_AT_ONCE} pictures, not {count}.")
    _check(model, truncation, edits)
    if label is None and model.config.classes:
        label = 0
    labels = labels_for(model, count, None if label is None else [label] * count)
    ends = latents((first, last), model.config.z_size) * truncation
    return _drawn(model, spherical(ends[0], ends[1], torch.linspace(0, 1, count)), labels, edits, ())


def spherical(first: Tensor, last: Tensor, parts: Tensor) -> Tensor:
    """Points (B, L) at `parts` (B,) in [0, 1] of the arc from one point (L,) to another.

    (sin((1 - t) a) first + sin(t a) last) / sin a, with a the angle between them: Shoemake 1985, and White
    2016 (arXiv 1609.04468, section 2.1) for latent spaces. Parallel ends are joined by a line.
    """
    cosine = torch.nn.functional.cosine_similarity(first.double(), last.double(), dim=0)
    angle = cosine.clamp(-1, 1).acos()
    steps = parts.double()[:, None]
    if angle.sin() < 1e-6:
        return torch.lerp(first.double(), last.double(), steps).to(first.dtype)
    arc = ((1 - steps) * angle).sin() / angle.sin() * first + (steps * angle).sin() / angle.sin() * last
    return arc.to(first.dtype)


def pictures(model: Model, seeds: Sequence[int], labels: Sequence[int] | None = None) -> Tensor:
    """Pictures alone, uint8 (B, H, W, C), any number: drawn in chunks, so that memory holds them."""
    if not seeds:
        raise AttnGanError("Give at least one seed.")
    labels = labels_for(model, len(seeds), labels)
    parts = []
    for start in range(0, len(seeds), CHUNK):
        part = slice(start, start + CHUNK)
        parts.append(sample(model, seeds[part], None if labels is None else labels[part]).images)
    return torch.cat(parts)


def latents(seeds: Sequence[int], size: int) -> Tensor:
    """Noise (B, L), standard normal, each row from a generator of its own: it depends on its seed alone.

    Raises AttnGanError for a seed that is no whole number from 0 to LARGEST_SEED.
    """
    if not all(0 <= seed <= LARGEST_SEED for seed in _whole(seeds, "seed")):
        raise AttnGanError(f"A seed is a whole number from 0 to {LARGEST_SEED}.")
    rows = [torch.randn(size, generator=torch.Generator().manual_seed(int(seed))) for seed in seeds]
    return torch.stack(rows)


def to_uint8(images: Tensor) -> Tensor:
    """uint8 (B, H, W, C) of pictures (B, C, H, W) in [-1, 1]."""
    return ((images + 1) * 127.5).round().clamp(0, 255).to(torch.uint8).permute(0, 2, 3, 1).contiguous()


def _check(model: Model, truncation: float, edits: Edits | None) -> None:
    if not 0 <= truncation <= 2:
        raise AttnGanError(f"Truncation is a number from 0 to 2, not {truncation}.")
    for name in (edits or {}).keys() - set(map(str, model.config.attention_layers)):
        raise AttnGanError(f"This generator has no attention layer {name!r} to edit.")


def _drawn(
    model: Model, z: Tensor, labels: tuple[int, ...] | None, edits: Edits | None, seeds: tuple[int, ...]
) -> Sample:
    output = model.generator(z, None if labels is None else torch.tensor(labels), edits)
    return Sample(to_uint8(output.images), output.attention, seeds, labels)


def labels_for(model: Model, count: int, labels: Sequence[int] | None) -> tuple[int, ...] | None:
    """The label of each picture, None without classes; raises AttnGanError where they do not fit."""
    classes = model.config.classes
    if not classes:
        if labels is not None:
            raise AttnGanError("This model knows no classes: leave the label out.")
        return None
    if labels is None:
        return tuple(index % classes for index in range(count))
    whole = _whole(labels, "label")
    if len(whole) != count or not all(0 <= label < classes for label in whole):
        raise AttnGanError(f"Labels are whole numbers from 0 to {classes - 1}, one a picture.")
    return whole


def _whole(numbers: Sequence[int], what: str) -> tuple[int, ...]:
    try:
        return tuple(operator.index(number) for number in numbers)
    except TypeError as error:
        raise AttnGanError(f"A {what} is a whole number: {error}.") from error
