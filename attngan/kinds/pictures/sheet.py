"""A sheet: pictures side by side in one."""

import math

import numpy as np
from PIL import Image

SMALLEST_SIDE = 512  # pixels of a saved sheet, so that small pictures can be seen


def sheet(images: np.ndarray, columns: int | None = None) -> Image.Image:
    """The pictures uint8 (N, H, W, C) side by side in rows of `columns` (default: about a square).

    Small pictures are enlarged by whole steps, without smoothing.
    """
    count, height, width, channels = images.shape
    columns = columns or math.ceil(math.sqrt(count))
    rows = math.ceil(count / columns)
    padded = np.full((rows * columns, height, width, channels), 255, np.uint8)
    padded[:count] = images
    pixels = padded.reshape(rows, columns, height, width, channels).swapaxes(1, 2)
    pixels = pixels.reshape(rows * height, columns * width, channels)
    times = max(1, round(SMALLEST_SIDE / pixels.shape[1]))
    pixels = pixels.repeat(times, 0).repeat(times, 1)
    return Image.fromarray(pixels[..., 0] if channels == 1 else pixels)
