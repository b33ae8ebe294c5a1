"""How both networks read a caption, and how cells and words look at each other.

Shapes: B captions, K words of the longest, Q cells, N heads, C channels of a word, C' of a feature map,
H x W a feature map.
"""

from dataclasses import replace
from typing import NamedTuple

import torch
from jaxtyping import Float
from torch import Tensor, nn
from torch.nn import functional as F

from attngan.kinds.pictures.config import words_layer
from attngan.nn.attention import NO_EDIT, Attention, AttentionEdit, AttentionMap, Tokens, attention_weights
from attngan.nn.layers import activate, he_start
from attngan.nn.places import Grid, Words
from attngan.tokeniser import KNOWN

WIDTH = 64  # channels of a word
BRIEF = 16  # channels of a whole caption for a generator, too few to tell all that its words do
HEADS = 4  # of words among themselves: half of them look back, half ahead


class Beside(nn.Module):
    """Words (B, K, C) after each saw those to its left and right, which binds an adjective to its noun."""

    def __init__(self) -> None:
        super().__init__()
        self.mix = he_start(nn.Linear(3 * WIDTH, WIDTH))

    def forward(self, tokens: Tensor, there: Tensor) -> Tensor:
        left, right = F.pad(tokens[:, :-1], (0, 0, 1, 0)), F.pad(tokens[:, 1:], (0, 0, 0, 1))
        return tokens + activate(self.mix(torch.cat([left, tokens, right], -1))) * there


