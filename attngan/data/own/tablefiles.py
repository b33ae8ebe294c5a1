"""The tables that lie among pictures, each opened once, and what labels and captions they give."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath

from attngan.data.own import captionfiles, labelfiles, tables
from attngan.data.own.captionfiles import Captioned
from attngan.data.own.decoding import UnreadableError
from attngan.data.own.files import File, reason
from attngan.data.own.labelfiles import Named
from attngan.data.own.pictureindex import PictureIndex
from attngan.data.own.tables import NoLabelsError, UnlabelledError
from attngan.text import printable

MAXIMUM_BYTES = 16 * 2**20  # of a table
MAXIMUM_TABLES = 20


@dataclass(frozen=True)
class Told:
    """What tables tell of pictures."""

    labels: (
        dict[PurePosixPath, str] | None
    )  # empty if a file says that there are none, None if none tells any
    captions: dict[PurePosixPath, str]
    notes: tuple[str, ...]


def is_table(path: PurePosixPath) -> bool:
    """True for files that may tell labels or captions, by their names."""
    return path.suffix.lower() in tables.SUFFIXES


def told(files: Sequence[File], pictures: Sequence[PurePosixPath]) -> Told:
    """What some of these files tell of these pictures. At most MAXIMUM_TABLES are opened."""
    stems = {path.with_suffix("") for path in pictures}
    candidates = [file for file in files if is_table(file.path)]
    candidates.sort(key=lambda file: (len(file.path.parts), file.path))
    # One with the name of a picture tells of this one alone.
    of_one = [file for file in candidates if file.path.with_suffix("") in stems]
    of_many = [file for file in candidates if file.path.with_suffix("") not in stems]
    notes = [f"{printable(file.path)}: not a picture" for file in of_one + of_many[MAXIMUM_TABLES:]]
    labels: list[tuple[PurePosixPath, Named]] = []
    captions: list[tuple[PurePosixPath, Captioned]] = []
    without = ""
    for file in of_many[:MAXIMUM_TABLES]:
        below = _below(file.path, pictures)
        captioned = None
        try:
            table, index = (
                tables.read(file.path.suffix.lower(), _content(file)),
                PictureIndex(file.path, below),
            )
            sure = "caption" in file.path.stem.casefold()
            if captioned := captionfiles.captioned(table, index, sure):
                captions.append((file.path, captioned))
            labels.append((file.path, labelfiles.named(table, index, sure)))
        except UnlabelledError:
            if 2 * len(below) > len(pictures):
                without = f"labels: {printable(file.path)} says that there are none"
        except NoLabelsError as error:
            notes += [f"{printable(file.path)}: {error}"] if str(error) and not captioned else []
        except UnreadableError as error:
            notes.append(f"{printable(file.path)}: {error}")
        except OSError as error:
            notes.append(f"{printable(file.path)}: {reason(error)}")
    given, more = labelfiles.joined(labels, len(pictures))
    if not labels and without:
        given, more = {}, (without,)
    written, still_more = captionfiles.joined(captions)
    return Told(given, written, (*notes, *more, *still_more))


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
