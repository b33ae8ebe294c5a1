"""The true names of a zip's entries, whatever program wrote them."""

import io
import mmap
import struct
import unicodedata
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import IO, cast

from attngan.data.own.encodings import encoding_of

_UTF8 = 0x800  # a flag of an entry: its name is UTF-8
_UNICODE_PATH = 0x7075  # the extra field with a name in UTF-8, and the checksum of the name that it replaces
_LISTED = b"PK\x01\x02"  # how each entry of the list begins


def true_names(entries: Sequence[zipfile.ZipInfo]) -> list[str]:
    """The name of each entry, composed (NFC) and with slashes between folders.

    Names that do not say their encoding are read in one that fits all of them: a zip is written by one
    program on one machine. A backslash is told from half a character only once that is known.
    """
    names = [_stated(entry) for entry in entries]
    encoding = encoding_of(name for name in names if isinstance(name, bytes))
    texts = (name if isinstance(name, str) else name.decode(encoding, errors="replace") for name in names)
    return [unicodedata.normalize("NFC", text.partition("\0")[0].replace("\\", "/")) for text in texts]


def _stated(entry: zipfile.ZipInfo) -> str | bytes:
    """The name as text if the entry says its encoding, else its bytes."""
    if entry.flag_bits & _UTF8:
        return entry.orig_filename
    raw = entry.orig_filename.encode("cp437")  # as zipfile reads what does not say its encoding
    for kind, field in _extra_fields(entry.extra):
        if kind == _UNICODE_PATH and len(field) > 5 and field[1:5] == struct.pack("<L", zlib.crc32(raw)):
            try:
                return field[5:].decode()
            except UnicodeDecodeError:
                break
    return raw


def _extra_fields(extra: bytes) -> Iterator[tuple[int, bytes]]:
    while len(extra) >= 4:
        kind, length = struct.unpack_from("<HH", extra)
        yield kind, extra[4 : 4 + length]
        extra = extra[4 + length :]


@contextmanager
def mended(path: Path, largest: int) -> Iterator[IO[bytes]]:
    """A zip in memory in whose list zipfile stumbles over no name: for those that say UTF-8 and are not.

    The list lies in the last `largest` bytes. The file stays as it is.
    """
    with path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_COPY) as copy:
        start = copy.find(_LISTED, max(0, len(copy) - largest))
        while 0 <= start <= len(copy) - 46:
            flags, name, extra = struct.unpack_from("<H18xHH", copy, start + 8)
            first = start + 46
            if flags & _UTF8 and not _is_utf8(copy[first : first + name]):
                struct.pack_into("<H", copy, start + 8, flags & ~_UTF8)
            _hide_broken_names(copy, first + name, extra)
            start = copy.find(_LISTED, first)
        copy.seek(0, io.SEEK_SET)
        yield cast(IO[bytes], copy)


def _hide_broken_names(copy: mmap.mmap, start: int, length: int) -> None:
    """Give another number to the extra fields that say a name in UTF-8 which is not."""
    offset = start
    for kind, field in _extra_fields(copy[start : start + length]):
        if kind == _UNICODE_PATH and not _is_utf8(field[5:]):
            struct.pack_into("<H", copy, offset, 0)
        offset += 4 + len(field)


def _is_utf8(name: bytes) -> bool:
    try:
        name.decode()
    except UnicodeDecodeError:
        return False
    return True
