"""A .zip of a folder of pictures, read without unpacking it and without trusting it."""

import io
import stat
import struct
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath, PureWindowsPath
from typing import IO

from attngan.data.decoding import UnreadableError
from attngan.data.folders import MAXIMUM_FILES, hidden, read_files
from attngan.data.found import Found, Wanted
from attngan.errors import AttnGanError

MAXIMUM_BYTES = 2 * 2**30  # of all entries, unpacked
MAXIMUM_ENTRY_BYTES = 256 * 2**20  # of one picture, unpacked
MAXIMUM_RATIO = 200  # unpacked to packed, of entries so large that it matters
RATIO_MATTERS_BYTES = 2**20
_LARGEST_TABLE_BYTES = 16 * 2**20  # of the list of entries, which is read whole before it can be judged

# What Python's zipfile raises on files that are broken, encrypted or packed in a way it does not know.
BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    NotImplementedError,
    RuntimeError,
    ValueError,
    struct.error,
)


def read(path: Path, wanted: Wanted) -> Found:
    """The pictures in a zip, labelled by their folders; AttnGanError if it is not to be trusted."""
    with opened(path) as archive:
        entries = {PurePosixPath(entry.filename): entry for entry in archive.infolist() if not entry.is_dir()}
        names = sorted(name for name in entries if not hidden(name))
        if not names:
            raise AttnGanError(f"{path.name} is empty: put pictures into it.")
        return read_files(names, lambda name: _entry(archive, entries[name]), wanted)


@contextmanager
def opened(path: Path) -> Iterator[zipfile.ZipFile]:
    """An open zip whose entries all lie inside it, are no links, and keep the bounds above."""
    if _table_bytes(path) > _LARGEST_TABLE_BYTES:
        raise AttnGanError(f"{path.name} has more than {MAXIMUM_FILES} entries: use fewer.")
    try:
        archive = zipfile.ZipFile(path)
    except BROKEN as error:
        raise AttnGanError(f"{path.name} is not a whole zip file: pack it again.") from error
    with archive:
        _check(path.name, archive.infolist())
        yield archive


def _check(name: str, entries: list[zipfile.ZipInfo]) -> None:
    if len(entries) > MAXIMUM_FILES:
        raise AttnGanError(f"{name} has {len(entries)} entries, more than {MAXIMUM_FILES}: use fewer.")
    total = sum(entry.file_size for entry in entries)
    if total > MAXIMUM_BYTES:
        raise AttnGanError(
            f"{name} unpacks to {total / 2**30:.1f} GB, more than {MAXIMUM_BYTES / 2**30:.0f} GB: use less."
        )
    for entry in entries:
        inside = PureWindowsPath(entry.filename)  # knows both kinds of slashes, and drives
        if inside.drive or inside.root or ".." in inside.parts:
            raise AttnGanError(f"{name} is refused: its entry {entry.filename[:80]!r} leads out of the zip.")
        if stat.S_ISLNK(entry.external_attr >> 16):
            raise AttnGanError(
                f"{name} is refused: its entry {entry.filename[:80]!r} is a link, not a picture."
            )
        if entry.file_size > max(RATIO_MATTERS_BYTES, MAXIMUM_RATIO * entry.compress_size):
            raise AttnGanError(
                f"{name} is refused: its entry {entry.filename[:80]!r} unpacks to more than "
                f"{MAXIMUM_RATIO} times its size."
            )


def _entry(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> IO[bytes]:
    """The whole of one entry, checked against its checksum."""
    if entry.flag_bits & 1:
        raise UnreadableError("it is encrypted")
    if entry.file_size > MAXIMUM_ENTRY_BYTES:
        raise UnreadableError(f"larger than {MAXIMUM_ENTRY_BYTES // 2**20} MB")
    try:
        return io.BytesIO(archive.read(entry))
    except BROKEN as error:
        raise UnreadableError("broken or cut off") from error


def _table_bytes(path: Path) -> int:
    """Size of a zip's list of entries as its end states it, the largest where several ends state one.

    zipfile reads the list whole and makes an object of every entry, so a file made of nothing but
    entries would fill the memory before their number could be checked.
    """
    with path.open("rb") as file:
        end = file.seek(0, io.SEEK_END)
        file.seek(max(0, end - 2**16 - 100))  # the end's record, the longest comment, and the long record
        tail = file.read()
    sizes = [0]
    for mark, layout, offset in ((b"PK\x05\x06", "<L", 12), (b"PK\x06\x06", "<Q", 40)):
        start = tail.rfind(mark)
        if 0 <= start <= len(tail) - offset - 8:
            size = struct.unpack_from(layout, tail, start + offset)[0]
            sizes.append(0 if layout == "<L" and size == 2**32 - 1 else size)
    return max(sizes)
