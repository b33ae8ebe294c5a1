"""A sheet of pictures for the page: a few of many, as one WebP in a data: address."""

import base64
import io

import numpy as np
from PIL import Image

from attngan.data.pixels import Pixels

COLUMNS, ROWS = 8, 3
MOST = COLUMNS * ROWS  # pictures on a sheet
WEBP_QUALITY = 92


def address(images: Pixels) -> str:
    """Up to MOST of the pictures uint8 (N, S, S, C), C 1 or 3, evenly spread over them."""
    shown = min(len(images), MOST)
    pictures = images[np.linspace(0, len(images) - 1, shown).round().astype(int)]
    size = pictures.shape[1]
    gap = max(1, size // 16)
    rows = -(-shown // COLUMNS)
    height, width = (count * (size + gap) - gap for count in (rows, min(shown, COLUMNS)))
    whole = np.zeros((height, width, 4), np.uint8)  # transparent between the pictures
    for index, picture in enumerate(pictures):
        top, left = (place * (size + gap) for place in divmod(index, COLUMNS))
        whole[top : top + size, left : left + size, :3] = picture
        whole[top : top + size, left : left + size, 3] = 255
    file = io.BytesIO()
    Image.fromarray(whole).save(file, "webp", lossless=size < 64, quality=WEBP_QUALITY)
    return _address("webp", file.getvalue())


def png_address(picture: bytes) -> str:
    """A PNG as a data: address."""
    return _address("png", picture)


def _address(kind: str, picture: bytes) -> str:
    return f"data:image/{kind};base64,{base64.b64encode(picture).decode()}"
