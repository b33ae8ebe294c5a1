"""The generator and the discriminator of rows: multilayer perceptrons, and attention in the generator.

Shapes: B batch, L length of z, K classes, F columns, T learnt tokens, N heads, D width of a head, C = N * D,
W numbers that networks see of a row, S those of the widest column.
"""

import torch
from jaxtyping import Float
from torch import Tensor, nn
from torch.nn import functional as F

from attngan.columns import names_of
from attngan.kinds.rows.config import COLUMNS, TOKENS, RowsConfig
from attngan.nn.attention import NO_EDIT, Attention, AttentionEdit, AttentionMap, Edits, Tokens
from attngan.nn.batch import Condition
from attngan.nn.blocks import in_blocks
from attngan.nn.columns import Coding
from attngan.nn.layers import SLOPE, activate, he_start
from attngan.nn.places import Columns
from attngan.nn.players import Discriminator, DiscriminatorOutput, Generator, GeneratorOutput
from attngan.nn.symbols import drawn, most_probable

ROWS = 256  # rows that a trained generator makes at once


class Look(Attention):
    """Columns (B, F, C) look at learnt tokens, or at each other."""

    def __init__(self, name: str, config: RowsConfig) -> None:
        super().__init__(name, config.heads, config.head_width)
        inner = config.heads * config.head_width
        self.queries = nn.Linear(inner, inner, bias=False)
        self.keys_values = nn.Linear(inner, 2 * inner, bias=False)
        self.output = nn.Linear(inner, inner, bias=False)
        self.learnt = nn.Parameter(torch.randn(config.tokens, inner)) if name == TOKENS else None
        self.places = Columns(tuple(str(number + 1) for number in range(config.tokens)))

    def project(self, tokens: Tensor, context: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        """Queries and keys of unit mean square, and values."""
        keys, values = self.keys_values(context).chunk(2, -1)
        queries, keys = (
            F.rms_norm(self._split(each), (self.head_width,)) for each in (self.queries(tokens), keys)
        )
        return queries, keys, self._split(values)

    def forward(self, tokens: Tokens, edit: AttentionEdit = NO_EDIT) -> tuple[Tokens, AttentionMap]:
        """The tokens after they looked, and where each of them did."""
        context = tokens if self.learnt is None else Tokens(self.learnt[None], self.places)
        return self.attend(tokens, context, edit)


class Widened(nn.Module):
    """In place of a Look: what a perceptron makes of all tokens, added to them.

    It has as many parameters as its whole hidden units allow: less than one unit's fewer, and of so many
    columns that a single unit has more than a Look, that unit's.
    """

    def __init__(self, columns: int, channels: int, parameters: int) -> None:
        super().__init__()
        inner = columns * channels
        hidden = max(1, (parameters - inner) // (2 * inner + 1))
        self.widen = he_start(nn.Linear(inner, hidden))
        self.narrow = nn.Linear(hidden, inner)

    def forward(self, tokens: Float[Tensor, "B F C"]) -> Float[Tensor, "B F C"]:
        added: Tensor = self.narrow(activate(self.widen(tokens.flatten(1))))
        return tokens + added.view_as(tokens)


class RowGenerator(Generator):
    """Noise (B, L) and classes (B,) to rows (B, W).

    A column is made of its own token alone, so that its map says where it comes from. While it trains, values
    of categories are drawn by their probability (nn.symbols); trained, it gives the most probable ones, and
    always makes ROWS rows: so the others of a batch change none in its last bit.
    """

    def __init__(self, config: RowsConfig) -> None:
        super().__init__()
        self.coding = Coding(config.columns)
        self.places = Columns(names_of(config.columns))
        self.classes = config.classes
        self.are_points = config.are_points
        channels = config.heads * config.head_width
        self.hidden = _perceptron(config.latent_size + config.classes, config.width, config.depth)
        self.tokens = nn.Linear(config.width, len(self.places) * channels)
        self.attention = nn.ModuleDict({name: Look(name, config) for name in config.looks})
        self.instead = nn.ModuleList()
        if not config.looks:
            usual = (TOKENS,) if config.are_points else (TOKENS, COLUMNS)
            replaced = [Look(name, config) for name in usual]
            self.instead.extend(Widened(len(self.places), channels, _count(look)) for look in replaced)
        widest = self.coding.widest
        self.ends = nn.Parameter(torch.randn(len(self.places), channels, widest) / channels**0.5)
        self.middles = nn.Parameter(torch.zeros(len(self.places), widest))

    def forward(
        self, z: Tensor, condition: Condition | None = None, edits: Edits | None = None
    ) -> GeneratorOutput:
        """Rows of noise z (B, L) and classes (B,); `edits` change looks by name."""
        if self.training:
            return self._made(z, condition, edits)
        return in_blocks(self._made, z, condition, edits, ROWS)

    def _made(self, z: Tensor, classes: Condition | None, edits: Edits | None) -> GeneratorOutput:
        if self.classes:
            if not isinstance(classes, Tensor):
                raise ValueError("a class-conditional generator needs labels")
            z = torch.cat([z, F.one_hot(classes, self.classes).to(z.dtype)], 1)
        values = activate(self.tokens(self.hidden(z))).unflatten(1, (len(self.places), -1))
        tokens, maps = Tokens(values, self.places), []
        for name, look in self.attention.items():
            tokens, seen = look(tokens, (edits or {}).get(name, NO_EDIT))
            maps.append(seen)
        values = tokens.values
        for instead in self.instead:
            values = instead(values)
        ends = torch.einsum("bfc,fcs->bfs", values, self.ends) + self.middles
        rows = ends.flatten(1).float()
        if not self.are_points:
            rows = self._finished(rows.index_select(1, self.coding.taken().to(rows.device)))
        return GeneratorOutput(rows, tuple(maps))

    def _finished(self, rows: Float[Tensor, "B W"]) -> Float[Tensor, "B W"]:
        """The rows, with a 1 at one value of each category, and no number beyond -1 and 1."""
        parts, end = [], 0
        for where in self.coding.choices:
            choose = drawn if self.training else most_probable
            parts += [folded(rows[:, end : where.start]), choose(rows[:, where])]
            end = where.stop
        return torch.cat([*parts, folded(rows[:, end:])], 1)


def folded(numbers: Float[Tensor, "B X"]) -> Float[Tensor, "B X"]:
    """The numbers, with what lies beyond -1 or 1 turned back there: cut off, too many would be just that."""
    return numbers - 2 * F.relu(numbers - 1) + 2 * F.relu(-1 - numbers)


class RowDiscriminator(Discriminator):
    """Rows (B, W) and their classes (B,) to logits (B,).

    How well a row suits each class is added for its own one: a projection (Miyato & Koyama 2018,
    arXiv 1802.05637, equation 3).
    """

    def __init__(self, config: RowsConfig) -> None:
        super().__init__()
        self.hidden = _perceptron(
            sum(Coding(config.columns).widths), config.width, config.discriminator_depth
        )
        self.judge = nn.Linear(config.width, 1)
        self.suits = nn.Linear(config.width, config.classes, bias=False) if config.classes else None

    def forward(self, items: Tensor, condition: Condition | None = None) -> DiscriminatorOutput:
        hidden = self.hidden(items)
        logits, suits = self.judge(hidden).squeeze(1).float(), None
        if self.suits is not None:
            if not isinstance(condition, Tensor):
                raise ValueError("a class-conditional discriminator needs labels")
            suits = self.suits(hidden).float()
            logits = logits + suits.gather(1, condition[:, None]).squeeze(1)
        return DiscriminatorOutput(logits, (), suits)


def _perceptron(start: int, width: int, depth: int) -> nn.Sequential:
    """So many layers, each with its rectifier."""
    layers: list[nn.Module] = []
    for before in [start] + [width] * (depth - 1):
        layers += [he_start(nn.Linear(before, width)), nn.LeakyReLU(SLOPE)]
    return nn.Sequential(*layers)


def _count(network: nn.Module) -> int:
    return sum(parameter.numel() for parameter in network.parameters())
