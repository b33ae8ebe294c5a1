"""How both networks read: characters beside their neighbours, then rounds of attention to them.

Shapes: B batch, K characters of the longest input, T places of an output, N heads, D width of a head,
C channels.
"""

import torch
from jaxtyping import Float
from torch import Tensor, nn
from torch.nn import functional as F

from attngan.kinds.text.config import TextConfig
from attngan.nn.attention import NO_EDIT, Attention, AttentionEdit, AttentionMap, Edits, Tokens
from attngan.nn.layers import activate, he_start
from attngan.nn.places import Columns, Words

PLACE = 0.5  # how much a character's place counts beside the character, at the start
WIDER = 2  # times `width`, between the two layers of Think
NEIGHBOURS = 2  # characters to each side that a convolution sees


class Encoder(nn.Module):
    """Texts to tokens (B, K, 2 C): first what each character is beside a few to its left and right, by which
    it is found; then what it is by itself, which is all that is carried away from it.

    So a map over the characters says from where something comes. Padding is zero in every layer.
    """

    def __init__(self, config: TextConfig) -> None:
        super().__init__()
        self.characters = nn.Embedding(len(config.known) + 1, config.width, padding_idx=0)
        self.from_start = nn.Parameter(torch.randn(config.longest_input, config.width) * PLACE)
        self.from_end = nn.Parameter(torch.randn(config.longest_input, config.width) * PLACE)
        taps = 2 * NEIGHBOURS + 1
        self.mix = nn.ModuleList(
            he_start(nn.Linear(taps * config.width, config.width, bias=False)) for _ in range(2)
        )

    def forward(self, text: Words) -> Float[Tensor, "B K 2*C"]:
        present = text.present[..., None]
        tokens = self.characters(text.codes)
        before, last = torch.arange(len(text), device=tokens.device), len(self.from_start) - 1
        behind = (text.lengths[:, None] - 1 - before).clamp(0, last)  # (B, K)
        # As embeddings: the gradient of an index is summed by threads in whatever order they come.
        start, end = F.embedding(before.clamp_max(last), self.from_start), F.embedding(behind, self.from_end)
        tokens = (tokens + start + end) * present
        alone = tokens
        for layer in self.mix:
            padded = F.pad(tokens, (0, 0, NEIGHBOURS, NEIGHBOURS))
            beside = padded.unfold(1, 2 * NEIGHBOURS + 1, 1).flatten(2)  # (B, K, C * taps)
            tokens = (tokens + activate(layer(beside))) * present
        return torch.cat([tokens, alone], -1)


class Think(nn.Module):
    """What each place makes of what it found: two layers, added to it."""

    def __init__(self, width: int) -> None:
        super().__init__()
        self.widen = he_start(nn.Linear(width, WIDER * width))
        self.narrow = nn.Linear(WIDER * width, width)

    def forward(self, tokens: Float[Tensor, "B T C"]) -> Float[Tensor, "B T C"]:
        found: Tensor = tokens + self.narrow(activate(self.widen(tokens)))
        return found


class Round(Attention):
    """Places of the output look at the characters of the input: cross-attention."""

    def __init__(self, name: str, config: TextConfig) -> None:
        super().__init__(name, config.heads, config.width // config.heads)
        self.queries = nn.Linear(config.width, config.width, bias=False)
        self.keys = nn.Linear(config.width, config.width, bias=False)
        self.values = nn.Linear(config.width, config.width, bias=False)
        self.output = nn.Linear(config.width, config.width, bias=False)
        self.think = Think(config.width)

    def project(self, tokens: Tensor, context: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        """Queries and keys of unit mean square, and values."""
        beside, alone = context.chunk(2, -1)
        queries, keys = (
            F.rms_norm(self._split(each), (self.head_width,))
            for each in (self.queries(tokens), self.keys(beside))
        )
        return queries, keys, self._split(self.values(alone))

    def forward(self, tokens: Tokens, context: Tokens, edit: AttentionEdit) -> tuple[Tokens, AttentionMap]:
        read, seen = self.attend(tokens, context, edit)
        return Tokens(self.think(read.values), read.places), seen


class Pooled(nn.Module):
    """In place of attention: each place of the output asks the mean of all characters.

    It has as many parameters as a round, but for the gate.
    """

    def __init__(self, config: TextConfig) -> None:
        super().__init__()
        self.queries = nn.Linear(config.width, config.width, bias=False)
        self.values = nn.Linear(2 * config.width, config.width, bias=False)
        self.output = nn.Linear(config.width, config.width, bias=False)
        self.think = Think(config.width)

    def forward(self, tokens: Tensor, context: Tensor, lengths: Tensor) -> Tensor:
        mean = context.sum(1, keepdim=True) / lengths.clamp_min(1)[:, None, None]
        heard = self.queries(tokens) * self.values(mean)
        found: Tensor = self.think(tokens + self.output(heard))
        return found


def rounds_of(config: TextConfig) -> nn.ModuleDict:
    """The rounds of attention of these settings, by name."""
    return nn.ModuleDict({name: Round(name, config) for name in config.attention_layers})


class Reader(nn.Module):
    """A text and what each place of the output starts from to what each place found, (B, T, C).

    The rounds of attention are the network's own, which people look at and edit.
    """

    def __init__(self, config: TextConfig) -> None:
        super().__init__()
        self.encoder = Encoder(config)
        self.places = Columns(tuple(str(place + 1) for place in range(config.longest_output)))
        self.starts = nn.Parameter(torch.randn(config.longest_output, config.width))
        pooled = config.rounds if config.reading == "pooled" else 0
        self.pooled = nn.ModuleList(Pooled(config) for _ in range(pooled))

    def forward(
        self, text: Words, rounds: nn.ModuleDict, noise: Tensor | None = None, edits: Edits | None = None
    ) -> tuple[Float[Tensor, "B T C"], tuple[AttentionMap, ...]]:
        """What the rounds found, and where each looked; `noise` (B, C) is added to where all places start."""
        starts = self.starts.expand(len(text.codes), -1, -1)
        tokens = Tokens(starts if noise is None else starts + noise[:, None], self.places)
        context = Tokens(self.encoder(text), text, text.present)
        maps = []
        for name, layer in rounds.items():
            tokens, seen = layer(tokens, context, (edits or {}).get(name, NO_EDIT))
            maps.append(seen)
        found = tokens.values
        for layer in self.pooled:
            found = layer(found, context.values, text.lengths)
        return found, tuple(maps)
