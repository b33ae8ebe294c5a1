"""A table of labels or captions (CSV, TSV, JSON, lines of JSON), and which of its columns is what."""

import csv
import json
from collections import Counter
from collections.abc import Callable, Sequence
from operator import itemgetter

from attngan.data.own.encodings import decoded

SUFFIXES = (".csv", ".tsv", ".json", ".jsonl")
DELIMITERS = ",;\t|"
SEPARATOR = "sep="  # with which a first line tells Excel the delimiter
LOOKED_AT = 100  # lines by which the delimiter is known

# What columns are called, the surest first.
_FILES = (
    *("file_name", "filename", "file", "file_path", "filepath", "path", "image_path", "image_name"),
    *("image_file", "image_filename", "image_id", "image", "img_path", "img_name", "img_id", "img", "images"),
    *("filenames", "filepaths", "picture", "photo", "name", "id_code", "id", "imageid", "uuid"),
)
_LABELS = (
    *("label_name", "class_name", "category_name", "label", "labels", "class", "classes", "category"),
    *("class_label", "class_id", "label_id", "category_id", "target", "diagnosis", "dx", "species", "breed"),
    *("type", "level", "grade", "emotion", "tag", "y"),
)
# Columns that say to which part of the set a picture belongs.
_SPLITS = ("split", "partition", "subset", "set", "data_set", "fold", "kfold", "usage", "is_train")
_CAPTIONS = ("caption", "captions", "text", "texts", "prompt", "description", "additional_feature", "comment")


Table = tuple[list[str], list[list[str]]]  # the names of the columns, none if they have none, and the rows


class NoLabelsError(Exception):
    """Why a file gives no labels, in a few words that stand after its name; no words: it is passed over."""


class UnlabelledError(NoLabelsError):
    """Raised for a file that says that its pictures have no labels, whatever the folders are called."""


def read(suffix: str, content: bytes) -> Table:
    """The table of a file with one of SUFFIXES; NoLabelsError if it holds none."""
    try:
        if suffix == ".json":
            return _of_json(json.loads(content))
        text = decoded(content)
        if suffix == ".jsonl":
            return _of_json([json.loads(line) for line in text.splitlines() if line.strip()])
        lines = text.splitlines()
        return _of_lines(lines, "\t" if suffix == ".tsv" else delimiter_of(lines))
    except (ValueError, csv.Error, RecursionError) as error:
        raise NoLabelsError("not a table that can be read") from error


