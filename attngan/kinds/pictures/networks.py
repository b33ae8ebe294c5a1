"""The generator and the discriminator.

Shapes: B batch, L length of z, C channels, H x W a picture. A feature map of s x s pixels has
8 * width channels at 4 pixels and half as many with every doubling. No convolution works at the
picture's full size: the last one paints 2x2 pixels a cell, the first one reads them.
"""

import math
from collections.abc import Sequence
from functools import reduce
from typing import NamedTuple, TypeVar

import torch
from torch import Tensor, nn
from torch.nn import functional as F

from attngan.kinds.pictures.captions import BRIEF, CaptionJudge, CaptionReader, WordAttention
from attngan.kinds.pictures.config import AttnganConfig, PictureConfig, words_layer
from attngan.nn.attention import NO_EDIT, AttentionMap, Edits, SelfAttention
from attngan.nn.batch import Batch, Condition, joined
from attngan.nn.blocks import in_blocks
from attngan.nn.layers import (
    ConditionalNorm,
    LateNoise,
    ReadPatches,
    ResidualConvolution,
    activate,
    batch_difference,
    he_start,
)
from attngan.nn.places import Words
from attngan.nn.players import Discriminator, DiscriminatorOutput, Generator, GeneratorOutput
from attngan.tokeniser import MOST_WORDS

SMALLEST = 4  # pixels, the side of the first feature map
REGIONS = 8  # pixels, the side of the feature map at whose cells a discriminator's words look
LOUDNESS = 16  # root mean square of the whole caption's numbers, beside noise of 1
ROWS = 8  # pictures of captions that a trained generator draws at once
Part = TypeVar("Part")


