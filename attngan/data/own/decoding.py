"""One picture file to pixels, whatever mode it has, without trusting it.

The size is read from the header before anything is decoded, so a decompression bomb costs nothing;
Pillow's process-wide settings are left as they are. Pixels come first: a file whose texts, profiles or EXIF
are faulty is read without them. A picture that is cut off is never used.
"""

import io
import warnings
from collections.abc import Callable
from typing import IO, cast

import numpy as np
from PIL import Image, UnidentifiedImageError
from PIL.ImageFile import ImageFile
from PIL.JpegImagePlugin import JpegImageFile
from PIL.TiffImagePlugin import TiffImageFile

from attngan.data.found import Wanted
from attngan.data.own import formats
from attngan.data.own.bare import bare
from attngan.data.own.squares import squared
from attngan.data.pixels import Levels, Pixels

# Formats that Pillow decodes by itself; those that would start another program are not among them.
FORMATS = ("PNG", "JPEG", "GIF", "WEBP", "BMP", "TIFF", "PPM", "AVIF")
MAXIMUM_PIXELS = 4096 * 3072  # of one picture, after a JPEG is read at a fraction of its size
MAXIMUM_HEIC_PIXELS = 25_000_000  # as phones store them; its decoder needs 7 bytes for each
MAXIMUM_JPEG_PIXELS = 200_000_000  # as large phone cameras have
MAXIMUM_SCANS_PIXELS = 64_000_000  # of a JPEG in several scans, whose decoder keeps numbers of all pixels
MAXIMUM_FILE_BYTES = 128 * 2**20
MINIMUM_SIDE = 4  # pixels; less than that shows nothing

_TURNS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
_ORIENTATION = 0x0112  # the tag of EXIF
_BITS, _PLANES, _TILE_WIDTH, _TILE_HEIGHT = 258, 284, 322, 323  # tags of TIFF


class UnreadableError(Exception):
    """Why one picture is not used, in a few words that stand after its name."""


def decoded(file: IO[bytes], wanted: Wanted) -> Pixels | Levels:
    """The first frame made square as (S, S, 3), S the wanted size; transparent parts become white.

    uint8, or uint16 where the file has 16 bits a channel: `pixels.stacked` brings both together.
    Raises UnreadableError with the reason for everything that is not a whole picture.
    """
    content = file.read(MAXIMUM_FILE_BYTES + 1)
    if len(content) > MAXIMUM_FILE_BYTES:
        raise UnreadableError(f"larger than {MAXIMUM_FILE_BYTES // 2**20} MB: save it smaller, or as JPEG")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # Pillow's, on files that are a little wrong
        try:
            return _as_it_is(content, wanted)
        except (UnreadableError, MemoryError):
            raise
        except Exception as error:  # decoders raise anything on broken files, even SyntaxError
            pixels = _without_ornaments(content, wanted)
            if pixels is None:
                raise UnreadableError(formats.named(content) or _fault(content, error)) from error
            return pixels


def _as_it_is(content: bytes, wanted: Wanted) -> Pixels | Levels:
    image, deep = _loaded(content, wanted.size)
    return _square(_upright(image, image.getexif), deep, wanted)


def _without_ornaments(content: bytes, wanted: Wanted) -> Pixels | Levels | None:
    """The same of a copy that has nothing but pixels; None where they cannot be read either."""
    left = bare(content)
    if left is None:
        return None
    try:
        image, deep = _loaded(left.copies[0], wanted.size)
        for copy in left.copies[1:]:
            if _loaded(copy, wanted.size)[0].tobytes() != image.tobytes():
                return None
        return _square(_upright(image, lambda: _exif(left.exif)), deep, wanted)
    except (UnreadableError, MemoryError):
        raise
    except Exception:  # noqa: BLE001 - as above
        return None


def _fault(content: bytes, error: Exception) -> str:
    if not isinstance(error, UnidentifiedImageError):
        return "broken or cut off"
    if bare(content) is None:
        return "not a picture of a known format"
    return "broken, or stored in a way that cannot be read: save it as PNG or JPEG"


def _loaded(content: bytes, size: int) -> tuple[Image.Image, bool]:
    """The decoded picture, a large JPEG at a fraction of its size; and whether it has 16 bits a channel."""
    if formats.is_heic(content):
        return _heic(content), False
    image: ImageFile
    if content.startswith(b"\xff\xd8\xff"):
        image = _jpeg(content, size)  # not by Image.open, which judges the size before the fraction is known
    else:
        Image.init()  # tells which formats this Pillow was built with
        try:
            image = Image.open(io.BytesIO(content), formats=[name for name in FORMATS if name in Image.OPEN])
        except Image.DecompressionBombError as error:
            raise UnreadableError(f"its pixels are {_too_many(MAXIMUM_PIXELS)}") from error
    _check(*image.size, MAXIMUM_PIXELS)
    deep = _is_deep(image)
    image.load()
    return image, deep


