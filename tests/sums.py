"""A toy third kind, all of it in this module: sums of three numbers, made from a text such as "3+15+1".

Shapes: B items, T characters of the longest text, Q = 3 digits of a sum, N heads, D width of a head,
C channels, L length of z.
"""

import io
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

import torch
from PIL import Image, ImageDraw
from torch import Tensor, nn

from attngan.config import ModelConfig, TrainConfig
from attngan.errors import AttnGanError
from attngan.kinds.kind import Asked, Kind
from attngan.kinds.registry import KINDS, Entry
from attngan.nn.attention import NO_EDIT, Attention, AttentionEdit, AttentionMap, Edits, Tokens
from attngan.nn.batch import Batch, Condition, DataSet
from attngan.nn.places import Columns, Places, Words
from attngan.nn.players import Discriminator, DiscriminatorOutput, Generator, GeneratorOutput
from attngan.run import runs
from attngan.run.runs import RunConfig

DIGITS = Columns(("hundreds", "tens", "ones"))
VOCABULARY = tuple("+0123456789")
LONGEST = len("99+99+99")
USUAL = ("3+5+1", "12+7+90", "44+4+4")  # asked for where nobody asks


class SumsConfig(ModelConfig):
    """The settings of networks that add."""

    architecture: Literal["sums"] = "sums"
    latent_size: int = 5
    width: int = 22  # channels
    heads: int = 2

    @property
    def attention_layers(self) -> tuple[str, ...]:
        return ("digits",)

    @property
    def conditional(self) -> bool:
        return True


