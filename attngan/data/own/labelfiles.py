"""Labels that a table gives to pictures, and what of several tables counts."""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath

from attngan.data.own import tables
from attngan.data.own.pictureindex import PictureIndex
from attngan.data.own.tables import NoLabelsError, Table
from attngan.text import printable


@dataclass(frozen=True)
class Named:
    """The labels that a file gives to pictures."""

    labels: dict[PurePosixPath, str]
    column: str  # what the labels are called in it


def named(table: Table, index: PictureIndex, captions: bool = False) -> Named:
    """The labels of those pictures that a table names.

    It names a picture by its path, or its last part, with or without a suffix, where that is one picture
    only. Without a header its texts are no labels where they are said to be `captions`. Raises NoLabelsError
    for a table that tells no labels of them: two different ones at least.
    """
    names, values, column = tables.columns(table, lambda text: index.find(text) is not None, captions)
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


def joined(
    found: Sequence[tuple[PurePosixPath, Named]], count: int
) -> tuple[dict[PurePosixPath, str] | None, tuple[str, ...]]:
    """The labels that tables give to most of `count` pictures, None if they give them to few, and notes.

    The one that names most is used, and others with it that tell the same of other pictures, as train.csv and
    test.csv do.
    """
    if not found:
        return None, ()
    # A "sample submission" shows what answers should look like: its labels are made up.
    order = sorted(found, key=lambda pair: ("submission" in pair[0].stem.casefold(), -len(pair[1].labels)))
    given: dict[PurePosixPath, str] = {}
    used: list[str] = []
    notes = []
    for path, one in order:
        if not given or (one.column == order[0][1].column and not given.keys() & one.labels.keys()):
            given |= one.labels
            used.append(printable(path))
        else:
            notes.append(f"{printable(path)}: not used, since {used[0]} gives the labels")
    if 2 * len(given) <= count:
        few = f"{len(given)} of {count} pictures"
        return None, (*notes, f"labels: {', '.join(used)} names {few}, so it is not used")
    return given, (*notes, f"labels: from {', '.join(used)}")
