"""Items from noise, with the attention that drew them.

Shapes: B items, L length of z.
"""

import operator
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import torch
from jaxtyping import Float
from torch import Tensor

from attngan.errors import AttnGanError
from attngan.kinds.kind import Asked, Kind
from attngan.model.checkpoints import Model
from attngan.nn.attention import AttentionMap, Edits
from attngan.nn.places import Places

LARGEST_SEED = 2**53 - 1  # what JSON and JavaScript hold exactly
MOST_AT_ONCE = 1024  # items with their attention
CHUNK = 64  # items drawn at once when their attention is not wanted


@dataclass(frozen=True)
class Sample:
    """Items as their kind decodes them (pictures: uint8 (B, H, W, C)), and where the network looked.

    `seeds` and `labels` are what they were drawn from: `seeds` is empty for noise between two seeds,
    `labels` (a class or a text each) None where there is no condition. `z` (B, L) is their noise, None where
    they come from elsewhere.
    """

    kind: Kind
    items: Tensor
    attention: tuple[AttentionMap, ...]
    seeds: tuple[int, ...]
    labels: tuple[Any, ...] | None
    z: Tensor | None = None

    @property
    def images(self) -> Tensor:
        """The items, where they are pictures."""
        return self.items

    @property
    def places(self) -> Places:
        """What the places of an item are."""
        return self.kind.places(self.items)


@torch.inference_mode()
def sample(
    model: Model,
    seeds: Sequence[int],
    labels: Asked = None,
    truncation: float = 1.0,
    edits: Edits | None = None,
) -> Sample:
    """One item a seed, at most MOST_AT_ONCE, with all attention.

    `labels` say what each item is to be: its class, or for other conditions what the kind takes; a
    class-conditional model without them draws item i with label i modulo its classes. `truncation` in [0, 2]
    scales the noise: below 1 safer and less varied items. `edits` change attention layers by name. Raises
    AttnGanError for anything out of range.
    """
    if not 1 <= len(seeds) <= MOST_AT_ONCE:
        raise AttnGanError(
            f"From 1 to {MOST_AT_ONCE} {model.kind.several} can be made at once, not {len(seeds)}."
        )
    _check(model, truncation, edits)
    z = latents(seeds, model.config.z_size) * truncation
    return _drawn(model, z, labels, edits, tuple(map(int, seeds)))


@torch.inference_mode()
def interpolate(
    model: Model,
    first: int,
    last: int,
    count: int = 16,
    label: Any = None,
    truncation: float = 1.0,
    edits: Edits | None = None,
) -> Sample:
    """`count` items on the way from the noise of one seed to that of another, both included.

    The way is the shorter arc between the two (`spherical`), so that no noise on it is unusually short.
    All items are of `label`; when none is given, of class 0 or what else the kind begins with. The sample
    names no seeds. Raises AttnGanError as `sample` does, and for fewer than 2 items.
    """
    if not 2 <= count <= MOST_AT_ONCE:
        raise AttnGanError(f"A way has from 2 to {MOST_AT_ONCE} {model.kind.several}, not {count}.")
    _check(model, truncation, edits)
    first_of = model.kind.condition(model.config, 1, None if label is None else [label])
    label = None if first_of is None else first_of[0][0]
    ends = latents((first, last), model.config.z_size) * truncation
    z = spherical(ends[0], ends[1], torch.linspace(0, 1, count))
    return _drawn(model, z, None if label is None else [label] * count, edits, ())


@torch.inference_mode()
def surroundings(model: Model, drawn: Sample, edits: Edits | None = None) -> dict[str, Any]:
    """What a frame says of a sample besides its items and attention, as the model's kind has it."""
    if drawn.z is None:
        return {}
    asked = model.kind.condition(model.config, len(drawn.items), drawn.labels)
    return model.kind.surroundings(
        model.generator, model.discriminator, drawn.z, asked and asked[1], drawn.items, edits
    )


def spherical(
    first: Float[Tensor, " L"], last: Float[Tensor, " L"], parts: Float[Tensor, " B"]
) -> Float[Tensor, "B L"]:
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


def items(model: Model, seeds: Sequence[int], labels: Asked = None) -> Tensor:
    """Items alone, decoded, any number: drawn in chunks, so that memory holds them."""
    if not seeds:
        raise AttnGanError("Give at least one seed.")
    asked = model.kind.condition(model.config, len(seeds), labels)
    parts = []
    for start in range(0, len(seeds), CHUNK):
        part = slice(start, start + CHUNK)
        parts.append(sample(model, seeds[part], None if asked is None else asked[0][part]).items)
    return torch.cat(parts)


def latents(seeds: Sequence[int], size: int) -> Float[Tensor, "B L"]:
    """Noise (B, L), standard normal, each row from a generator of its own: it depends on its seed alone.

    Raises AttnGanError for a seed that is no whole number from 0 to LARGEST_SEED.
    """
    if not all(0 <= seed <= LARGEST_SEED for seed in _whole(seeds, "seed")):
        raise AttnGanError(f"A seed is a whole number from 0 to {LARGEST_SEED}.")
    rows = [torch.randn(size, generator=torch.Generator().manual_seed(int(seed))) for seed in seeds]
    return torch.stack(rows)


def _check(model: Model, truncation: float, edits: Edits | None) -> None:
    if not 0 <= truncation <= 2:
        raise AttnGanError(f"Truncation is a number from 0 to 2, not {truncation}.")
    for name in (edits or {}).keys() - set(model.config.attention_layers):
        raise AttnGanError(f"This generator has no attention layer {name!r} to edit.")


def _drawn(model: Model, z: Tensor, labels: Asked, edits: Edits | None, seeds: tuple[int, ...]) -> Sample:
    asked = model.kind.condition(model.config, len(z), labels)
    output = model.generator(z, None if asked is None else asked[1], edits)
    return Sample(
        model.kind,
        model.kind.decode(output.items),
        output.attention,
        seeds,
        None if asked is None else asked[0],
        z,
    )


def _whole(numbers: Sequence[int], what: str) -> tuple[int, ...]:
    try:
        return tuple(operator.index(number) for number in numbers)
    except TypeError as error:
        raise AttnGanError(f"A {what} is a whole number: {error}.") from error
