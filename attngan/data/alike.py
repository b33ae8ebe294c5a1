"""Texts that are much like one another and yet not the same, which are the hardest to tell apart.

Shapes: N texts, B of them asked about, K offered for each, T words of the longest, V words of the vocabulary.
"""

import torch
from jaxtyping import Bool, Float, Int
from torch import Tensor

from attngan.nn.places import Words

TRIES = 20  # to be offered one that differs


def rarity(words: Words) -> Float[Tensor, " V"]:
    """How much each word of the vocabulary tells: log(N / number of texts that have it); 0 if none or all
    have it, and for code 0, which is padding.
    """
    codes = _distinct(words.codes)
    having = torch.bincount(codes[codes > 0], minlength=len(words.vocabulary))
    having[0] = len(codes)
    return (len(codes) / having.clamp_min(1)).log() * (having > 0)


def most_alike(
    words: Words,
    rarities: Float[Tensor, " V"],
    rows: Int[Tensor, " B"],
    random: torch.Generator,
    offered: int,
) -> Int[Tensor, " B"]:
    """For each of these texts the number of another one, the most alike of those `offered` by chance.

    Alike are two by the words that both have among those that either has, rare ones counting more. Its own
    number where all texts seem to be the same.
    """
    chosen = rows.clone()
    for _ in range(TRIES):
        left = (words.codes[chosen] == words.codes[rows]).all(1).nonzero().squeeze(1)
        if not len(left):
            break
        others = torch.randint(len(words.codes), (len(left), offered), generator=random)
        best = _alike(words, rarities, rows[left], others).argmax(1, keepdim=True)
        chosen[left] = others.gather(1, best).squeeze(1)
    return chosen


def _distinct(codes: Int[Tensor, "*N T"]) -> Int[Tensor, "*N T"]:
    """The codes of each text in their order, each once, 0 in place of those that come again."""
    ordered = codes.sort(-1).values
    is_again = ordered.diff(dim=-1, prepend=torch.full_like(ordered[..., :1], -1)) == 0
    return ordered.masked_fill(is_again, 0)


def _alike(
    words: Words, rarities: Tensor, rows: Int[Tensor, " B"], others: Int[Tensor, "B K"]
) -> Float[Tensor, "B K"]:
    """How alike each text is to those offered, in [0, 1]; -1 to the same text."""
    own, their = _distinct(words.codes[rows]), _distinct(words.codes[others])  # (B, T), (B, K, T)
    weight, weights = rarities[own], rarities[their]
    shared: Bool[Tensor, "B K T"] = (own[:, None, :, None] == their[:, :, None]).any(-1)
    both = (shared * weight[:, None]).sum(-1)
    either = weight.sum(-1, keepdim=True) + weights.sum(-1) - both
    return (both / either.clamp_min(1e-6)).masked_fill(
        (words.codes[rows][:, None] == words.codes[others]).all(-1), -1
    )
