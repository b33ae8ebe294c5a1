"""A person's own table: a .csv or .tsv with a header, whose columns hold numbers or values of a category.

What comes from outside is not trusted: sizes are judged first, and what cannot be used is told.
"""

import csv
import io
import re
import warnings
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from numpy.typing import NDArray

from attngan.columns import MOST_VALUES, Category, Number
from attngan.data.own.encodings import decoded
from attngan.data.own.names import natural
from attngan.data.own.tables import SEPARATOR, delimiter_of
from attngan.data.rows.scale import one_scale, quantiles
from attngan.errors import AttnGanError
from attngan.spreadsheet import is_number
from attngan.storage import read_file
from attngan.text import printable

if TYPE_CHECKING:
    import pandas as pd

MOST_BYTES = 256 * 2**20
MOST_ROWS = 200_000
FEWEST_ROWS = 16
MOST_COLUMNS = 64
FEW_VALUES = 8  # whole numbers with no more different ones are a category
MISSING = 1 / 3  # of a column's cells, from which on it is left out
SEEN_AGAIN = 4  # rows of each value of a category on average, at least; else it is a text
LONGEST_NAME = 80  # characters
# What a column of classes is called.
CLASSES = ("class", "classes", "label", "labels", "target", "category", "species", "type", "outcome", "y")
LARGEST = 1e30  # number that networks can be shown
MOST_TOLD = 400  # characters of what was left out
LOOKED_AT = 200  # lines, to see how a file is written
MOST_READ = 512  # columns
LINE_ENDS = ("\n", "\r")
COUNTING = ("", "index", "id", "row", "no", "nr")  # what a column is called that only counts the rows
FEWEST_STEPS = 256  # of float32, between the least and the largest number of a column


class Table(NamedTuple):
    """A table of which all can be learnt: its columns, rows float64 (N, F), of categories numbers of values,
    and a note "name: why" on all that is left out.
    """

    columns: tuple[Number | Category, ...]
    rows: NDArray[np.float64]
    notes: tuple[str, ...]


def read(path: Path) -> Table:
    """The table of a file; raises AttnGanError where it cannot be read, or there is too little to learn."""
    name = printable(path.name)
    try:
        text = decoded(read_file(path, MOST_BYTES))
    except OSError as error:
        raise AttnGanError(f"{name} could not be read: {error.strerror or error}.") from error
    return learnable(name, *_table(name, text, path.suffix.lower()))


