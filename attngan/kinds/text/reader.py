"""How both networks read: characters beside their neighbours, then rounds of attention to them.

Shapes: B batch, K characters of the longest input, T places of an output, N heads, D width of a head,
C channels.
"""

from collections.abc import Mapping

import torch
from jaxtyping import Float
from torch import Tensor, nn
from torch.nn import functional as F

from attngan.kinds.text.config import TextConfig
from attngan.nn.attention import NO_EDIT, Attention, AttentionEdit, AttentionMap, Tokens
from attngan.nn.layers import activate, he_start
from attngan.nn.places import Columns, Words

PLACE = 0.5
NEIGHBOURS = 2  # characters to each side that a convolution sees


class Encoder(nn.Module):
    """Texts to tokens (B, K, C), each of which knows a few characters to its left and right and no more.

    So a map over the characters still says where. Padding is zero before and after every layer.
    """

    def __init__(self, config: TextConfig) -> None:
        super().__init__()
        self.characters = nn.Embedding(len(config.known) + 1, config.width, padding_idx=0)
        self.from_start = nn.Parameter(torch.randn(config.longest_input, config.width) * PLACE)
        self.from_end = nn.Parameter(torch.randn(config.longest_input, config.width) * PLACE)
        taps = 2 * NEIGHBOURS + 1
        self.mix = nn.ModuleList(he_start(nn.Linear(taps * config.width, config.width)) for _ in range(2))

    def forward(self, text: Words) -> Float[Tensor, "B K C"]:
        present = text.present[..., None]
        tokens = self.characters(text.codes)
        numbers = torch.arange(len(text))
        left = (text.lengths[:, None] - 1 - numbers).clamp_min(0)  # (B, K), characters behind each
        if PLACE:
            tokens = (tokens + self.from_start[: len(text)] + self.from_end[left]) * present
        for layer in self.mix:
            padded = F.pad(tokens, (0, 0, NEIGHBOURS, NEIGHBOURS))
            beside = padded.unfold(1, 2 * NEIGHBOURS + 1, 1).flatten(2)  # (B, K, C * taps)
            tokens = (tokens + activate(layer(beside))) * present
        found: Tensor = tokens
        return found


class Round(Attention):
    """Places of the output look at the characters of the input: cross-attention."""

    def __init__(self, name: str, config: TextConfig) -> None:
        super().__init__(name, config.heads, config.width // config.heads)
        self.queries = nn.Linear(config.width, config.width, bias=False)
        self.keys_values = nn.Linear(config.width, 2 * config.width, bias=False)
        self.output = nn.Linear(config.width, config.width, bias=False)
        self.think = he_start(nn.Linear(config.width, config.width))

    def project(self, tokens: Tensor, context: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        """Queries and keys of unit mean square, and values."""
        keys, values = self.keys_values(context).chunk(2, -1)
        queries, keys = (
            F.rms_norm(self._split(each), (self.head_width,)) for each in (self.queries(tokens), keys)
        )
        return queries, keys, self._split(values)

    def forward(self, tokens: Tokens, context: Tokens, edit: AttentionEdit) -> tuple[Tokens, AttentionMap]:
        read, seen = self.attend(tokens, context, edit)
        return Tokens(read.values + activate(self.think(read.values)), read.places), seen


class Pooled(nn.Module):
    """In place of attention: every place of the output hears the mean of all characters."""

    def __init__(self, config: TextConfig) -> None:
        super().__init__()
        self.output = nn.Linear(config.width, config.width, bias=False)
        self.think = he_start(nn.Linear(config.width, config.width))

    def forward(self, tokens: Tensor, context: Tensor, lengths: Tensor) -> Tensor:
        mean = context.sum(1, keepdim=True) / lengths[:, None, None]
        read = tokens + self.output(mean)
        found: Tensor = read + activate(self.think(read))
        return found


class Reader(nn.Module):
    """A text and what each place of the output starts from to what each place found, (B, T, C)."""

    def __init__(self, config: TextConfig) -> None:
        super().__init__()
        self.encoder = Encoder(config)
        self.places = Columns(tuple(str(place + 1) for place in range(config.longest_output)))
        self.starts = nn.Parameter(torch.randn(config.longest_output, config.width))
        self.attention = nn.ModuleDict({name: Round(name, config) for name in config.attention_layers})
        pooled = config.rounds if config.reading == "pooled" else 0
        self.pooled = nn.ModuleList(Pooled(config) for _ in range(pooled))

    def forward(
        self, text: Words, noise: Tensor | None = None, edits: Mapping[str, AttentionEdit] | None = None
    ) -> tuple[Float[Tensor, "B T C"], tuple[AttentionMap, ...]]:
        """What was found, and where each round looked; `noise` (B, C) is added to where all places start."""
        starts = self.starts.expand(len(text.codes), -1, -1)
        tokens = Tokens(starts if noise is None else starts + noise[:, None], self.places)
        context = Tokens(self.encoder(text), text, text.present)
        maps = []
        for name, layer in self.attention.items():
            tokens, seen = layer(tokens, context, (edits or {}).get(name, NO_EDIT))
            maps.append(seen)
        found = tokens.values
        for layer in self.pooled:
            found = layer(found, context.values, text.lengths)
        return found, tuple(maps)
