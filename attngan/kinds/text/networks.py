"""The generator and the discriminator of text from text.

Shapes: B batch, L length of z, K characters of the longest input, T places of an output, V codes of its
alphabet, C channels.
"""

from collections.abc import Sequence
from dataclasses import replace

import torch
from torch import Tensor, nn
from torch.nn import functional as F

from attngan.kinds.text.config import TextConfig
from attngan.kinds.text.reader import Reader, rounds_of
from attngan.nn.attention import Edits
from attngan.nn.batch import Batch, Condition
from attngan.nn.layers import activate, he_start
from attngan.nn.places import Words
from attngan.nn.players import Discriminator, DiscriminatorOutput, Generator, GeneratorOutput

SOFTNESS = 2.0  # of the gradient: at 1 what is surely wrong would hardly be heard
ROWS = 16  # texts that a trained generator reads at once


class TextGenerator(Generator):
    """Noise (B, L) and texts to outputs (B, T, V): 1 at the code that is written at a place, 0 elsewhere.

    While it trains codes are drawn by their probability: with Gumbel noise, and the gradient of the softmax
    behind them (Jang et al. 2017, arXiv 1611.01144). Trained, it writes the most probable ones, and always
    reads ROWS texts of the greatest length: the same sums in the same order, so that neither the others of a
    batch nor its padding change an output in its last bit.
    """

    def __init__(self, config: TextConfig) -> None:
        super().__init__()
        self.config = config
        self.noise = nn.Linear(config.latent_size, config.width)
        self.reader = Reader(config)
        self.attention = rounds_of(config)
        self.think = he_start(nn.Linear(config.width, 2 * config.width))
        self.write = nn.Linear(2 * config.width, len(config.written) + 1)

    def forward(
        self, z: Tensor, condition: Condition | None = None, edits: Edits | None = None
    ) -> GeneratorOutput:
        """Outputs for texts as the condition; `edits` change rounds of attention by name."""
        if not isinstance(condition, Words):
            raise ValueError("a generator of text from text needs texts")
        if self.training:
            return self._written(z, condition, edits)
        masks = edits and _with_masks(edits, (len(z), self.config.longest_output, len(condition)))
        parts = []
        for start in range(0, len(z), ROWS):
            rows = slice(start, start + ROWS)
            count = len(z[rows])
            text = _filled(condition.rows(rows), self.config.most_read)
            noise = F.pad(z[rows], (0, 0, 0, ROWS - count))
            drawn = self._written(noise, text, masks and _of_rows(masks, rows, len(text)))
            parts.append(_cut(drawn, count, len(condition)))
        return _together(parts, condition)

    def _written(self, z: Tensor, text: Words, edits: Edits | None) -> GeneratorOutput:
        found, maps = self.reader(text, self.attention, self.noise(z), edits)
        logits = self.write(activate(self.think(found))).float()
        if not self.training:
            return GeneratorOutput(_ones(logits), maps, logits)
        noise = -torch.empty_like(logits).exponential_().log()
        soft = ((logits + noise) / SOFTNESS).softmax(-1)
        return GeneratorOutput(_ones(soft) + soft - soft.detach(), maps, logits)


