"""What a run is made of: frozen, validated settings that go to JSON and back; no torch here."""

import difflib
from collections.abc import Iterable
from typing import Annotated, Any, ClassVar, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from attngan.errors import AttnGanError, shown
from attngan.text import writable

MOST_TOLD = 8  # mistakes in one message
Square = Literal["crop", "pad", "stretch"]  # how a picture that is not square is made so
Beta = Annotated[float, Field(ge=0, lt=1)]


def explain(error: ValidationError) -> str:
    """One sentence per wrong field, naming the field, what it was and what is allowed."""
    sentences = []
    details = error.errors(include_url=False)
    for detail in details[:MOST_TOLD]:
        field = ".".join(str(part) for part in detail["loc"])
        unsaid = detail["type"] in ("missing", "extra_forbidden")
        given = "" if unsaid else f" (given: {shown(detail['input'])})"
        message = detail["msg"].removeprefix("Value error, ")
        sentences.append(f"{field}: {message}{given}." if field else f"{message}.")
    if len(details) > MOST_TOLD:
        sentences.append(f"And {len(details) - MOST_TOLD} more.")
    return " ".join(sentences)


def nearest(name: str, known: Iterable[str]) -> str:
    """A hint for an unknown name: the nearest known one, or all of them."""
    known = list(known)
    close = difflib.get_close_matches(name, known, n=1, cutoff=0.5)
    return f"did you mean {close[0]!r}?" if close else f"known: {', '.join(known)}."


class Settings(BaseModel):
    """Base of all settings: frozen, unknown keys refused, NaN refused, errors in plain words.

    Their texts can always be written as JSON (attngan.text).
    """

    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False)

    @model_validator(mode="before")
    @classmethod
    def _writable(cls, values: Any) -> Any:
        return writable(values)

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
    """What every room asks of a model's settings; each architecture has a class of its own (attngan.kinds).

    `classes` is 0 for an unconditional model, which may learn `clusters` groups of look-alike items apart
    (docs/decisions/0042).
    """

    architecture: str
    latent_size: int = Field(64, ge=1, le=1024)
    classes: int = Field(0, ge=0, le=4096)
    clusters: int = Field(0, ge=0, le=1024)

    @model_validator(mode="after")
    def _classes_or_clusters(self) -> Self:
        if self.classes and self.clusters:
            raise ValueError("a model with classes learns these apart, so clusters must be 0")
        return self

    @property
    def attention_layers(self) -> tuple[str, ...]:
        """Names of the layers at which the generator has attention, and so maps, in order."""
        return ()

    @property
    def are_points(self) -> bool:
        """Whether its items are points of one plane, which are seen at once and quickly drawn."""
        return False

    @property
    def shown(self) -> int:
        """How many items are drawn to be shown together."""
        return 16

    @property
    def z_size(self) -> int:
        """Length of an item's noise z."""
        return self.latent_size

    @property
    def conditional(self) -> bool:
        """Whether each item is made from a condition that the data give: a class, or what a kind of its
        own adds.
        """
        return self.classes > 0

    @property
    def worded(self) -> bool:
        """Whether each item is made from a text."""
        return self.conditional and not self.classes

    @property
    def is_of_its_data(self) -> bool:
        """Whether what it reads or makes has the form of the data it learnt from, so that only models of the
        same data can be compared.
        """
        return False

    @property
    def example_texts(self) -> tuple[str, ...]:
        """Texts that it can be asked with, to be shown; none where items are made from no text."""
        return ()

    @property
    def groups(self) -> int:
        """Classes or clusters, whichever it has; 0 for neither."""
        return self.classes or self.clusters


