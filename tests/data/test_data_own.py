"""The person's own pictures: folders, zips and arrays, good and bad (long: one story, a short test each)."""

import io
import os
import struct
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from attngan import data
from attngan.data import decoding
from attngan.data.found import Wanted
from attngan.errors import AttnGanError

SIZE = 13  # pixels


def _picture(seed: int, width: int = 17, height: int = 19) -> Image.Image:
    return Image.fromarray(np.random.default_rng(seed).integers(0, 256, (height, width, 3), np.uint8))


def _png(picture: Image.Image, kind: str = "PNG", **options: object) -> bytes:
    file = io.BytesIO()
    picture.save(file, kind, **options)
    return file.getvalue()


def _fill(folder: Path, count: int, first: int = 0) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    for number in range(first, first + count):
        (folder / f"{number:03}.png").write_bytes(_png(_picture(number)))
    return folder


def _zipped(path: Path, entries: dict[str, bytes], compression: int = zipfile.ZIP_DEFLATED) -> Path:
    with zipfile.ZipFile(path, "w", compression) as archive:
        for name, content in entries.items():
            archive.writestr(name, content)
    return path


# ---- folders ----


def test_grey_pictures_give_one_channel_unless_three_are_asked_for(tmp_path: Path) -> None:
    for number in range(8):
        _picture(number).convert("L").save(tmp_path / f"{number}.png")
    assert data.load(str(tmp_path), SIZE).channels == 1
    assert data.load(str(tmp_path), SIZE, channels=3).channels == 3


@pytest.mark.parametrize("name", ["no/where", "missing.zip", "missing.npz", "missing.npy", "C:\\pictures"])
def test_a_path_that_does_not_exist_is_told(name: str) -> None:
    with pytest.raises(AttnGanError, match="There is nothing at"):
        data.load(name)


def test_a_file_of_another_kind_is_told(tmp_path: Path) -> None:
    (tmp_path / "one.png").write_bytes(_png(_picture(0)))
    with pytest.raises(AttnGanError, match=r"one\.png is no data set: give a folder"):
        data.load(str(tmp_path / "one.png"))


def test_a_known_name_goes_before_a_folder_of_that_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _fill(tmp_path / "faces", 8)
    monkeypatch.chdir(tmp_path)
    assert "OpenMoji" in data.load("faces", 16).source
    assert len(data.load("./faces", 16)) == 8


# ---- single pictures ----


def _decoded(content: bytes) -> np.ndarray:
    return decoding.decoded(io.BytesIO(content), Wanted(SIZE))


FLAT = (200, 40, 90)


def _flat(mode: str = "RGB") -> Image.Image:
    return Image.new("RGB", (31, 29), FLAT).convert(mode)


@pytest.mark.parametrize(
    ("content", "colour"),
    [
        (_png(_flat()), FLAT),
        (_png(_flat(), "BMP"), FLAT),
        (_png(_flat(), "WEBP", lossless=True), FLAT),
        (_png(_flat(), "TIFF"), FLAT),
        (_png(_flat(), "PPM"), FLAT),
        (_png(_flat("CMYK"), "TIFF"), FLAT),
        (_png(_flat("CMYK"), "JPEG", quality=100), FLAT),
        (_png(_flat("P")), None),
        (_png(_flat("L")), (94, 94, 94)),
        (_png(_flat("LA")), (94, 94, 94)),
        (_png(Image.new("1", (31, 29), 1)), (255, 255, 255)),
        (_png(Image.fromarray(np.full((29, 31), 51 * 257, np.uint16))), (51, 51, 51)),
        (_png(Image.fromarray(np.full((29, 31), 51 * 257, np.uint16)), "TIFF"), (51, 51, 51)),
        (_png(Image.new("RGBA", (31, 29), (0, 0, 0, 51))), (204, 204, 204)),
        (_png(Image.new("RGBA", (31, 29), (9, 9, 9, 0))), (255, 255, 255)),
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
        "16-bit png",
        "16-bit tiff",
        "half transparent",
        "all transparent",
    ],
)
def test_pictures_of_every_mode_are_read_in_their_colours(
    content: bytes, colour: tuple[int, int, int] | None
) -> None:
    pixels = _decoded(content).astype(int)
    assert pixels.shape == (SIZE, SIZE, 3)
    wanted = np.array(FLAT if colour is None else colour)
    assert np.abs(pixels - wanted).max() <= (60 if colour is None else 3)  # a web palette has steps of 51


