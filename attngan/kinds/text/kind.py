"""Text from text as a kind: decoded it is int32 (B, T, 1), Unicode code points, 0 behind the end.

Encoded it is float (B, T, V), 1 at the code of the character. Shapes: B texts, T places of the longest,
V codes of their alphabet.
"""

import io
import unicodedata
from collections.abc import Iterator, Sequence

import torch
from torch import Tensor
from torch.nn import functional as F

from attngan.config import ModelConfig
from attngan.errors import AttnGanError, shown
from attngan.kinds.kind import Asked, Kind
from attngan.kinds.lines import lines
from attngan.kinds.text.config import TextConfig
from attngan.kinds.text.networks import TextDiscriminator, TextGenerator
from attngan.nn.batch import Batch, DataSet
from attngan.nn.characters import Alphabet, PairedTexts
from attngan.nn.places import Columns, Places, Words
from attngan.nn.players import Discriminator, Generator
from attngan.text import plain

EXAMPLES = 10  # held-out pairs that a model keeps, to be shown


class TextKind(Kind):
    """Texts, written for a text that is read. A model's alphabets are its own, and so is its kind (`of`)."""

    name = "text"

    def __init__(self, config: TextConfig | None = None) -> None:
        self.config = config or TextConfig()
        self.written = Alphabet(self.config.written)

    @property
    def several(self) -> str:
        """Texts."""
        return "texts"

    def of(self, config: ModelConfig) -> Kind:
        """The kind that knows the model's alphabets."""
        assert isinstance(config, TextConfig)
        return TextKind(config)

    def build(self, config: ModelConfig) -> tuple[Generator, Discriminator]:
        """New networks."""
        assert isinstance(config, TextConfig)
        return TextGenerator(config), TextDiscriminator(config)

    def encode(self, items: Tensor) -> Tensor:
        """Float (B, T, V) of code points (B, T, 1); raises AttnGanError for characters that are not known."""
        points = self.written.points
        if items.dtype != torch.int32 or items.ndim != 3 or not torch.isin(items, points).all():
            raise AttnGanError("Texts are int32 (N, T, 1), code points of characters that the model writes.")
        return F.one_hot((items == points).float().argmax(-1), len(points)).float()

    def decode(self, items: Tensor) -> Tensor:
        """Code points int32 (B, T, 1) of the largest of each place's values (B, T, V); the first place that
        has none ends the text.
        """
        points = self.written.points[items.argmax(-1)]
        return points.where((points != 0).cumprod(-1).bool(), 0)[..., None]

    def places(self, items: Tensor) -> Places:
        """The places of a text, counted from 1 as people do."""
        return Columns(tuple(str(place + 1) for place in range(items.shape[1])))

    def texts(self, items: Tensor) -> list[list[str]]:
        """The character at each place, "" behind the end."""
        return [[chr(point) if point else "" for point in item] for item in items.squeeze(-1).tolist()]

    def preview(self, items: Tensor, columns: int | None = None) -> bytes:
        """The texts, a line each."""
        buffer = io.BytesIO()
        lines(["".join(text) for text in self.texts(items)]).save(buffer, "PNG")
        return buffer.getvalue()

    def mismatched(
        self, batch: Batch, data: DataSet, indices: Tensor, random: torch.Generator
    ) -> Batch | None:
        """Each text with what is to be written for the next one for which that is something else; None where
        the same is to be written for all.
        """
        codes = batch.items.argmax(-1)
        places = torch.arange(len(codes), device=codes.device)
        differ = (codes[:, None] != codes).any(-1)  # (B, B)
        if not differ.any():
            return None
        away = (places - places[:, None]) % len(places)
        return Batch(batch.items[away.masked_fill(~differ, len(places)).argmin(1)], batch.condition)

    def condition(self, config: ModelConfig, count: int, asked: Asked) -> tuple[tuple[str, ...], Words]:
        """The texts that are read: those asked for, or the model's examples in turn.

        It is read as the data's own texts are (attngan.text.plain). A character that the
        model does not know is read as unknown. Raises AttnGanError for an empty text and one of more than
        `most_read` characters.
        """
        assert isinstance(config, TextConfig)
        examples = config.example_texts or config.known[:1]
        usual = [examples[index % len(examples)] for index in range(count)]
        texts = usual if asked is None else [readable(text, config.most_read) for text in asked]
        if len(texts) != count:
            raise AttnGanError(f"{count} outputs need as many texts, not {len(texts)}.")
        return tuple(texts), Alphabet(config.known).words(texts, max(map(len, texts), default=0))

    def unknown(self, config: ModelConfig, text: str) -> tuple[tuple[str, str], ...]:
        """The characters that the model does not know, each with the same letter in another case or without
        its marks, where it knows that.
        """
        assert isinstance(config, TextConfig)
        known = frozenset(config.known)
        strange = [character for character in readable(text, config.most_read) if character not in known]
        return tuple((each, next(filter(known.__contains__, _alike(each)), "")) for each in strange)

    def fit(self, config: ModelConfig, data: DataSet, conditional: bool) -> TextConfig:
        """The settings with the alphabets and lengths of the data, and some held-out pairs as examples."""
        assert isinstance(config, TextConfig)
        if conditional:
            raise AttnGanError("Text from text has no classes: leave --conditional out.")
        if not isinstance(data, PairedTexts):
            raise AttnGanError(f"{data.name} has {data.kind}, no pairs of texts.")
        known, written = data.alphabets
        return config.with_(
            known=known.characters,
            written=written.characters,
            longest_input=data.longest[0],
            longest_output=data.longest[1],
            examples=[pair[:2] for pair in (data.held_out or data.pairs)[:EXAMPLES]],
        )

    def check(self, config: ModelConfig, data: DataSet) -> None:
        """Raise AttnGanError where the data have other characters or lengths than the model's."""
        super().check(config, data)
        assert isinstance(config, TextConfig)
        fitted = self.fit(config, data, conditional=False)
        if fitted.with_(examples=config.examples) != config:
            raise AttnGanError(
                f"The model reads and writes other characters, or other lengths, than {data.name} has."
            )

    def attention(self, config: ModelConfig) -> str:
        """How often it looks."""
        assert isinstance(config, TextConfig)
        rounds = len(config.attention_layers)
        return f"the characters of the input, {rounds} times" if rounds else ""

    def task(self, config: ModelConfig) -> str | None:
        """They write a text for a text."""
        return "text-generation"

    def card(self, config: ModelConfig) -> dict[str, str]:
        """What it reads and writes, and how."""
        assert isinstance(config, TextConfig)
        return {
            "Reads": f"up to {config.most_read} characters out of {len(config.known)}",
            "Writes": f"up to {config.longest_output} characters out of {len(config.written)}",
            "Attention in both networks": self.attention(config) or "none: the mean of all characters",
        }


def _alike(character: str) -> Iterator[str]:
    """The same letter in another case and without its marks (Unicode's NFKD), the most alike first."""
    for letter in (character, unicodedata.normalize("NFKD", character)[:1]):
        yield from (letter, letter.lower(), letter.upper())


def readable(text: Sequence[str], longest: int) -> str:
    """A text, or its characters, as it is read; raises AttnGanError for an empty or too long one."""
    joined = plain("".join(text))
    if not joined:
        raise AttnGanError("There is nothing to read: give a text.")
    if len(joined) > longest:
        raise AttnGanError(
            f"This model reads at most {longest} characters, not {len(joined)}: {shown(joined)}."
        )
    return joined
