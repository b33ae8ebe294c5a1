"""Pictures of a person's own made square: cut to the middle, with bars beside them, or stretched.

Pillow does the work, for files and for arrays alike. S is the wanted size, C the number of channels.
"""

from typing import Any

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageOps

from attngan.data.found import Wanted
from attngan.data.pixels import Pixels, over_white


def squared(image: Image.Image, wanted: Wanted) -> NDArray[Any]:
    """The picture at size S, bicubic: pixels (S, S, C) of an L, RGB or RGBA one, which is laid on white, and
    levels (S, S, 1) of an I one.

    "pad" fits the whole picture between bars in the median colour of its own border.
    """
    size = (wanted.size, wanted.size)
    match wanted.square:
        case "crop":
            return array_of(ImageOps.fit(image, size, Image.Resampling.BICUBIC))
        case "stretch":
            return array_of(image.resize(size, Image.Resampling.BICUBIC))
        case "pad":
            return _padded(image, wanted.size)


def squares(images: Pixels, wanted: Wanted) -> Pixels:
    """The same of many pictures uint8 (N, H, W, C), C 1 or 3: (N, S, S, C)."""
    flat = images[..., 0] if images.shape[3] == 1 else images
    return np.stack([squared(Image.fromarray(picture), wanted) for picture in flat])


def array_of(image: Image.Image) -> NDArray[Any]:
    """Pixels (H, W, C) of an L, RGB or RGBA picture, levels (H, W, 1) of an I one."""
    pixels: NDArray[Any] = np.asarray(image)
    if image.mode == "RGBA":
        pixels = over_white(pixels[None])[0]
    return pixels[..., None] if pixels.ndim == 2 else pixels


def _padded(image: Image.Image, size: int) -> NDArray[Any]:
    longer = max(image.size)
    width, height = (max(1, round(side * size / longer)) for side in image.size)
    inner = array_of(image.resize((width, height), Image.Resampling.BICUBIC))
    result = np.empty((size, size, inner.shape[2]), inner.dtype)
    result[:] = _border_colour(image)
    top, left = (size - height) // 2, (size - width) // 2
    result[top : top + height, left : left + width] = inner
    return result


def _border_colour(image: Image.Image) -> NDArray[Any]:
    """The median of a picture's outermost pixels in each channel, (C,)."""
    width, height = image.size
    boxes = (
        (0, 0, width, 1),
        (0, height - 1, width, height),
        (0, 1, 1, height - 1),
        (width - 1, 1, width, height - 1),
    )
    edges = [array_of(image.crop(box)) for box in boxes]
    middle = np.median(np.concatenate([edge.reshape(-1, edge.shape[2]) for edge in edges]), axis=0)
    colour: NDArray[Any] = np.floor(middle + 0.5).astype(edges[0].dtype)
    return colour
