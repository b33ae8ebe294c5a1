"""How often what was written is right, and whether attention is why: of models that write texts for texts.

Shapes: B texts, R rounds of attention, N heads, T places of an output, K characters of the longest input.
"""

from collections.abc import Sequence

import torch
from torch import Tensor

from attngan.errors import AttnGanError
from attngan.kinds.text.config import TextConfig
from attngan.model import sampling
from attngan.model.checkpoints import Model
from attngan.nn.attention import AttentionEdit, AttentionMap, Edits
from attngan.nn.characters import PairedTexts
from attngan.nn.pair import Pair

ASKED = 1000  # held-out inputs, at most, of which maps are looked at
CHUNK = 256  # texts written at once with their attention


def measure(model: Model, data: PairedTexts, count: int, seed: int = 0) -> dict[str, float]:
    """`exact`: share of `count` inputs that were learnt from whose output is right in every character, and
    `exact_held_out`, the same of those never learnt from; the noise is that of `seed`.

    Where the data tell from where a character comes: `alignment`, how often the most looked-at input
    character lies there; `blocked_true_span`, the share of characters that are still right when each may not
    look at where it comes from, and `blocked_others`, when it may not look at as many other characters.
    Raises AttnGanError where the model writes no texts, or none as long as those of the data.
    """
    if not isinstance(model.config, TextConfig):
        raise AttnGanError(f"The model makes {model.kind.name}, but these are pairs of texts.")
    longest = model.config.longest_output
    if data.longest[1] > longest:
        raise AttnGanError(
            f"The model writes at most {longest} characters, but the data have outputs of {data.longest[1]}: "
            "evaluate it against what it was trained on."
        )
    most = min(count, len(data.pairs))
    learnt = [data.pairs[index * len(data.pairs) // most] for index in range(most)]
    held_out = data.held_out[:count]
    found = {"exact": exact(model, learnt, seed)}
    if held_out:
        found["exact_held_out"] = exact(model, held_out, seed)
    known = [pair for pair in (held_out or learnt) if any(pair.spans)][:ASKED]
    if known and model.config.attention_layers:
        found |= attended(model, known, seed)
    return found


def exact(model: Model, pairs: Sequence[Pair], seed: int = 0) -> float:
    """The share of outputs that are right in every character."""
    items = sampling.items(model, [seed] * len(pairs), [pair.input for pair in pairs])
    written = map("".join, model.kind.texts(items) or ())
    return sum(text == pair.output for text, pair in zip(written, pairs, strict=True)) / len(pairs)


def attended(model: Model, pairs: Sequence[Pair], seed: int = 0) -> dict[str, float]:
    """The last three figures of `measure`, counted over the characters of which it is known where they come
    from.
    """
    chance = torch.Generator().manual_seed(seed)
    counts = dict.fromkeys(("alignment", "blocked_true_span", "blocked_others"), 0)
    characters = 0
    for start in range(0, len(pairs), CHUNK):
        part = pairs[start : start + CHUNK]
        seeds, texts = [seed] * len(part), [pair.input for pair in part]
        maps = sampling.sample(model, seeds, texts).attention
        looked = looked_at(maps)
        true = _true_spans(part, tuple(looked.shape[1:]))
        known = true.any(-1)  # (B, T)
        characters += int(known.sum())
        counts["alignment"] += int(true.gather(2, looked.argmax(-1, keepdim=True)).sum())
        for name, blocked in (
            ("blocked_true_span", true),
            ("blocked_others", _others(true, part, chance)),
        ):
            written = sampling.sample(model, seeds, texts, edits=_forbidding(maps, blocked)).items
            counts[name] += int((_right(written, part) & known).sum())
    return {name: count / characters for name, count in counts.items()}


def looked_at(maps: Sequence[AttentionMap]) -> Tensor:
    """How much each place of an output looks at each character (B, T, K): the mean of rounds and heads."""
    return torch.stack([seen.weights.float().mean(1) for seen in maps]).mean(0)


def _true_spans(pairs: Sequence[Pair], shape: tuple[int, ...]) -> Tensor:
    """Bool (B, T, K): where each character of an output comes from."""
    true = torch.zeros(len(pairs), *shape, dtype=torch.bool)
    for row, pair in enumerate(pairs):
        for place, span in enumerate(pair.spans):
            if span is not None:
                true[row, place, slice(*span)] = True
    return true


def _others(true: Tensor, pairs: Sequence[Pair], chance: torch.Generator) -> Tensor:
    """Bool (B, T, K): as many characters of the input beside the true ones, or all of these, by chance."""
    there = torch.arange(true.shape[-1]) < torch.tensor([len(pair.input) for pair in pairs])[:, None, None]
    ranks = torch.rand(true.shape, generator=chance).masked_fill(true | ~there, 2).argsort(-1).argsort(-1)
    wanted: Tensor = (ranks < true.sum(-1, keepdim=True)) & there & ~true
    return wanted


def _forbidding(maps: Sequence[AttentionMap], blocked: Tensor) -> Edits:
    """Edits of all rounds in which no place of an output may look at what is blocked for it, (B, T, K)."""
    return {seen.name: AttentionEdit(mask=~blocked[:, None]) for seen in maps}


def _right(items: Tensor, pairs: Sequence[Pair]) -> Tensor:
    """Bool (B, T): where decoded texts have the right character, or end where they should."""
    right = torch.zeros(items.shape[:2], dtype=items.dtype)
    for row, pair in enumerate(pairs):
        right[row, : len(pair.output)] = torch.tensor([*map(ord, pair.output)], dtype=items.dtype)
    return items.squeeze(-1) == right