def test_transparent_palette_colours_become_white() -> None:
    palette = Image.new("P", (31, 29), 1)
    palette.putpalette([255, 0, 0, 0, 0, 255])
    assert (_decoded(_png(palette, transparency=1)) == 255).all()
    assert (_decoded(_png(palette, transparency=b"\xff\x00")) == 255).all()


@pytest.mark.parametrize("kind", ["GIF", "WEBP", "PNG", "TIFF"])
def test_of_an_animated_picture_the_first_frame_is_used(kind: str) -> None:
    frames = [Image.new("RGB", (31, 29), colour) for colour in ("red", "blue", "lime")]
    content = _png(frames[0], kind, save_all=True, append_images=frames[1:])
    assert np.abs(_decoded(content).astype(int) - [255, 0, 0]).max() < 12


def test_a_turned_photograph_is_set_upright() -> None:
    picture = Image.new("RGB", (32, 32), "white")
    picture.paste("black", (0, 0, 32, 16))  # black above
    turned = Image.Exif()
    turned[0x0112] = 3  # upside down
    pixels = _decoded(_png(picture, "JPEG", exif=turned))
    assert pixels[1].max() > 240
    assert pixels[-2].max() < 15


@pytest.mark.parametrize(("width", "height"), [(4, 997), (1009, 5), (4, 4)])
def test_of_long_pictures_the_middle_is_used(width: int, height: int) -> None:
    picture = Image.new("RGB", (width, height), "white")
    side = min(width, height)
    left, top = (width - side) // 2, (height - side) // 2
    picture.paste("black", (left - 1, top - 1, left + side + 1, top + side + 1))
    assert _decoded(_png(picture)).max() < 40


def _png_header(width: int, height: int) -> bytes:
    """A PNG that claims a size it has no pixels for."""
    chunk = b"IHDR" + struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    head = b"\x89PNG\r\n\x1a\n" + struct.pack(">I", 13) + chunk + struct.pack(">I", zlib.crc32(chunk))
    body = b"IDAT" + zlib.compress(b"\0" * 100)
    return head + struct.pack(">I", len(body) - 4) + body + struct.pack(">I", zlib.crc32(body))


