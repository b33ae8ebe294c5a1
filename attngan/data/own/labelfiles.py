"""Labels that a file tells: a table of file names and labels (CSV, TSV, JSON lines), or a dataset.json."""

import codecs
import csv
import json
import unicodedata
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import takewhile
from pathlib import PurePosixPath

from attngan.data.own.decoding import UnreadableError
from attngan.data.own.encodings import encoding_of
from attngan.data.own.files import File, reason
from attngan.text import printable

MAXIMUM_BYTES = 16 * 2**20  # of a file of labels
MAXIMUM_TABLES = 20
_SUFFIXES = (".csv", ".tsv", ".json", ".jsonl")

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


@dataclass(frozen=True)
class Named:
    """The labels that a file gives to pictures."""

    labels: dict[PurePosixPath, str]
    column: str  # what the labels are called in it


def is_table(path: PurePosixPath) -> bool:
    """True for files that may tell labels, by their names."""
    return path.suffix.lower() in _SUFFIXES


def labels(
    files: Sequence[File], pictures: Sequence[PurePosixPath]
) -> tuple[dict[PurePosixPath, str], tuple[str, ...]]:
    """The labels that some of these files give to the pictures, none if to less than half; and notes.

    Of several files the one that names most is used, and others with it that tell the same of other
    pictures, as train.csv and test.csv do. At most MAXIMUM_TABLES are opened.
    """
    stems = {path.with_suffix("") for path in pictures}
    tables = [file for file in files if is_table(file.path)]
    notes = [
        f"{printable(file.path)}: not a picture" for file in tables if file.path.with_suffix("") in stems
    ]
    tables = [
        file for file in tables if file.path.with_suffix("") not in stems
    ]  # else it tells of one picture
    tables.sort(key=lambda file: (len(file.path.parts), file.path))
    found: list[tuple[PurePosixPath, Named]] = []
    for file in tables[:MAXIMUM_TABLES]:
        try:
            found.append((file.path, named(file.path, _content(file), pictures)))
        except NoLabelsError as error:
            notes += [f"{printable(file.path)}: {error}"] if str(error) else []
        except UnreadableError as error:
            notes.append(f"{printable(file.path)}: {error}")
        except OSError as error:
            notes.append(f"{printable(file.path)}: {reason(error)}")
    notes += [f"{printable(file.path)}: not a picture" for file in tables[MAXIMUM_TABLES:]]
    if not found:
        return {}, tuple(notes)
    # A "sample submission" shows what answers should look like: its labels are made up.
    found.sort(key=lambda pair: ("submission" in pair[0].stem.casefold(), -len(pair[1].labels)))
    given: dict[PurePosixPath, str] = {}
    used = []
    for path, one in found:
        if not given or (one.column == found[0][1].column and not given.keys() & one.labels.keys()):
            given |= one.labels
            used.append(printable(path))
        else:
            notes.append(f"{printable(path)}: not used, since {used[0]} gives the labels")
    if 2 * len(given) <= len(pictures):
        few = f"{len(given)} of {len(pictures)} pictures"
        return {}, (*notes, f"labels: {', '.join(used)} names {few}, so it is not used")
    return given, (*notes, f"labels: from {', '.join(used)}")


def named(path: PurePosixPath, content: bytes, pictures: Sequence[PurePosixPath]) -> Named:
    """The labels of those pictures that the file at this path names.

    It names a picture below its folder, or below the next one above that has any: by its path or its last
    part, with or without a suffix, where that is one picture only. Raises NoLabelsError for a file that tells
    no labels of them: two different ones at least.
    """
    try:
        header, rows = _read(path.suffix.lower(), content)
    except (ValueError, csv.Error, RecursionError) as error:
        raise NoLabelsError("not a table that can be read") from error
    index = _Index(path, pictures)
    files, column, values = _columns(header, rows, index)
    found: dict[PurePosixPath, str] = {}
    for row, value in zip(rows, values, strict=True):
        picture = index.find(row[files]) if value and len(row) > files else None
        if picture is not None:
            found[picture] = unicodedata.normalize("NFC", value)
    if not found:
        raise NoLabelsError("names no picture that is here")
    if len(set(found.values())) < 2:
        raise NoLabelsError("gives all pictures the same label")
    return Named(found, column)


def _content(file: File) -> bytes:
    with file.opened() as opened:
        content = opened.read(MAXIMUM_BYTES + 1)
    if len(content) > MAXIMUM_BYTES:
        raise NoLabelsError(f"larger than {MAXIMUM_BYTES // 2**20} MB")
    return content


