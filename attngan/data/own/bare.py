"""A picture file with nothing in it but what its pixels need, for files whose texts or profiles are wrong."""

import re
import struct
import zlib
from collections.abc import Iterator
from dataclasses import dataclass

_END = b"\xff\xd9"  # of a JPEG


@dataclass(frozen=True)
class Bare:
    """What is left of a file."""

    copies: tuple[bytes, ...]  # all of them give the same pixels, unless the file is cut off
    exif: bytes = b""  # as it was, which may be nonsense: it tells which side is up


def bare(content: bytes) -> Bare | None:
    """A PNG, JPEG, WebP, GIF or TIFF without texts, profiles and the like; None for other files.

    What is lacking of the pixels is not made up: a copy of a broken file is broken too.
    """
    if content.startswith(b"\x89PNG\r\n\x1a\n"):
        return _png(content)
    if content.startswith(b"\xff\xd8\xff"):
        return _jpeg(content)
    if content.startswith(b"RIFF") and content[8:12] == b"WEBP":
        return _webp(content)
    if content.startswith(b"GIF8"):
        return _gif(content)
    if content.startswith((b"II*\0", b"MM\0*")):
        return _tiff(content)
    return None


# ---- PNG: chunks of a length, a name, data and a checksum ----

_PIXEL_CHUNKS = (b"IHDR", b"PLTE", b"tRNS", b"IDAT")
_CLEAR_BYTES = {0: 2, 2: 6}  # of the level or colour that is transparent, in grey and in colour
_NEXT_CHUNK = re.compile(rb"IHDR|PLTE|tRNS|IDAT|IEND")
_MOST_TRIES = 64  # in a file, to find the next chunk behind bytes that are none


def _png(content: bytes) -> Bare:
    kept = [content[:8]]
    exif = b""
    colour = -1
    for name, chunk in _png_chunks(content):
        body = chunk[8:-4]
        if name == b"IHDR" and len(body) == 13:
            colour = body[9]
        if name == b"eXIf":
            exif = body
        elif name == b"tRNS" and (len(body) != _CLEAR_BYTES.get(colour, len(body)) or not _checked(chunk)):
            continue
        elif name in _PIXEL_CHUNKS:
            kept.append(chunk)
    kept.append(b"\0\0\0\0IEND\xaeB`\x82")
    return Bare((b"".join(kept),), exif)


def _png_chunks(content: bytes) -> Iterator[tuple[bytes, bytes]]:
    """(name, whole chunk) up to the end; bytes that are no chunk are passed over."""
    at = 8
    tries = iter(range(_MOST_TRIES))
    while 0 <= at <= len(content) - 8:
        (length,) = struct.unpack_from(">I", content, at)
        name = content[at + 4 : at + 8]
        end = at + 12 + length
        if name == b"IEND":
            return
        chunk = content[at:end]
        if len(chunk) == 12 + length and (_checked(chunk) or _follows(content, end)):
            yield name, chunk
            at = end
        elif (found := _next_chunk(content, at + 1, tries)) >= 0:
            at = found
        else:
            if name == b"IDAT":  # the last one lost its end: its pixels may yet be whole
                yield name, _chunk(name, content[at + 8 : at + 8 + length])
            return


def _chunk(name: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))


def _checked(chunk: bytes) -> bool:
    return int.from_bytes(chunk[-4:], "big") == zlib.crc32(chunk[4:-4])


def _follows(content: bytes, at: int) -> bool:
    """Whether a chunk's name, or the end of the file, stands where it should."""
    return content[at + 4 : at + 8].isalpha() or at == len(content)


def _next_chunk(content: bytes, start: int, tries: Iterator[int]) -> int:
    """Where the next whole chunk begins that pixels need, or the end; -1 if there is none."""
    for _, match in zip(tries, _NEXT_CHUNK.finditer(content, start + 4), strict=False):
        at = match.start() - 4
        (length,) = struct.unpack_from(">I", content, at)
        chunk = content[at : at + 12 + length]
        if len(chunk) == 12 + length and _checked(chunk):
            return at
    return -1


# ---- JPEG: segments of a mark and a length, and the scans, which end at a mark ----

_FRAMES = (0xC0, 0xC1, 0xC2, 0xC9, 0xCA)
_STANDALONE = (0x01, *range(0xD0, 0xD9))  # marks that have no length
_SCAN_ENDS = re.compile(rb"\xff+[^\x00\xff\xd0-\xd7]")
_JFIF = b"\xff\xe0\0\x10JFIF\0\1\1\0\0\1\0\1\0\0"

_MOST_SEGMENTS = 10_000
_MOST_BODY = 4 + 2**16  # bytes of a segment before its scan

# Read where pixels are missing, this gives others than an end would; where none is missing it is passed over.
# The marks are those that a decoder waits for after a cut at one of them.
_NOISE = b"\x55" * 64 + b"".join(b"\xff" + bytes([mark]) + b"\x55" * 64 for mark in range(0xD0, 0xD8))