def _table(name: str, text: str, suffix: str) -> tuple["pd.DataFrame", list[str]]:
    """The cells of a file as pandas reads them, of a long one evenly spread rows, and notes."""
    import pandas as pd

    head = text[: 2**20].splitlines()[:LOOKED_AT]
    told = bool(head) and head[0].casefold().startswith(SEPARATOR)  # the sign between cells
    delimiter = "\t" if suffix == ".tsv" else delimiter_of(head)
    count = max(map(text.count, LINE_ENDS))
    every = max(1, -(-count // MOST_ROWS))
    try:
        cells = csv.reader(head[told:], delimiter=delimiter, skipinitialspace=True)
        rows = [row for row in cells if any(row)]
        if rows and len(rows[0]) > MOST_READ:
            raise AttnGanError(f"{name} has {len(rows[0])} columns: at most {MOST_READ} are read.")
        with warnings.catch_warnings():
            warnings.simplefilter("error", pd.errors.ParserWarning)  # lines longer than the header
            table = pd.read_csv(
                io.StringIO(text),
                sep=delimiter,
                decimal="," if delimiter != "," and _has_commas(rows) else ".",
                skiprows=lambda row: row < told or (row > told and row % every != 0),
                skipinitialspace=True,
                header=0 if _has_header(rows) else None,
                index_col=False,
                low_memory=False,
            )
    except pd.errors.ParserWarning as error:
        raise AttnGanError(
            f"{name} is no table with as many cells in each line: some have more than the first."
        ) from error
    except (ValueError, csv.Error) as error:  # what pandas raises are ValueErrors
        why = str(error).removeprefix("Error tokenizing data. C error: ").strip().rstrip(".")
        raise AttnGanError(f"{name} is no table with as many cells in each line: {why}.") from error
    header = rows[0] if _has_header(rows) and len(rows[0]) == table.shape[1] else table.columns
    table.columns = pd.Index(_named(header, table.columns))
    return table, [f"rows: every {every}th is used, of about {count}"] if every > 1 else []


def _has_commas(rows: Sequence[Sequence[str]]) -> bool:
    """Whether numbers are written with decimal commas."""
    return any(re.fullmatch(r"\s*[-+]?\d*,\d+\s*", cell) for row in rows for cell in row)


def _has_header(rows: Sequence[Sequence[str]]) -> bool:
    """Whether the first row names the columns: no cell of it is a number."""
    return bool(rows) and not any(map(is_number, rows[0]))


def _named(header: Iterable[object], instead: Iterable[object]) -> list[str]:
    """The names of columns as they can be shown, and instead of an empty one what pandas calls it; columns
    without a header are counted.
    """
    return [
        f"column {one + 1}"
        if isinstance(one, int)
        else printable(str(one).strip())[:LONGEST_NAME] or str(other)
        for one, other in zip(header, instead, strict=True)
    ]


def learnable(name: str, table: "pd.DataFrame", notes: Iterable[str] = ()) -> Table:
    """What can be learnt of a table; raises AttnGanError where that is too little."""
    notes = [*notes]
    table = table.iloc[:, _usable(table, notes)]
    whole = table.dropna()
    if len(whole) < len(table):
        notes.append(f"rows: {len(table) - len(whole)} with missing values, left out")
    if len(whole) < FEWEST_ROWS:
        there = "1 row" if len(whole) == 1 else f"{len(whole)} rows"
        raise AttnGanError(_sentence(name, f"{there}, and at least {FEWEST_ROWS} are needed", notes))
    found: list[tuple[Number | Category, np.ndarray]] = []
    for column, cells in whole.items():
        coded = _coded(str(column), cells)
        if isinstance(coded, str):
            notes.append(f"column {column!r}: {coded}, left out")
        else:
            found.append(coded)
    if not any(isinstance(column, Number) for column, _ in found):
        raise AttnGanError(_sentence(name, "no column of numbers that differ", notes))
    if len(found) > MOST_COLUMNS:
        notes.append(f"columns: {len(found) - MOST_COLUMNS} beyond the first {MOST_COLUMNS}, left out")
    described, values = zip(*found[:MOST_COLUMNS], strict=True)
    rows = np.stack(values, 1)
    numbers = [column for column in described if isinstance(column, Number)]
    if len(described) == len(numbers) == 2:
        described = one_scale(rows, numbers)
    return Table(described, rows, tuple(notes))


def _usable(table: "pd.DataFrame", notes: list[str]) -> list[int]:
    """The places of columns with enough cells that do not only count the rows; notes on the others."""
    kept: dict[str, int] = {}
    for place, (name, cells) in enumerate(table.items()):
        column = str(name)
        missing = float(cells.isna().mean()) if len(cells) else 0.0
        if missing > MISSING:
            notes.append(f"column {column!r}: {missing:.0%} of it is missing, left out")
        elif _counts(column, place, cells):
            notes.append(f"column {column!r}: it counts the rows, left out")
        elif column in kept:
            notes.append(f"column {column!r}: there are two of this name, the later one is left out")
        else:
            kept[column] = place
    return [*kept.values()]


def _counts(column: str, place: int, cells: "pd.Series") -> bool:
    """Whether a column without a name of its own, or called so, goes up evenly, as of evenly spread rows."""
    unnamed = column.casefold() in COUNTING or column.startswith("Unnamed: ")
    if cells.dtype.kind not in "iu" or len(cells) < 2 or not (unnamed or (place, column) == (0, "column 1")):
        return False
    steps = np.diff(cells.to_numpy())
    return bool(steps[0] and (steps == steps[0]).all())


def _coded(name: str, cells: "pd.Series") -> tuple[Number | Category, np.ndarray] | str:
    """A column and its values float64 (N,), or why it cannot be learnt."""
    if cells.nunique() < 2:
        return "all of it is the same"
    if cells.dtype.kind in "iuf":
        values = cells.to_numpy(np.float64)
        if not np.isfinite(values).all() or np.abs(values).max() > LARGEST:
            return f"it has numbers beyond {LARGEST:.0e}"
        different = np.unique(values)
        if len(different) > min(FEW_VALUES, len(cells) / SEEN_AGAIN) or not _are_names(different):
            if np.ptp(values) < FEWEST_STEPS * np.spacing(np.float32(np.abs(values).max())):
                return "its numbers are so large that float32 hardly tells them apart"
            return quantiles(name, values), values
        cells = cells.astype(int)
    said = [printable(str(cell))[:LONGEST_NAME] for cell in cells]
    names = sorted({*said}, key=natural)
    if len(names) > min(MOST_VALUES, len(cells) / SEEN_AGAIN):
        return f"it has text or dates, {len(names)} different ones"
    if len(names) < 2:
        return f"all of it is the same in its first {LONGEST_NAME} characters"
    numbers = {value: number for number, value in enumerate(names)}
    return Category(name=name, values=tuple(names)), np.array([numbers[one] for one in said], np.float64)


def _are_names(different: NDArray[np.float64]) -> bool:
    """Whether numbers are whole, and small enough to be told apart as such."""
    return not (different % 1).any() and np.abs(different).max() < 2**53


def _sentence(name: str, what: str, notes: Sequence[str]) -> str:
    """What is wrong with a table, and what was left out of it."""
    return f"{name}: {what}." + (f" Not used: {'; '.join(notes)}."[:MOST_TOLD] if notes else "")


def classes(columns: Sequence[Number | Category]) -> tuple[int | None, tuple[str, ...]]:
    """Which column says the classes, and their names: a category that is called so, or else the last column
    if it is one; None and none where there is no such column.
    """
    categories = {place: column for place, column in enumerate(columns) if isinstance(column, Category)}
    named = [place for place, column in categories.items() if column.name.casefold() in CLASSES]
    place = next(iter([*named, *(categories.keys() & {len(columns) - 1})]), None)
    return place, () if place is None else categories[place].values
