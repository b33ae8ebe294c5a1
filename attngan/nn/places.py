"""Places: what the queries and keys of attention are, and what the parts of an item are.

Cells of a grid over a picture, words of texts, or columns of a table. Shapes: B texts, T tokens of the
longest, P places of one value, R of another.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import torch
from jaxtyping import Bool, Float
from torch import Tensor

from attngan.errors import AttnGanError

Place = int | tuple[int, int]  # one place of an item: its number, or column and row (x, y) on a grid


@dataclass(frozen=True)
class Grid:
    """The cells of a feature map, or the pixels of a picture, row by row from the top left."""

    height: int
    width: int

    def __len__(self) -> int:
        return self.height * self.width

    @property
    def shape(self) -> tuple[int, ...]:
        """Of a map over these places: (height, width)."""
        return self.height, self.width

    def of(self, item: int) -> "Grid":
        """The places of one item of a batch; all items have the same grid."""
        return self


@dataclass(frozen=True)
class Columns:
    """The columns of a table, or the named tokens of a network."""

    names: tuple[str, ...]

    def __len__(self) -> int:
        return len(self.names)

    @property
    def shape(self) -> tuple[int, ...]:
        """Of a map over these places: (columns,)."""
        return (len(self.names),)

    def of(self, item: int) -> "Columns":
        """The places of one item of a batch; all items have the same columns."""
        return self


@dataclass(frozen=True, eq=False)
class Words:
    """The tokens of texts: codes int64 (B, T), of which the first `lengths` (B,) count, the rest is padding.

    `vocabulary` has the text of every code. Both a condition that a network reads, and places that are
    looked at.
    """

    codes: Tensor
    lengths: Tensor
    vocabulary: tuple[str, ...]

    @staticmethod
    def of_texts(texts: Sequence[Sequence[str]], vocabulary: Sequence[str] = ()) -> "Words":
        """Texts that are split already; without a vocabulary, that of the texts themselves.

        Raises AttnGanError for a token that the vocabulary lacks.
        """
        known = tuple(vocabulary) or tuple(sorted({token for text in texts for token in text})) or ("",)
        number = {token: code for code, token in enumerate(known)}
        longest = max(map(len, texts), default=0)
        try:
            rows = [[number[token] for token in text] + [0] * (longest - len(text)) for text in texts]
        except KeyError as error:
            told = f"{error.args[0]!r:.40} is not known here; known are: {' '.join(known)!s:.200}."
            raise AttnGanError(told) from error
        codes = torch.tensor(rows, dtype=torch.int64).view(len(texts), longest)
        return Words(codes, torch.tensor([*map(len, texts)], dtype=torch.int64), known)

    def __len__(self) -> int:
        return self.codes.shape[1]

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Words) and self.texts == other.texts

    __hash__ = None  # type: ignore[assignment] # equal texts may have different codes

    @cached_property
    def texts(self) -> tuple[tuple[str, ...], ...]:
        """The tokens of each text, without padding."""
        rows = zip(self.codes.tolist(), self.lengths.tolist(), strict=True)
        return tuple(tuple(self.vocabulary[code] for code in codes[:length]) for codes, length in rows)

    @property
    def present(self) -> Bool[Tensor, "B T"]:
        """Bool (B, T), False at padding."""
        return torch.arange(len(self), device=self.lengths.device) < self.lengths[:, None]

    @property
    def shape(self) -> tuple[int, ...]:
        """Of a map over these places: (T,)."""
        return (len(self),)

    def of(self, item: int) -> "Words":
        """The words of one text of the batch, padded as in it."""
        return self.rows(slice(item, item + 1))

    def rows(self, rows: slice | Tensor) -> "Words":
        """Some of the texts: a slice of them, or those of these numbers, int64 (B',)."""
        return Words(self.codes[rows], self.lengths[rows], self.vocabulary)

    def to(self, device: torch.device) -> "Words":
        """The texts there; itself where they are there already."""
        codes = self.codes.to(device)
        return self if codes is self.codes else Words(codes, self.lengths.to(device), self.vocabulary)

    def trimmed(self) -> "Words":
        """The texts padded to the longest of them, no further."""
        longest = int(self.lengths.max()) if len(self.lengths) else 0
        return Words(self.codes[:, :longest], self.lengths, self.vocabulary)


Places = Grid | Words | Columns


def in_one_space(places: Places, others: Places) -> bool:
    """Whether both say where something lies in the same thing: two grids always do."""
    return (isinstance(places, Grid) and isinstance(others, Grid)) or places == others


def overlaps(places: Places, others: Places) -> Float[Tensor, "P R"]:
    """How much of each place lies in which of the others: float32 (P, R), rows sum to 1.

    Both grids cover the same picture; a cell of 2x2 pooled keys lies by a quarter in each of its four cells.
    Raises AttnGanError for places of different things.
    """
    if not in_one_space(places, others):
        raise AttnGanError(f"{_kind(places)} and {_kind(others)} do not lie in one another.")
    if isinstance(places, Grid) and isinstance(others, Grid):
        return torch.kron(_along(places.height, others.height), _along(places.width, others.width))
    return torch.eye(len(places))


def distances(places: Places, others: Places, whole: Places = Grid(1, 1)) -> Float[Tensor, "P R"] | None:
    """Distances float32 (P, R) between the middles of places; None where there is no such thing.

    On grids in cells of `whole`, by default in shares of the picture's sides; in a text in words.
    """
    if not in_one_space(places, others) or isinstance(places, Columns):
        return None
    if isinstance(places, Grid) and isinstance(others, Grid) and isinstance(whole, Grid):
        size = torch.tensor([whole.height, whole.width])
        return torch.cdist(_middles(places) * size, _middles(others) * size)
    numbers = torch.arange(len(places), dtype=torch.float32)
    return (numbers[:, None] - numbers).abs()


def index_at(places: Places, place: Place, whole: Places) -> int:
    """Which of `places` holds this place of an item, whose own places are `whole`.

    Raises AttnGanError where the item has no such place, or it lies in none of them.
    """
    if isinstance(whole, Grid):
        if not isinstance(places, Grid):
            raise AttnGanError(f"A pixel lies on a grid: none of these {_kind(places).lower()} is one.")
        if not isinstance(place, tuple):
            raise AttnGanError(f"A pixel is given as column and row, not {place!r:.40}.")
        (x, y), height, width = place, whole.height, whole.width
        if not (0 <= x < width and 0 <= y < height):
            raise AttnGanError(
                f"Pixel {x},{y} is outside the picture: x is 0 to {width - 1}, y is 0 to {height - 1}."
            )
        return (y * places.height // height) * places.width + x * places.width // width
    if type(places) is not type(whole):
        raise AttnGanError(
            f"{_kind(whole)} do not lie in {_kind(places)}, so place {place!r:.40} is not there."
        )
    if isinstance(place, tuple) or not 0 <= place < min(len(places), len(whole)):
        raise AttnGanError(f"A place is a whole number from 0 to {len(whole) - 1}, not {place!r:.40}.")
    return place


def to_json(places: Places) -> Any:
    """As frames and programs are told of places: [height, width], {"words": [...]} or {"columns": [...]}."""
    match places:
        case Grid(height, width):
            return [height, width]
        case Columns(names):
            return {"columns": [*names]}
    return {"words": [[*text] for text in places.texts]}


def from_json(said: Any) -> Places:
    """The places that `to_json` wrote; raises AttnGanError for anything else."""
    match said:
        case [int(height), int(width)] if height >= 0 and width >= 0:
            return Grid(height, width)
        case {"columns": [*names]} if all(isinstance(name, str) for name in names):
            return Columns(tuple(names))
        case {"words": [*texts]} if all(
            isinstance(text, list) and all(isinstance(word, str) for word in text) for text in texts
        ):
            return Words.of_texts(texts)
    raise AttnGanError(f"These are no places: {said!r:.80}.")


def _kind(places: Places) -> str:
    return type(places).__name__


def _along(count: int, other: int) -> Tensor:
    starts, others = torch.arange(count) / count, torch.arange(other) / other
    first = torch.maximum(starts[:, None], others)
    last = torch.minimum(starts[:, None] + 1 / count, others + 1 / other)
    return (last - first).clamp_min(0) * count


def _middles(grid: Grid) -> Tensor:
    """The middles (cells, 2) of a grid's cells, as shares of the picture's sides."""
    rows, columns = ((torch.arange(size) + 0.5) / size for size in grid.shape)
    return torch.cartesian_prod(rows, columns)
