"""One entry of a zip, unpacked into memory within bounds, whatever the zip says of it."""

import io
import stat
import struct
import zipfile
import zlib
from typing import IO

from attngan.data.own.decoding import UnreadableError

MAXIMUM_ENTRY_BYTES = 128 * 2**20  # of one entry, packed and unpacked

_METHODS = {
    1: "Shrunk",
    6: "Imploded",
    9: "Deflate64",
    93: "Zstandard",
    95: "XZ",
    96: "JPEG",
    97: "WavPack",
    98: "PPMd",
    99: "AES",
}
_ENCRYPTED = 1  # a flag of an entry


def unpacked(file: IO[bytes], entry: zipfile.ZipInfo) -> IO[bytes]:
    """The whole of one entry of an open zip, checked against its checksum; UnreadableError if there is none.

    zipfile's own reading has no bound on what a few bytes unpack to, and refuses an entry whose name is
    written otherwise in the list than before its content, which some programs do.
    """
    if entry.flag_bits & _ENCRYPTED:
        raise UnreadableError("it is encrypted")
    if stat.S_ISLNK(entry.external_attr >> 16):
        raise UnreadableError("a link, which is not followed in a zip")
    if max(entry.file_size, entry.compress_size) > MAXIMUM_ENTRY_BYTES:
        raise UnreadableError(f"larger than {MAXIMUM_ENTRY_BYTES // 2**20} MB")
    try:
        content = _inflated(_packed(file, entry), entry)
    except (zlib.error, struct.error, OSError, EOFError, ValueError) as error:
        raise UnreadableError("broken or cut off") from error
    if len(content) != entry.file_size or zlib.crc32(content) != entry.CRC:
        raise UnreadableError("broken or cut off")
    return io.BytesIO(content)


def _packed(file: IO[bytes], entry: zipfile.ZipInfo) -> bytes:
    """The bytes of an entry as they lie in the zip, after a header of its own."""
    file.seek(entry.header_offset)
    header = file.read(30)
    if not header.startswith(b"PK\x03\x04"):
        raise UnreadableError("broken or cut off")
    file.seek(sum(struct.unpack_from("<HH", header, 26)), io.SEEK_CUR)  # its name and its extra fields
    return file.read(entry.compress_size)


def _inflated(packed: bytes, entry: zipfile.ZipInfo) -> bytes:
    """At most as many bytes as the entry says that it has."""
    size = entry.file_size
    if size == 0:
        return b""  # a bound of 0 would be none
    match entry.compress_type:
        case zipfile.ZIP_STORED:
            return packed[:size]
        case zipfile.ZIP_DEFLATED:
            return zlib.decompressobj(-zlib.MAX_WBITS).decompress(packed, size)
        case zipfile.ZIP_BZIP2:
            import bz2  # some builds of Python lack it

            return bz2.BZ2Decompressor().decompress(packed, size)
        case zipfile.ZIP_LZMA:
            return _from_lzma(packed, size)
    name = _METHODS.get(entry.compress_type, f"method {entry.compress_type}")
    raise UnreadableError(f"packed in a way that cannot be read ({name}): pack it anew")


def _from_lzma(packed: bytes, size: int) -> bytes:
    """What LZMA packed: two bytes of version, the length of the settings, the settings, the content."""
    import lzma  # some builds of Python lack it

    length, settings, window = struct.unpack_from("<2xHBL", packed)
    rest, lc = divmod(settings, 9)
    pb, lp = divmod(rest, 5)
    chain = [
        {"id": lzma.FILTER_LZMA1, "dict_size": min(window, MAXIMUM_ENTRY_BYTES), "lc": lc, "lp": lp, "pb": pb}
    ]
    try:
        return lzma.LZMADecompressor(lzma.FORMAT_RAW, filters=chain).decompress(packed[4 + length :], size)
    except lzma.LZMAError as error:
        raise UnreadableError("broken or cut off") from error
