"""Folders and zips of small pictures, as the tests of data bring them."""

import io
import struct
import zipfile
import zlib
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from PIL import Image

SIZE = 13  # pixels


def picture(seed: int, kind: str = "PNG", width: int = 17, height: int = 19) -> bytes:
    """A file of noise."""
    pixels = np.random.default_rng(seed).integers(0, 256, (height, width, 3), np.uint8)
    file = io.BytesIO()
    Image.fromarray(pixels).save(file, kind)
    return file.getvalue()


def fill(folder: Path, count: int, first: int = 0) -> Path:
    """The folder with so many pictures in it, called by their numbers."""
    folder.mkdir(parents=True, exist_ok=True)
    for number in range(first, first + count):
        (folder / f"{number:03}.png").write_bytes(picture(number))
    return folder


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
