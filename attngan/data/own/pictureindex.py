"""Finds pictures by what tables call them: their paths, or the ends of these, also without a suffix."""

import unicodedata
from collections.abc import Sequence
from pathlib import PurePosixPath

_MOST_FOLDERS = 4  # above a file, by which it is told from others of its name


class PictureIndex:
    """The pictures below a table."""

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