def _columns(header: list[str], rows: list[list[str]], index: "_Index") -> tuple[int, str, list[str]]:
    """Which column names the pictures, what the labels are called, and the label in each row."""
    plain = _plain(header)
    files = _column_of_files(plain, rows, index)
    named = [plain.index(name) for name in _LABELS if name in plain and plain.index(name) != files]
    if named:
        return files, plain[named[0]], _column(rows, named[0])
    others = [column for column in range(max(map(len, rows))) if column != files]
    if header:  # an index has no name
        others = [column for column in others if column < len(plain) and plain[column] not in ("", *_SPLITS)]
    if any(plain[column] in _CAPTIONS for column in others if header):
        raise NoLabelsError
    if len(others) == 1:
        values = _column(rows, others[0])
        if len(set(values)) <= (len(values) // 2 if header else len(values) - 1):  # else they are no classes
            return files, "", values
    if header and len(others) > 1:
        places = [_one_hot([_column([row], column)[0] for column in others]) for row in rows]
        if None not in places:
            labels = [header[others[place]].strip() for place in places if place is not None]
            return files, ",".join(plain), labels
    raise NoLabelsError("has no column of labels, such as 'label'")


def _column_of_files(plain: Sequence[str], rows: Sequence[list[str]], index: "_Index") -> int:
    """The column that names most pictures, of those that are called so."""
    columns = [plain.index(name) for name in _FILES if name in plain] if plain else [0]
    if not columns:
        raise NoLabelsError("not a picture")
    hits = [sum(index.find(cell) is not None for cell in _column(rows[:1000], column)) for column in columns]
    if not any(hits):
        raise NoLabelsError("names no picture that is here" if plain else "not a picture")
    return columns[hits.index(max(hits))]


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


def _read(suffix: str, content: bytes) -> Table:
    """The table of a file; ValueError or csv.Error if it holds none."""
    if suffix == ".json":
        return _of_json(json.loads(content))
    text = _text(content)
    if suffix == ".jsonl":
        return _of_json([json.loads(line) for line in text.splitlines() if line.strip()])
    return _of_lines(text, "\t" if suffix == ".tsv" else ",;\t|")


def _text(content: bytes) -> str:
    """UTF-8, UTF-16 with its mark, else what other spreadsheets write."""
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return content.decode("utf-16")
    if content.startswith(codecs.BOM_UTF8):
        return content.decode("utf-8-sig")
    encoding = encoding_of(content.splitlines(), ("gbk", "cp932", "cp1252"))
    return content.decode(encoding, errors="replace")


def _of_lines(text: str, delimiters: str) -> Table:
    lines = text.splitlines()
    if lines and lines[0].casefold().startswith("sep="):  # what Excel is told
        lines = lines[1:]
    first = next((line for line in lines if line.strip()), "")
    delimiter = max(delimiters, key=first.count)
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
            raise NoLabelsError  # pictures without labels
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


class _Index:
    """Finds pictures by what tables call them."""

    def __init__(self, table: PurePosixPath, pictures: Sequence[PurePosixPath]) -> None:
        self._table = _folded(table.stem)
        folder, below = next(
            (folder, below)
            for folder in table.parents
            if (below := [picture for picture in pictures if folder in picture.parents]) or not folder.parts
        )
        self._by_path: dict[str, list[PurePosixPath]] = defaultdict(list)
        self._by_name: dict[str, list[PurePosixPath]] = defaultdict(list)
        for picture in below:
            self._by_path[_folded(str(picture.relative_to(folder)))].append(picture)
            for name in {_folded(picture.name), _folded(picture.stem)}:
                self._by_name[name].append(picture)

    def find(self, text: str) -> PurePosixPath | None:
        """The one picture of this path or name, else None; "train.csv" means those in "train" first."""
        path = _folded(text.strip().replace("\\", "/")).removeprefix("./")
        name = path.rpartition("/")[2]
        found = (
            self._by_path.get(path)
            or self._by_name.get(name)
            or self._by_name.get(name.rpartition(".")[0], [])
        )
        if len(found) > 1:
            shared = [_shared_folders(f"{self._table}/{path}", _folded(str(picture))) for picture in found]
            found = [picture for picture, count in zip(found, shared, strict=True) if count == max(shared)]
        return found[0] if len(found) == 1 else None


def _folded(name: str) -> str:
    return unicodedata.normalize("NFC", name).casefold()


def _shared_folders(one: str, other: str) -> int:
    """How many folders two paths share, counted from the file upwards."""
    pairs = zip(reversed(one.split("/")[:-1]), reversed(other.split("/")[:-1]), strict=False)
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], pairs))
