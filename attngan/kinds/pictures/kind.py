"""Pictures as a kind: decoded they are uint8 (B, H, W, C), encoded float (B, C, H, W) in [-1, 1]."""

import io
from collections.abc import Sequence
from typing import Any

import torch
from PIL import Image
from torch import Tensor

from attngan.config import ModelConfig
from attngan.errors import AttnGanError
from attngan.kinds.kind import Asked, Kind
from attngan.kinds.pictures.augmentation import augment
from attngan.kinds.pictures.config import AttnganConfig, DcganConfig, PictureConfig, SaganConfig
from attngan.kinds.pictures.dcgan import DcganDiscriminator, DcganGenerator
from attngan.kinds.pictures.features import features
from attngan.kinds.pictures.networks import PictureDiscriminator, PictureGenerator
from attngan.kinds.pictures.outline import outline
from attngan.kinds.pictures.sagan import SaganDiscriminator, SaganGenerator
from attngan.kinds.pictures.sheet import sheet
from attngan.nn.batch import Batch, Captioned, Condition, DataSet
from attngan.nn.places import Grid, Places, Words
from attngan.nn.players import Discriminator, Generator
from attngan.tokeniser import MOST_WORDS, UNKNOWN, Tokeniser

EXAMPLES = 16  # captions that a model keeps, to be shown
LOOK_ALIKES = 5  # pictures a cluster has on average, at least
FEWEST_CLUSTERS = 4  # two clusters of faces made them worse than none (docs/experiments.md)


