"""Captions of pictures: a column of a table, or a text file beside each picture."""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath

from attngan.data.own import tables
from attngan.data.own.decoding import UnreadableError
from attngan.data.own.encodings import decoded
from attngan.data.own.files import File
from attngan.data.own.pictureindex import PictureIndex
from attngan.data.own.tables import Table
from attngan.text import printable, writable

SUFFIX = ".txt"
MOST_BYTES = 2**14  # of a text file that are read
LARGEST_PACKED_BYTES = 2**16  # of a text file in a zip, which is unpacked whole
MOST_LETTERS = 500  # of a caption that are kept


@dataclass(frozen=True)
class Captioned:
    """The captions that a table gives to pictures."""

    captions: dict[PurePosixPath, str]
    elsewhere: int  # rows that name no picture which is here
    again: int  # rows of a picture that has a caption already


def captioned(table: Table, index: PictureIndex, sure: bool = False) -> Captioned | None:
    """The captions of those pictures that a table names; of several the first. None for a table of other
    things.

    A table without a header has captions if its file is `sure` to have some, or if its texts are sentences,
    no classes.
    """
    columns = tables.captions(table, lambda text: index.find(text) is not None, sure)
    if columns is None:
        return None
    found: dict[PurePosixPath, str] = {}
    elsewhere = again = 0
    for name, value in zip(*columns, strict=True):
        caption, picture = tidy(value), index.find(name)
        elsewhere += picture is None
        again += picture in found
        if picture is not None and caption:
            found.setdefault(picture, caption)
    return Captioned(found, elsewhere, again) if found else None


def joined(
    found: Sequence[tuple[PurePosixPath, Captioned]],
) -> tuple[dict[PurePosixPath, str], tuple[str, ...]]:
    """The captions that tables give, those of the one that names most pictures before others, and notes."""
    given: dict[PurePosixPath, str] = {}
    notes = []
    for path, one in sorted(found, key=lambda pair: -len(pair[1].captions)):
        file = printable(path)
        again = one.again + len(given.keys() & one.captions.keys())
        given = one.captions | given
        notes.append(f"captions: from {file}")
        if one.elsewhere:
            notes.append(f"captions: {_rows(one.elsewhere)} of {file} name no picture that is here")
        if again:
            notes.append(f"captions: {_rows(again)} of {file} are of pictures that have one already")
    return given, tuple(notes)


def beside(files: Sequence[File], pictures: Sequence[PurePosixPath]) -> dict[PurePosixPath, str]:
    """The captions in those text files that are called as one of the pictures and lie beside it."""
    texts = {file.path.with_suffix(""): file for file in files if file.path.suffix.lower() == SUFFIX}
    found = {}
    for picture in pictures:
        file = texts.get(picture.with_suffix(""))
        if file is None or (file.size or 0) > LARGEST_PACKED_BYTES:
            continue
        if caption := _content(file):
            found[picture] = caption
    return found


def tidy(text: str) -> str:
    """The caption on one line, as it can be written anywhere; "" for what has no letters, such as
    coordinates.
    """
    composed = unicodedata.normalize("NFC", " ".join(text.split()))
    line = "".join(letter for letter in composed if unicodedata.category(letter) != "Cc")[:MOST_LETTERS]
    return str(writable(line)) if any(letter.isalpha() for letter in line) else ""


def _content(file: File) -> str:
    """The caption in a text file, "" for one that cannot be read or has none."""
    try:
        with file.opened() as opened:
            content = opened.read(MOST_BYTES)
    except (OSError, UnreadableError):
        return ""
    # A file that is longer may be cut within a character.
    return tidy(decoded(content if len(content) < MOST_BYTES else content[: content.rfind(b" ")]))


def _rows(count: int) -> str:
    return "1 row" if count == 1 else f"{count} rows"
