"""What a run is made of: frozen, validated settings that go to JSON and back; no torch here."""

import difflib
from collections.abc import Iterable
from typing import Annotated, Any, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from attngan.errors import AttnGanError

IMAGE_SIZES = (16, 32, 64)
ATTENTION_SIZES = (4, 8, 16, 32)
Beta = Annotated[float, Field(ge=0, lt=1)]


def explain(error: ValidationError) -> str:
    """One sentence per wrong field, naming the field, what it was and what is allowed."""
    sentences = []
    for detail in error.errors(include_url=False):
        field = ".".join(str(part) for part in detail["loc"])
        given = (
            "" if detail["type"] in ("missing", "extra_forbidden") else f" (given: {detail['input']!r:.80})"
        )
        message = detail["msg"].removeprefix("Value error, ")
        sentences.append(f"{field}: {message}{given}." if field else f"{message}.")
    return " ".join(sentences)


def nearest(name: str, known: Iterable[str]) -> str:
    """A hint for an unknown name: the nearest known one, or all of them."""
    known = list(known)
    close = difflib.get_close_matches(name, known, n=1, cutoff=0.5)
    return f"did you mean {close[0]!r}?" if close else f"known: {', '.join(known)}."


class Settings(BaseModel):
    """Base of all settings: frozen, unknown keys refused, NaN refused, errors in plain words."""

    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False)

    @classmethod
    def of(cls, **values: Any) -> Self:
        """The settings of these values; raises AttnGanError with a sentence per wrong field."""
        return cls.parse(values)

    @classmethod
    def parse(cls, values: dict[str, Any] | str | bytes) -> Self:
        """The settings of a mapping or of JSON text; raises AttnGanError with a sentence per wrong field."""
        try:
            return cls.model_validate(values) if isinstance(values, dict) else cls.model_validate_json(values)
        except ValidationError as error:
            raise AttnGanError(f"{cls.__name__}: {explain(error)}") from error

    def with_(self, **changes: Any) -> Self:
        """A copy with some values changed, validated again."""
        return self.parse(self.model_dump() | changes)


class ModelConfig(Settings):
    """All that rebuilds the networks.

    `generator_attention` and `discriminator_attention` name the feature-map sizes (pixels) that
    get an attention layer; empty means none. `generator_block` puts a residual convolution of as many
    parameters where the generator's attention would stand. `generator_noise` names sizes at which fresh
    noise, a number a cell, enters the generator. `classes` is 0 for an unconditional model, which may learn
    `clusters` groups of look-alike pictures apart (docs/decisions/0042).
    """

    architecture: Literal["attngan", "dcgan-2015", "sagan-2018"] = "attngan"
    image_size: int = 32  # pixels, one of IMAGE_SIZES
    channels: int = 3  # 1 grey, 3 RGB
    latent_size: int = Field(64, ge=1, le=1024)
    width: int = Field(24, ge=4, le=512)  # channels at 32 pixels; networks.feature_channels tells the others
    generator_attention: tuple[int, ...] = (8, 16)  # pixels
    generator_block: Literal["attention", "convolution"] = "attention"  # what stands at those sizes
    generator_noise: tuple[int, ...] = ()  # pixels
    discriminator_attention: tuple[int, ...] = ()  # pixels
    heads: int = Field(2, ge=1, le=16)
    classes: int = Field(0, ge=0, le=4096)
    clusters: int = Field(0, ge=0, le=1024)

    @model_validator(mode="after")
    def _consistent(self) -> Self:
        if self.image_size not in IMAGE_SIZES:
            raise ValueError(f"image_size must be one of {IMAGE_SIZES}, not {self.image_size}")
        if self.channels not in (1, 3):
            raise ValueError(f"channels must be 1 or 3, not {self.channels}")
        for field in ("generator_attention", "generator_noise", "discriminator_attention"):
            sizes = getattr(self, field)
            allowed = tuple(size for size in ATTENTION_SIZES if size < self.image_size)
            if set(sizes) - set(allowed) or len(set(sizes)) != len(sizes):
                raise ValueError(f"{field} must be different sizes out of {allowed}, not {sizes}")
        if self.classes and self.clusters:
            raise ValueError("a model with classes learns these apart, so clusters must be 0")
        if self.architecture == "dcgan-2015" and self.classes:
            raise ValueError("dcgan-2015 knows no classes: leave --conditional out, or take another preset")
        if self.architecture == "dcgan-2015" and self.generator_attention + self.discriminator_attention:
            raise ValueError("dcgan-2015 has no attention: ask for none, or take another preset")
        if self.architecture != "attngan" and (
            self.generator_noise or self.clusters or self.generator_block != "attention"
        ):
            raise ValueError(
                f"{self.architecture} has neither generator_noise nor clusters nor another generator_block"
            )
        if self.architecture == "sagan-2018" and self.heads != 1:
            raise ValueError(f"sagan-2018 has attention of 1 head, not {self.heads}")
        return self

    @property
    def attention_layers(self) -> tuple[int, ...]:
        """Sizes (pixels) at which the generator has attention indeed, and so maps."""
        return self.generator_attention if self.generator_block == "attention" else ()

    @property
    def z_size(self) -> int:
        """Length of a picture's noise z: `latent_size` numbers, then those that enter at single cells."""
        return self.latent_size + sum(size * size for size in self.generator_noise)

    @property
    def groups(self) -> int:
        """Classes or clusters, whichever it has; 0 for neither."""
        return self.classes or self.clusters