class PictureKind(Kind):
    """Pictures, drawn from noise and, where there are classes, a class."""

    name = "pictures"
    unit = 127.5  # of 255
    visible = 8.0  # of 255

    def build(self, config: ModelConfig) -> tuple[Generator, Discriminator]:
        """New networks: ours, or those of a history lesson."""
        match config:
            case AttnganConfig():
                return PictureGenerator(config), PictureDiscriminator(config)
            case DcganConfig():
                return DcganGenerator(config), DcganDiscriminator(config)
            case SaganConfig():
                return SaganGenerator(config), SaganDiscriminator(config)
        raise TypeError(f"no networks of pictures for {type(config).__name__}")

    def encode(self, items: Tensor) -> Tensor:
        """Float (B, C, H, W) in [-1, 1] of uint8 (B, H, W, C); raises AttnGanError for others."""
        if items.dtype != torch.uint8 or items.ndim != 4 or items.shape[-1] not in (1, 3):
            raise AttnGanError(
                f"Pictures are uint8 (N, H, W, 1 or 3), not {items.dtype} {tuple(items.shape)}."
            )
        return items.permute(0, 3, 1, 2).float() / 127.5 - 1

    def decode(self, items: Tensor) -> Tensor:
        """uint8 (B, H, W, C) of pictures (B, C, H, W) in [-1, 1]."""
        pixels = ((items + 1) * 127.5).round().clamp(0, 255).to(torch.uint8)
        return pixels.permute(0, 2, 3, 1).contiguous()

    def by_place(self, items: Tensor) -> Tensor:
        """Pictures (B, C, H, W) as (B, H, W, C)."""
        return items.permute(0, 2, 3, 1)

    def places(self, items: Tensor) -> Places:
        """The pixels."""
        return Grid(items.shape[1], items.shape[2])

    def preview(self, items: Tensor, columns: int | None = None) -> bytes:
        """A sheet of the pictures."""
        buffer = io.BytesIO()
        sheet(items.numpy(), columns).save(buffer, "PNG")
        return buffer.getvalue()

    def png(self, item: Tensor) -> bytes:
        """A picture uint8 (H, W, C), pixel for pixel."""
        pixels, buffer = item.numpy(), io.BytesIO()
        Image.fromarray(pixels[..., 0] if pixels.shape[-1] == 1 else pixels).save(buffer, "PNG")
        return buffer.getvalue()

    def describe(self, items: Tensor) -> Tensor:
        """What the metrics see of pictures (B, C, H, W) in [-1, 1]: attngan.kinds.pictures.features."""
        return features(self.decode(items).permute(0, 3, 1, 2))

    def outline(self, items: Tensor) -> Tensor:
        """Edges and a little colour."""
        return outline(items)

    def augment(self, items: Tensor, names: tuple[str, ...], random: torch.Generator, share: float) -> Tensor:
        """Pictures, about `share` of them moved or recoloured."""
        return augment(items, names, random, share)

    def mismatched(
        self, batch: Batch, data: DataSet, indices: Tensor, random: torch.Generator
    ) -> Batch | None:
        """Pictures with captions that do not suit them; classes are told apart by their projection."""
        if not isinstance(batch.condition, Words) or not isinstance(data, Captioned):
            return None
        return Batch(batch.items, data.wrong(indices, random))

    def condition(
        self, config: ModelConfig, count: int, asked: Asked
    ) -> tuple[tuple[Any, ...], Condition] | None:
        """The classes, or the captions: those asked for, or the model's examples in turn.

        A caption is a text, or its words as the model knows them. Raises AttnGanError for one without a known
        word, and for what is no caption.
        """
        vocabulary = vocabulary_of(config)
        if not vocabulary:
            return super().condition(config, count, asked)
        assert isinstance(config, AttnganConfig)
        examples = config.examples or vocabulary[2:3]
        captions = [examples[index % len(examples)] for index in range(count)] if asked is None else [*asked]
        if len(captions) != count:
            raise AttnGanError(f"{count} pictures need as many captions, not {len(captions)}.")
        tokeniser = Tokeniser(vocabulary)
        words = {caption: _words(caption, tokeniser) for caption in captions}
        texts = [words[caption] for caption in captions]
        return tuple(captions), Words.of_texts(texts, vocabulary)

    def unknown(self, config: ModelConfig, text: str) -> tuple[tuple[str, str], ...]:
        """The words of a caption that the model does not know."""
        vocabulary = vocabulary_of(config)
        if not vocabulary:
            return ()
        words = Tokeniser(vocabulary).read(text).words
        return tuple((each.written, each.nearest) for each in words if each.word == UNKNOWN)

    def unread(self, config: ModelConfig, text: str) -> int:
        """Those behind the first 48."""
        vocabulary = vocabulary_of(config)
        return Tokeniser(vocabulary).read(text).left_out if vocabulary else 0

    def reading(self, config: ModelConfig) -> dict[str, Any]:
        """Their size."""
        assert isinstance(config, PictureConfig)
        return super().reading(config) | {"image_size": config.image_size}

    def fit(self, config: ModelConfig, data: DataSet, conditional: bool) -> PictureConfig:
        """The settings with the channels and, if wanted, the classes of the data; raises AttnGanError
        without any.

        Where pictures can be made from their captions, they are. Where there are few pictures there are few
        clusters, or none.
        """
        assert isinstance(config, PictureConfig)
        if conditional and data.labels is None:
            notes = [note for note in data.skipped if note.startswith("labels: ")]
            dropped = notes[-1].removeprefix("labels: ") if notes else ""
            why = f" that can be learnt ({dropped})" if dropped else ""
            raise AttnGanError(
                f"{data.name} has no labels{why}: leave --conditional out, or sort the pictures into two "
                "or more sub-folders."
            )
        classes = len(data.label_names) if conditional else 0
        captioned = {} if conditional or data.labels is not None else _captioned(config, data)
        clusters = 0 if conditional or captioned else min(config.clusters, len(data) // LOOK_ALIKES)
        changes = {"clusters": clusters if clusters >= FEWEST_CLUSTERS else 0} if config.clusters else {}
        channels = data.batch(torch.zeros(1, dtype=torch.int64)).items.shape[1]
        return config.with_(channels=channels, classes=classes, **changes, **captioned)

    def check(self, config: ModelConfig, data: DataSet) -> None:
        """Raise AttnGanError where size or channels of the data are others."""
        super().check(config, data)
        assert isinstance(config, PictureConfig)
        _, channels, side, _ = data.batch(torch.zeros(1, dtype=torch.int64)).items.shape
        if (side, channels) != (config.image_size, config.channels):
            draws, has = _form(config.channels, config.image_size), _form(channels, side)
            raise AttnGanError(f"The model draws {draws} pictures, but {data.name} has {has} ones.")
        words = data.words if isinstance(data, Captioned) and data.labels is None else None
        if vocabulary_of(config) and (words is None or words.vocabulary != vocabulary_of(config)):
            raise AttnGanError(f"The model knows the words of other captions than those of {data.name}.")

    def attention(self, config: ModelConfig) -> str:
        """The sizes of its feature maps."""
        assert isinstance(config, PictureConfig)
        return _sizes(config.attention_sizes)

    def task(self, config: ModelConfig) -> str | None:
        """By whether they draw what a caption says."""
        return "text-to-image" if config.worded else "unconditional-image-generation"

    def card(self, config: ModelConfig) -> dict[str, str]:
        """Size and colours, and where there is attention."""
        assert isinstance(config, PictureConfig)
        side = config.image_size
        rows = {
            "Pictures": f"{side} x {side} pixels, {_colours(config.channels)}",
            "Kind": _condition(config),
            "Attention in the generator": self.attention(config) or "none",
            "Attention in the discriminator": _sizes(config.discriminator_attention) or "none",
        }
        if vocabulary_of(config):
            attends = isinstance(config, AttnganConfig) and config.attention_layers
            rows["Attention to words"] = "both networks" if attends else "the discriminator"
        if isinstance(config, AttnganConfig) and config.generator_block == "convolution":
            rows["Convolution in place of attention"] = _sizes(config.generator_attention)
        if isinstance(config, AttnganConfig) and config.generator_noise:
            rows["Late noise in the generator"] = _sizes(config.generator_noise)
        return rows


def vocabulary_of(config: ModelConfig) -> tuple[str, ...]:
    """The words that a model of captions knows; empty for others."""
    return config.vocabulary if isinstance(config, AttnganConfig) else ()


def _captioned(config: PictureConfig, data: DataSet) -> dict[str, Any]:
    """The words of the data's captions and some captions to show, as settings; none where there are none."""
    if not isinstance(config, AttnganConfig) or not isinstance(data, Captioned) or data.words is None:
        return {}
    asked = data.check.asked if data.check else ()
    tokens = Tokeniser(data.words.vocabulary).tokens
    captions = [one for one in dict.fromkeys(asked or data.captions) if {*tokens(one)} - {UNKNOWN}]
    every = 1 if asked else max(1, len(captions) // EXAMPLES)
    return {"vocabulary": data.words.vocabulary, "examples": captions[::every][:EXAMPLES]}


def _words(caption: Any, tokeniser: Tokeniser) -> tuple[str, ...]:
    """The words of a caption as the network reads them, of a text or of words."""
    if isinstance(caption, str):
        tokens = tokeniser.tokens(caption)
        if not {*tokens} - {UNKNOWN}:
            tokeniser.read(caption)  # which says what is wrong with it
        return tokens
    known = set(tokeniser.vocabulary)
    if not isinstance(caption, Sequence) or not all(isinstance(word, str) for word in caption):
        raise AttnGanError(f"A caption is a text, not {caption!r:.40}.")
    return tuple(word if word in known else UNKNOWN for word in caption[:MOST_WORDS])


def _condition(config: PictureConfig) -> str:
    if config.classes:
        return f"class-conditional ({config.classes} classes)"
    words = len(vocabulary_of(config)) - 2
    return f"from captions ({words} words known)" if words > 0 else "unconditional"


def _colours(channels: int) -> str:
    return "RGB" if channels == 3 else "grey"


def _form(channels: int, size: int) -> str:
    return f"{_colours(channels)} {size} x {size}"


def _sizes(sizes: tuple[int, ...]) -> str:
    return ", ".join(f"{size} x {size}" for size in sizes)


PICTURES = PictureKind()
