"""Whether a person's table holds rows of numbers or pairs of texts, by its first lines; knows no torch."""

import csv
from collections.abc import Sequence
from pathlib import Path

from attngan.data.own.encodings import decoded
from attngan.data.own.tables import SEPARATOR, delimiter_of
from attngan.data.texts.own import named_columns
from attngan.spreadsheet import is_number

LOOKED_AT = 2**18  # bytes
LINES = 200
MOSTLY = 0.6  # of a column's cells, from which on it is one of numbers


def kind_of_table(path: Path) -> str:
    """ "rows" where a column holds numbers; "text" for two columns of which one holds texts, for two that are
    called input and output, and for all else.
    """
    rows = _rows(path)
    if not rows:
        return "text"
    names, cells = rows[0], rows[1:] or rows
    width = max(map(len, cells))
    numbers = [_holds_numbers([row[place] for row in cells if place < len(row)]) for place in range(width)]
    named = named_columns(names)
    if named is not None and not all(numbers[place] for place in named if place < width):
        return "text"
    return "rows" if any(numbers) and (width != 2 or all(numbers)) else "text"


def _rows(path: Path) -> list[list[str]]:
    """The cells of the first lines; none where they cannot be read."""
    try:
        with path.open("rb") as stream:
            head = decoded(stream.read(LOOKED_AT))
        lines = head.splitlines()[:LINES]
        delimiter = "\t" if path.suffix.lower() == ".tsv" else delimiter_of(lines)
        told = bool(lines) and lines[0].casefold().startswith(SEPARATOR)
        return [row for row in csv.reader(lines[told:], delimiter=delimiter) if any(row)]
    except (OSError, ValueError, csv.Error):
        return []


def _holds_numbers(cells: Sequence[str]) -> bool:
    there = [cell for cell in cells if cell.strip()]
    return bool(there) and sum(map(is_number, there)) >= MOSTLY * len(there)
