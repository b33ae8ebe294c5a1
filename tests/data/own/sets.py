"""Zips of small pictures, as programs pack them and as none does."""

import struct
import zipfile
import zlib
from collections.abc import Sequence
from pathlib import Path

from tests.data.own.files import noise, saved


def picture(seed: int, kind: str = "PNG", width: int = 17, height: int = 19) -> bytes:
    """A file of noise."""
    return saved(noise(seed, width, height), kind)


def pictures(count: int, prefix: str = "") -> dict[str, bytes]:
    return {f"{prefix}{number}.png": picture(number) for number in range(count)}


def zipped(path: Path, entries: dict[str, bytes], compression: int = zipfile.ZIP_DEFLATED) -> Path:
    with zipfile.ZipFile(path, "w", compression) as archive:
        for name, content in entries.items():
            archive.writestr(name, content)
    return path


def zipped_raw(
    path: Path,
    entries: Sequence[tuple[bytes, bytes]],
    flags: int = 0,
    extra: bytes = b"",
    local: bytes | None = None,
) -> Path:
    """A zip of stored entries whose names are these bytes, with flags and extra fields in the list.

    `local` is the name before each content, if it is another one.
    """
    body, listed = b"", b""
    for name, content in entries:
        here = name if local is None else local
        sizes = struct.pack("<LLL", zlib.crc32(content), len(content), len(content))
        listed += b"PK\x01\x02" + struct.pack("<HHHHHH", 20, 20, flags, 0, 0, 33) + sizes
        listed += struct.pack("<HHHHHLL", len(name), len(extra), 0, 0, 0, 0, len(body)) + name + extra
        body += b"PK\x03\x04" + struct.pack("<HHHHH", 20, flags, 0, 0, 33) + sizes
        body += struct.pack("<HH", len(here), 0) + here + content
    end = struct.pack("<HHHHLLH", 0, 0, len(entries), len(entries), len(listed), len(body), 0)
    path.write_bytes(body + listed + b"PK\x05\x06" + end)
    return path