class TextDiscriminator(Discriminator):
    """Outputs (B, T, V) and the texts that they are for to logits (B,).

    Of a text it makes a score for every character at every place, and the scores of those that were written
    count: so the gradient says of each other character how much better it would be, not only nearby. A second
    part judges the output by itself. What is read does not depend on the output, so several are judged
    after one reading.
    """

    def __init__(self, config: TextConfig) -> None:
        super().__init__()
        width = config.width
        self.reader = Reader(config)
        self.attention = rounds_of(config)
        codes = len(config.written) + 1
        self.think = he_start(nn.Linear(width, 2 * width))
        self.score = nn.Linear(2 * width, codes)
        self.letters = nn.Linear(codes, width, bias=False)
        self.mix = he_start(nn.Linear(config.longest_output * width, width))
        self.judge = he_start(nn.Linear(width, 1))

    def forward(self, items: Tensor, condition: Condition | None = None) -> DiscriminatorOutput:
        if not isinstance(condition, Words):
            raise ValueError("a discriminator of text from text needs texts")
        found, maps = self.reader(condition, self.attention)
        return DiscriminatorOutput(self._logits(items[None], found)[0], maps)

    def judged(self, batches: Sequence[Batch]) -> list[DiscriminatorOutput]:
        """How real the outputs of several batches look; texts that they share are read once."""
        condition = batches[0].condition
        if not isinstance(condition, Words) or any(batch.condition is not condition for batch in batches):
            return super().judged(batches)
        found, _ = self.reader(condition, self.attention)
        logits = self._logits(torch.stack([batch.items for batch in batches]), found)
        return [DiscriminatorOutput(each, ()) for each in logits]

    def _logits(self, items: Tensor, found: Tensor) -> Tensor:
        """Logits (R, B) of outputs (R, B, T, V) beside what was found in their texts (B, T, C)."""
        suiting = (items * self.score(activate(self.think(found)))).sum((-1, -2))
        hidden = activate(self.mix(activate(self.letters(items)).flatten(2)))
        logits: Tensor = (self.judge(hidden).squeeze(-1) + suiting).float()
        return logits


def _ones(scores: Tensor) -> Tensor:
    return F.one_hot(scores.argmax(-1), scores.shape[-1]).float()


def _filled(text: Words, length: int) -> Words:
    """ROWS texts of this length: those there are, and empty ones."""
    rows, columns = text.codes.shape
    codes = F.pad(text.codes, (0, length - columns, 0, ROWS - rows))
    return Words(codes, F.pad(text.lengths, (0, ROWS - rows)), text.vocabulary)


def _with_masks(edits: Edits, shape: tuple[int, int, int]) -> Edits:
    """The edits with a mask (B, 1 or N, Q, K) each, or none."""
    batch, queries, keys = shape
    found = {}
    for name, edit in edits.items():
        mask = edit.allowed(queries, keys)
        if mask is not None:
            mask = mask.expand(batch, mask.shape[-3] if mask.ndim > 2 else 1, queries, keys)
        found[name] = replace(edit, mask=mask)
    return found


def _of_rows(edits: Edits, rows: slice, keys: int) -> Edits:
    """The edits of some texts, with masks for ROWS texts of so many keys."""
    found = {}
    for name, edit in edits.items():
        mask = edit.mask
        if isinstance(mask, Tensor):
            mask = mask[rows]
            more = (0, keys - mask.shape[-1], 0, 0, 0, 0, 0, ROWS - len(mask))
            mask = F.pad(mask, more, value=True)
        found[name] = replace(edit, mask=mask)
    return found


def _cut(drawn: GeneratorOutput, count: int, keys: int) -> GeneratorOutput:
    """The first outputs, with their maps over so many keys."""
    maps = tuple(
        replace(
            seen,
            weights=seen.weights[:count, ..., :keys],
            queries=seen.queries[:count],
            keys=seen.keys[:count, :, :keys],
            values=seen.values[:count, :, :keys],
        )
        for seen in drawn.attention
    )
    assert drawn.logits is not None
    return GeneratorOutput(drawn.items[:count], maps, drawn.logits[:count])


def _together(parts: Sequence[GeneratorOutput], text: Words) -> GeneratorOutput:
    """The outputs of all parts of a batch of texts."""
    maps = tuple(
        replace(
            several[0],
            key_places=text,
            **{
                name: torch.cat([getattr(seen, name) for seen in several])
                for name in ("weights", "queries", "keys", "values")
            },
        )
        for several in zip(*(part.attention for part in parts), strict=True)
    )
    logits = [part.logits for part in parts if part.logits is not None]
    return GeneratorOutput(torch.cat([part.items for part in parts]), maps, torch.cat(logits))
