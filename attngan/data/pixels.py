"""Arrays of pictures brought to one size and number of channels.

Shapes: N pictures, H and W pixels, C channels, S the wanted height and width.
"""

import numpy as np
from numpy.typing import NDArray

Pixels = NDArray[np.uint8]

CHUNK = 4096  # pictures resized at a time, so that resizing needs little memory beside the result


def with_channels(images: Pixels, channels: int) -> Pixels:
    """Pictures uint8 (N, H, W, `channels`) of pictures (N, H, W, C); C and `channels` are 1 or 3.

    Grey is repeated; colour becomes luma (ITU-R BT.601: 0.299 R + 0.587 G + 0.114 B).
    """
    if images.shape[3] == channels:
        return images
    if channels == 3:
        return np.repeat(images, 3, axis=3)
    weights = np.array([19595, 38470, 7471], np.uint32)  # the luma weights times 2**16
    return ((images @ weights + 2**15) >> 16).astype(np.uint8)[..., None]


def over_white(images: Pixels) -> Pixels:
    """Pictures uint8 (N, H, W, 3) of pictures with alpha (N, H, W, 4), laid on white."""
    alpha = images[..., 3:].astype(np.uint16)
    blended = images[..., :3] * alpha + 255 * (255 - alpha)
    return ((blended + 127) // 255).astype(np.uint8)


def resized(images: Pixels, size: int) -> Pixels:
    """The middle square of pictures (N, H, W, C) at size S: uint8 (N, S, S, C), bicubic with antialiasing."""
    import torch  # takes seconds, which reading picture files need not wait for
    from torch.nn import functional

    height, width = images.shape[1:3]
    side = min(height, width)
    top, left = (height - side) // 2, (width - side) // 2
    images = images[:, top : top + side, left : left + side]
    if side == size:
        return images
    result = np.empty((len(images), size, size, images.shape[3]), np.uint8)
    for start in range(0, len(images), CHUNK):
        chunk = torch.from_numpy(np.ascontiguousarray(images[start : start + CHUNK])).permute(0, 3, 1, 2)
        smooth = functional.interpolate(
            chunk.float(), (size, size), mode="bicubic", antialias=True, align_corners=False
        )
        result[start : start + CHUNK] = smooth.round_().clamp_(0, 255).byte().permute(0, 2, 3, 1).numpy()
    return result


def spread(count: int, wanted: int | None) -> NDArray[np.int64]:
    """At most `wanted` of `count` indices, evenly spread, so that sets sorted by class keep all classes."""
    if wanted is None or wanted >= count:
        return np.arange(count)
    return np.arange(wanted) * count // wanted
