"""What a file is by its first bytes: which library reads it, or why none does."""

import struct

# Kinds of HEIF files, as the brands in their first box name them.
_AVIF = {b"avif", b"avis"}
_HEIC = {b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"hevm", b"hevs", b"mif1", b"mif2", b"msf1"}

_SAVE = "save it as PNG or JPEG"
_RAW = f"a camera's raw file, not a picture of a known format: {_SAVE}"

# (where the mark stands, the mark, what the file is)
_MARKS = (
    (
        0,
        b"version https://git-lfs",
        "a Git LFS pointer, not a picture: fetch the file itself with git lfs pull",
    ),
    (0, b"%PDF", f"a PDF, not a picture: {_SAVE}"),
    (0, b"%!PS", f"PostScript, not a picture made of pixels: {_SAVE}"),
    (0, b"8BPS", f"a Photoshop file (PSD), not a picture of a known format: {_SAVE}"),
    (0, b"gimp xcf", f"a GIMP file (XCF), not a picture of a known format: {_SAVE}"),
    (0, b"\xff\x0a", f"JPEG XL, not a picture of a known format: {_SAVE}"),
    (0, b"\0\0\0\x0cJXL ", f"JPEG XL, not a picture of a known format: {_SAVE}"),
    (0, b"\0\0\0\x0cjP  ", f"JPEG 2000, not a picture of a known format: {_SAVE}"),
    (0, b"\xff\x4f\xff\x51", f"JPEG 2000, not a picture of a known format: {_SAVE}"),
    (0, b"\x76\x2f\x31\x01", f"OpenEXR, not a picture of a known format: {_SAVE}"),
    (128, b"DICM", f"DICOM, not a picture of a known format: {_SAVE}"),
    (0, b"\0\0\1\0", f"an icon (ICO), not a picture of a known format: {_SAVE}"),
    (0, b"\xd7\xcd\xc6\x9a", f"a drawing (WMF), not a picture made of pixels: {_SAVE}"),
    (0, b"FUJIFILMCCD-RAW", _RAW),
    (0, b"IIRO", _RAW),
    (0, b"IIRS", _RAW),
    (0, b"MMOR", _RAW),
    (0, b"IIU\0", _RAW),
    (0, b"FOVb", _RAW),
    (8, b"AVI ", "a video, not a picture"),
    (8, b"WAVE", "a sound, not a picture"),
    (0, b"\x1a\x45\xdf\xa3", "a video, not a picture"),
    (0, b"\0\0\1\xba", "a video, not a picture"),
    (0, b"\0\0\1\xb3", "a video, not a picture"),
    (0, b"FLV\1", "a video, not a picture"),
    (0, b"\x30\x26\xb2\x75\x8e\x66\xcf\x11", "a video, not a picture"),
    (4, b"moov", "a video, not a picture"),
    (4, b"mdat", "a video, not a picture"),
    (0, b"ID3", "a sound, not a picture"),
    (0, b"OggS", "a video or a sound, not a picture"),
    (0, b"Rar!", "a RAR file, not a picture: unpack it"),
    (0, b"7z\xbc\xaf\x27\x1c", "a 7z file, not a picture: unpack it"),
    (0, b"PK\3\4", "a zip file or a document, not a picture: unpack it"),
    (0, b"\x1f\x8b", "a gzip file, not a picture: unpack it"),
    (0, b"\xfd7zXZ\0", "an xz file, not a picture: unpack it"),
    (0, b"BZh", "a bzip2 file, not a picture: unpack it"),
    (257, b"ustar", "a tar file, not a picture: unpack it"),
    (0, b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an office document, not a picture"),
    (0, b"\x93NUMPY", "a NumPy array, not a picture"),
    (0, b"SQLite format 3", "a database, not a picture"),
    (0, b"MZ", "a program, not a picture"),
    (0, b"\x7fELF", "a program, not a picture"),
    (0, b"bplist", "a property list, not a picture"),
    (0, b"\0\5\x16\7", "what a Mac keeps of a file beside it, not a picture"),
)


def is_heic(content: bytes) -> bool:
    """Whether it is a HEIF picture that Pillow does not read by itself: what phones store as .heic."""
    brands = _brands(content)
    return bool(brands & _HEIC) and not brands & _AVIF


def named(content: bytes) -> str | None:
    """What a file that no library could read is, in words that stand after its name; None if unknown."""
    if not content:
        return "an empty file, not a picture"
    for offset, mark, what in _MARKS:
        if content.startswith(mark, offset):
            return what
    start = content[:4096].removeprefix(b"\xef\xbb\xbf").lstrip().lower()
    if start.startswith(b"<"):
        if b"<svg" in start:
            return f"a drawing (SVG), not a picture made of pixels: {_SAVE}"
        page = b"<html" in start or b"<!doctype html" in start
        return "a web page, not a picture" if page else "XML, not a picture"
    brands = _brands(content)
    if b"crx " in brands or _is_raw(content):
        return _RAW
    if brands and not brands & (_AVIF | _HEIC):
        return "a video, not a picture"
    if not content[:4096].strip(b"\0"):
        return "nothing but zeros, not a picture: copy it again"
    return None


def _brands(content: bytes) -> set[bytes]:
    """The brands of a file of boxes (ISO 14496-12): pictures and videos; none if it is no such file."""
    if content[4:8] != b"ftyp":
        return set()
    end = min(struct.unpack(">I", content[:4])[0], 512)
    return {content[8:12]} | {content[at : at + 4] for at in range(16, end - 3, 4)}


def _is_raw(content: bytes) -> bool:
    """Whether it is a TIFF that a camera made: one that tells of its maker, or has the version of a DNG."""
    order = {b"II*\0": "<", b"MM\0*": ">"}.get(content[:4])
    if order is None or len(content) < 10:
        return False
    (first,) = struct.unpack_from(f"{order}I", content, 4)
    directory = content[first : first + 2 + 12 * 512]
    tags = {struct.unpack_from(f"{order}H", directory, at)[0] for at in range(2, len(directory) - 11, 12)}
    maker, version = 271, 50706
    return content[8:10] == b"CR" or maker in tags or version in tags