class Direction(nn.Module):
    """Words (B, K, C) after half of the heads looked back and half ahead: which of two things each is of."""

    def __init__(self) -> None:
        super().__init__()
        self.queries_keys_values = nn.Linear(WIDTH, 3 * WIDTH, bias=False)
        self.output = nn.Linear(WIDTH, WIDTH, bias=False)

    def forward(self, tokens: Tensor, present: Tensor) -> Tensor:
        parts = self.queries_keys_values(tokens).unflatten(-1, (3, HEADS, WIDTH // HEADS))
        queries, keys, values = parts.permute(2, 0, 3, 1, 4)  # (B, N, K, D) each
        queries, keys = (F.rms_norm(each, each.shape[-1:]) for each in (queries, keys))
        ahead = torch.ones(*tokens.shape[1:2] * 2, dtype=torch.bool, device=tokens.device).triu()
        direction = torch.stack([ahead.t(), ahead]).repeat_interleave(HEADS // 2, 0)  # (N, K, K)
        mask = direction & present[:, None, None] & present[:, None, :, None]
        found = attention_weights(queries, keys, mask) @ values
        return tokens + self.output(found.transpose(1, 2).flatten(2))  # type: ignore[no-any-return]


class Read(NamedTuple):
    """Captions as they were read: every word after it heard the others, every word alone (B, K, C), and the
    whole (B, C'). Padding is 0.
    """

    words: Tokens
    alone: Float[Tensor, "B K C"]
    whole: Float[Tensor, "B C2"]


class CaptionReader(nn.Module):
    """Reads captions.

    Padding is 0 in every layer. Nothing is found in a caption of no words, and the whole of it is 0.
    """

    def __init__(self, vocabulary: int, whole: int) -> None:
        super().__init__()
        self.embedding = nn.Embedding(vocabulary, WIDTH)
        self.before = nn.ModuleList(Beside() for _ in range(2))
        self.direction = Direction()
        self.after = Beside()
        self.whole = he_start(nn.Linear(WIDTH, whole))

    def forward(self, words: Words) -> Read:
        present = words.present
        there = present[..., None]
        known = words.codes >= KNOWN  # an unknown word is a gap between the others
        tokens = alone = self.embedding(words.codes) * known[..., None] * there
        for beside in self.before:
            tokens = beside(tokens, there)
        tokens = self.after(self.direction(tokens, present), there)
        count = words.lengths.clamp_min(1)[:, None]
        sentence: Tensor = activate(self.whole(tokens)) * there
        return Read(Tokens(tokens, words, present), alone, sentence.sum(1) / count**0.5)


class WordAttention(Attention):
    """The cells of a feature map look at the words of a caption: cross-attention, named words-<height>.

    Words are found by what they heard of the others, and carried away alone, so a cell that needs a colour
    has to look at the word that tells it.
    """

    def __init__(self, channels: int, size: tuple[int, int], heads: int) -> None:
        height, width = size
        super().__init__(words_layer(height), heads, max(8, channels // 3))
        inner = self.heads * self.head_width
        self.cells = Grid(height, width)
        self.queries = nn.Linear(channels, inner, bias=False)
        self.keys = nn.Linear(WIDTH, inner, bias=False)
        self.values = nn.Linear(WIDTH, inner, bias=False)
        self.query_positions = nn.Parameter(torch.randn(len(self.cells), inner) * 0.5)
        self.output = nn.Linear(inner, channels, bias=False)

    def project(self, tokens: Tensor, context: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        """Queries of cells, which know their place, and keys of words, of unit mean square; and values."""
        queries = self.queries(tokens)
        queries = self._split(queries + self.query_positions.to(queries.dtype))
        beside, alone = context.chunk(2, -1)
        keys, values = self._split(self.keys(beside)), self._split(self.values(alone))
        queries, keys = (F.rms_norm(each, each.shape[-1:]) for each in (queries, keys))
        return queries, keys, values

    def forward(
        self, features: Float[Tensor, "B C2 H W"], read: Read, edit: AttentionEdit = NO_EDIT
    ) -> tuple[Float[Tensor, "B C2 H W"], AttentionMap]:
        """The feature map after its cells looked at the words, and where each looked."""
        tokens = features.permute(0, 2, 3, 1).flatten(1, 2)
        words = replace(read.words, values=torch.cat([read.words.values, read.alone], -1))
        attended, seen = self.attend(Tokens(tokens, self.cells), words, edit)
        return attended.values.unflatten(1, self.cells.shape).permute(0, 3, 1, 2), seen


class RegionAttention(Attention):
    """The words of a caption look at the cells of a feature map: cross-attention, named words-<height>.

    Keys are values too, and carried as they are: what a word finds is what it looked for.
    """

    def __init__(self, channels: int, size: tuple[int, int]) -> None:
        super().__init__(words_layer(size[0]), 1, WIDTH)
        self.cells = Grid(*size)
        self.queries = nn.Linear(WIDTH, WIDTH, bias=False)
        self.keys = nn.Linear(channels, WIDTH, bias=False)
        self.key_positions = nn.Parameter(torch.randn(len(self.cells), WIDTH) * 0.5)

    def offer(self, features: Float[Tensor, "B C2 H W"]) -> Float[Tensor, "B Q C"]:
        """The cells of a feature map as keys of unit mean square, which know their place; several captions
        may ask for them.
        """
        keys = self.keys(features.permute(0, 2, 3, 1).flatten(1, 2))
        return F.rms_norm(keys + self.key_positions.to(keys.dtype), (WIDTH,)).to(keys.dtype)

    def project(self, tokens: Tensor, context: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        """Queries of words, of unit mean square too, and the cells' keys, twice."""
        queries, keys = F.rms_norm(self.queries(tokens), (WIDTH,))[:, None], context[:, None]
        return queries, keys, keys

    def carried(self) -> Tensor:
        """As it is."""
        return torch.eye(WIDTH, device=self.gate.device)


class CaptionJudge(nn.Module):
    """How well pictures suit captions, for a discriminator: a logit (B,) of how like each word is what it
    finds in the picture, and of both as wholes (projection: Miyato & Koyama 2018, arXiv 1802.05637,
    equation 5).

    A word's part is the mean score that the cells have which it looks at, so it looks where its thing is.
    """

    def __init__(self, vocabulary: int, channels: int, region_channels: int, size: int) -> None:
        super().__init__()
        self.reader = CaptionReader(vocabulary, WIDTH)
        self.attention = RegionAttention(region_channels, (size, size))
        self.usual = nn.Linear(WIDTH, 1)
        self.project = nn.Linear(WIDTH, channels, bias=False)

    def forward(
        self, cells: Float[Tensor, "B Q C"], features: Float[Tensor, "B F"], tokens: Tokens, whole: Tensor
    ) -> tuple[Float[Tensor, " B"], AttentionMap]:
        """The logits of cells that are offered and of features of the whole picture, for captions that were
        read; and the map.
        """
        _, seen = self.attention.look(tokens, Tokens(cells, self.attention.cells))
        assert tokens.present is not None
        alike = seen.queries @ seen.keys.transpose(-1, -2) / WIDTH**0.5  # (B, 1, K, Q), of words and cells
        beyond = seen.weights - 1 / len(self.attention.cells)  # what every cell has tells nothing of a thing
        found = seen.gate * (beyond * alike).sum(-1).squeeze(1)
        scores = (found + self.usual(tokens.values).squeeze(-1)) * tokens.present
        suits = scores.sum(1) / tokens.present.sum(1).clamp_min(1) ** 0.5
        suits = suits + (self.project(whole) * features).sum(1) / features.shape[1] ** 0.5
        return suits, seen
