"""A third kind, as small as one can be: two digits, made from a text that asks for the sum of three numbers.

Shapes: B items, T characters of the longest text, C channels.
"""

import io
import itertools
from collections.abc import Sequence
from typing import Any, Literal

import torch
from PIL import Image
from torch import Tensor, nn

from attngan.config import About, ModelConfig
from attngan.kinds.kind import Asked, Kind
from attngan.kinds.registry import Room
from attngan.model.checkpoints import Model
from attngan.nn.attention import NO_EDIT, Attention, Edits, Tokens
from attngan.nn.batch import Batch, Condition
from attngan.nn.places import Columns, Places, Words
from attngan.nn.players import Discriminator, DiscriminatorOutput, Generator, GeneratorOutput
from attngan.train.loop import train
from attngan.train.state import TrainState

CHARACTERS = "0123456789+"
DIGITS = Columns(("tens", "ones"))
HALF = 4.5  # a digit is -1 to 1 for the networks


class SumsConfig(ModelConfig):
    """The settings of its networks."""

    architecture: Literal["sums"] = "sums"
    width: int = 8

    @property
    def conditional(self) -> bool:
        """Every item is made from a text."""
        return True

    @property
    def attention_layers(self) -> tuple[str, ...]:
        """The generator's one layer."""
        return ("characters",)


class LooksAtCharacters(Attention):
    """Two heads from tokens to the characters of a text."""

    def __init__(self, width: int) -> None:
        super().__init__("characters", heads=2, head_width=width)
        self.queries, self.keys = nn.Linear(width, 2 * width), nn.Linear(width, 2 * width)
        self.values, self.output = nn.Linear(width, 2 * width), nn.Linear(2 * width, width, bias=False)

    def project(self, tokens: Tensor, context: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        """Queries of digits, keys and values of characters."""
        return (
            self._split(self.queries(tokens)),
            self._split(self.keys(context)),
            self._split(self.values(context)),
        )


class Reader(nn.Module):
    """Characters (B, T) to tokens (B, T, C) that know their place."""

    def __init__(self, width: int) -> None:
        super().__init__()
        self.characters, self.places = nn.Embedding(len(CHARACTERS), width), nn.Embedding(16, width)

    def forward(self, words: Condition | None) -> Tokens:
        assert isinstance(words, Words)
        values = self.characters(words.codes) + self.places(torch.arange(len(words)))
        return Tokens(values, words, words.present)


class SumsGenerator(Generator):
    """A token a digit looks at the text."""

    def __init__(self, config: SumsConfig) -> None:
        super().__init__()
        self.read = Reader(config.width)
        self.start = nn.Linear(config.latent_size, 2 * config.width)
        self.attention = nn.ModuleDict({"characters": LooksAtCharacters(config.width)})
        self.write = nn.Linear(config.width, 1)

    def forward(
        self, z: Tensor, condition: Condition | None = None, edits: Edits | None = None
    ) -> GeneratorOutput:
        tokens = Tokens(self.start(z).unflatten(1, (2, -1)), DIGITS)
        edit = (edits or {}).get("characters", NO_EDIT)
        attended, seen = self.attention["characters"].attend(tokens, self.read(condition), edit)
        return GeneratorOutput(self.write(attended.values.relu()).tanh(), (seen,))


class SumsDiscriminator(Discriminator):
    """Judges digits beside the mean of what their text says."""

    def __init__(self, config: SumsConfig) -> None:
        super().__init__()
        self.read = Reader(config.width)
        self.judge = nn.Sequential(nn.Linear(2 + config.width, 16), nn.ReLU(), nn.Linear(16, 1))

    def forward(self, items: Tensor, condition: Condition | None = None) -> DiscriminatorOutput:
        text = self.read(condition)
        assert text.present is not None
        there = text.present[..., None]
        said = (text.values * there).sum(1) / there.sum(1)
        return DiscriminatorOutput(self.judge(torch.cat([items.flatten(1), said], 1)).squeeze(1), ())


class SumsKind(Kind):
    """Two digits: decoded int32 (B, 2, 1), encoded float (B, 2, 1) in [-1, 1]."""

    name = "sums"
    unit = HALF
    visible = 0.5

    def build(self, config: ModelConfig) -> tuple[Generator, Discriminator]:
        assert isinstance(config, SumsConfig)
        return SumsGenerator(config), SumsDiscriminator(config)

    def encode(self, items: Tensor) -> Tensor:
        return items / HALF - 1

    def decode(self, items: Tensor) -> Tensor:
        return ((items + 1) * HALF).round().clamp(0, 9).to(torch.int32)

    def places(self, items: Tensor) -> Places:
        return DIGITS

    def preview(self, items: Tensor) -> bytes:
        file = io.BytesIO()
        Image.fromarray((28 * items[..., 0]).to(torch.uint8).numpy()).save(file, "PNG")
        return file.getvalue()

    def condition(self, config: ModelConfig, count: int, asked: Asked) -> tuple[tuple[Any, ...], Condition]:
        texts = tuple(asked) if asked is not None else ("1+2+3",) * count
        return texts, Words.made_of([[*text] for text in texts], CHARACTERS)


class Sums:
    """All sums of three numbers from 0 to 12."""

    kind, name, licence, source = "sums", "sums", "CC0 1.0", "Nobody's sums"
    labels, label_names, skipped = None, (), ()

    def __init__(self) -> None:
        numbers = [*itertools.product(range(13), repeat=3)]
        self.digits = torch.tensor([[[sum(three) // 10], [sum(three) % 10]] for three in numbers])
        self.texts = Words.made_of([[*"+".join(map(str, three))] for three in numbers], CHARACTERS)

    def __len__(self) -> int:
        return len(self.digits)

    def batch(self, indices: Tensor | Sequence[int]) -> Batch:
        indices = torch.as_tensor(indices)
        return Batch(SUMS.encode(self.digits[indices]), self.texts.rows(indices))


SUMS = SumsKind()
ROOM = Room((SumsConfig,), lambda: SUMS, {})


def model(settings: Any) -> Model:
    """A model that has learnt for as long as the settings (a TrainConfig) say; ROOM must be registered."""
    state = TrainState(SumsConfig(), settings)
    list(train(state, Sums()))
    return Model(state.model, state.ema.eval(), state.discriminator, About(name="sums", data="sums"))
