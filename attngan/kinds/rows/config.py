"""The settings of networks that make rows of numbers; no torch here."""

from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from attngan.columns import Category, Column, Number, are_points
from attngan.config import ModelConfig

MOST_COLUMNS = 64
Look = Literal["tokens", "columns"]  # what each column looks at, and so what the layer is called
TOKENS: Look = "tokens"
COLUMNS: Look = "columns"
SHOWN_POINTS, SHOWN_ROWS = 512, 128
MOST_EXAMPLES, ROW_EXAMPLES = 512, 128  # of points, and of rows of a table


class RowsConfig(ModelConfig):
    """Multilayer perceptrons. The generator's hidden vector makes a token for each column, and these look:
    at learnt tokens, and at each other; without `looks` it is the twin, which has as many parameters.

    `examples` are some real rows, to be shown beside generated ones.
    """

    architecture: Literal["rows"] = "rows"
    latent_size: int = Field(2, ge=1, le=1024)
    width: int = Field(128, ge=4, le=1024)  # of the hidden vectors
    depth: int = Field(2, ge=1, le=8)  # hidden layers of the generator
    discriminator_depth: int = Field(3, ge=1, le=8)
    looks: tuple[Look, ...] = Field((TOKENS,), max_length=2)
    tokens: int = Field(32, ge=2, le=256)  # that are learnt
    heads: int = Field(4, ge=1, le=16)
    head_width: int = Field(8, ge=2, le=64)
    columns: Annotated[tuple[Column, ...], Field(min_length=1, max_length=MOST_COLUMNS)] = (
        Number(name="x", knots=(-1, 1)),
        Number(name="y", knots=(-1, 1)),
    )

    examples: tuple[tuple[float, ...], ...] = Field((), max_length=MOST_EXAMPLES)

    @model_validator(mode="after")
    def _plain(self) -> Self:
        if len(set(self.looks)) < len(self.looks):
            raise ValueError("looks must be different")
        if self.clusters:
            raise ValueError("rows have no clusters")
        if any(len(row) != len(self.columns) for row in self.examples):
            raise ValueError("each example has a number for each column")
        for place, column in enumerate(self.columns):
            if isinstance(column, Category) and any(
                row[place] not in range(len(column.values)) for row in self.examples
            ):
                raise ValueError(f"an example has no value of {column.name}")
        return self

    @property
    def attention_layers(self) -> tuple[str, ...]:
        """One a look."""
        return self.looks

    @property
    def is_of_its_data(self) -> bool:
        """Always: its columns."""
        return True

    @property
    def shown(self) -> int:
        """Enough to see where they lie."""
        return SHOWN_POINTS if self.are_points else SHOWN_ROWS

    @property
    def are_points(self) -> bool:
        """Whether its rows are points of a plane."""
        return are_points(self.columns)


CONFIGS = (RowsConfig,)