class Reading(Attention):
    """Digits (B, Q, C) look at the characters (B, T, C) of a text: cross-attention."""

    def __init__(self, config: SumsConfig) -> None:
        super().__init__("digits", config.heads, config.width // config.heads)
        inner = self.heads * self.head_width
        self.queries = nn.Linear(config.width, inner, bias=False)
        self.keys_values = nn.Linear(config.width, 2 * inner, bias=False)
        self.output = nn.Linear(inner, config.width, bias=False)
        self.characters = nn.Embedding(len(VOCABULARY), config.width)
        self.order = nn.Embedding(LONGEST, config.width)

    def project(self, tokens: Tensor, context: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        keys, values = self.keys_values(context).chunk(2, -1)
        return self._split(self.queries(tokens)), self._split(keys), self._split(values)

    def forward(
        self, digits: Tensor, condition: Condition | None, edit: AttentionEdit = NO_EDIT
    ) -> tuple[Tensor, AttentionMap]:
        assert isinstance(condition, Words)
        text = self.characters(condition.codes) + self.order.weight[: len(condition)]  # (B, T, C)
        read, seen = self.attend(Tokens(digits, DIGITS), Tokens(text, condition, condition.present), edit)
        return read.values, seen


class SumsGenerator(Generator):
    """Noise (B, L) and texts to digits (B, Q) in [-1, 1]."""

    def __init__(self, config: SumsConfig) -> None:
        super().__init__()
        self.start = nn.Linear(config.latent_size, len(DIGITS) * config.width)
        self.attention = nn.ModuleDict({"digits": Reading(config)})
        self.end = nn.Linear(config.width, 1)

    def forward(
        self, z: Tensor, condition: Condition | None = None, edits: Edits | None = None
    ) -> GeneratorOutput:
        digits = self.start(z).unflatten(1, (len(DIGITS), -1))  # (B, Q, C)
        digits, seen = self.attention["digits"](digits, condition, (edits or {}).get("digits", NO_EDIT))
        return GeneratorOutput(self.end(digits.relu()).squeeze(-1).float().tanh(), (seen,))


class SumsDiscriminator(Discriminator):
    """Digits (B, Q) and texts to logits (B,)."""

    def __init__(self, config: SumsConfig) -> None:
        super().__init__()
        self.start = nn.Linear(1, config.width)
        self.read = Reading(config)
        self.end = nn.Linear(len(DIGITS) * config.width, 1)

    def forward(self, items: Tensor, condition: Condition | None = None) -> DiscriminatorOutput:
        digits, seen = self.read(self.start(items[..., None]), condition)
        return DiscriminatorOutput(self.end(digits.relu().flatten(1)).squeeze(1).float(), (seen,))


class SumsKind(Kind):
    """Decoded a sum is int32 (Q, 1), its digits; encoded it is float (Q,) in [-1, 1]."""

    name = "sums"
    unit = 4.5
    visible = 0.5

    def build(self, config: ModelConfig) -> tuple[Generator, Discriminator]:
        assert isinstance(config, SumsConfig)
        return SumsGenerator(config), SumsDiscriminator(config)

    def encode(self, items: Tensor) -> Tensor:
        return items.squeeze(-1) / self.unit - 1

    def decode(self, items: Tensor) -> Tensor:
        return ((items + 1) * self.unit).round().int()[..., None]

    def by_place(self, items: Tensor) -> Tensor:
        return items[..., None]

    def places(self, items: Tensor) -> Places:
        return DIGITS

    def texts(self, items: Tensor) -> list[list[str]]:
        return [[str(digit) for digit in item] for item in items.squeeze(-1).tolist()]

    def preview(self, items: Tensor, columns: int | None = None) -> bytes:
        sheet = Image.new("L", (40, 12 * len(items)), 255)
        for row, text in enumerate(self.texts(items)):
            ImageDraw.Draw(sheet).text((2, 12 * row), "".join(text), fill=0)
        buffer = io.BytesIO()
        sheet.save(buffer, "PNG")
        return buffer.getvalue()

    def condition(self, config: ModelConfig, count: int, asked: Asked) -> tuple[tuple[str, ...], Words]:
        usual = (USUAL[index % len(USUAL)] for index in range(count))
        texts = tuple("".join(text) for text in (usual if asked is None else asked))
        for text in texts:
            if not re.fullmatch(r"\d{1,2}\+\d{1,2}\+\d{1,2}", text):
                raise AttnGanError(f"A sum is asked for as three numbers, such as 3+15+1, not {text!r:.40}.")
        if len(texts) != count:
            raise AttnGanError(f"{count} sums need as many texts, not {len(texts)}.")
        return texts, Words.of_texts(texts, VOCABULARY)

    def check(self, config: ModelConfig, data: DataSet) -> None:
        if data.kind != self.name:
            raise AttnGanError(f"The model adds, but {data.name} has {data.kind}.")

    def card(self, config: ModelConfig) -> dict[str, str]:
        return {"Sums": "of three numbers from 0 to 99"}


SUMS = SumsKind()


@dataclass(frozen=True, eq=False)
class Sums:
    """Sums of random numbers, half of which have one digit."""

    count: int = 1009
    name: str = "sums"
    kind: str = "sums"
    licence: str = "CC0 1.0"
    source: str = "Nobody's sums"
    labels: Tensor | None = None
    label_names: tuple[str, ...] = ()
    skipped: tuple[str, ...] = ()
    check: None = None
    numbers: Tensor = field(init=False)  # (N, 3)

    def __post_init__(self) -> None:
        random = torch.Generator().manual_seed(2)
        small = torch.rand(self.count, 3, generator=random) < 0.5
        numbers = torch.randint(100, (self.count, 3), generator=random)
        object.__setattr__(self, "numbers", numbers.where(~small, numbers % 10))

    def __len__(self) -> int:
        return self.count

    def batch(self, indices: Tensor) -> Batch:
        numbers = self.numbers[indices]
        texts = ["+".join(map(str, three)) for three in numbers.tolist()]
        digits = numbers.sum(1)[:, None] // torch.tensor([100, 10, 1]) % 10
        return Batch(SUMS.encode(digits[..., None]), Words.of_texts(texts, VOCABULARY))


@contextmanager
def known() -> Iterator[None]:
    """Inside, there is a third kind."""
    KINDS["sums"] = Entry((SumsConfig,), lambda: SUMS)
    try:
        yield
    finally:
        del KINDS["sums"]


def run_config(steps: int = 7, data: DataSet | None = None) -> RunConfig:
    train = TrainConfig.of(steps=steps, batch=8, precision="float32", seed=5)
    return RunConfig(
        model=SumsConfig(), train=train, data="sums", pictures=len(data or Sums()), command="add"
    )


def write_run(folder: Path, steps: int = 300) -> Path:
    """Train briefly in this folder, inside of `known()`; its model's folder."""
    config = run_config(steps)
    for _ in runs.record(folder, config, runs.create(folder, config), Sums()):
        pass
    return folder / "model"