def columns(
    table: Table, names_one: Callable[[str], bool], captions: bool = False
) -> tuple[list[str], list[str], str]:
    """The name of the picture and the label in each row, and what the labels are called.

    `names_one` is true for a text that names a picture. Without a header its texts are no labels where they
    are said to be `captions`. Raises NoLabelsError for a table of other things.
    """
    header, rows = table
    plain = _plain(header)
    place = _column_of_files(plain, rows, names_one)
    files = _column(rows, place)
    named = [plain.index(name) for name in _LABELS if name in plain and plain.index(name) != place]
    if named:
        return files, _column(rows, named[0]), plain[named[0]]
    others = [column for column in range(max(map(len, rows))) if column != place]
    if header:  # an index has no name
        others = [column for column in others if column < len(plain) and plain[column] not in ("", *_SPLITS)]
    if (captions and not header) or any(plain[column] in _CAPTIONS for column in others if header):
        raise NoLabelsError
    if len(others) == 1:
        values = _column(rows, others[0])
        if len(set(values)) <= (len(values) // 2 if header else len(values) - 1):  # else they are no classes
            return files, values, ""
    if header and len(others) > 1:
        ones = [_one_hot([_column([row], column)[0] for column in others]) for row in rows]
        if None not in ones:
            labels = [header[others[one]].strip() for one in ones if one is not None]
            return files, labels, ",".join(plain)
    raise NoLabelsError("has no column of labels, such as 'label'")


def captions(
    table: Table, names_one: Callable[[str], bool], sure: bool = False
) -> tuple[list[str], list[str]] | None:
    """The name of the picture and the caption in each row, None for a table of other things.

    Without a header the texts beside the names are captions if they are `sure` to be, or else if they are all
    different and of several words.
    """
    header, rows = table
    plain = _plain(header)
    try:
        place = _column_of_files(plain, rows, names_one)
    except NoLabelsError:
        return None
    named = [plain.index(name) for name in _CAPTIONS if name in plain and plain.index(name) != place]
    if not header and max(map(len, rows)) == 2:
        values = _column(rows, 1)
        sentences = 2 * sum(len(value.split()) > 1 for value in values) > len(values) == len(set(values))
        named = [1] if sure or sentences else []
    return (_column(rows, place), _column(rows, named[0])) if named else None


def _column_of_files(
    plain: Sequence[str], rows: Sequence[list[str]], names_one: Callable[[str], bool]
) -> int:
    """The column that names most pictures, of those that are called so."""
    called = [plain.index(name) for name in _FILES if name in plain] if plain else [0]
    if not called:
        raise NoLabelsError("not a picture")
    hits = [sum(names_one(cell) for cell in _column(rows[:1000], column)) for column in called]
    if not any(hits):
        raise NoLabelsError("names no picture that is here" if plain else "not a picture")
    return called[hits.index(max(hits))]


def delimiter_of(lines: Sequence[str], wanted: int = 0) -> str:
    """The sign that parts the first lines of a table most evenly into several columns; of equals that which
    makes as many as are wanted, then the commonest one in the first line.
    """
    some = [line for line in lines[:LOOKED_AT] if line.strip()]
    first = some[0] if some else ""
    if first.casefold().startswith(SEPARATOR) and first[len(SEPARATOR) :][:1] in tuple(DELIMITERS):
        return first[len(SEPARATOR)]

    def fitness(delimiter: str) -> tuple[int, bool, int]:
        try:
            widths = Counter(map(len, csv.reader(some, delimiter=delimiter)))
        except csv.Error:
            return 0, False, 0
        width, count = max(
            ((width, widths[width]) for width in widths if width > 1), key=itemgetter(1), default=(0, 0)
        )
        return count, width == wanted, first.count(delimiter)

    return max(DELIMITERS, key=fitness)


def _of_lines(lines: Sequence[str], delimiter: str) -> Table:
    if lines and lines[0].casefold().startswith(SEPARATOR):
        lines = lines[1:]
    rows = [row for row in csv.reader(lines, delimiter=delimiter) if any(cell.strip() for cell in row)]
    if not rows:
        raise ValueError("no rows")
    has_header = {*_plain(rows[0])} & {*_FILES, *_LABELS, *_CAPTIONS}
    return (rows[0], rows[1:]) if has_header else ([], rows)


def _of_json(value: object) -> Table:
    """The table of a list of objects, of pairs, or of the `labels` that StyleGAN's tools write."""
    if isinstance(value, dict) and "labels" in value:
        value = value["labels"]
        if value is None:
            raise UnlabelledError
    if isinstance(value, list) and value and all(isinstance(row, dict) for row in value):
        header = list(value[0])
        return header, [[_cell(row.get(name)) for name in header] for row in value]
    pairs = list(value.items()) if isinstance(value, dict) else value
    if not isinstance(pairs, list) or not pairs or not all(_is_pair(pair) for pair in pairs):
        raise NoLabelsError("not a picture")
    rows = [[_cell(name), _cell(label)] for name, label in pairs]
    if not any(label for _, label in rows):
        raise NoLabelsError("not a picture")
    return ["file", "label"], rows


def _is_pair(value: object) -> bool:
    return isinstance(value, list | tuple) and len(value) == 2


def _cell(value: object) -> str:
    """The text of a value; of one-hot numbers the place of the one."""
    if isinstance(value, list):
        place = _one_hot(value)
        return "" if place is None else str(place)
    if isinstance(value, float):
        return f"{value:g}"
    return str(value) if isinstance(value, str | int) else ""


def _plain(header: Sequence[str]) -> list[str]:
    return [name.strip().casefold().replace(" ", "_").replace("-", "_") for name in header]


def _column(rows: Sequence[list[str]], column: int) -> list[str]:
    return [row[column].strip() if len(row) > column else "" for row in rows]


def _one_hot(values: Sequence[object]) -> int | None:
    """The place of the one among zeros, None for all else."""
    try:
        numbers = [float(str(value)) for value in values]
    except ValueError:
        return None
    return numbers.index(1) if sorted(numbers) == [0] * (len(numbers) - 1) + [1] else None
