"""The columns of a table or of points: what is in each, so that settings can carry it; no torch here."""

from collections.abc import Iterable, Sequence
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from attngan.config import Settings

MOST_VALUES = 64  # different values of a category


class Number(Settings):
    """Numbers. `knots` are what networks see as -1 to 1, evenly spaced: two lie on a line, which goes on
    beyond them; more are quantiles, and nothing lies beyond.
    """

    holds: Literal["numbers"] = "numbers"
    name: str
    unit: str = ""
    decimals: int | None = Field(None, ge=0, le=9)  # None: nine digits, which tell all of float32 apart
    knots: tuple[float, ...] = Field(min_length=2, max_length=1001)

    @model_validator(mode="after")
    def _rising(self) -> Self:
        if list(self.knots) != sorted(self.knots) or self.knots[0] == self.knots[-1]:
            raise ValueError("knots must rise")
        return self

    @property
    def is_line(self) -> bool:
        """Whether networks see the numbers themselves, only scaled."""
        return len(self.knots) == 2


class Category(Settings):
    """One of some values."""

    holds: Literal["values"] = "values"
    name: str
    values: tuple[str, ...] = Field(min_length=2, max_length=MOST_VALUES)

    @model_validator(mode="after")
    def _different(self) -> Self:
        if len(set(self.values)) < len(self.values):
            raise ValueError("values must be different")
        return self


Column = Annotated[Number | Category, Field(discriminator="holds")]


def width_of(column: Number | Category) -> int:
    """How many numbers networks see of it."""
    return 1 if isinstance(column, Number) else len(column.values)


def are_points(columns: tuple[Number | Category, ...]) -> bool:
    """Whether rows are points of a plane: two columns of numbers in one scale."""
    return len(columns) == 2 and all(isinstance(one, Number) and one.is_line for one in columns)


def names_of(columns: Sequence[Number | Category]) -> tuple[str, ...]:
    """What the columns are called, with their units."""
    return tuple(
        f"{one.name} ({one.unit})" if isinstance(one, Number) and one.unit else one.name for one in columns
    )


def written(columns: Sequence[Number | Category], rows: Iterable[Iterable[float]]) -> list[list[str]]:
    """Rows of numbers, of a category the number of its value, as a table has them: values by name, numbers
    with their decimals.
    """
    return [[_said(column, value) for column, value in zip(columns, row, strict=True)] for row in rows]


def exactly(columns: Sequence[Number | Category], rows: Iterable[Iterable[float]]) -> Iterable[list[str]]:
    """The same rows with all digits of their numbers, so that they are read again as they were."""
    for row in rows:
        yield [
            column.values[round(value)] if isinstance(column, Category) else repr(float(value))
            for column, value in zip(columns, row, strict=True)
        ]


def _said(column: Number | Category, value: float) -> str:
    if isinstance(column, Category):
        return column.values[round(value)]
    return f"{value:.9g}" if column.decimals is None else f"{value:.{column.decimals}f}"
