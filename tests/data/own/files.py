"""Small picture files and arrays, which the tests of data make for themselves."""

import io
import struct
import zlib
from pathlib import Path

import numpy as np
from PIL import Image

from attngan.data.found import Wanted
from attngan.data.imageset import ImageSet
from attngan.data.own.decoding import decoded
from attngan.data.pixels import stacked

SIZE = 13  # pixels


def noise(seed: int, width: int = 17, height: int = 19) -> Image.Image:
    return Image.fromarray(np.random.default_rng(seed).integers(0, 256, (height, width, 3), np.uint8))


def smooth(width: int = 61, height: int = 59) -> Image.Image:
    down, right = np.mgrid[:height, :width]
    levels = np.stack([down * 255 // height, right * 255 // width, (down + right) % 256], axis=2)
    return Image.fromarray(levels.astype(np.uint8))


def saved(picture: Image.Image, kind: str = "PNG", **options: object) -> bytes:
    file = io.BytesIO()
    picture.save(file, kind, **options)
    return file.getvalue()


def fill(folder: Path, count: int, first: int = 0) -> Path:
    """The folder with so many pictures in it, called by their numbers."""
    folder.mkdir(parents=True, exist_ok=True)
    for number in range(first, first + count):
        (folder / f"{number:03}.png").write_bytes(saved(noise(number)))
    return folder


def levels_of(content: bytes, size: int = SIZE, square: str = "crop") -> np.ndarray:
    """What decoding gives: uint8, or uint16 of 16-bit pictures."""
    return decoded(io.BytesIO(content), Wanted(size, square=square))


def pixels_of(content: bytes, size: int = SIZE, square: str = "crop") -> np.ndarray:
    """The picture in three channels of uint8, as a set of one."""
    images, _ = stacked([levels_of(content, size, square)])
    return np.repeat(images[0], 3 // images.shape[3], axis=2)


def chunk(name: bytes, body: bytes, checksum: int | None = None) -> bytes:
    """A part of a PNG."""
    own = zlib.crc32(name + body) if checksum is None else checksum
    return struct.pack(">I", len(body)) + name + body + struct.pack(">I", own)


def segment(mark: int, body: bytes) -> bytes:
    """A part of a JPEG."""
    return b"\xff" + bytes([mark]) + struct.pack(">H", len(body) + 2) + body


def tiff_of_planes(bits: int) -> bytes:
    """A TIFF of three channels of zeros, 7 x 5, each stored apart."""
    one = 7 * 5 * bits // 8
    start = 8 + 2 + 12 * 9 + 4 + 3 * 2 + 2 * 3 * 4
    shorts = {256: (7,), 257: (5,), 258: (bits,) * 3, 259: (1,), 262: (2,), 277: (3,), 284: (2,)}
    table, more = b"", b""
    for tag in (256, 257, 258, 259, 262, 273, 277, 279, 284):
        values = shorts.get(tag) or [start + one * plane if tag == 273 else one for plane in range(3)]
        body = struct.pack(f"<{len(values)}{'H' if tag in shorts else 'I'}", *values)
        at = struct.pack("<I", start - 30 + len(more)) if len(body) > 4 else body.ljust(4, b"\0")
        more += body if len(body) > 4 else b""
        table += struct.pack("<HHI", tag, 3 if tag in shorts else 4, len(values)) + at
    return b"II*\0\x08\0\0\0" + struct.pack("<H", 9) + table + bytes(4) + more + bytes(3 * one)


def values(*shape: int, dtype: type = np.uint8) -> np.ndarray:
    return np.random.default_rng(0).integers(0, 256, shape).astype(dtype)


def one_grey_each(first: int, count: int) -> np.ndarray:
    """Pictures that are each of one grey."""
    return np.arange(first, first + count, dtype=np.uint8)[:, None, None] + np.zeros(
        (1, SIZE, SIZE), np.uint8
    )


def greys(pictures: ImageSet) -> list[int]:
    return pictures.images[:, 0, 0, 0].tolist()
