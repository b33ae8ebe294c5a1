"""One picture file to pixels: every mode, every format, its bounds, and what it is if it is no picture."""

import io
import struct
import subprocess
import sys
import zlib
from pathlib import Path

import numpy as np
import pillow_heif
import pytest
from PIL import Image

from attngan import data
from attngan.data.found import Wanted
from attngan.data.own import decoding
from attngan.data.own.decoding import UnreadableError
from tests.data.own.files import SIZE, chunk, fill, levels_of, noise, pixels_of, saved, smooth

FLAT = (200, 40, 90)


def _flat(mode: str = "RGB") -> Image.Image:
    return Image.new("RGB", (31, 29), FLAT).convert(mode)


@pytest.mark.parametrize(
    ("content", "colour"),
    [
        (saved(_flat()), FLAT),
        (saved(_flat(), "BMP"), FLAT),
        (saved(_flat(), "WEBP", lossless=True), FLAT),
        (saved(_flat(), "TIFF"), FLAT),
        (saved(_flat(), "PPM"), FLAT),
        (saved(_flat("CMYK"), "TIFF"), FLAT),
        (saved(_flat("CMYK"), "JPEG", quality=100), FLAT),
        (saved(_flat("P")), None),
        (saved(_flat("L")), (94, 94, 94)),
        (saved(_flat("LA")), (94, 94, 94)),
        (saved(Image.new("1", (31, 29), 1)), (255, 255, 255)),
        (saved(Image.new("RGBA", (31, 29), (0, 0, 0, 51))), (204, 204, 204)),
        (saved(Image.new("RGBA", (31, 29), (9, 9, 9, 0))), (255, 255, 255)),
    ],
    ids=[
        "png",
        "bmp",
        "webp",
        "tiff",
        "ppm",
        "cmyk tiff",
        "cmyk jpeg",
        "palette",
        "grey",
        "grey and alpha",
        "one bit",
        "half transparent",
        "all transparent",
    ],
)
def test_pictures_of_every_mode_are_read_in_their_colours(
    content: bytes, colour: tuple[int, int, int] | None
) -> None:
    pixels = pixels_of(content).astype(int)
    assert pixels.shape == (SIZE, SIZE, 3)
    wanted = np.array(FLAT if colour is None else colour)
    assert np.abs(pixels - wanted).max() <= (60 if colour is None else 3)  # a web palette has steps of 51


def test_transparent_palette_colours_become_white() -> None:
    palette = Image.new("P", (31, 29), 1)
    palette.putpalette([255, 0, 0, 0, 0, 255])
    assert (pixels_of(saved(palette, transparency=1)) == 255).all()
    assert (pixels_of(saved(palette, transparency=b"\xff\x00")) == 255).all()


@pytest.mark.parametrize("kind", ["GIF", "WEBP", "PNG", "TIFF"])
def test_of_an_animated_picture_the_first_frame_is_used(kind: str) -> None:
    frames = [Image.new("RGB", (31, 29), colour) for colour in ("red", "blue", "lime")]
    content = saved(frames[0], kind, save_all=True, append_images=frames[1:])
    assert np.abs(pixels_of(content).astype(int) - [255, 0, 0]).max() < 12


def test_a_turned_photograph_is_set_upright() -> None:
    picture = Image.new("RGB", (32, 32), "white")
    picture.paste("black", (0, 0, 32, 16))  # black above
    turned = Image.Exif()
    turned[0x0112] = 3  # upside down
    pixels = pixels_of(saved(picture, "JPEG", exif=turned))
    assert pixels[1].max() > 240
    assert pixels[-2].max() < 15


@pytest.mark.parametrize(("width", "height"), [(4, 997), (1009, 5), (4, 4)])
def test_of_long_pictures_the_middle_is_used(width: int, height: int) -> None:
    picture = Image.new("RGB", (width, height), "white")
    side = min(width, height)
    left, top = (width - side) // 2, (height - side) // 2
    picture.paste("black", (left - 1, top - 1, left + side + 1, top + side + 1))
    assert pixels_of(saved(picture)).max() < 40


def _png_header(width: int, height: int) -> bytes:
    """A PNG that claims a size it has no pixels for."""
    head = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + head + chunk(b"IDAT", zlib.compress(bytes(100)))


