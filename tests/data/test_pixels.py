"""Pictures brought to one depth, one shape and one number of channels."""

import struct
import zlib

import numpy as np
import pytest
from PIL import Image

from attngan.data.found import Wanted
from attngan.data.own.decoding import UnreadableError
from attngan.data.own.squares import squares
from attngan.data.pixels import stacked
from tests.data.own.files import SIZE, chunk, levels_of, saved, tiff_of_planes

# ---- 16 bits a channel ----


def _grey16(levels: np.ndarray, kind: str = "PNG") -> bytes:
    return saved(Image.fromarray(levels.astype(np.uint16)), kind)


@pytest.mark.parametrize("kind", ["PNG", "TIFF"])
def test_levels_of_16_bit_grey_are_kept(kind: str) -> None:
    levels = levels_of(_grey16(np.full((29, 31), 4079), kind))
    assert levels.dtype == np.uint16
    assert (levels == 4079).all()


def test_levels_of_a_16_bit_tiff_of_either_byte_order_are_the_same() -> None:
    levels = np.arange(31 * 29).reshape(29, 31) * 71
    body = levels.astype(">u2").tobytes()
    tags = {256: 31, 257: 29, 258: 16, 259: 1, 262: 1, 273: 8, 277: 1, 278: 29, 279: len(body)}
    entries = b"".join(struct.pack(">HHII", tag, 4, 1, value) for tag, value in tags.items())
    content = b"MM\0*" + struct.pack(">I", 8 + len(body)) + body + struct.pack(">H", len(tags)) + entries
    assert np.array_equal(levels_of(content + bytes(4)), levels_of(_grey16(levels, "TIFF")))


def test_resizing_adds_no_levels_beyond_those_of_the_picture() -> None:
    levels = np.where(np.arange(40) % 20 < 10, 16, 4080) + np.zeros(
        (40, 1)
    )  # edges, at which bicubic overshoots
    kept = levels_of(_grey16(levels), 31)
    assert (kept.min(), kept.max()) == (16, 4080)


def _rgb16(high: int, low: int) -> bytes:
    """A PNG of 16 bits a channel, all of them equal."""
    rows = (b"\0" + bytes([high, low]) * 3 * 7) * 5
    head = struct.pack(">IIBBBBB", 7, 5, 16, 2, 0, 0, 0)
    parts = chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + parts


def test_16_bit_colours_are_levels_too() -> None:
    levels = levels_of(_rgb16(13, 0xFF))
    assert levels.dtype == np.uint16
    assert (levels == 13 * 257).all()


def test_16_bit_channels_that_pillow_would_mix_up_are_refused() -> None:
    assert levels_of(tiff_of_planes(8)).shape == (SIZE, SIZE, 3)
    with pytest.raises(UnreadableError, match=r"^16-bit channels apart from each other: save it as PNG$"):
        levels_of(tiff_of_planes(16))


def test_deep_pictures_are_spread_as_a_set_by_the_bits_they_need() -> None:
    dark, bright = levels_of(_grey16(np.full((29, 31), 1000))), levels_of(_grey16(np.full((29, 31), 4080)))
    plain = levels_of(saved(Image.new("RGB", (31, 29), (7, 7, 7))))
    pictures = [dark, bright, plain]
    images, notes = stacked(pictures)
    assert images[:, 0, 0].tolist() == [
        [62],
        [254],
        [7],
    ]  # 1000 * 255 / 4095 is 62.3, 4080 * 255 / 4095 is 254.1
    assert notes == ("16-bit pictures: levels up to 4080, so they are read as 12-bit",)
    assert pictures == []


@pytest.mark.parametrize(
    ("largest", "bits"), [(3, 8), (255, 8), (256, 9), (1023, 10), (16383, 14), (65535, 16)]
)
def test_the_smallest_number_of_bits_is_taken(largest: int, bits: int) -> None:
    images, notes = stacked([np.full((5, 5, 3), largest, np.uint16)])
    assert images[0, 0, 0, 0] == round(largest * 255 / (2**bits - 1))
    assert notes == (
        () if bits == 16 else (f"16-bit pictures: levels up to {largest}, so they are read as {bits}-bit",)
    )


def test_pictures_are_grey_only_if_all_are() -> None:
    grey, colour = np.full((5, 5, 3), 7, np.uint8), np.zeros((5, 5, 3), np.uint8)
    colour[..., 0] = 9
    assert stacked([grey.copy(), grey.copy()])[0].shape == (2, 5, 5, 1)
    assert np.array_equal(stacked([grey, colour])[0], [grey, colour])
    assert len(stacked([])[0]) == 0


# ---- square ----


def test_a_wide_picture_is_cropped_padded_or_stretched() -> None:
    picture = Image.new("RGB", (39, 13), "blue")
    picture.paste("red", (13, 0, 26, 13))  # the middle square
    assert (levels_of(saved(picture), 13) == [255, 0, 0]).all()
    stretched = levels_of(saved(picture), 39, "stretch")
    assert (
        np.array_equal(stretched, np.repeat(np.asarray(picture), 3, axis=0))
        or np.abs(stretched.astype(int) - np.repeat(np.asarray(picture), 3, axis=0)).max() <= 1
    )
    padded = levels_of(saved(picture), 39, "pad")
    assert np.array_equal(padded[13:26], np.asarray(picture))
    assert (padded[:13] == [0, 0, 255]).all()  # most of the border is blue
    assert (padded[26:] == [0, 0, 255]).all()


def test_bars_have_the_levels_of_deep_pictures_and_are_white_beside_transparent_ones() -> None:
    deep = levels_of(_grey16(np.full((11, 31), 4079)), 31, "pad")
    assert deep.dtype == np.uint16
    assert (deep == 4079).all()
    assert (levels_of(saved(Image.new("RGBA", (31, 11), (9, 9, 9, 0))), 31, "pad") == 255).all()


@pytest.mark.parametrize(("width", "height"), [(4, 1997), (2003, 5), (17, 19), (19, 19)])
@pytest.mark.parametrize("square", ["crop", "pad", "stretch"])
def test_pictures_of_any_shape_become_square(square: str, width: int, height: int) -> None:
    levels = levels_of(saved(Image.new("RGB", (width, height), (9, 99, 199))), SIZE, square)
    assert levels.shape == (SIZE, SIZE, 3)
    assert (levels == [9, 99, 199]).all()


# ---- arrays made square ----


def _arrays(*shape: int) -> np.ndarray:
    return np.random.default_rng(0).integers(0, 256, shape, np.uint8)


def test_arrays_that_are_not_square_are_padded_in_the_colour_of_their_border() -> None:
    images = np.full((2, 5, 11, 3), [[[[7, 8, 9]]], [[[70, 80, 90]]]], np.uint8)
    images[:, 1:-1, 1:-1] = 201
    padded = squares(images, Wanted(11, square="pad"))
    assert np.array_equal(padded[:, 3:8], images)
    assert (padded[0, :3] == [7, 8, 9]).all()
    assert (padded[1, 8:] == [70, 80, 90]).all()


def test_arrays_and_files_are_padded_alike() -> None:
    picture = np.full((13, 31, 3), 99, np.uint8)
    picture[:, 12:19] = [201, 3, 5]
    from_file = levels_of(saved(Image.fromarray(picture)), 31, "pad")
    assert np.array_equal(squares(picture[None], Wanted(31, square="pad"))[0], from_file)
