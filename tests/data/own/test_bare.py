"""Faulty texts, profiles and ends never cost a picture or change its pixels; a cut-off one is refused."""

import contextlib
import struct
import warnings
import zlib

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from PIL import Image

from attngan.data.own.decoding import UnreadableError
from tests.data.own.files import chunk, levels_of, noise, saved, segment, smooth

PNG = saved(smooth())
JPEG = saved(smooth(), "JPEG")
PROGRESSIVE = saved(smooth(), "JPEG", progressive=True)
RESTARTS = saved(smooth(), "JPEG", restart_marker_rows=1)
WEBP = saved(smooth(), "WEBP", lossless=True)
GIF = saved(smooth().quantize(32), "GIF", comment=b"a comment" * 9)
TIFF = saved(smooth(), "TIFF")
BMP = saved(smooth(), "BMP")

few = settings(deadline=None, max_examples=60, derandomize=True)


def _in_png(part: bytes) -> bytes:
    return PNG[:33] + part + PNG[33:]


def _in_jpeg(part: bytes, content: bytes = JPEG) -> bytes:
    at = 4 + int.from_bytes(content[4:6], "big")  # behind the first segment
    return content[:at] + part + content[at:]


def _same(content: bytes, whole: bytes) -> bool:
    return np.array_equal(levels_of(content), levels_of(whole))


# ---- PNG ----

TEXT = zlib.compress(b'{"node": 1, "widgets": [0, 1, 2]}, ' * 40_000)
END = PNG.rindex(b"IEND") - 4


@pytest.mark.parametrize(
    "content",
    [
        _in_png(chunk(b"zTXt", b"workflow\0\0" + TEXT)),
        _in_png(chunk(b"iTXt", b"workflow\0\1\0\0\0" + TEXT)),
        _in_png(chunk(b"iCCP", b"icc\0\0" + zlib.compress(bytes(1_500_000)))),
        _in_png(chunk(b"zTXt", b"Raw profile type exif\0\0" + zlib.compress(b"\nexif\n  4\n45zz\n"))),
        _in_png(chunk(b"eXIf", b"nonsense")),
        _in_png(chunk(b"gAMA", b"1")),
        _in_png(chunk(b"cHRM", b"")),
        _in_png(chunk(b"pHYs", bytes(5))),
        _in_png(chunk(b"acTL", struct.pack(">II", 5, 0))),
        _in_png(chunk(b"tEXt", b"wrong checksum", 7)),
        _in_png(chunk(b"tRNS", b"wrong length")),
        _in_png(b"bytes that are no chunk"),
        _in_png(struct.pack(">I", 10**6) + b"tEXtwrong length"),
        PNG[:8] + b"x" + PNG[8:],
        PNG[:END],
        PNG[: END + 6],
        PNG[:END] + b"bytes that are no chunk" + PNG[END:],
        PNG[: END - 2],  # without the last checksum
    ],
)
def test_a_png_is_read_whatever_stands_beside_its_pixels(content: bytes) -> None:
    assert _same(content, PNG)


def test_transparency_stays_when_texts_go() -> None:
    picture = saved(smooth().quantize(16), transparency=3)
    assert not _same(picture, saved(smooth().quantize(16)))
    assert _same(picture[:33] + chunk(b"gAMA", b"1") + picture[33:], picture)


