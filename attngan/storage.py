"""Files and folders that are written whole or not at all, and read up to a size.

What is new is written beside its place under a name that begins with a dot and ends in .new, then moved
there: a reader sees the old or the new, and a full disk or a killed process leaves the old. Nothing sets
permissions: a mounted drive or a share may not know any.
"""

import errno
import os
import secrets
import shutil
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

FULL = (errno.ENOSPC, errno.EDQUOT)  # how drives say that they are full
PASSING = (errno.EAGAIN, errno.ENOMEM, errno.EMFILE, errno.ENFILE, *FULL)  # what a machine lacks for a while
# How drives say that they do not know what was asked for: a network share, a mounted cloud storage.
UNKNOWN = (errno.EINVAL, errno.ENOSYS, errno.ENOLCK, errno.ENOTSUP, errno.EOPNOTSUPP)
NOT_OVER = (*UNKNOWN, errno.EPERM, errno.EACCES, errno.EEXIST)  # that they move nothing over what is there


def read_file(file: Path, most: int) -> bytes:
    """The bytes of a file; raises OSError, also for more than `most` bytes, and for a pipe or a device."""
    if not stat.S_ISREG(file.stat().st_mode):
        raise OSError(errno.EINVAL, "Not a regular file", str(file))  # reading it might never end
    with file.open("rb") as stream:
        data = stream.read(most + 1)
    if len(data) > most:
        raise OSError(errno.EFBIG, os.strerror(errno.EFBIG), str(file))
    return data


def write_file(file: Path, data: bytes, lasting: bool = False) -> None:
    """Put the bytes in place of the file, if there is one; raises OSError, and then nothing has changed.

    With `lasting` they are on the drive before they take that place, so that a power cut leaves one or the
    other; that takes longer.
    """
    file.parent.mkdir(parents=True, exist_ok=True)
    new = _beside(file)
    try:
        with new.open("xb") as stream:
            stream.write(data)
            if lasting:
                stream.flush()
                os.fsync(stream.fileno())
        try:
            new.replace(file)
        except OSError as error:
            if error.errno not in NOT_OVER or not file.is_file():
                raise
            _exchange(new, file)
    finally:
        new.unlink(missing_ok=True)


@contextmanager
def new_folder(folder: Path) -> Iterator[Path]:
    """An empty folder to fill, which takes the place of `folder` at the end, or is gone if that failed."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    new = _beside(folder)
    new.mkdir()
    try:
        yield new
        _exchange(new, folder)
    finally:
        _remove(new)


def sweep(folder: Path) -> None:
    """Remove what a killed process left half written in the folder; nobody else may be writing there."""
    for left in folder.glob(".*.new"):
        _remove(left)


def _beside(place: Path) -> Path:
    """A name that nobody else has, in the folder of a place."""
    return place.with_name(f".{secrets.token_hex(8)}.new")


def _exchange(new: Path, place: Path) -> None:
    """Move what is new to its place; what was there is moved away first, and back if that failed."""
    old = _beside(place)
    try:
        if place.exists():
            place.replace(old)
        new.replace(place)
        _remove(old)
    finally:
        if old.exists() and not place.exists():
            old.replace(place)


def _remove(path: Path) -> None:
    """Remove a file or a folder, or nothing; a folder that cannot go stays."""
    if path.is_dir():
        shutil.rmtree(path, ignore_errors=True)
    else:
        path.unlink(missing_ok=True)