class TrainConfig(Settings):
    """How to train: exactly one of `seconds` and `steps` is the budget; everything else has a default."""

    seconds: float | None = Field(None, ge=1, le=7 * 24 * 3600)
    steps: int | None = Field(None, ge=1, le=100_000_000)
    batch: int = Field(64, ge=4, le=1024, multiple_of=4)  # pictures a step
    loss: Literal["minmax", "hinge", "relativistic", "taught"] = "relativistic"  # taught: without a game
    generator_rate: float = Field(2e-3, gt=0, le=1)  # Adam's
    discriminator_rate: float = Field(2e-3, gt=0, le=1)
    betas: tuple[Beta, Beta] = (0.0, 0.99)  # Adam's
    rate_decay: float = Field(0.5, ge=0, le=1)  # last part of the budget in which the rates fall to 0
    r1_weight: float = Field(1.0, ge=0, le=1e4)  # gamma; the penalty is gamma / 2 |grad_x D(x)|^2
    r1_interval: int = Field(8, ge=1, le=1000)  # steps from one penalty to the next
    discriminator_steps: int = Field(1, ge=1, le=16)  # the generator learns in every so manieth alone
    gate: float | None = Field(None, ge=0, le=4)  # at which attention in the generator is held; None: learnt
    ema_images: int = Field(20_000, ge=0)  # half-life of the averaged generator's memory, at most
    mismatch_weight: float = Field(0.75, ge=0, le=100)  # of telling a real's condition from another's
    mismatches: int = Field(1, ge=1, le=16)  # wrong conditions that each real is shown with
    variety_weight: float = Field(0.45, ge=0, le=100)  # of noise of a cluster drawing what differs; eased
    class_variety_weight: float = Field(0.15, ge=0, le=100)  # the same in a model with classes
    variety_images: int = Field(60_000, ge=1)  # reals seen, after which both weights fall as 1 / reals seen
    augmentations: tuple[Literal["translation", "colour", "noise"], ...] = ("translation",)
    augmentation_epochs: float = Field(2000, ge=0)  # times each real is seen until every one is augmented
    joint_batch: bool = True  # reals and fakes pass the discriminator as one batch
    precision: Literal["auto", "float32", "bfloat16"] = "auto"  # auto: whichever a probe finds faster
    rollbacks: int = Field(3, ge=0, le=100)  # times that training which went wrong is tried more gently
    meter: bool = True  # measure quality now and then, for less than a twentieth of the time
    seed: int = Field(0, ge=0, lt=2**63)

    STEERABLE: ClassVar[tuple[str, ...]] = (
        "generator_rate",
        "discriminator_rate",
        "r1_weight",
        "discriminator_steps",
        "gate",
        "augmentations",
        "augmentation_epochs",
        "mismatch_weight",
        "variety_weight",
        "class_variety_weight",
    )  # what may be changed while it trains

    def steered(self, changes: dict[str, Any]) -> Self:
        """These settings with some of STEERABLE changed; raises AttnGanError for any other name or value."""
        for name, value in changes.items():
            if name not in self.STEERABLE:
                raise AttnGanError(
                    f"{name!r:.40} cannot be changed on the way: {nearest(name, self.STEERABLE)}"
                )
            if isinstance(value, bool):
                raise AttnGanError(f"{name} is a number, or names, not {value}.")
        return self.with_(**changes)

    def differing(self, other: Self) -> dict[str, Any]:
        """Those of these settings that are not as in `other`, by their names, as JSON has them."""
        own, others = self.model_dump(mode="json"), other.model_dump(mode="json")
        return {name: value for name, value in own.items() if value != others[name]}

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
    square: Square = "crop"  # how pictures that are not square were made so
    licence: str = ""  # of the data, and so of the model
    attribution: str = ""  # to be shown wherever its pictures appear
    label_names: tuple[str, ...] = ()
    seed: int = 0
    steps: int = 0
    seconds: float = 0.0  # of training
    images: int = 0  # real pictures seen
    command: str = ""  # that trains it again
    metrics: dict[str, float] = Field(default_factory=dict)  # by their keys in attngan.vocabulary
    real: dict[str, float] = Field(default_factory=dict)  # the same of real items against other real ones

    @property
    def credit(self) -> str:
        """Who made the model's items and whose it learnt from, in one line; empty without an attribution."""
        return f"Made by a network. Learnt from: {self.attribution}" if self.attribution else ""
