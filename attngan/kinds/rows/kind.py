"""Rows as a kind: decoded they are float32 (B, F, 1), of a category the number of its value.

Encoded they are float (B, W): attngan.nn.columns. Shapes: B rows, F columns, W numbers that networks see.
"""

import io
from collections.abc import Sequence
from functools import cached_property
from typing import Any

import torch
from torch import Tensor

from attngan.columns import names_of, written
from attngan.config import ModelConfig
from attngan.errors import AttnGanError
from attngan.kinds.kind import Kind
from attngan.kinds.rows import drawing
from attngan.kinds.rows.config import COLUMNS, MOST_EXAMPLES, ROW_EXAMPLES, TOKENS, RowsConfig
from attngan.kinds.rows.networks import RowDiscriminator, RowGenerator
from attngan.kinds.rows.plane import plane
from attngan.kinds.rows.table import table
from attngan.nn.attention import Edits
from attngan.nn.batch import Condition, DataSet
from attngan.nn.columns import Coding, Rows
from attngan.nn.places import Columns, Places
from attngan.nn.players import Discriminator, Generator

POINT_LATENT, TABLE_LATENT = 2, 16  # the noise of points can be drawn as a plane itself
NOISE = 0.3  # standard deviation of the augmentation
VISIBLE = 0.01  # of the plane's half


class RowsKind(Kind):
    """Rows of numbers. What columns a model's have is its own, and so is its kind (`of`)."""

    name = "rows"
    together = 2000
    measured = 1000
    threads = 1  # two wait for each other longer than such small networks compute

    def __init__(self, config: RowsConfig | None = None) -> None:
        self.config = config or RowsConfig()
        self.coding = Coding(self.config.columns)
        if self.config.are_points:
            low, high = self.config.columns[0].knots  # type: ignore[union-attr]
            self.unit = (high - low) / 2
            self.visible = VISIBLE * self.unit

    def of(self, config: ModelConfig) -> Kind:
        """The kind that knows the model's columns."""
        assert isinstance(config, RowsConfig)
        return RowsKind(config)

    def build(self, config: ModelConfig) -> tuple[Generator, Discriminator]:
        """New networks."""
        assert isinstance(config, RowsConfig)
        return RowGenerator(config), RowDiscriminator(config)

    def encode(self, items: Tensor) -> Tensor:
        """Float (B, W) of rows (B, F, 1); raises AttnGanError for another number of columns."""
        if items.ndim != 3 or items.shape[1:] != (len(self.coding.columns), 1):
            raise AttnGanError(f"These rows have {len(self.coding.columns)} columns: float32 (N, F, 1).")
        return self.coding.encode(items.squeeze(-1))

    def decode(self, items: Tensor) -> Tensor:
        """Rows (B, F, 1) of what networks see (B, W)."""
        return self.coding.decode(items)[..., None]

    def by_place(self, items: Tensor) -> Tensor:
        """What networks see of each column (B, F, S), behind the narrower ones zeros."""
        columns, widest = len(self.coding.columns), self.coding.widest
        found: Tensor = items.new_zeros(len(items), columns * widest).index_copy(
            1, self.coding.taken().to(items.device), items
        )
        return found.view(len(items), columns, widest)

    def augment(self, items: Tensor, names: tuple[str, ...], random: torch.Generator, share: float) -> Tensor:
        """Rows, about `share` of them with "noise" on all that networks see.

        So the discriminator cannot learn by heart where reals lie to the last digit, and the generator need
        not come that near to any.
        """
        if "noise" not in names or not share:
            return items
        noise = NOISE * torch.randn(items.shape, generator=random)
        noise = noise * (torch.rand(len(items), 1, generator=random) < share)
        return items + noise.to(items.device)

    def places(self, items: Tensor) -> Places:
        """The columns."""
        return self._columns

    @cached_property
    def _columns(self) -> Columns:
        return Columns(names_of(self.coding.columns))

    def texts(self, items: Tensor) -> list[list[str]] | None:
        """What stands in each column; None for points, which are shown where they lie."""
        return None if self.config.are_points else self._written(items)

    def table(self, items: Tensor) -> tuple[Sequence[str], list[list[str]]] | None:
        """The names of the columns, and what stands in each."""
        return names_of(self.coding.columns), self._written(items)

    def preview(self, items: Tensor, columns: int | None = None) -> bytes:
        """Points in their plane; of tables the first rows, a line each."""
        buffer = io.BytesIO()
        if self.config.are_points:
            picture = drawing.plane(self.coding.encode(items.squeeze(-1)).numpy())
        else:
            picture = drawing.table(names_of(self.coding.columns), self._written(items))
        picture.save(buffer, "PNG")
        return buffer.getvalue()

    def surroundings(
        self,
        generator: Generator,
        discriminator: Discriminator,
        z: Tensor,
        condition: Condition | None,
        items: Tensor,
        edits: Edits | None = None,
    ) -> dict[str, Any]:
        """The `plane` of points, or what rows of a `table` lie in, from the modules of these names."""
        rows = items.squeeze(-1)
        if self.config.are_points and not self.config.classes:
            return {"plane": plane(self.config, generator, discriminator, z, rows, edits)}
        return {"table": table(self.config, generator, z, condition, rows, edits)}

    def fit(self, config: ModelConfig, data: DataSet, conditional: bool) -> RowsConfig:
        """The settings with the columns of the data, and how much noise and which looks suit these."""
        assert isinstance(config, RowsConfig)
        if not isinstance(data, Rows):
            raise AttnGanError(f"{data.name} has {data.kind}, no rows of numbers.")
        if conditional and data.labels is None:
            raise AttnGanError(f"{data.name} has no classes: leave --conditional out.")
        fitted = config.with_(columns=[column.model_dump() for column in data.columns])
        looks = (TOKENS,) if fitted.are_points else (TOKENS, COLUMNS)
        most = MOST_EXAMPLES if fitted.are_points else ROW_EXAMPLES
        some = torch.linspace(0, len(data.values) - 1, min(most, len(data.values))).long()
        return fitted.with_(
            examples=data.values[some].tolist(),
            latent_size=POINT_LATENT if fitted.are_points else TABLE_LATENT,
            looks=looks if config.looks else (),
            classes=len(data.label_names) if conditional else 0,
        )

    def check(self, config: ModelConfig, data: DataSet) -> None:
        """Raise AttnGanError where the data have other columns than the model's."""
        super().check(config, data)
        assert isinstance(config, RowsConfig)
        assert isinstance(data, Rows)
        if data.columns != config.columns:
            raise AttnGanError(
                f"The model's columns are {', '.join(names_of(config.columns))!s:.200}, with other values or "
                f"in another scale than those of {data.name}."
            )

    def attention(self, config: ModelConfig) -> str:
        """What its columns look at."""
        assert isinstance(config, RowsConfig)
        said = {TOKENS: f"{config.tokens} learnt tokens", COLUMNS: "all columns"}
        return ", then ".join(said[look] for look in config.looks)

    def card(self, config: ModelConfig) -> dict[str, str]:
        """Its columns, and what they look at."""
        assert isinstance(config, RowsConfig)
        return {
            "Columns": ", ".join(names_of(config.columns)),
            "Real rows in its settings": str(len(config.examples)),
            "Attention in the generator": self.attention(config) or "none: a perceptron in its place",
        }

    def _written(self, items: Tensor) -> list[list[str]]:
        return written(self.coding.columns, items.squeeze(-1).tolist())
