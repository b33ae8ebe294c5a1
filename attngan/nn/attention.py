"""Attention: score, softmax, weighted sum, heads, mask.

Shapes: B batch, T tokens, N heads, Q queries, K keys, D width of a head, C channels, H x W a feature map.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

import torch
from jaxtyping import Bool, Float, Int
from torch import Tensor, nn
from torch.nn import functional as F

from attngan.nn.places import Grid, Places, Words

NAME = r"[^*_&#%+=\s]{1,40}"  # of a layer: free text that the text of an edit, and an address, can carry
MAX_CELLS_WITHOUT_POOLING = 64  # a feature map with more cells offers its keys pooled 2x2


def attention_weights(
    queries: Float[Tensor, "B N Q D"],
    keys: Float[Tensor, "#B N K D"],
    mask: Bool[Tensor, "..."] | None = None,
) -> Float[Tensor, "B N Q K"]:
    """Softmax weights (B, N, Q, K) of queries (B, N, Q, D) over keys (B, N, K, D).

    softmax(q k^T / sqrt(D)): Vaswani et al. 2017 (arXiv 1706.03762), equation 1. `mask` (broadcast
    to B, N, Q, K) is True where a key may be looked at; a query that may look nowhere gets zeros,
    not NaN. Plain matmul and softmax on purpose: fused kernels return no weights and have no second
    derivative on CPU, which R1 takes. The keys may be those of a batch of one, for all.
    """
    scores = _times(queries / queries.shape[-1] ** 0.5, keys.transpose(-1, -2))
    if mask is None:
        return scores.softmax(-1)
    weights = scores.masked_fill(~mask, -torch.inf).softmax(-1)
    return weights.masked_fill(~mask.any(-1, keepdim=True), 0)


def _times(one: Float[Tensor, "B N X Y"], other: Float[Tensor, "#B N Y Z"]) -> Float[Tensor, "B N X Z"]:
    """The matrix products of both; of an `other` (1, N, Y, Z) for all as one product, in a tenth of the time
    that copying it takes.
    """
    if len(other) == len(one):
        return one @ other
    rows = one.transpose(0, 1).flatten(1, 2)  # (N, B * X, Y)
    products: Tensor = (rows @ other[0]).unflatten(1, (len(one), -1)).transpose(0, 1)
    return products


@dataclass(frozen=True)
class Tokens:
    """Tokens (B, T, C) and the places that they are of; `present` (B, T) is False at padding, None without
    any.
    """

    values: Float[Tensor, "B T C"]
    places: Places
    present: Bool[Tensor, "B T"] | None = None

    def rows(self, rows: Int[Tensor, " R"]) -> "Tokens":
        """The tokens of the items of these numbers."""
        places = self.places.rows(rows) if isinstance(self.places, Words) else self.places
        present = None if self.present is None else self.present.index_select(0, rows)
        return Tokens(self.values.index_select(0, rows), places, present)


@dataclass(frozen=True)
class AttentionMap:
    """Where every query of one layer looked, with what is needed to redo its arithmetic.

    weights (B, N, Q, K): a row sums to 1, or to 0 where the query may look nowhere. `query_places` and
    `key_places` say what the Q queries and K keys are; they may be of different things. queries (B, N, Q, D),
    keys and values (B, N, K, D) are what the weights were computed from; `output` (N, D, C) carries a head's
    weighted sum into the tokens, times `gate`; both have an edit in them.
    """

    name: str
    query_places: Places
    key_places: Places
    weights: Float[Tensor, "B N Q K"]
    queries: Float[Tensor, "B N Q D"]
    keys: Float[Tensor, "B N K D"]
    values: Float[Tensor, "B N K D"]
    output: Float[Tensor, "N D C"]
    gate: Float[Tensor, ""]

    def of(self, item: int) -> "AttentionMap":
        """The map of one item of the batch, as a batch of one."""
        row = slice(item, item + 1)
        return replace(
            self,
            query_places=self.query_places.of(item),
            key_places=self.key_places.of(item),
            weights=self.weights[row],
            queries=self.queries[row],
            keys=self.keys[row],
            values=self.values[row],
        )


@dataclass(frozen=True)
class AttentionEdit:
    """A person's change to one layer; the default changes nothing, to the bit.

    `mask` (broadcast to B, N, Q, K) is True where a key may be looked at; it may also be a function of the
    map's numbers of queries and keys, which only the input decides where keys are words. `key_gains`, a
    function of the number of keys, are what the weights of each key are multiplied by before they sum to 1
    again: a key is strengthened or weakened. `head_gains` (N,) scale the heads (0 mutes one), `gate_gain`
    scales the whole layer.
    """

    mask: Tensor | Callable[[int, int], Tensor | None] | None = None
    key_gains: Callable[[int], Tensor] | None = None
    head_gains: Tensor | None = None
    gate_gain: float = 1.0

    def allowed(self, queries: int, keys: int) -> Tensor | None:
        """Where a key may be looked at, or None for everywhere."""
        return self.mask(queries, keys) if callable(self.mask) else self.mask


NO_EDIT = AttentionEdit()
Edits = Mapping[str, AttentionEdit]  # by AttentionMap.name


class Attention(nn.Module):
    """What a layer does that has queries, keys and values: attend, and add what it found through a gate.

    y = x + gate * output(weights @ values): SAGAN (Zhang et al. 2019, arXiv 1805.08318), equation 3. What
    kind of layer it is, its `project` and its `output` say.
    """

    output: nn.Linear  # (N * D -> C), without bias

    def __init__(self, name: str, heads: int, head_width: int, gate: float = 1.0) -> None:
        super().__init__()
        if not re.fullmatch(NAME, name):
            raise ValueError(f"a layer's name has 1 to 40 characters and none of * _ & # % + =, not {name!r}")
        self.name = name
        self.heads = heads
        self.head_width = head_width
        self.gate = nn.Parameter(torch.tensor(gate))

    def project(self, tokens: Tensor, context: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        """Queries (B, N, Q, D) of tokens (B, Q, C), keys and values (B, N, K, D) of a context (B, K, C').

        A context may be that of a batch of one, for all.
        """
        raise NotImplementedError

    def attend(
        self, tokens: Tokens, context: Tokens, edit: AttentionEdit = NO_EDIT
    ) -> tuple[Tokens, AttentionMap]:
        """The tokens after they looked at the context, and where each of them looked.

        Self-attention where the context is the tokens, cross-attention otherwise. Padding is looked at with a
        weight of exactly 0, and looks nowhere.
        """
        added, attention = self.look(tokens, context, edit)
        return replace(tokens, values=tokens.values + added), attention

    def look(
        self, tokens: Tokens, context: Tokens, edit: AttentionEdit = NO_EDIT
    ) -> tuple[Float[Tensor, "B Q C"], AttentionMap]:
        """What `attend` adds to the tokens, and where each of them looked."""
        queries, keys, values = self.project(tokens.values, context.values)
        mask = edit.allowed(queries.shape[-2], keys.shape[-2])
        for present, dimension in ((context.present, -2), (tokens.present, -1)):
            if present is not None:
                there = present[:, None].unsqueeze(dimension)  # (B, 1, 1, K) or (B, 1, Q, 1)
                mask = there if mask is None else mask.to(there.device) & there
        weights = attention_weights(queries, keys, mask if mask is None else mask.to(queries.device))
        if edit.key_gains is not None:
            weights = F.normalize(weights * edit.key_gains(keys.shape[-2]).to(weights.device), p=1.0, dim=-1)
        found = _times(weights, values)  # (B, N, Q, D)
        weight = self.carried()
        output = weight.t().unflatten(0, (self.heads, self.head_width))  # (N, D, C)
        if edit.head_gains is not None:
            found = found * edit.head_gains.view(-1, 1, 1)
            output = output * edit.head_gains.view(-1, 1, 1)
        gate = self.gate * edit.gate_gain  # scales the small weight, not the large map
        added = F.linear(found.transpose(1, 2).flatten(2), gate * weight)  # (B, Q, C)
        attention = AttentionMap(
            name=self.name,
            query_places=tokens.places,
            key_places=context.places,
            weights=weights,
            queries=queries,
            keys=keys.expand(len(queries), -1, -1, -1),
            values=values.expand(len(queries), -1, -1, -1),
            output=output,
            gate=gate,
        )
        return added, attention

    def carried(self) -> Float[Tensor, "C ND"]:
        """The weights with which what is found is carried into the tokens."""
        return self.output.weight

    def _split(self, tokens: Tensor) -> Tensor:
        """(B, T, N * D) -> (B, N, T, D)."""
        heads: Tensor = tokens.unflatten(-1, (self.heads, self.head_width)).transpose(1, 2)
        return heads


class GridAttention(Attention):
    """Self-attention of the cells of a feature map; called by its height, and its keys may be pooled 2x2."""

    def __init__(self, size: tuple[int, int], heads: int, head_width: int, pool: int, gate: float) -> None:
        height, width = size
        super().__init__(str(height), heads, head_width, gate)
        self.query_places = Grid(height, width)
        self.key_places = Grid(height // pool, width // pool)
        self.pool = pool

    def forward(
        self, features: Float[Tensor, "B C H W"], edit: AttentionEdit = NO_EDIT
    ) -> tuple[Float[Tensor, "B C H W"], AttentionMap]:
        """The attended feature map (B, C, H, W) and where each of its cells looked."""
        batch, channels, height, width = features.shape
        tokens = features.permute(0, 2, 3, 1).reshape(batch, height * width, channels)
        pooled = F.avg_pool2d(features, 2) if self.pool == 2 else features
        attended, attention = self.attend(
            Tokens(tokens, self.query_places),
            Tokens(pooled.permute(0, 2, 3, 1).flatten(1, 2), self.key_places),
            edit,
        )
        return attended.values.reshape(batch, height, width, channels).permute(0, 3, 1, 2), attention


class SelfAttention(GridAttention):
    """Multi-head self-attention on a feature map, added to it through a gate.

    As SAGAN's with five changes: the gate starts open at 1, since under Adam it moves by about the learning
    rate per step and would hardly leave SAGAN's 0; queries and keys know their place through learned
    position embeddings; both have unit mean square, so that scores stay within sqrt(D) and the weights
    cannot freeze on one key (Henry et al. 2020, arXiv 2010.04245); large maps offer their keys pooled
    2x2; and `output` has no bias, so that attention to nothing adds nothing.
    """

    def __init__(
        self, channels: int, size: tuple[int, int], heads: int, pool_keys: bool | None = None
    ) -> None:
        cells = size[0] * size[1]
        pooled = cells > MAX_CELLS_WITHOUT_POOLING if pool_keys is None else pool_keys
        super().__init__(size, heads, max(8, channels // (4 * heads)), pool=2 if pooled else 1, gate=1.0)
        inner = self.heads * self.head_width
        self.queries = nn.Linear(channels, inner, bias=False)
        self.keys_values = nn.Linear(channels, 2 * inner, bias=False)
        self.query_positions = nn.Parameter(torch.randn(cells, inner) * 0.5)
        self.key_positions = nn.Parameter(torch.randn(len(self.key_places), inner) * 0.5)
        self.output = nn.Linear(inner, channels, bias=False)

    def project(self, tokens: Tensor, context: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        """Queries and keys of unit mean square that know their place, and values."""
        queries = self.queries(tokens)
        keys, values = self.keys_values(context).chunk(2, -1)
        kind = queries.dtype  # of autocast; positions in float32 would make everything after them float32
        queries = self._split(queries + self.query_positions.to(kind))  # (B, N, Q, D)
        keys, values = self._split(keys + self.key_positions.to(kind)), self._split(values)  # (B, N, K, D)
        queries, keys = (F.rms_norm(each, each.shape[-1:]) for each in (queries, keys))
        return queries, keys, values