def test_a_png_whose_rows_are_missing_is_refused() -> None:
    for length in (END - 40, END // 2, 60):
        with pytest.raises(UnreadableError, match="broken or cut off"):
            levels_of(PNG[:length])


# ---- JPEG ----


@pytest.mark.parametrize("whole", [JPEG, PROGRESSIVE], ids=["baseline", "progressive"])
@pytest.mark.parametrize(
    "part",
    [
        segment(0xE1, b"Exif\0\0no TIFF header at all"),
        segment(0xE1, b"Exif\0\0II+\0\x08\0\0\0"),
        segment(0xE1, b"http://ns.adobe.com/xap/1.0/\0<broken"),
        segment(0xE2, b"ICC_PROFILE\0"),
        segment(0xE2, b"MPF\0no index"),
        segment(0xE2, b"MPF\0II*\0\xff\xff\xff\xff"),
        segment(0xED, b"Photoshop 3.0\x008BIM\3\xed\0\0\0\0\xff\xff"),
        segment(0xE0, b"JFIF\0"),
        segment(0xE0, b"JFXX\0\x10\xff\xd8\xff\xd9"),
        segment(0xEE, b"Adobe\0"),
        segment(0xFE, b"\xff\xd9\xff\xda"),
        b"\xff\xfe\0\0",
        b"bytes that are no segment",
        b"\xff\xff\xff",
    ],
)
def test_a_jpeg_is_read_whatever_stands_beside_its_pixels(part: bytes, whole: bytes) -> None:
    assert _same(_in_jpeg(part, whole), whole)


@pytest.mark.parametrize("whole", [JPEG, PROGRESSIVE, RESTARTS], ids=["baseline", "progressive", "restarts"])
def test_a_jpeg_may_lack_its_end_but_no_pixels(whole: bytes) -> None:
    scan = whole.index(b"\xff\xda")
    assert _same(whole[:-2], whole)
    assert _same(whole[:-1], whole)
    assert _same(whole[:-2] + bytes(9999), whole)
    for length in range(scan, len(whole) - 8, 7):
        for rest in (b"", bytes(99_999)):  # a download that made room for all of it
            with pytest.raises(UnreadableError, match="broken or cut off"):
                levels_of(whole[:length] + rest)


def test_a_progressive_jpeg_cut_between_two_scans_is_refused() -> None:
    at = PROGRESSIVE.index(b"\xff\xda")
    while (at := PROGRESSIVE.find(b"\xff\xc4", at + 1)) > 0:  # tables stand before scans
        with pytest.raises(UnreadableError, match="broken or cut off"):
            levels_of(PROGRESSIVE[:at])


def test_colours_stay_when_texts_go() -> None:
    for kind in ("CMYK", "L"):
        whole = saved(smooth().convert(kind), "JPEG")
        assert _same(_in_jpeg(segment(0xE0, b"JFIF\0"), whole)[:-2], whole)


# ---- other formats ----


def test_a_webp_is_read_whatever_stands_beside_its_pixels() -> None:
    adorned = saved(
        smooth(), "WEBP", lossless=True, exif=b"Exif\0\0nonsense", icc_profile=b"nonsense", xmp=b"<broken"
    )
    for content in (
        adorned,
        adorned[:-9],
        adorned[:4] + bytes(4) + adorned[8:],
        adorned[:4] + b"\xff\xff\xff\x7f" + adorned[8:],
        WEBP + b"more bytes",
    ):
        assert _same(content, WEBP)
    with pytest.raises(UnreadableError, match="broken or cut off"):
        levels_of(WEBP[: len(WEBP) * 2 // 3])


def test_a_gif_is_read_whatever_stands_beside_its_pixels() -> None:
    for content in (GIF[:-1], GIF[:-2], GIF[:-1] + b"more bytes"):
        assert _same(content, GIF)
    moving = saved(smooth().quantize(32), "GIF", save_all=True, append_images=[noise(1, 61, 59)])
    assert _same(moving[:-99], moving)
    with pytest.raises(UnreadableError, match="broken or cut off"):
        levels_of(GIF[: len(GIF) // 2])


def _in_tiff(*entries: tuple[int, int, int, int]) -> bytes:
    """A small TIFF with more (tag, type, count, value) in its directory."""
    pixels = np.asarray(smooth()).tobytes()
    own = [(256, 3, 1, 61), (257, 3, 1, 59), (258, 3, 3, 8), (259, 3, 1, 1), (262, 3, 1, 2), (273, 4, 1, 14)]
    own += [(277, 3, 1, 3), (278, 3, 1, 59), (279, 4, 1, len(pixels))]
    directory = b"".join(struct.pack("<HHII", *entry) for entry in sorted([*own, *entries]))
    head = b"II*\0" + struct.pack("<I", 14 + len(pixels)) + struct.pack("<3H", 8, 8, 8)
    return head + pixels + struct.pack("<H", len(own) + len(entries)) + directory + bytes(4)


@pytest.mark.parametrize(
    "entry",
    [
        (65000, 7, 2**31, 2**31),
        (65001, 99, 1, 5),
        (34665, 4, 1, 2**31),
        (34665, 2, 9, 8),
        (34675, 2, 3, 0),
        (282, 2, 2, 0x7A7A),
        (283, 5, 1, 2**31),
        (296, 2, 2, 3),
        (305, 7, 2**20, 3),
        (700, 1, 2**30, 2**30),
        (33723, 4, 7, 2**31),
        (34377, 1, 9, 0),
        (330, 4, 1, 2**31),
        (34853, 3, 1, 65535),
    ],
)
def test_a_tiff_is_read_whatever_tags_it_has_beside_those_of_its_pixels(
    entry: tuple[int, int, int, int],
) -> None:
    assert _same(_in_tiff(entry), PNG)


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP"])
def test_a_turned_picture_is_set_upright_when_something_else_is_wrong(kind: str) -> None:
    turned = Image.Exif()
    turned[0x0112] = 6
    options = {"lossless": True} if kind == "WEBP" else {}
    content = saved(smooth(), kind, exif=turned, **options)
    upright = levels_of(saved(smooth().transpose(Image.Transpose.ROTATE_270), kind, **options)).astype(int)
    wrong = {
        "PNG": content[:33] + chunk(b"gAMA", b"1") + content[33:],
        "JPEG": content[:-2],
        "WEBP": content[:4] + bytes(4) + content[8:],
    }[kind]
    for file in (content, wrong):
        assert np.abs(levels_of(file) - upright).max() <= (9 if kind == "JPEG" else 0)


# ---- anything ----

pictures = st.builds(
    lambda seed, width, height, kind: noise(seed, width, height).convert(kind),
    st.integers(0, 9999),
    st.integers(4, 37),
    st.integers(4, 37),
    st.sampled_from(["RGB", "L", "1"]),
)


@few
@given(pictures, st.sampled_from(["PNG", "BMP", "TIFF", "PPM", "WEBP", "GIF"]), st.integers(4, 41))
def test_every_lossless_format_gives_the_same_pixels(picture: Image.Image, kind: str, size: int) -> None:
    assume(not (kind == "GIF" and picture.mode == "RGB"))
    options = {"lossless": True} if kind == "WEBP" else {}
    assert np.array_equal(levels_of(saved(picture, kind, **options), size), levels_of(saved(picture), size))


names = st.text("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ", min_size=3, max_size=3)


@few
@given(names, st.binary(max_size=99), st.one_of(st.none(), st.integers(0, 2**32 - 1)), st.booleans())
def test_no_chunk_costs_a_png(name: str, body: bytes, checksum: int | None, last: bool) -> None:
    part = chunk(b"z" + name.encode(), body, checksum)
    at = END if last else 33
    assert _same(PNG[:at] + part + PNG[at:], PNG)


KNOWN = [b"zTXt", b"iTXt", b"tEXt", b"iCCP", b"eXIf", b"gAMA", b"cHRM", b"pHYs", b"acTL", b"fcTL", b"fdAT"]


@few
@given(st.sampled_from(KNOWN), st.binary(max_size=40), st.booleans())
def test_no_content_of_a_known_chunk_costs_a_png(name: bytes, body: bytes, last: bool) -> None:
    assume(not (name == b"eXIf" and b"\x12\x01" in body))
    at = END if last else 33
    assert _same(PNG[:at] + chunk(name, body) + PNG[at:], PNG)


@few
@given(
    st.sampled_from([*range(0xE1, 0xEE), 0xEF, 0xFE]),
    st.binary(max_size=99),
    st.sampled_from([JPEG, PROGRESSIVE]),
)
def test_no_segment_costs_a_jpeg(mark: int, body: bytes, whole: bytes) -> None:
    assert _same(_in_jpeg(segment(mark, body), whole), whole)


def _only_told(content: bytes) -> None:
    """Fails where anything but UnreadableError comes, a warning too."""
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        with contextlib.suppress(UnreadableError):
            levels_of(content)


FILES = [PNG, JPEG, PROGRESSIVE, WEBP, GIF, TIFF, BMP, saved(smooth(), "AVIF")]


@few
@given(st.sampled_from(FILES), st.floats(0, 1))
def test_a_cut_anywhere_is_told_in_a_sentence(content: bytes, part: float) -> None:
    _only_told(content[: int(part * len(content))])


@few
@given(
    st.sampled_from(FILES),
    st.lists(st.tuples(st.floats(0, 1), st.binary(min_size=1, max_size=4)), max_size=5),
)
def test_wrong_bytes_anywhere_are_told_in_a_sentence(
    content: bytes, changes: list[tuple[float, bytes]]
) -> None:
    broken = bytearray(content)
    for part, wrong in changes:
        at = int(part * len(content))
        broken[at : at + len(wrong)] = wrong
    _only_told(bytes(broken))
