"""Labels that a file tells: a table of file names and labels (CSV, TSV, JSON lines), or a dataset.json."""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath

from attngan.data.own import tables
from attngan.data.own.decoding import UnreadableError
from attngan.data.own.files import File, reason
from attngan.data.own.tables import NoLabelsError, UnlabelledError
from attngan.text import printable

MAXIMUM_BYTES = 16 * 2**20  # of a file of labels
MAXIMUM_TABLES = 20
_MOST_FOLDERS = 4  # above a file, by which it is told from others of its name


@dataclass(frozen=True)
class Named:
    """The labels that a file gives to pictures."""

    labels: dict[PurePosixPath, str]
    column: str  # what the labels are called in it


def is_table(path: PurePosixPath) -> bool:
    """True for files that may tell labels, by their names."""
    return path.suffix.lower() in tables.SUFFIXES


def labels(
    files: Sequence[File], pictures: Sequence[PurePosixPath]
) -> tuple[dict[PurePosixPath, str] | None, tuple[str, ...]]:
    """The labels that some of these files give to most of the pictures, None if they give none, and notes.

    They are empty if a file says that there are none. Of several files the one that names most is used, and
    others with it that tell the same of other pictures, as train.csv and test.csv do. At most MAXIMUM_TABLES
    are opened.
    """
    stems = {path.with_suffix("") for path in pictures}
    candidates = [file for file in files if is_table(file.path)]
    candidates.sort(key=lambda file: (len(file.path.parts), file.path))
    # One with the name of a picture tells of this one alone.
    of_one = [file for file in candidates if file.path.with_suffix("") in stems]
    of_many = [file for file in candidates if file.path.with_suffix("") not in stems]
    notes = [f"{printable(file.path)}: not a picture" for file in of_one + of_many[MAXIMUM_TABLES:]]
    found: list[tuple[PurePosixPath, Named]] = []
    without = ""
    for file in of_many[:MAXIMUM_TABLES]:
        below = _below(file.path, pictures)
        try:
            found.append((file.path, named(file.path, _content(file), below)))
        except UnlabelledError:
            if 2 * len(below) > len(pictures):
                without = f"labels: {printable(file.path)} says that there are none"
        except NoLabelsError as error:
            notes += [f"{printable(file.path)}: {error}"] if str(error) else []
        except UnreadableError as error:
            notes.append(f"{printable(file.path)}: {error}")
        except OSError as error:
            notes.append(f"{printable(file.path)}: {reason(error)}")
    if not found:
        return ({}, (*notes, without)) if without else (None, tuple(notes))
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
        return None, (*notes, f"labels: {', '.join(used)} names {few}, so it is not used")
    return given, (*notes, f"labels: from {', '.join(used)}")


def named(path: PurePosixPath, content: bytes, pictures: Sequence[PurePosixPath]) -> Named:
    """The labels of those pictures that the file at this path names.

    It names a picture by its path, or its last part, with or without a suffix, where that is one picture
    only. Raises NoLabelsError for a file that tells no labels of them: two different ones at least.
    """
    index = _Index(path, pictures)
    table = tables.read(path.suffix.lower(), content)
    names, values, column = tables.columns(table, lambda text: index.find(text) is not None)
    found: dict[PurePosixPath, str] = {}
    for name, value in zip(names, values, strict=True):
        picture = index.find(name) if value else None
        if picture is not None:
            found[picture] = unicodedata.normalize("NFC", value)
    if not found:
        raise NoLabelsError("names no picture that is here")
    if len(set(found.values())) < 2:
        raise NoLabelsError("gives all pictures the same label")
    return Named(found, column)


def _below(table: PurePosixPath, pictures: Sequence[PurePosixPath]) -> list[PurePosixPath]:
    """The pictures below the folder of a table, or below the next one above that has any."""
    for folder in table.parents:
        above = folder.parts
        if below := [picture for picture in pictures if picture.parts[: len(above)] == above]:
            return below
    return []


def _content(file: File) -> bytes:
    with file.opened() as opened:
        content = opened.read(MAXIMUM_BYTES + 1)
    if len(content) > MAXIMUM_BYTES:
        raise NoLabelsError(f"larger than {MAXIMUM_BYTES // 2**20} MB")
    return content


class _Index:
    """Finds pictures by what tables call them: their paths, or the ends of these, also without a suffix."""

    def __init__(self, table: PurePosixPath, pictures: Sequence[PurePosixPath]) -> None:
        self._table = _folded(table.stem)
        folder = next(folder for folder in table.parents if not pictures or folder in pictures[0].parents)
        self._whole = {_folded(str(picture.relative_to(folder))): picture for picture in pictures}
        self._found: dict[str, PurePosixPath | None] = {}  # None for several
        for picture in pictures:
            path = _folded(str(picture))
            suffix = len(_folded(picture.suffix))
            for end in _ends(path) | _ends(path[: len(path) - suffix]):
                self._found[end] = None if end in self._found else picture
        if len(self._whole) < len(pictures):  # some have one path, but for capitals
            self._whole = {}

    def find(self, text: str) -> PurePosixPath | None:
        """The one picture of this name or path, else None; train.csv means those in "train" first."""
        path = _folded(text.strip().replace("\\", "/")).removeprefix("./")
        name = path.rpartition("/")[2]
        if path in self._whole:
            return self._whole[path]
        path = f"{self._table}/{path}"
        for known in (path, path[: len(path) - len(name)] + name.rpartition(".")[0]):
            for end in sorted(_ends(known), key=len, reverse=True):
                if end in self._found:
                    return self._found[end]
        return None


def _folded(name: str) -> str:
    return unicodedata.normalize("NFC", name).casefold()


def _ends(path: str) -> set[str]:
    """The last part of a path, and with it some of the folders above."""
    parts = path.rsplit("/", _MOST_FOLDERS + 1)[-_MOST_FOLDERS - 1 :]
    return {"/".join(parts[start:]) for start in range(len(parts))}
