"""How both networks read a caption, and how cells and words look at each other.

Shapes: B captions, K words of the longest, Q cells, N heads, C channels of a word, C' of a feature map,
H x W a feature map.
"""

import torch
from jaxtyping import Float
from torch import Tensor, nn
from torch.nn import functional as F

from attngan.kinds.pictures.config import words_layer
from attngan.nn.attention import NO_EDIT, Attention, AttentionEdit, AttentionMap, Tokens, attention_weights
from attngan.nn.layers import activate, he_start
from attngan.nn.places import Grid, Words

WIDTH = 64  # channels of a word
HEADS = 4  # of words among themselves: half of them look back, half ahead
HEAD_WIDTH = 32  # of heads with which words look at cells


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
        ahead = torch.ones(tokens.shape[1], tokens.shape[1], dtype=torch.bool).triu()
        direction = torch.stack([ahead.t(), ahead]).repeat_interleave(HEADS // 2, 0)  # (N, K, K)
        mask = direction & present[:, None, None] & present[:, None, :, None]
        found = attention_weights(queries, keys, mask) @ values
        return tokens + self.output(found.transpose(1, 2).flatten(2))  # type: ignore[no-any-return]


class CaptionReader(nn.Module):
    """Captions to a token for every word, (B, K, C), and one for the whole, (B, C).

    Padding is 0 in every layer. Nothing is found in a caption of no words, and the whole of it is 0.
    """

    def __init__(self, vocabulary: int) -> None:
        super().__init__()
        self.embedding = nn.Embedding(vocabulary, WIDTH)
        self.before = nn.ModuleList(Beside() for _ in range(2))
        self.direction = Direction()
        self.after = Beside()
        self.whole = he_start(nn.Linear(WIDTH, WIDTH))

    def forward(self, words: Words) -> tuple[Tokens, Float[Tensor, "B C"]]:
        present = words.present
        there = present[..., None]
        tokens = self.embedding(words.codes) * there
        for beside in self.before:
            tokens = beside(tokens, there)
        tokens = self.after(self.direction(tokens, present), there)
        count = words.lengths.clamp_min(1)[:, None]
        sentence: Tensor = activate(self.whole(tokens)) * there
        return Tokens(tokens, words, present), sentence.sum(1) / count**0.5


class WordAttention(Attention):
    """The cells of a feature map look at the words of a caption: cross-attention, named words-<height>."""

    def __init__(self, channels: int, size: tuple[int, int], heads: int) -> None:
        height, width = size
        super().__init__(words_layer(height), heads, max(8, channels // 3))
        inner = self.heads * self.head_width
        self.cells = Grid(height, width)
        self.queries = nn.Linear(channels, inner, bias=False)
        self.keys_values = nn.Linear(WIDTH, 2 * inner, bias=False)
        self.query_positions = nn.Parameter(torch.randn(len(self.cells), inner) * 0.5)
        self.output = nn.Linear(inner, channels, bias=False)

    def project(self, tokens: Tensor, context: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        """Queries of cells, which know their place, and keys of words, of unit mean square; and values."""
        queries = self.queries(tokens)
        queries = self._split(queries + self.query_positions.to(queries.dtype))
        keys, values = map(self._split, self.keys_values(context).chunk(2, -1))
        queries, keys = (F.rms_norm(each, each.shape[-1:]) for each in (queries, keys))
        return queries, keys, values

    def forward(
        self, features: Float[Tensor, "B C2 H W"], words: Tokens, edit: AttentionEdit = NO_EDIT
    ) -> tuple[Float[Tensor, "B C2 H W"], AttentionMap]:
        """The feature map after its cells looked at the words, and where each looked."""
        tokens = features.permute(0, 2, 3, 1).flatten(1, 2)
        attended, seen = self.attend(Tokens(tokens, self.cells), words, edit)
        return attended.values.unflatten(1, self.cells.shape).permute(0, 3, 1, 2), seen


class RegionAttention(Attention):
    """The words of a caption look at the cells of a feature map: cross-attention, named words-<height>.

    Several captions may be asked of one picture, so its cells are made keys and values once (`offer`).
    """

    def __init__(self, size: tuple[int, int], heads: int) -> None:
        super().__init__(words_layer(size[0]), heads, HEAD_WIDTH)
        inner = self.heads * self.head_width
        self.queries = nn.Linear(WIDTH, inner, bias=False)
        self.keys_values = nn.Linear(WIDTH, 2 * inner, bias=False)
        self.output = nn.Linear(inner, WIDTH, bias=False)

    def offer(self, cells: Float[Tensor, "B Q C"]) -> Float[Tensor, "B Q C2"]:
        """What cells offer to words: keys of unit mean square, then values, of all heads."""
        keys, values = self.keys_values(cells).chunk(2, -1)
        keys = F.rms_norm(keys.unflatten(-1, (self.heads, -1)), (self.head_width,)).flatten(-2)
        return torch.cat([keys, values], -1)

    def project(self, tokens: Tensor, context: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        """Queries of words, of unit mean square; keys and values as `offer` gives them."""
        queries = self._split(self.queries(tokens))
        keys, values = map(self._split, context.chunk(2, -1))
        return F.rms_norm(queries, queries.shape[-1:]), keys, values


class CaptionJudge(nn.Module):
    """How well pictures suit captions, for a discriminator: a logit (B,) of what each word finds in the
    picture, and of both as wholes (projection: Miyato & Koyama 2018, arXiv 1802.05637, equation 5).
    """

    def __init__(self, vocabulary: int, channels: int, region_channels: int, size: int, heads: int) -> None:
        super().__init__()
        self.cells = Grid(size, size)
        self.reader = CaptionReader(vocabulary)
        self.regions = he_start(nn.Conv2d(region_channels, WIDTH, 3, padding=1))
        self.positions = nn.Parameter(torch.randn(size * size, WIDTH) * 0.5)
        self.attention = RegionAttention((size, size), heads)
        self.compare = he_start(nn.Linear(2 * WIDTH, 2 * WIDTH))
        self.judge = nn.Linear(2 * WIDTH, 1, bias=False)
        self.project = nn.Linear(WIDTH, channels, bias=False)

    def see(self, features: Float[Tensor, "B C2 H W"]) -> Float[Tensor, "B Q C"]:
        """What words find in cells: each with what lies around it, and where it is."""
        cells = activate(self.regions(features)).permute(0, 2, 3, 1).flatten(1, 2)
        return self.attention.offer(cells + self.positions.to(cells.dtype))

    def forward(
        self, cells: Float[Tensor, "B Q C"], features: Float[Tensor, "B F"], tokens: Tokens, sentence: Tensor
    ) -> tuple[Float[Tensor, " B"], AttentionMap]:
        """The logits of cells as `see` gives them and features of the whole picture, for captions that were
        read; and the map.
        """
        attended, seen = self.attention.attend(tokens, Tokens(cells, self.cells))
        both = torch.cat([tokens.values, attended.values - tokens.values], -1)
        assert tokens.present is not None
        scores = self.judge(activate(self.compare(both))).squeeze(-1) * tokens.present
        suits = scores.sum(1) / tokens.present.sum(1).clamp_min(1) ** 0.5
        whole = (self.project(sentence) * features).sum(1) / features.shape[1] ** 0.5
        return suits + whole, seen