def _check(width: int, height: int, most: int) -> None:
    if width * height > most:
        raise UnreadableError(f"{width} x {height} pixels are {_too_many(most)}")
    if min(width, height) < MINIMUM_SIDE:
        raise UnreadableError(f"{width} x {height} pixels are too few")


def _too_many(most: int) -> str:
    or_as_jpeg = ", or as JPEG" if most < MAXIMUM_SCANS_PIXELS else ""
    return f"more than {most // 10**6} megapixels: save it smaller{or_as_jpeg}"


def _jpeg(content: bytes, size: int) -> JpegImageFile:
    """An open JPEG, which is to be decoded at a half, a quarter or an eighth if it is large."""
    if content.endswith(bytes(16)):  # half a download, which would be decoded as grey: see what `bare` finds
        raise EOFError
    file = io.BytesIO(content)
    image = JpegImageFile(file)
    width, height = image.size
    head = file.tell() - 8 - 2 * image.layers  # of a first scan that has all channels in it
    several = "progressive" in image.info or content[head : head + 2] != b"\xff\xda"
    _check(width, height, MAXIMUM_SCANS_PIXELS if several else MAXIMUM_JPEG_PIXELS)
    least = next(part for part in (1, 2, 4, 8) if width * height <= MAXIMUM_PIXELS * part**2)
    image.draft("RGB", (min(2 * size, width // least), min(2 * size, height // least)))  # twice is enough
    return image


def _heic(content: bytes) -> Image.Image:
    try:
        import pillow_heif
    except ImportError as error:
        raise UnreadableError(
            "HEIC, which needs the package pillow-heif (pip install 'attngan[heic]'), or save it as JPEG"
        ) from error
    file = pillow_heif.open_heif(io.BytesIO(content))
    width, height = file.size
    _check(width, height, MAXIMUM_HEIC_PIXELS)
    image: Image.Image = file.to_pillow()
    return image


def _is_deep(image: ImageFile) -> bool:
    """Whether a picture, which is not decoded yet, has 16 bits a channel, of which Pillow may keep 8."""
    if isinstance(image, TiffImageFile):
        if image.tag_v2.get(_TILE_WIDTH, 0) * image.tag_v2.get(_TILE_HEIGHT, 0) > MAXIMUM_PIXELS:
            raise UnreadableError(f"its tiles are {_too_many(MAXIMUM_PIXELS)}")
        bits = image.tag_v2.get(_BITS, ())
        if 16 in bits[1:] and image.tag_v2.get(_PLANES) == 2 and image.tile[0].codec_name == "raw":
            raise UnreadableError("16-bit channels apart from each other: save it as PNG")  # Pillow errs
        return 16 in bits
    return image.format == "PNG" and any(";16" in str(tile.args) for tile in image.tile)


def _upright(image: Image.Image, exif: Callable[[], Image.Exif]) -> Image.Image:
    """The picture turned as its EXIF says; as it is where that is nonsense."""
    try:
        turn = _TURNS.get(exif().get(_ORIENTATION, 1))
    except Exception:  # noqa: BLE001 - Pillow raises anything on broken EXIF
        turn = None
    return image if turn is None else image.transpose(turn)


def _exif(content: bytes) -> Image.Exif:
    exif = Image.Exif()
    exif.load(content)
    return exif


def _square(image: Image.Image, deep: bool, wanted: Wanted) -> Pixels | Levels:
    image = _plain(image)
    pixels = squared(image, wanted)
    if image.mode == "I":  # resizing may give levels beyond those of the picture
        return np.repeat(pixels.clip(*_extremes(image)).astype(np.uint16), 3, axis=2)
    return pixels * np.uint16(257) if deep else pixels


def _plain(image: Image.Image) -> Image.Image:
    """The picture as RGB, as RGBA where it has transparent parts, or as I where it is grey with 16 bits."""
    if image.mode == "F":
        raise UnreadableError("floating-point pixels have no known range")
    if image.mode.startswith("I"):
        image = _as(image, "I")
        low, high = _extremes(image)
        if low < 0 or high > 65535:
            raise UnreadableError("its pixels are not 16-bit")
        return image
    transparent = "A" in image.mode or "a" in image.mode or "transparency" in image.info
    return _as(image, "RGBA" if transparent else "RGB")


def _extremes(image: Image.Image) -> tuple[int, int]:
    """The lowest and the highest level of an I picture."""
    low, high = cast("tuple[int, int]", image.getextrema())
    return low, high


def _as(image: Image.Image, mode: str) -> Image.Image:
    return image if image.mode == mode else image.convert(mode)  # which copies even what is right