def _jpeg(content: bytes) -> Bare:
    kept = [content[:2]]
    exif = b""
    at = 2
    lacking: set[tuple[int, int]] = set()
    for _ in range(_MOST_SEGMENTS):
        at = content.find(b"\xff", at)
        if not 0 <= at < len(content) - 1:
            break
        mark = content[at + 1]
        if mark in (0x00, 0xFF) or mark in _STANDALONE:
            at += 1 if mark == 0xFF else 2
            continue
        if mark == 0xD9:
            return Bare((b"".join(kept) + _END,), exif)
        end = at + 2 + int.from_bytes(content[at + 2 : at + 4], "big")
        if mark == 0xDA:
            scan_ends = _SCAN_ENDS.search(content, end)
            end = scan_ends.start() if scan_ends else len(content)
        segment = content[at:end]
        body = segment[4:_MOST_BODY]
        if mark in _FRAMES:
            lacking = {(channel, number) for channel in body[6::3] for number in range(64)}
        elif mark == 0xDA:
            lacking -= _brought(body)
        if mark == 0xE1 and body.startswith(b"Exif\0\0") and not exif:
            exif = body[6:]
        if mark == 0xE0 and body.startswith(b"JFIF"):
            kept.append(_JFIF)
        elif _needed(mark, body):
            kept.append(segment)
        at = end
    whole = b"".join(kept)
    if lacking:
        return Bare((whole,), exif)
    if whole.endswith(bytes(8)):  # what a disk or a download leaves where the rest should be
        whole = whole.rstrip(b"\0")
    whole = whole.rstrip(b"\xff")
    return Bare((whole + _END, whole + _NOISE + _END), exif)


def _brought(scan: bytes) -> set[tuple[int, int]]:
    """(channel, number of a frequency) of what a scan brings in full; others bring what is finer."""
    count = scan[0] if scan else 0
    channels, rest = scan[1 : 1 + 2 * count : 2], scan[1 + 2 * count : 4 + 2 * count]
    if len(rest) < 3 or rest[2] % 16:
        return set()
    return {(channel, number) for channel in channels for number in range(rest[0], min(rest[1], 63) + 1)}


def _needed(mark: int, body: bytes) -> bool:
    """Whether a segment is for the pixels: Adobe's tells how their colours are stored."""
    if mark == 0xEE:
        return body.startswith(b"Adobe") and len(body) >= 12
    return mark != 0xFE and not 0xE0 <= mark <= 0xEF


# ---- WebP: chunks of a name, a length and data, in one outer chunk ----

_WEBP_PIXELS = (b"VP8 ", b"VP8L", b"VP8X", b"ALPH", b"ANIM", b"ANMF")
_WEBP_ORNAMENTS = 0x20 | 0x08 | 0x04  # the flags of profile, EXIF and XMP


def _webp(content: bytes) -> Bare:
    kept = []
    exif = b""
    at = 12
    while at <= len(content) - 8:
        name = content[at : at + 4]
        end = at + 8 + int.from_bytes(content[at + 4 : at + 8], "little")
        chunk = content[at:end]
        if name == b"EXIF":
            exif = chunk[8:]
        if name == b"VP8X" and len(chunk) > 8:
            chunk = chunk[:8] + bytes([chunk[8] & ~_WEBP_ORNAMENTS]) + chunk[9:]
        if name in _WEBP_PIXELS and len(chunk) == end - at:
            kept.append(chunk + bytes(len(chunk) % 2))
        at = end + end % 2
    body = b"WEBP" + b"".join(kept)
    return Bare((b"RIFF" + struct.pack("<I", len(body)) + body,), exif)


# ---- GIF: a head, then blocks; the first frame is enough ----


def _gif(content: bytes) -> Bare:
    flags = content[10] if len(content) > 10 else 0
    at = 13 + _colours(flags)
    kept = [content[:at]]
    while at < len(content):
        kind, start = content[at], at
        if kind == 0x21:  # an extension: transparency is one
            at = _after_blocks(content, at + 2)
            if content[start + 1 : start + 2] == b"\xf9":
                kept.append(content[start:at])
        elif kind == 0x2C:  # a frame
            local = content[at + 9] if len(content) > at + 9 else 0
            at = _after_blocks(content, at + 11 + _colours(local))
            kept.append(content[start:at])
            break
        else:
            at += 1
    return Bare((b"".join(kept) + b"\0;",))


def _colours(flags: int) -> int:
    """Bytes of the table of colours that the flags tell of."""
    return 3 * 2 ** (flags % 8 + 1) if flags & 0x80 else 0


def _after_blocks(content: bytes, at: int) -> int:
    """Where a row of blocks, each of a length and data, ends: behind the empty one."""
    while at < len(content) and content[at]:
        at += 1 + content[at]
    return at + 1


# ---- TIFF: a directory of tags, which stays where it is and loses what pixels do not need ----

_TIFF_PIXELS = (
    *(254, 256, 257, 258, 259, 262, 266, 273, 274, 277, 278, 279, 284, 292, 293, 317, 320, 322, 323, 324),
    *(325, 338, 339, 347, 512, 513, 514, 515, 519, 520, 521, 529, 530, 531, 532),
)


def _tiff(content: bytes) -> Bare:
    order = "<" if content.startswith(b"II") else ">"
    if len(content) < 8:
        return Bare((content,))
    (at,) = struct.unpack_from(f"{order}I", content, 4)
    if at + 2 > len(content):
        return Bare((content,))
    (count,) = struct.unpack_from(f"{order}H", content, at)
    table = content[at + 2 : at + 2 + 12 * count]
    entries = [table[start : start + 12] for start in range(0, len(table) - 11, 12)]
    kept = [entry for entry in entries if struct.unpack_from(f"{order}H", entry)[0] in _TIFF_PIXELS]
    directory = struct.pack(f"{order}H", len(kept)) + b"".join(kept) + bytes(4)
    return Bare((content[:at] + directory + content[at + len(directory) :],))