class TrainConfig(Settings):
    """How to train: exactly one of `seconds` and `steps` is the budget; everything else has a default."""

    seconds: float | None = Field(None, ge=1, le=7 * 24 * 3600)
    steps: int | None = Field(None, ge=1, le=100_000_000)
    batch: int = Field(64, ge=4, le=1024, multiple_of=4)  # pictures a step
    loss: Literal["minmax", "hinge", "relativistic"] = "relativistic"
    generator_rate: float = Field(2e-3, gt=0, le=1)  # Adam's
    discriminator_rate: float = Field(2e-3, gt=0, le=1)
    betas: tuple[Beta, Beta] = (0.0, 0.99)  # Adam's
    rate_decay: float = Field(0.5, ge=0, le=1)  # last part of the budget in which the rates fall to 0
    r1_weight: float = Field(1.0, ge=0, le=1e4)  # gamma; the penalty is gamma / 2 |grad_x D(x)|^2
    r1_interval: int = Field(8, ge=1, le=1000)  # steps from one penalty to the next
    ema_images: int = Field(20_000, ge=0)  # half-life of the averaged generator's memory, at most
    mismatch_weight: float = Field(0.75, ge=0, le=100)  # of telling a real's class from another's
    variety_weight: float = Field(0.45, ge=0, le=100)  # of noise of a cluster drawing what differs; eased
    class_variety_weight: float = Field(0.15, ge=0, le=100)  # the same in a model with classes
    variety_images: int = Field(60_000, ge=1)  # reals seen, after which both weights fall as 1 / reals seen
    augmentations: tuple[Literal["translation", "colour"], ...] = ("translation",)
    augmentation_epochs: float = Field(2000, ge=0)  # times each real is seen until every one is augmented
    joint_batch: bool = True  # reals and fakes pass the discriminator as one batch
    precision: Literal["auto", "float32", "bfloat16"] = "auto"  # auto: whichever a probe finds faster
    rollbacks: int = Field(3, ge=0, le=100)  # times that training which went wrong is tried more gently
    meter: bool = True  # measure quality now and then, for less than a twentieth of the time
    seed: int = Field(0, ge=0, lt=2**63)

    def gentler(self) -> Self:
        """Half the rates, and a penalty four times as large, at least 1."""
        return self.with_(
            generator_rate=self.generator_rate / 2,
            discriminator_rate=self.discriminator_rate / 2,
            r1_weight=min(1e4, max(1.0, 4 * self.r1_weight)),
        )

    @model_validator(mode="after")
    def _one_budget(self) -> Self:
        if (self.seconds is None) == (self.steps is None):
            raise ValueError("give exactly one of seconds and steps as the budget")
        return self


class About(Settings):
    """What a model is, where it comes from and how good it was measured to be."""

    name: str = ""
    data: str = ""
    licence: str = ""  # of the data, and so of the model
    attribution: str = ""  # to be shown wherever its pictures appear
    label_names: tuple[str, ...] = ()
    seed: int = 0
    steps: int = 0
    seconds: float = 0.0  # of training
    images: int = 0  # real pictures seen
    command: str = ""  # that trains it again
    metrics: dict[str, float] = Field(default_factory=dict)
