"""SAGAN: Zhang, Goodfellow, Metaxas & Odena 2018 (arXiv 1805.08318), in small.

Residual networks as in the authors' code, spectral normalisation in both (section 4.1), conditional batch
normalisation in the generator and projection in the discriminator where there are classes (section 5), and
self-attention behind a gate that starts shut (section 3).

Shapes: B batch, L latent size, C channels, H x W a picture. A feature map of the picture's size has `width`
channels, twice as many with every halving, and no more below 8 pixels.
"""

from typing import TypeVar

import torch
from torch import Tensor, nn
from torch.nn import functional as F
from torch.nn.utils.parametrizations import spectral_norm

from attngan.kinds.pictures.config import SaganConfig
from attngan.kinds.pictures.networks import SMALLEST, feature_sizes
from attngan.nn.attention import NO_EDIT, Edits, GridAttention
from attngan.nn.batch import Condition
from attngan.nn.layers import BatchNorm
from attngan.nn.players import Discriminator, DiscriminatorOutput, Generator, GeneratorOutput

REDUCTION = 8  # queries, keys and values have an eighth of the channels: section 3
Weighted = TypeVar("Weighted", nn.Linear, nn.Conv2d, nn.Embedding)


class SaganAttention(GridAttention):
    """One head of self-attention: section 3, equations 1 to 3, with a gate that starts at 0.

    The paper does not divide scores by the square root of the width; queries are therefore told times
    that root, so that AttentionMap's arithmetic gives the same weights.
    """

    def __init__(self, channels: int, size: tuple[int, int]) -> None:
        super().__init__(size, heads=1, head_width=max(1, channels // REDUCTION), pool=1, gate=0.0)
        self.queries = _normalised(nn.Linear(channels, self.head_width, bias=False))
        self.keys = _normalised(nn.Linear(channels, self.head_width, bias=False))
        self.values = _normalised(nn.Linear(channels, self.head_width, bias=False))
        self.output = _normalised(nn.Linear(self.head_width, channels, bias=False))

    def project(self, tokens: Tensor, context: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        """Queries f(x), keys g(x) and values h(x) of the tokens (B, Q, C)."""
        queries = self.queries(tokens) * self.head_width**0.5
        return self._split(queries), self._split(self.keys(context)), self._split(self.values(context))


class ConditionalBatchNorm(nn.Module):
    """Batch normalisation whose scale and shift belong to the class; without classes, the plain one."""

    def __init__(self, channels: int, classes: int) -> None:
        super().__init__()
        self.norm = BatchNorm(channels, affine=not classes)
        self.affine = nn.Embedding(classes, 2 * channels) if classes else None
        if self.affine is not None:
            nn.init.ones_(self.affine.weight[:, :channels])
            nn.init.zeros_(self.affine.weight[:, channels:])

    def forward(self, features: Tensor, labels: Tensor | None) -> Tensor:
        normal: Tensor = self.norm(features)
        if self.affine is None:
            return normal
        scale, shift = self.affine(labels)[..., None, None].chunk(2, 1)
        return torch.addcmul(shift, normal, scale)


class GrowingBlock(nn.Module):
    """A residual block that doubles the size of a feature map (B, C, H, W)."""

    def __init__(self, before: int, after: int, classes: int) -> None:
        super().__init__()
        self.first_norm = ConditionalBatchNorm(before, classes)
        self.first = _normalised(nn.Conv2d(before, after, 3, 1, 1))
        self.second_norm = ConditionalBatchNorm(after, classes)
        self.second = _normalised(nn.Conv2d(after, after, 3, 1, 1))
        self.shortcut = _normalised(nn.Conv2d(before, after, 1))

    def forward(self, features: Tensor, labels: Tensor | None) -> Tensor:
        inner = self.first(_doubled(self.first_norm(features, labels).relu()))
        inner = self.second(self.second_norm(inner, labels).relu())
        return inner + self.shortcut(_doubled(features))  # type: ignore[no-any-return]


class ShrinkingBlock(nn.Module):
    """A residual block that halves the size of a feature map (B, C, H, W), or keeps it.

    The `first` one of a network sees pictures, which are not rectified.
    """

    def __init__(self, before: int, after: int, shrink: bool = True, first: bool = False) -> None:
        super().__init__()
        self.shrink, self.is_first = shrink, first
        self.first = _normalised(nn.Conv2d(before, after, 3, 1, 1))
        self.second = _normalised(nn.Conv2d(after, after, 3, 1, 1))
        self.shortcut = _normalised(nn.Conv2d(before, after, 1))

    def forward(self, features: Tensor) -> Tensor:
        inner = features if self.is_first else features.relu()
        inner = self.second(self.first(inner).relu()) + self.shortcut(features)
        return F.avg_pool2d(inner, 2) if self.shrink else inner


class SaganGenerator(Generator):
    """Noise (B, L) and classes (B,) to pictures, through attention."""

    def __init__(self, config: SaganConfig) -> None:
        super().__init__()
        self.config = config
        sizes = [*feature_sizes(config), config.image_size]
        first = _channels(config, SMALLEST)
        self.start = _normalised(nn.Linear(config.latent_size, first * SMALLEST * SMALLEST))
        self.grow = nn.ModuleDict()  # by the size it grows to
        for size in sizes[1:]:
            block = GrowingBlock(_channels(config, size // 2), _channels(config, size), config.classes)
            self.grow[str(size)] = block
        self.attention = _attention(config, config.generator_attention)
        self.norm = BatchNorm(config.width)
        self.paint = _normalised(nn.Conv2d(config.width, config.channels, 3, 1, 1))

    def forward(
        self, z: Tensor, condition: Condition | None = None, edits: Edits | None = None
    ) -> GeneratorOutput:
        """Pictures of noise z (B, L) and labels (B,); `edits` change attention layers by name."""
        labels = _labels(self.config, condition)
        features = self.start(z).unflatten(1, (-1, SMALLEST, SMALLEST))
        maps = []
        for name in (str(SMALLEST), *self.grow):
            if name in self.grow:
                features = self.grow[name](features, labels)
            if name in self.attention:
                features, attention = self.attention[name](features, (edits or {}).get(name, NO_EDIT))
                maps.append(attention)
        return GeneratorOutput(self.paint(self.norm(features).relu()).tanh(), tuple(maps))


class SaganDiscriminator(Discriminator):
    """Pictures (B, C, H, W) and classes (B,) to logits; classes enter by projection (arXiv 1802.05637)."""

    def __init__(self, config: SaganConfig) -> None:
        super().__init__()
        self.config = config
        sizes = feature_sizes(config)[::-1]
        self.shrink = nn.ModuleDict()  # by the size it shrinks to
        before = config.channels
        for size in sizes:
            after = config.width * sizes[0] // size
            self.shrink[str(size)] = ShrinkingBlock(before, after, first=size == sizes[0])
            before = after
        self.attention = nn.ModuleDict(
            {
                str(size): SaganAttention(config.width * sizes[0] // size, (size, size))
                for size in config.discriminator_attention
            }
        )
        self.last = ShrinkingBlock(before, before, shrink=False)
        self.judge = _normalised(nn.Linear(before, 1))
        if config.classes:
            self.embedding = _normalised(nn.Embedding(config.classes, before))

    def forward(self, items: Tensor, condition: Condition | None = None) -> DiscriminatorOutput:
        labels = _labels(self.config, condition)
        features, maps = items, []
        for name, block in self.shrink.items():
            features = block(features)
            if name in self.attention:
                features, attention = self.attention[name](features)
                maps.append(attention)
        features = self.last(features).relu().sum((2, 3))
        logits = self.judge(features).squeeze(1)
        if self.config.classes:
            logits = logits + (self.embedding(labels) * features).sum(1)
        return DiscriminatorOutput(logits, tuple(maps))


def _channels(config: SaganConfig, size: int) -> int:
    return config.width * config.image_size // max(size, 2 * SMALLEST)


def _attention(config: SaganConfig, sizes: tuple[int, ...]) -> nn.ModuleDict:
    return nn.ModuleDict(
        {str(size): SaganAttention(_channels(config, size), (size, size)) for size in sorted(sizes)}
    )


def _labels(config: SaganConfig, condition: Condition | None) -> Tensor | None:
    if config.classes and not isinstance(condition, Tensor):
        raise ValueError("a class-conditional network needs labels")
    return condition if isinstance(condition, Tensor) else None


def _doubled(features: Tensor) -> Tensor:
    return F.interpolate(features, scale_factor=2)


def _normalised(layer: Weighted) -> Weighted:
    """The layer with Glorot's start, its weight divided by its largest singular value, which is estimated.

    Spectral normalisation: Miyato et al. 2018 (arXiv 1802.05957), algorithm 1.
    """
    with torch.no_grad():
        nn.init.xavier_uniform_(layer.weight)
    spectral_norm(layer)
    return layer
