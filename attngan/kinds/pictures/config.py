"""The settings of networks that draw pictures: ours, and those of the history lessons; no torch here."""

from typing import Annotated, Any, ClassVar, Literal, Self

from pydantic import Field, model_validator

from attngan.config import ModelConfig
from attngan.tokeniser import MOST_KNOWN, MOST_LETTERS, Tokeniser

IMAGE_SIZES = (16, 32, 64)
ATTENTION_SIZES = (4, 8, 16, 32)
MOST_EXAMPLES = 64  # captions that a model keeps


class PictureConfig(ModelConfig):
    """What all networks of pictures have.

    `generator_attention` and `discriminator_attention` name the feature-map sizes (pixels) that get an
    attention layer; empty means none.
    """

    attends: ClassVar[bool] = True  # whether its networks can have attention
    knows_classes: ClassVar[bool] = True
    knows_captions: ClassVar[bool] = False

    image_size: int = 32  # pixels, one of IMAGE_SIZES
    channels: int = 3  # 1 grey, 3 RGB
    width: int = Field(24, ge=4, le=512)  # channels at 32 pixels; networks.feature_channels tells the others
    generator_attention: tuple[int, ...] = (8, 16)  # pixels
    discriminator_attention: tuple[int, ...] = ()  # pixels
    heads: int = Field(2, ge=1, le=16)

    @model_validator(mode="after")
    def _sizes(self) -> Self:
        if self.image_size not in IMAGE_SIZES:
            raise ValueError(f"image_size must be one of {IMAGE_SIZES}, not {self.image_size}")
        if self.channels not in (1, 3):
            raise ValueError(f"channels must be 1 or 3, not {self.channels}")
        self._check_sizes("generator_attention")
        self._check_sizes("discriminator_attention")
        return self

    def _check_sizes(self, field: str) -> None:
        sizes = getattr(self, field)
        allowed = tuple(size for size in ATTENTION_SIZES if size < self.image_size)
        if set(sizes) - set(allowed) or len(set(sizes)) != len(sizes):
            raise ValueError(f"{field} must be different sizes out of {allowed}, not {sizes}")

    @property
    def attention_sizes(self) -> tuple[int, ...]:
        """Sizes (pixels) at which the generator has attention indeed."""
        return self.generator_attention

    @property
    def attention_layers(self) -> tuple[str, ...]:
        """The same as names of layers."""
        return tuple(map(str, self.attention_sizes))


class AttnganConfig(PictureConfig):
    """The networks of this project.

    `generator_block` puts a residual convolution of as many parameters where the generator's attention would
    stand. `generator_noise` names sizes at which fresh noise, a number a cell, enters the generator.
    `vocabulary` has the words of captions that pictures are made from (attngan.tokeniser), empty without
    captions; where cells look at each other they then look at the words too. `examples` are captions to be
    shown.
    """

    knows_captions: ClassVar[bool] = True

    architecture: Literal["attngan"] = "attngan"
    generator_block: Literal["attention", "convolution"] = "attention"  # what stands at those sizes
    generator_noise: tuple[int, ...] = ()  # pixels
    vocabulary: tuple[Annotated[str, Field(max_length=MOST_LETTERS)], ...] = Field((), max_length=MOST_KNOWN)
    examples: tuple[str, ...] = Field((), max_length=MOST_EXAMPLES)

    @model_validator(mode="after")
    def _noise(self) -> Self:
        self._check_sizes("generator_noise")
        return self

    @model_validator(mode="after")
    def _words(self) -> Self:
        if self.vocabulary:
            Tokeniser(self.vocabulary)  # raises ValueError
            if self.groups:
                raise ValueError("a model of captions has neither classes nor clusters")
        return self

    @property
    def conditional(self) -> bool:
        """Whether pictures are made from classes or captions."""
        return super().conditional or bool(self.vocabulary)

    @property
    def example_texts(self) -> tuple[str, ...]:
        """The captions to be shown."""
        return self.examples

    @property
    def attention_layers(self) -> tuple[str, ...]:
        """One a size; where there are captions, before it the one in which cells look at words."""
        both = [(words_layer(size), str(size)) for size in sorted(self.attention_sizes)]
        return tuple(name for worded, plain in both for name in (worded, plain)[not self.vocabulary :])

    @property
    def attention_sizes(self) -> tuple[int, ...]:
        """Sizes (pixels) at which the generator has attention indeed."""
        return self.generator_attention if self.generator_block == "attention" else ()

    @property
    def z_size(self) -> int:
        """Length of a picture's noise z: `latent_size` numbers, then those that enter at single cells."""
        return self.latent_size + sum(size * size for size in self.generator_noise)


class LessonConfig(PictureConfig):
    """A history lesson: it has neither late noise nor clusters nor another block, as files of before may
    say.
    """

    @model_validator(mode="before")
    @classmethod
    def _without_ours(cls, values: Any) -> Any:
        if not isinstance(values, dict):
            return values
        ours = ("generator_noise", "generator_block")
        noise, block = values.get("generator_noise", ()), values.get("generator_block", "attention")
        if values.get("clusters") or noise not in ((), []) or block != "attention":
            raise ValueError(
                f"{values.get('architecture')} has neither generator_noise nor clusters nor another "
                "generator_block"
            )
        return {name: value for name, value in values.items() if name not in ours}


class DcganConfig(LessonConfig):
    """DCGAN knows neither attention nor classes."""

    attends: ClassVar[bool] = False
    knows_classes: ClassVar[bool] = False

    architecture: Literal["dcgan-2015"] = "dcgan-2015"
    generator_attention: tuple[int, ...] = ()

    @model_validator(mode="after")
    def _plain(self) -> Self:
        if self.classes:
            raise ValueError("dcgan-2015 knows no classes: leave --conditional out, or take another preset")
        if self.generator_attention + self.discriminator_attention:
            raise ValueError("dcgan-2015 has no attention: ask for none, or take another preset")
        return self


class SaganConfig(LessonConfig):
    """SAGAN has attention of one head."""

    architecture: Literal["sagan-2018"] = "sagan-2018"
    heads: int = Field(1, ge=1, le=16)

    @model_validator(mode="after")
    def _one_head(self) -> Self:
        if self.heads != 1:
            raise ValueError(f"sagan-2018 has attention of 1 head, not {self.heads}")
        return self


def words_layer(size: int) -> str:
    """What the layer is called in which cells of a map of so many pixels and words meet."""
    return f"words-{size}"


CONFIGS = (AttnganConfig, DcganConfig, SaganConfig)
