"""A .zip of a folder of pictures, read without unpacking it and without trusting it."""

import io
import posixpath
import re
import stat
import struct
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path, PurePosixPath

from attngan.data.found import Found, Wanted
from attngan.data.own import entries, formats
from attngan.data.own.files import File
from attngan.data.own.folders import read_files
from attngan.data.own.names import hidden, no_picture
from attngan.data.own.zipnames import mended, true_names
from attngan.errors import AttnGanError
from attngan.text import printable

MAXIMUM_BYTES = 2 * 2**30  # of all pictures or arrays, unpacked
_LARGEST_TABLE_BYTES = 16 * 2**20  # of the list of entries, which is read whole before it can be judged
_LONGEST_END_BYTES = 2**16 + 100  # the end's record, the longest comment, and the long record

_DOS_FOLDER = 0x10  # an attribute of an entry
_ROOT = re.compile(r"/|[A-Za-z]:/")

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
    """The pictures in a zip, as those of the folder in it; AttnGanError if it is not to be trusted."""
    where = printable(path.name)
    listed = _listed(path, where)
    found = {}
    for name, entry in zip(true_names(listed), listed, strict=True):
        if not name.strip("/"):
            continue  # some programs list the folder that they packed
        inside = _inside(name, where)
        if not _is_folder(name, entry):
            found[inside] = entry
    pictures = [entry for name, entry in found.items() if not hidden(name) and no_picture(name) is None]
    sizes = [entry.file_size for entry in pictures]
    _check_total(where, sum(size for size in sizes if size <= entries.MAXIMUM_ENTRY_BYTES))
    with path.open("rb") as file:
        files = [
            File(name, partial(entries.unpacked, file, found[name]), found[name].file_size)
            for name in sorted(found)
        ]
        return read_files(files, wanted, where)


@contextmanager
def opened(path: Path) -> Iterator[zipfile.ZipFile]:
    """An open zip of arrays; AttnGanError if it is none, or not within the bounds above.

    Its entries are stored or deflated, as NumPy packs them: only those are unpacked bit by bit.
    """
    where = printable(path.name)
    _check_table(path, where)
    try:
        archive = zipfile.ZipFile(path)
    except BROKEN as error:
        raise AttnGanError(_no_zip(path, where)) from error
    with archive:
        listed = archive.infolist()
        if any(entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED) for entry in listed):
            raise AttnGanError(
                f"{where} is packed in a way that NumPy does not use: save it with numpy.savez."
            )
        _check_total(where, sum(entry.file_size for entry in listed))
        yield archive


def _no_zip(path: Path, where: str) -> str:
    """What is wrong with a file that cannot be opened as a zip: often it is what a server said instead."""
    with path.open("rb") as file:
        what = formats.named(file.read(4096))
    if what is None or what.startswith("a zip"):
        return f"{where} is not a whole zip file: pack or download it again."
    return f"{where} is {what.partition(', not')[0]}, not a zip file: pack or download it again."


def _listed(path: Path, where: str) -> list[zipfile.ZipInfo]:
    """All entries of a zip."""
    _check_table(path, where)
    try:
        try:
            with zipfile.ZipFile(path) as archive:
                return archive.infolist()
        except BROKEN:
            with mended(path, _LARGEST_TABLE_BYTES + _LONGEST_END_BYTES) as copy:
                return zipfile.ZipFile(copy).infolist()
    except BROKEN as error:
        raise AttnGanError(_no_zip(path, where)) from error


def _inside(name: str, where: str) -> PurePosixPath:
    """The path of an entry; AttnGanError if it leads out of the zip."""
    path = posixpath.normpath(name)  # resolves "..", so one that is left climbs out
    if path.split("/")[0] == ".." or _ROOT.match(path):
        raise AttnGanError(f"{where} is refused: its entry {printable(name)[:80]!r} leads out of the zip.")
    return PurePosixPath(path)


def _is_folder(name: str, entry: zipfile.ZipInfo) -> bool:
    if name.endswith("/") or stat.S_ISDIR(entry.external_attr >> 16):
        return True
    return entry.file_size == 0 and bool(entry.external_attr & _DOS_FOLDER)


def _check_total(where: str, total: int) -> None:
    if total > MAXIMUM_BYTES:
        raise AttnGanError(
            f"{where} unpacks to {total / 2**30:.1f} GB, more than {MAXIMUM_BYTES / 2**30:.0f} GB: use less."
        )


def _check_table(path: Path, where: str) -> None:
    if _table_bytes(path) > _LARGEST_TABLE_BYTES:
        raise AttnGanError(
            f"{where} has a list of more than {_LARGEST_TABLE_BYTES // 2**20} MB of entries: use fewer."
        )


def _table_bytes(path: Path) -> int:
    """Size of a zip's list of entries as its end states it, the largest where several ends state one.

    zipfile reads the list whole and makes an object of every entry, so a file made of nothing but
    entries would fill the memory before their number could be checked.
    """
    with path.open("rb") as file:
        end = file.seek(0, io.SEEK_END)
        file.seek(max(0, end - _LONGEST_END_BYTES))
        tail = file.read()
    sizes = [0]
    for mark, layout, offset in ((b"PK\x05\x06", "<L", 12), (b"PK\x06\x06", "<Q", 40)):
        start = tail.rfind(mark)
        if 0 <= start <= len(tail) - offset - 8:
            size = struct.unpack_from(layout, tail, start + offset)[0]
            sizes.append(0 if layout == "<L" and size == 2**32 - 1 else size)
    return max(sizes)
