"""One picture file to pixels, whatever mode it has, without trusting it.

The size is read from the header before anything is decoded, so a decompression bomb costs nothing;
Pillow's process-wide settings are left as they are.
"""

from typing import IO

import numpy as np
from PIL import Image, ImageOps, UnidentifiedImageError

from attngan.data.found import Wanted
from attngan.data.pixels import Pixels, over_white

# Formats that Pillow decodes by itself; those that would start another program are not among them.
FORMATS = ("PNG", "JPEG", "GIF", "WEBP", "BMP", "TIFF", "PPM", "AVIF")
MAXIMUM_PIXELS = 64_000_000  # of one picture; a large phone camera has 50 million
MINIMUM_SIDE = 4  # pixels; less than that shows nothing


class UnreadableError(Exception):
    """Why one picture is not used, in a few words that stand after its name."""


def decoded(file: IO[bytes], wanted: Wanted) -> Pixels:
    """The first frame's middle square as uint8 (S, S, 3), S the wanted size; transparent parts become white.

    Raises UnreadableError with the reason for everything that is not a whole picture.
    """
    Image.init()  # tells which formats this Pillow was built with
    try:
        with Image.open(file, formats=[name for name in FORMATS if name in Image.OPEN]) as image:
            width, height = image.size
            if width * height > MAXIMUM_PIXELS:
                raise UnreadableError(f"{width} x {height} pixels are too many")
            if min(width, height) < MINIMUM_SIDE:
                raise UnreadableError(f"{width} x {height} pixels are too few")
            image.draft(
                "RGB", (2 * wanted.size, 2 * wanted.size)
            )  # large JPEGs are decoded at a fraction of their size
            return _square(image, wanted.size)
    except UnreadableError:
        raise
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise UnreadableError("too many pixels") from error
    except UnidentifiedImageError as error:
        raise UnreadableError("not a picture of a known format") from error
    except Exception as error:  # decoders raise anything on broken files, even SyntaxError
        raise UnreadableError("broken or cut off") from error


def _square(image: Image.Image, size: int) -> Pixels:
    upright = ImageOps.exif_transpose(image)
    fitted = ImageOps.fit(_plain(upright), (size, size), Image.Resampling.BICUBIC)
    pixels = np.asarray(fitted)
    return over_white(pixels[None])[0] if fitted.mode == "RGBA" else pixels


def _plain(image: Image.Image) -> Image.Image:
    """The picture as RGB, or as RGBA where it has transparent parts."""
    if image.mode == "F":
        raise UnreadableError("floating-point pixels have no known range")
    if image.mode.startswith("I"):
        levels = np.asarray(image)
        if levels.min() < 0 or levels.max() > 65535:
            raise UnreadableError("its pixels are not 16-bit")
        return Image.fromarray((levels / 257 + 0.5).astype(np.uint8)).convert("RGB")
    transparent = "A" in image.mode or "a" in image.mode or "transparency" in image.info
    return image.convert("RGBA" if transparent else "RGB")
