"""Items made in blocks of always the same shape.

So neither the others of a batch nor its padding change an item in its last bit: the sums are the same, and in
the same order.

Shapes: B items, N heads, Q queries, K keys.
"""

from collections.abc import Callable, Collection, Sequence
from dataclasses import replace
from typing import Any

import torch
from torch import Tensor
from torch.nn import functional as F

from attngan.nn.attention import AttentionEdit, Edits
from attngan.nn.batch import Condition, only
from attngan.nn.places import Places, Words
from attngan.nn.players import GeneratorOutput

Draw = Callable[[Tensor, Any, Edits | None], GeneratorOutput]  # of noise and conditions


def in_blocks(
    draw: Draw,
    z: Tensor,
    condition: Condition | None,
    edits: Edits | None,
    rows: int,
    length: int = 0,
    worded: Collection[str] = (),
) -> GeneratorOutput:
    """What `draw` makes of noise z (B, L) and conditions, `rows` of them at once, texts padded to `length`.

    `worded` are the names of the attention layers whose keys are the texts: their maps and the edits of them
    have as many keys as the texts have, without the padding that is added here.
    """
    text = condition if isinstance(condition, Words) else None
    parts = []
    for start in range(0, len(z), rows):
        block = slice(start, start + rows)
        count = len(z[block])
        there = None if condition is None else _filled(only(condition, block), rows, length)
        fitted = {
            name: _of_block(edit, block, rows, None if text is None or name not in worded else len(text))
            for name, edit in (edits or {}).items()
        }
        drawn = draw(F.pad(z[block], (0, 0, 0, rows - count)), there, fitted)
        parts.append(_cut(drawn, count, text))
    return _together(parts, text)


def _filled(condition: Condition, rows: int, length: int) -> Condition:
    """So many conditions: those there are, and classes 0, or texts of this length and empty ones."""
    if not isinstance(condition, Words):
        return F.pad(condition, (0, rows - len(condition)))
    there, columns = condition.codes.shape
    codes = F.pad(condition.codes, (0, length - columns, 0, rows - there))
    return Words(codes, F.pad(condition.lengths, (0, rows - there)), condition.vocabulary)


def _of_block(edit: AttentionEdit, block: slice, rows: int, words: int | None) -> AttentionEdit:
    """The edit of some items, with a mask for `rows` of them and for the padding behind so many `words`."""

    def mask(queries: int, keys: int) -> Tensor | None:
        allowed = edit.allowed(queries, words or keys)
        if allowed is None:
            return None
        if allowed.ndim == 4 and len(allowed) > 1:
            allowed = allowed[block]
            allowed = F.pad(allowed, (0, 0, 0, 0, 0, 0, 0, rows - len(allowed)), value=True)
        return F.pad(allowed, (0, keys - allowed.shape[-1]), value=True) if words else allowed

    def key_gains(keys: int) -> Tensor:
        assert edit.key_gains is not None
        gains = edit.key_gains(words or keys)
        return F.pad(gains, (0, keys - len(gains)), value=1.0)

    return replace(edit, mask=mask, key_gains=edit.key_gains and key_gains)


def _cut(drawn: GeneratorOutput, count: int, text: Words | None) -> GeneratorOutput:
    """The first items, with maps over the words that there are."""
    maps = []
    for seen in drawn.attention:
        over_text = isinstance(seen.key_places, Words)
        keys = len(text) if text is not None and over_text else seen.weights.shape[-1]
        maps.append(
            replace(
                seen,
                weights=seen.weights[:count, ..., :keys],
                queries=seen.queries[:count],
                keys=seen.keys[:count, :, :keys],
                values=seen.values[:count, :, :keys],
            )
        )
    logits = None if drawn.logits is None else drawn.logits[:count]
    return GeneratorOutput(drawn.items[:count], tuple(maps), logits)


def _together(parts: Sequence[GeneratorOutput], text: Words | None) -> GeneratorOutput:
    """The items of all blocks."""
    maps = tuple(
        replace(
            several[0],
            key_places=_text_of(several[0].key_places, text),
            **{name: torch.cat([getattr(seen, name) for seen in several]) for name in _BY_ITEM},
        )
        for several in zip(*(part.attention for part in parts), strict=True)
    )
    logits = [part.logits for part in parts if part.logits is not None]
    items = torch.cat([part.items for part in parts])
    return GeneratorOutput(items, maps, torch.cat(logits) if logits else None)


def _text_of(places: Places, text: Words | None) -> Places:
    """These places, in the place of padded texts the texts."""
    return text if text is not None and isinstance(places, Words) else places


_BY_ITEM = ("weights", "queries", "keys", "values")  # of AttentionMap