def feature_channels(config: PictureConfig, size: int) -> int:
    """Channels of the feature map of `size` pixels: `width` at 32, twice at 16, four times at 8 and at 4."""
    return max(8, config.width * min(4, 32 // size))


def feature_sizes(config: PictureConfig) -> list[int]:
    """Sides of the feature maps in pixels, from 4 to half the picture's."""
    sizes = [SMALLEST]
    while sizes[-1] * 2 < config.image_size:
        sizes.append(sizes[-1] * 2)
    return sizes


class PictureGenerator(Generator):
    """Noise (B, L) and classes (B,) or captions to pictures, through attention.

    The whole of a caption enters at the start, beside the noise; its words are looked at on the way.
    """

    def __init__(self, config: AttnganConfig) -> None:
        super().__init__()
        self.config = config
        sizes = feature_sizes(config)
        condition = config.latent_size
        if config.groups:
            self.embedding = nn.Embedding(config.groups, config.latent_size)
            condition += config.latent_size
        if config.clusters:
            self.register_buffer("shares", torch.full((config.clusters,), 1 / config.clusters))
        first = feature_channels(config, SMALLEST)
        self.reader = CaptionReader(len(config.vocabulary), BRIEF) if config.vocabulary else None
        self.start = nn.Linear(condition + (BRIEF if config.vocabulary else 0), first * SMALLEST * SMALLEST)
        self.norms = nn.ModuleDict()
        self.grow = nn.ModuleDict()  # by the size it grows to
        self.noise = nn.ModuleDict()
        self.attention = nn.ModuleDict()
        self.convolution = nn.ModuleDict()  # in place of attention
        for size in sizes:
            channels = feature_channels(config, size)
            if size > SMALLEST:
                before = feature_channels(config, size // 2)
                self.grow[str(size)] = nn.ConvTranspose2d(before, channels, 4, 2, 1, bias=False)
            self.norms[str(size)] = ConditionalNorm(channels, condition)
            if size in config.generator_noise:
                self.noise[str(size)] = LateNoise(channels)
            if size in config.attention_sizes:
                if config.vocabulary:
                    words = WordAttention(channels, (size, size), config.heads)
                    self.attention[words.name] = words
                self.attention[str(size)] = SelfAttention(channels, (size, size), config.heads)
            elif size in config.generator_attention:
                self.convolution[str(size)] = _instead_of_attention(channels, size, config)
        self.paint = nn.ConvTranspose2d(feature_channels(config, sizes[-1]), config.channels, 4, 2, 1)

    def forward(
        self, z: Tensor, condition: Condition | None = None, edits: Edits | None = None
    ) -> GeneratorOutput:
        """Pictures of noise z (B, L) and labels (B,) or captions as the condition; `edits` change attention
        layers by name.
        """
        if self.reader is None or self.training:
            return self._drawn(z, condition, edits)
        if not isinstance(condition, Words):
            raise ValueError("a generator of captioned pictures needs captions")
        worded = [name for name, layer in self.attention.items() if isinstance(layer, WordAttention)]
        return in_blocks(self._drawn, z, condition, edits, ROWS, MOST_WORDS, worded)

    def _drawn(self, z: Tensor, condition: Condition | None, edits: Edits | None) -> GeneratorOutput:
        late = [int(size) ** 2 for size in self.noise]
        latent, *noise = z.split([self.config.latent_size, *late], 1)
        cells = dict(zip(self.noise, noise, strict=True))
        labels = self.groups_of(z) if self.config.clusters else condition
        if self.config.groups:
            if labels is None:
                raise ValueError("a class-conditional generator needs labels")
            latent = torch.cat([latent, self.embedding(labels)], 1)  # (B, 2 * latent size)
        begin, read = latent, None
        if self.reader is not None:
            if not isinstance(condition, Words):
                raise ValueError("a generator of captioned pictures needs captions")
            read = self.reader(condition)
            whole = LOUDNESS * F.rms_norm(read.whole, (BRIEF,))  # else a phrase may outshout all else
            begin = torch.cat([latent, whole], 1)
        features = self.start(begin).unflatten(1, (SMALLEST, SMALLEST, -1)).permute(0, 3, 1, 2)
        maps = []
        for name, norm in self.norms.items():
            if name in self.grow:
                features = self.grow[name](features)
            features = norm(features, latent)
            if name in self.noise:
                features = self.noise[name](features, cells[name])
            features = activate(features)
            if name in self.convolution:
                features = self.convolution[name](features)
            worded = words_layer(int(name))
            if worded in self.attention:
                edit = (edits or {}).get(worded, NO_EDIT)
                features, attention = self.attention[worded](features, read, edit)
                maps.append(attention)
            if name in self.attention:
                features, attention = self.attention[name](features, (edits or {}).get(name, NO_EDIT))
                maps.append(attention)
        return GeneratorOutput(self.paint(features).float().tanh(), tuple(maps))

    def groups_of(self, z: Tensor) -> Tensor:
        """The cluster (B,) that each noise z (B, L) asks for, as often as `shares` says.

        It is the angle of the noise's first two entries that decides, so shorter noise (truncation) asks
        for the same clusters.
        """
        turn = torch.atan2(z[:, 1], z[:, 0]) / (2 * math.pi) + 0.5  # even in [0, 1]
        return torch.bucketize(turn, self.get_buffer("shares").cumsum(0)).clamp(max=self.config.clusters - 1)


class _Seen(NamedTuple):
    """What a discriminator saw of pictures: features (B, F) of the whole, and the cells (B, Q, C) at which
    words look, of no size without captions.
    """

    features: Tensor
    cells: Tensor


class PictureDiscriminator(Discriminator):
    """Pictures (B, C, H, W) and classes, clusters (B,) or captions to logits, without normalisation.

    They enter by projection: Miyato & Koyama 2018 (arXiv 1802.05637), equation 5. A picture of unknown
    cluster is taken to be of the one that suits it best. The words of a caption look for what they tell of.
    """

    def __init__(self, config: AttnganConfig) -> None:
        super().__init__()
        self.config = config
        sizes = feature_sizes(config)[::-1]
        self.sizes = [str(size) for size in sizes]
        self.shrink = nn.ModuleDict()  # by the size it shrinks to
        self.attention = nn.ModuleDict()
        channels = feature_channels(config, sizes[0])
        self.read = he_start(nn.Conv2d(config.channels, channels, 4, 2, 1))
        for size in sizes:
            if size < sizes[0]:
                self.shrink[str(size)] = he_start(ReadPatches(channels, feature_channels(config, size)))
            channels = feature_channels(config, size)
            if size in config.discriminator_attention:
                self.attention[str(size)] = SelfAttention(channels, (size, size), config.heads)
        self.mix = he_start(nn.Linear(channels * SMALLEST * SMALLEST, channels))
        self.variety = nn.Linear(1, channels, bias=False)
        self.judge = he_start(nn.Linear(channels, 1))
        if config.groups:
            self.embedding = nn.Embedding(config.groups, channels)
        self.captions = None
        if config.vocabulary:
            regions = feature_channels(config, REGIONS)
            self.captions = CaptionJudge(len(config.vocabulary), channels, regions, REGIONS)

    def forward(self, items: Tensor, condition: Condition | None = None) -> DiscriminatorOutput:
        seen, maps = self._seen(items)
        if self.captions is None:
            return self._judged(seen, condition, maps)
        if not isinstance(condition, Words):
            raise ValueError("a discriminator of captioned pictures needs captions")
        read = self.captions.reader(condition)
        suits, attention = self.captions(seen.cells, seen.features, read.words, read.whole)
        return DiscriminatorOutput((self._real(seen) + suits).float(), (*maps, attention))

    def judged(self, batches: Sequence[Batch]) -> list[DiscriminatorOutput]:
        """How real the pictures of several batches look; what these share is looked at and read once."""
        if self.captions is None:
            return super().judged(batches)
        sizes, device = [len(batch.items) for batch in batches], batches[0].items.device
        pictures, of_picture = _shared([batch.items for batch in batches], sizes, device)
        conditions, of_caption = _shared([batch.condition for batch in batches], sizes, device)
        seen, _ = self._seen(torch.cat(pictures))
        read = self.captions.reader(reduce(joined, conditions))
        cells, features = (part.index_select(0, of_picture) for part in (seen.cells, seen.features))
        suits, _ = self.captions(
            cells, features, read.words.rows(of_caption), read.whole.index_select(0, of_caption)
        )
        logits = self._real(seen).index_select(0, of_picture) + suits
        return [DiscriminatorOutput(part, ()) for part in logits.float().split(sizes)]

    def _seen(self, items: Tensor) -> tuple[_Seen, tuple[AttentionMap, ...]]:
        """What is seen of pictures, whatever they are to show."""
        features = activate(self.read(items.contiguous(memory_format=torch.channels_last)))
        maps, cells = [], features.new_empty(len(items), 0)
        for name in self.sizes:
            if name in self.shrink:
                features = activate(self.shrink[name](features))
            if name in self.attention:
                features, attention = self.attention[name](features)
                maps.append(attention)
            if self.captions is not None and name == str(REGIONS):
                cells = self.captions.attention.offer(features)
        features = features.permute(0, 2, 3, 1).flatten(1)  # (B, 4 * 4 * C), as they lie in memory
        features = activate(self.mix(features) + self.variety(batch_difference(features)))
        return _Seen(features, cells), tuple(maps)

    def _real(self, seen: _Seen) -> Tensor:
        """The part of the logits (B,) that says how real pictures look, whatever they are to show."""
        logits: Tensor = self.judge(seen.features).squeeze(1)
        return logits

    def _judged(
        self, seen: _Seen, condition: Condition | None, maps: tuple[AttentionMap, ...]
    ) -> DiscriminatorOutput:
        features, logits, suits = seen.features, self._real(seen), None
        if self.config.groups:
            suits = features @ self.embedding.weight.t() / features.shape[1] ** 0.5  # (B, K)
            if isinstance(condition, Tensor):
                logits = logits + suits.gather(1, condition[:, None]).squeeze(1)
            elif self.config.clusters:
                logits = logits + suits.amax(1)
            else:
                raise ValueError("a class-conditional discriminator needs labels")
            suits = suits.float()
        return DiscriminatorOutput(logits.float(), maps, suits)


def _shared(parts: Sequence[Part], sizes: Sequence[int], device: torch.device) -> tuple[list[Part], Tensor]:
    """Of some parts with so many rows each the different ones, and where in these all the rows are."""
    different: dict[int, tuple[int, Part]] = {}  # first row, by which object it is
    rows, count = [], 0
    for part, size in zip(parts, sizes, strict=True):
        if id(part) not in different:
            different[id(part)] = count, part
            count += size
        rows.append(torch.arange(size, device=device) + different[id(part)][0])
    return [part for _, part in different.values()], torch.cat(rows)


def _instead_of_attention(channels: int, size: int, config: AttnganConfig) -> ResidualConvolution:
    """A convolution of as many parameters as the attention whose place it takes, counted on one."""
    with torch.device("meta"):
        attention = nn.ModuleList([SelfAttention(channels, (size, size), config.heads)])
        if config.vocabulary:
            attention.append(WordAttention(channels, (size, size), config.heads))
    return ResidualConvolution(channels, sum(value.numel() for value in attention.parameters()))
