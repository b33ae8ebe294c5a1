"""A file of a folder, a zip or an upload: where it lies there, and how it is opened."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import IO


@dataclass(frozen=True)
class File:
    """One file; opening it may raise decoding.UnreadableError or OSError."""

    path: PurePosixPath
    opened: Callable[[], IO[bytes]]
    size: int | None = None  # in bytes, where opening it means unpacking it whole


def on_disk(path: PurePosixPath, place: Path) -> File:
    """The file at this place, known by this path."""

    def opened() -> IO[bytes]:
        return place.open("rb")

    return File(path, opened)


def reason(error: OSError) -> str:
    """Why a file or folder could not be read, in a few words that stand after its name."""
    if isinstance(error, PermissionError):
        return "may not be read: change its permissions"
    return error.strerror or "could not be opened"