UNREADABLE: dict[str, tuple[bytes, str]] = {
    "empty": (b"", "not a picture"),
    "text": (b"words " * 99, "not a picture"),
    "svg": (b'<svg xmlns="http://www.w3.org/2000/svg"/>', "not a picture"),
    "postscript": (b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\n%%EndComments\n", "not a picture"),
    "cut off png": (_png(_picture(0, 101, 103))[:9999], "broken or cut off"),
    "cut off jpeg": (_png(_picture(0, 101, 103), "JPEG")[:3999], "broken or cut off"),
    "cut off gif": (_png(_picture(0, 101, 103), "GIF")[:1999], "broken or cut off"),
    "damaged png": (_png(_picture(0)).replace(b"IDAT", b"IDAT\xff\xff", 1), "broken or cut off"),
    "one pixel": (_png(Image.new("RGB", (1, 1))), "1 x 1 pixels are too few"),
    "three pixels high": (_png(Image.new("RGB", (97, 3))), "97 x 3 pixels are too few"),
    "bomb": (_png_header(9973, 9973), "too many"),
    "larger bomb": (_png_header(60013, 60013), "too many"),
    "empty picture": (_png_header(0, 0), "broken|not a picture|too few"),
    "floating point": (_png(Image.new("F", (31, 29), 0.5), "TIFF"), "floating-point"),
    "32-bit": (_png(Image.fromarray(np.full((29, 31), 99999, np.int32)), "TIFF"), "not 16-bit"),
}


@pytest.mark.parametrize(("content", "why"), UNREADABLE.values(), ids=UNREADABLE.keys())
def test_what_cannot_be_read_is_named_and_the_rest_is_used(content: bytes, why: str, tmp_path: Path) -> None:
    limit = Image.MAX_IMAGE_PIXELS
    _fill(tmp_path, 8)
    (tmp_path / "wrong.png").write_bytes(content)
    pictures = data.load(str(tmp_path), SIZE)
    assert len(pictures) == 8
    (told,) = pictures.skipped
    assert told.startswith("wrong.png: ")
    with pytest.raises(decoding.UnreadableError, match=why):
        _decoded(content)
    assert limit == Image.MAX_IMAGE_PIXELS


# ---- arrays ----


def _array(*shape: int, dtype: type = np.uint8) -> np.ndarray:
    return np.random.default_rng(0).integers(0, 256, shape).astype(dtype)


@pytest.mark.parametrize("save", [np.savez, np.savez_compressed])
def test_an_npz_gives_its_pictures_and_labels(save: Callable[..., None], tmp_path: Path) -> None:
    images, labels = _array(23, SIZE, SIZE, 3), np.arange(23) % 3 * 5 - 4
    save(tmp_path / "mine.npz", images=images, labels=labels)
    pictures = data.load(str(tmp_path / "mine.npz"), SIZE)
    assert np.array_equal(pictures.images.permute(0, 2, 3, 1).numpy(), images)
    assert pictures.label_names == ("-4", "1", "6")
    assert pictures.labels is not None
    assert pictures.labels.tolist() == [number % 3 for number in range(23)]


def test_labels_of_an_npz_may_be_texts(tmp_path: Path) -> None:
    np.savez(tmp_path / "mine.npz", images=_array(11, 7, 7), labels=np.array(["b", "a"] * 5 + ["b"]))
    pictures = data.load(str(tmp_path / "mine.npz"), SIZE)
    assert pictures.label_names == ("a", "b")
    assert pictures.labels is not None
    assert pictures.labels.tolist() == [1, 0] * 5 + [1]


@pytest.mark.parametrize(
    ("shape", "channels"), [((11, 7, 17), 1), ((11, 7, 17, 1), 1), ((11, 7, 17, 3), 3), ((11, 7, 17, 4), 3)]
)
def test_an_npy_of_any_allowed_shape_is_read(shape: tuple[int, ...], channels: int, tmp_path: Path) -> None:
    np.save(tmp_path / "mine.npy", _array(*shape))
    pictures = data.load(str(tmp_path / "mine.npy"), SIZE)
    assert pictures.images.shape == (11, channels, SIZE, SIZE)
    assert pictures.labels is None


def test_an_array_stored_by_columns_is_read_the_right_way_round(tmp_path: Path) -> None:
    images = _array(11, SIZE, SIZE)
    np.save(tmp_path / "mine.npy", np.asfortranarray(images))
    assert np.array_equal(data.load(str(tmp_path / "mine.npy"), SIZE).images[:, 0].numpy(), images)


@pytest.mark.parametrize(
    ("images", "told"),
    [
        (_array(11, 7, 7, dtype=np.float32), r"float32: give uint8 \(N, H, W\)"),
        (_array(11, 7, 7, dtype=np.int64), "int64: give uint8"),
        (_array(11, 7, 7, dtype=np.bool_), "bool: give uint8"),
        (_array(11, 49), r"the shape \(11, 49\): give uint8"),
        (_array(11, 3, 17, 19), r"\(11, 3, 17, 19\) \(are the channels first\? move them last\)"),
        (_array(11, 7, 7, 2), r"the shape \(11, 7, 7, 2\)"),
        (_array(11, 7, 7, 3, 1), "the shape"),
        (_array(11, 17, 3), "less than 4 pixels"),
        (_array(11, 0, 0), "less than 4 pixels"),
        (_array(0, 7, 7), "mine: 0 pictures, and at least 8 are needed"),
        (_array(1, 7, 7), "mine: 1 picture, and at least 8 are needed"),
        (_array(7, 7, 7), "mine: 7 pictures, and at least 8 are needed"),
        (np.full((11, 7, 7), 201, np.uint8), "all 11 pictures are the same"),
    ],
)
@pytest.mark.parametrize("kind", ["npy", "npz"])
def test_arrays_that_are_no_pictures_are_told(
    kind: str, images: np.ndarray, told: str, tmp_path: Path
) -> None:
    path = tmp_path / f"mine.{kind}"
    if kind == "npy":
        np.save(path, images)
    else:
        np.savez(path, images=images)
    with pytest.raises(AttnGanError, match=told):
        data.load(str(path))


@pytest.mark.parametrize(
    ("labels", "told"),
    [
        (np.arange(7), r"shape \(7,\): give one a picture, \(11,\)"),
        (np.zeros((11, 2), np.int64), r"shape \(11, 2\)"),
        (np.int64(3), r"shape \(\)"),
        (np.linspace(0, 1, 11), "float64: give whole numbers or texts"),
    ],
)
def test_labels_that_do_not_fit_are_told(labels: np.ndarray, told: str, tmp_path: Path) -> None:
    np.savez(tmp_path / "mine.npz", images=_array(11, 7, 7), labels=labels)
    with pytest.raises(AttnGanError, match=told):
        data.load(str(tmp_path / "mine.npz"))


def test_labels_that_are_all_equal_are_left_out_and_it_is_told(tmp_path: Path) -> None:
    np.savez(tmp_path / "mine.npz", images=_array(11, 7, 7), labels=np.full(11, 3))
    pictures = data.load(str(tmp_path / "mine.npz"), SIZE)
    assert (pictures.labels, pictures.label_names) == (None, ())
    assert pictures.skipped == ("labels: all pictures have the same one, so they are left out",)


def test_an_npz_without_images_is_told_with_what_it_has(tmp_path: Path) -> None:
    np.savez(tmp_path / "mine.npz", pictures=_array(11, 7, 7), other=np.arange(3))
    with pytest.raises(AttnGanError, match=r"no array `images` \(it has: other, pictures\)"):
        data.load(str(tmp_path / "mine.npz"))


@pytest.mark.parametrize("kind", ["npy", "npz"])
def test_pickles_are_refused_and_never_opened(kind: str, tmp_path: Path) -> None:
    class Trap:
        def __reduce__(self) -> tuple[Callable[[str], None], tuple[str]]:
            return os.mkdir, (str(tmp_path / "sprung"),)

    trap = np.array([Trap()] * 11, dtype=object)
    path = tmp_path / f"mine.{kind}"
    if kind == "npy":
        np.save(path, trap, allow_pickle=True)
    else:
        np.savez(path, images=trap)
    with pytest.raises(AttnGanError, match=r"Python objects \(a pickle\), which is refused"):
        data.load(str(path))
    assert not (tmp_path / "sprung").exists()


@pytest.mark.parametrize(
    "content", [b"", b"words", b"\x93NUMPY\x01\x00", b"\x93NUMPY\x01\x00\x09\x00(1, 2, 3)"]
)
def test_a_file_that_is_no_array_is_told(content: bytes, tmp_path: Path) -> None:
    (tmp_path / "broken.npy").write_bytes(content)
    with pytest.raises(AttnGanError, match=r"broken\.npy is not a NumPy array"):
        data.load(str(tmp_path / "broken.npy"))
    _zipped(tmp_path / "broken.npz", {"images.npy": content})
    with pytest.raises(AttnGanError, match=r"images of broken\.npz is not a NumPy array"):
        data.load(str(tmp_path / "broken.npz"))


def test_an_array_that_claims_more_than_it_has_is_told_before_memory_is_taken(tmp_path: Path) -> None:
    file = io.BytesIO()
    header = {"descr": "|u1", "fortran_order": False, "shape": (10**9, 10**4, 10**4)}
    np.lib.format.write_array_header_1_0(file, header)
    (tmp_path / "huge.npy").write_bytes(file.getvalue() + b"x" * 99)
    with pytest.raises(AttnGanError, match=r"huge\.npy is cut off"):
        data.load(str(tmp_path / "huge.npy"))
    _zipped(tmp_path / "huge.npz", {"images.npy": file.getvalue()})
    with pytest.raises(AttnGanError, match=r"images of huge\.npz is cut off"):
        data.load(str(tmp_path / "huge.npz"))


def test_a_damaged_npz_is_told(tmp_path: Path) -> None:
    path = tmp_path / "mine.npz"
    np.savez(path, images=_array(11, 31, 31))
    content = bytearray(path.read_bytes())
    content[999:1019] = b"x" * 20
    path.write_bytes(bytes(content))
    with pytest.raises(AttnGanError, match=r"images of mine\.npz is broken or cut off"):
        data.load(str(path))


def test_a_file_that_may_not_be_read_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    np.save(tmp_path / "mine.npy", _array(11, 7, 7))

    def refuse(*_: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "open", refuse)
    with pytest.raises(AttnGanError, match=r"mine\.npy may not be read"):
        data.load(str(tmp_path / "mine.npy"))