UNREADABLE: dict[str, tuple[bytes, str]] = {
    "empty": (b"", "not a picture"),
    "tiff of five channels": (
        saved(noise(0), "TIFF").replace(
            struct.pack("<HHIH", 277, 3, 1, 3), struct.pack("<HHIH", 277, 3, 1, 5)
        ),
        "stored in a way that cannot be read: save it as PNG or JPEG",
    ),
    "text": (b"words " * 99, "not a picture"),
    "svg": (b'<svg xmlns="http://www.w3.org/2000/svg"/>', "not a picture"),
    "postscript": (b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\n%%EndComments\n", "not a picture"),
    "cut off png": (saved(noise(0, 101, 103))[:9999], "broken or cut off"),
    "cut off jpeg": (saved(noise(0, 101, 103), "JPEG")[:3999], "broken or cut off"),
    "cut off gif": (saved(noise(0, 101, 103), "GIF")[:1999], "broken or cut off"),
    "damaged png": (saved(noise(0)).replace(b"IDAT", b"IDAT\xff\xff", 1), "broken or cut off"),
    "one pixel": (saved(Image.new("RGB", (1, 1))), "1 x 1 pixels are too few"),
    "three pixels high": (saved(Image.new("RGB", (97, 3))), "97 x 3 pixels are too few"),
    "bomb": (
        _png_header(9973, 9973),
        "^9973 x 9973 pixels are more than 12 megapixels: save it smaller, or as JPEG$",
    ),
    "larger bomb": (_png_header(60013, 60013), "more than 12 megapixels"),
    "empty picture": (_png_header(0, 0), "broken|not a picture|too few"),
    "floating point": (saved(Image.new("F", (31, 29), 0.5), "TIFF"), "floating-point"),
    "32-bit": (saved(Image.fromarray(np.full((29, 31), 99999, np.int32)), "TIFF"), "not 16-bit"),
}


@pytest.mark.parametrize(("content", "why"), UNREADABLE.values(), ids=UNREADABLE.keys())
def test_what_cannot_be_read_is_named_and_the_rest_is_used(content: bytes, why: str, tmp_path: Path) -> None:
    limit = Image.MAX_IMAGE_PIXELS
    fill(tmp_path, 8)
    (tmp_path / "wrong.png").write_bytes(content)
    pictures = data.load(str(tmp_path), SIZE)
    assert len(pictures) == 8
    (told,) = pictures.skipped
    assert told.startswith("wrong.png: ")
    with pytest.raises(UnreadableError, match=why):
        pixels_of(content)
    assert limit == Image.MAX_IMAGE_PIXELS


# ---- bounds ----


def test_a_large_jpeg_is_decoded_at_a_fraction_and_a_large_png_is_refused() -> None:
    large = Image.new("L", (5003, 4999), 201)
    assert np.abs(pixels_of(saved(large, "JPEG"), 256).astype(int) - 201).max() <= 1
    wide = Image.new("L", (60013, 499), 201)  # at its full size, for the shorter side is small
    assert np.abs(pixels_of(saved(wide, "JPEG"), 256).astype(int) - 201).max() <= 1
    with pytest.raises(
        UnreadableError, match=r"^5003 x 4999 pixels are more than 12 megapixels: save it smaller"
    ):
        pixels_of(saved(large))


def test_a_jpeg_of_too_many_pixels_is_refused_by_its_header() -> None:
    content = bytearray(saved(smooth(), "JPEG"))
    at = content.index(b"\xff\xc0")
    content[at + 5 : at + 9] = struct.pack(">HH", 14009, 15013)
    with pytest.raises(
        UnreadableError, match=r"^15013 x 14009 pixels are more than 200 megapixels: save it smaller$"
    ):
        levels_of(bytes(content))
    content = bytearray(saved(smooth(), "JPEG", progressive=True))
    at = content.index(b"\xff\xc2")
    content[at + 5 : at + 9] = struct.pack(">HH", 8009, 8011)
    with pytest.raises(UnreadableError, match=r"^8011 x 8009 pixels are more than 64 megapixels"):
        levels_of(bytes(content))


def test_a_file_that_is_too_large_is_not_read_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    content = saved(noise(0))
    monkeypatch.setattr(decoding, "MAXIMUM_FILE_BYTES", len(content))
    assert levels_of(content).shape == (SIZE, SIZE, 3)
    file = io.BytesIO(content + bytes(9999))
    with pytest.raises(UnreadableError, match="larger than"):
        decoding.decoded(file, Wanted(SIZE))
    assert file.tell() == len(content) + 1


# The most that a process ever held is asked of Linux itself: getrusage also counts the parent's.
MEMORY = """
import io, re, sys
from pathlib import Path
from attngan.data.own.decoding import decoded
from attngan.data.found import Wanted

def most():
    return int(re.search(r"VmHWM:\\s+(\\d+)", Path("/proc/self/status").read_text())[1])

file = io.BytesIO(sys.stdin.buffer.read())
before = most()
decoded(file, Wanted(256))
print((most() - before) // 1024, "torch" in sys.modules)
"""


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="Linux tells what a process held")
@pytest.mark.parametrize(
    ("mode", "kind", "width", "height", "most"),
    [
        ("RGBA", "PNG", 4096, 3072, 250),
        ("I;16", "PNG", 4096, 3072, 250),
        ("RGB", "JPEG", 8192, 6144, 150),
    ],
)
def test_decoding_needs_little_memory_and_no_torch(
    mode: str, kind: str, width: int, height: int, most: int
) -> None:
    content = saved(Image.new(mode, (width, height)), kind)
    done = subprocess.run([sys.executable, "-c", MEMORY], input=content, capture_output=True, check=True)
    megabytes, torch = done.stdout.split()
    assert int(megabytes) < most
    assert torch == b"False"


