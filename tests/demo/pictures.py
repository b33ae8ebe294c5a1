"""Files of pictures that a person may upload."""

import io

import numpy as np
from PIL import Image

HUGE = (8000, 4000)  # 32 megapixels


def png(seed: int, size: int = 13) -> bytes:
    file = io.BytesIO()
    pixels = np.random.default_rng(seed).integers(0, 256, (size, size, 3), np.uint8)
    Image.fromarray(pixels).save(file, "png")
    return file.getvalue()


def huge(kind: str) -> bytes:
    file = io.BytesIO()
    Image.new("RGB", HUGE, (9, 90, 200)).save(file, kind)
    return file.getvalue()
