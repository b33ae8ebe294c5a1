"""The generator and the discriminator of text from text.

Shapes: B batch, L length of z, K characters of the longest input, T places of an output, V codes of its
alphabet, C channels.
"""

from collections.abc import Sequence

import torch
from torch import Tensor, nn

from attngan.kinds.text.config import TextConfig
from attngan.kinds.text.reader import Reader, rounds_of
from attngan.nn.attention import Edits
from attngan.nn.batch import Batch, Condition
from attngan.nn.blocks import in_blocks
from attngan.nn.layers import activate, he_start
from attngan.nn.places import Words
from attngan.nn.players import Discriminator, DiscriminatorOutput, Generator, GeneratorOutput
from attngan.nn.symbols import drawn, most_probable

ROWS = 16  # texts that a trained generator reads at once


class TextGenerator(Generator):
    """Noise (B, L) and texts to outputs (B, T, V): 1 at the code that is written at a place, 0 elsewhere.

    While it trains codes are drawn by their probability (nn.symbols). Trained, it writes the most probable
    ones, and always reads ROWS texts of the greatest length: the same sums in the same order, so that neither
    the others of a batch nor its padding change an output in its last bit.
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
        return in_blocks(self._written, z, condition, edits, ROWS, self.config.most_read, [*self.attention])

    def _written(self, z: Tensor, text: Words, edits: Edits | None) -> GeneratorOutput:
        found, maps = self.reader(text, self.attention, self.noise(z), edits)
        logits = self.write(activate(self.think(found))).float()
        return GeneratorOutput((drawn if self.training else most_probable)(logits), maps, logits)


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