# ---- what is no picture ----


NAMED = {
    "empty": (b"", "an empty file, not a picture"),
    "zeros": (bytes(4999), "nothing but zeros, not a picture"),
    "pointer": (
        b"version https://git-lfs.github.com/spec/v1\noid sha256:0\n",
        "a Git LFS pointer, not a picture",
    ),
    "web page": (b"\n<!DOCTYPE html><html><body>Not found</body></html>", "a web page, not a picture"),
    "svg": (
        b'<?xml version="1.0"?><!-- a drawing --><svg/>',
        "SVG.*not a picture made of pixels: save it as PNG",
    ),
    "pdf": (b"%PDF-1.7\n", "a PDF, not a picture"),
    "psd": (b"8BPS\0\1" + bytes(99), "PSD.*not a picture of a known format: save it as PNG"),
    "mp4": (b"\0\0\0\x18ftypisom\0\0\2\0isomiso2" + bytes(99), "a video, not a picture"),
    "mov": (b"\0\0\0\x14ftypqt  \0\0\2\0qt  " + bytes(99), "a video, not a picture"),
    "cr2": (b"II*\0\x10\0\0\0CR\2\0" + bytes(99), "a camera's raw file, not a picture"),
    "cr3": (b"\0\0\0\x18ftypcrx \0\0\0\1crx isom" + bytes(99), "a camera's raw file, not a picture"),
    "nef": (b"MM\0*\0\0\0\x08\0\1\1\x0f\0\2\0\0\0\4NIK\0" + bytes(99), "a camera's raw file, not a picture"),
    "rar": (b"Rar!\x1a\7\0" + bytes(99), "a RAR file, not a picture"),
    "7z": (b"7z\xbc\xaf\x27\x1c" + bytes(99), "a 7z file, not a picture"),
    "words": (b"words", "^not a picture of a known format$"),
}


@pytest.mark.parametrize(("content", "what"), NAMED.values(), ids=NAMED.keys())
def test_what_is_no_picture_is_named_by_its_content(content: bytes, what: str) -> None:
    with pytest.raises(UnreadableError, match=what):
        levels_of(content)


# ---- pictures of phones ----


def _heic(picture: Image.Image) -> bytes:
    file = io.BytesIO()
    pillow_heif.from_pillow(picture).save(file, quality=-1)
    return file.getvalue()


def test_heic_is_read_and_pillow_is_left_as_it_was() -> None:
    picture = smooth(64, 64)
    assert np.abs(pixels_of(_heic(picture)).astype(int) - pixels_of(saved(picture))).max() <= 9
    assert "HEIF" not in Image.OPEN


def test_heic_of_too_many_pixels_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    content = _heic(smooth(64, 64))
    assert decoding.MAXIMUM_HEIC_PIXELS > 5712 * 4284  # what phones store unless told otherwise
    monkeypatch.setattr(decoding, "MAXIMUM_PIXELS", 64 * 64 - 1)
    levels_of(content)
    monkeypatch.setattr(decoding, "MAXIMUM_HEIC_PIXELS", 64 * 64 - 1)
    with pytest.raises(
        UnreadableError, match=r"^64 x 64 pixels are more than.*: save it smaller, or as JPEG"
    ):
        levels_of(content)


def test_heic_without_its_package_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    content = _heic(smooth(64, 64))
    monkeypatch.setitem(sys.modules, "pillow_heif", None)
    with pytest.raises(
        UnreadableError, match=r"^HEIC, which needs the package pillow-heif \(pip install 'attngan"
    ):
        levels_of(content)


def test_of_a_picture_with_another_view_in_it_the_first_is_read() -> None:
    views = saved(smooth(), "MPO", save_all=True, append_images=[noise(1, 61, 59)])
    assert np.array_equal(levels_of(views), levels_of(saved(smooth(), "JPEG")))
