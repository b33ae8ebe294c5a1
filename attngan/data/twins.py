"""Pictures in which only what lies far apart tells real from fake, and how to count what is right.

*Twins*: one shape near the left edge and one near the right, equal in colour and kind, at heights of
their own, on noise. Each half by itself says nothing about whether the picture is right.
*Mirror*: a pattern of coloured and dark cells whose right half mirrors the left one, under noise.

Shapes: N pictures, S pixels high and wide, P colours, K kinds of shape, D pixels of a shape's side.
"""

from collections.abc import Sequence

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor
from torch.nn import functional

from attngan.data.found import Found
from attngan.data.pixels import Pixels
from attngan.errors import AttnGanError
from attngan.nn.batch import Check

COUNT = 4000  # pictures
COLOURS = np.array(
    [[235, 50, 45], [250, 205, 35], [45, 170, 75], [40, 200, 225], [50, 75, 215], [215, 60, 195]], np.uint8
)  # red, yellow, green, cyan, blue, magenta
KINDS = ("square", "triangle", "cross", "ring")
CHANCE = 1 / (len(COLOURS) * len(KINDS))  # agreement rate of halves that know nothing of each other
CELLS = 8  # cells of a mirror picture in a row and in a column
_GROUND = 128  # grey level about which the noise of twins lies
_NOISE = 40  # grey levels up and down, evenly distributed
_DARK = 40  # grey level of a dark cell
_CHUNK = 256  # pictures judged at a time
_RECOGNISED = 0.5  # intersection over union with the best shape, from which it counts as one


def twins(size: int, _: int | None = None) -> Found:
    """Twins (COUNT, size, size, 3), the same at every call; size is 16 pixels or more."""
    _check_size(size)
    random = np.random.default_rng(0)
    colour = random.integers(len(COLOURS), size=COUNT)
    kind = random.integers(len(KINDS), size=COUNT)
    noise = random.integers(-_NOISE, _NOISE, (COUNT, size, size, 3), np.int16, endpoint=True)
    images = (noise + _GROUND).astype(np.uint8)
    covers = _shapes(size)[kind][..., None]  # (N, D, D, 1) in [0, 1]
    side = covers.shape[1]
    places = np.arange(side)
    for first in (1, size - side - size // 16):  # leftmost column of the left shape and of the right one
        top = random.integers(1, size - side, COUNT)
        left = first + random.integers(size // 16, size=COUNT)
        where = (
            np.arange(COUNT)[:, None, None],
            (top[:, None] + places)[:, :, None],
            (left[:, None] + places)[:, None, :],
        )
        images[where] = np.rint(images[where] * (1 - covers) + COLOURS[colour][:, None, None] * covers)
    return Found(images, check=Check({"agreement": agreement_rate}))


def agreement_rate(images: Pixels, _: Sequence[str] | None = None) -> float:
    """Share in [0, 1] of twins pictures uint8 (N, S, S, 3) whose halves show the same colour and kind.

    1.0 for real twins, CHANCE when halves are paired at random. Exact, without a network: in each
    half every pixel is given to the nearest colour (or to the grey ground), the colour with the most
    pixels is the half's, and those pixels are compared with every kind of shape at every place. A
    half in which no shape fits by half (intersection over union) agrees with nothing.
    """
    if images.ndim != 4 or images.shape[3] != 3 or images.dtype != np.uint8 or not len(images):
        raise AttnGanError(f"The agreement rate needs pictures uint8 (N, S, S, 3), not {images.shape}.")
    size = images.shape[1]
    _check_size(size)
    agreeing = 0
    for start in range(0, len(images), _CHUNK):
        chunk = images[start : start + _CHUNK]
        left = _recognised(chunk[:, :, : size // 2])
        right = _recognised(chunk[:, :, size // 2 :])
        agreeing += int(((left == right) & (left >= 0)).sum())
    return agreeing / len(images)


def _check_size(size: int) -> None:
    if size < 16:
        raise AttnGanError(f"Twins need pictures of 16 pixels or more, not {size}.")


def _shapes(size: int) -> NDArray[np.float32]:
    """What each kind of shape covers of each pixel: float32 (K, D, D) in [0, 1], D about 5/16 of S."""
    side, fine = -(-size * 5 // 32) * 2, 8  # even, so that every kind is symmetric
    middle = (np.arange(side * fine) + 0.5) / (side * fine) * 2 - 1
    y, x = middle[:, None], middle[None, :]
    radius = np.hypot(x, y)
    drawn = np.stack(
        [
            np.broadcast_to(np.maximum(np.abs(x), np.abs(y)) < 0.86, (side * fine,) * 2),
            np.abs(x) < (y + 1) / 2,
            (np.minimum(np.abs(x), np.abs(y)) < 0.33) & (radius < 2),
            (radius < 1) & (radius > 0.5),
        ]
    ).astype(np.float32)
    covers: NDArray[np.float32] = drawn.reshape(len(KINDS), side, fine, side, fine).mean((2, 4))
    return covers


def _recognised(half: Pixels) -> NDArray[np.int64]:
    """Colour and kind of each half picture as one number (N,) in [0, P * K), -1 where no shape fits."""
    levels = np.concatenate([COLOURS, np.full((1, 3), _GROUND, np.uint8)]).astype(np.float32)
    pixels = half.astype(np.float32)
    distance = np.stack([((pixels - level) ** 2).sum(-1) for level in levels], -1)  # (N, S, S/2, P + 1)
    nearest = torch.from_numpy(distance.argmin(-1))
    counts = torch.stack([(nearest == index).sum((1, 2)) for index in range(len(COLOURS))], 1)
    colour = counts.argmax(1)
    mask = (nearest == colour[:, None, None]).float()  # (N, S, S/2)
    fit = _best_fit(mask, torch.from_numpy(_shapes(half.shape[1]) >= 0.5).float())
    best, kind = fit.max(1)
    return torch.where(best >= _RECOGNISED, colour * len(KINDS) + kind, -1).numpy()


def _best_fit(mask: Tensor, shapes: Tensor) -> Tensor:
    """Intersection over union (N, K) of each mask (N, H, W) with each shape (K, D, D) where it fits best."""
    shared = functional.conv2d(mask[:, None], shapes[:, None]).flatten(2).amax(2)
    return shared / (mask.sum((1, 2))[:, None] + shapes.sum((1, 2)) - shared)


def mirror(size: int, _: int | None = None) -> Found:
    """Mirror pictures (COUNT, size, size, 3), the same at every call; size is a multiple of CELLS."""
    _check_cells(size)
    random = np.random.default_rng(0)
    half = random.integers(2, size=(COUNT, CELLS, CELLS // 2)).astype(bool)
    lit = np.concatenate([half, half[:, :, ::-1]], 2).repeat(size // CELLS, 1).repeat(size // CELLS, 2)
    colour = COLOURS[random.integers(len(COLOURS), size=COUNT)][:, None, None].astype(np.int16)
    noise = random.integers(-_NOISE, _NOISE, (COUNT, size, size, 3), np.int16, endpoint=True)
    images = np.where(lit[..., None], colour, np.int16(_DARK)) + noise
    return Found(images.clip(0, 255).astype(np.uint8), check=Check({"mirror": mirror_rate}))


def mirror_rate(images: Pixels, _: Sequence[str] | None = None) -> float:
    """Share in [0, 1] of cells that agree with their mirror cell, in mirror pictures uint8 (N, S, S, 3).

    1.0 for real ones, about 0.5 when halves are paired at random. A cell counts as coloured when its
    mean of the three channels' largest is nearer to a colour's than to a dark cell's.
    """
    if images.ndim != 4 or images.shape[3] != 3 or images.dtype != np.uint8 or not len(images):
        raise AttnGanError(f"The mirror rate needs pictures uint8 (N, S, S, 3), not {images.shape}.")
    size = images.shape[1]
    _check_cells(size)
    cell = size // CELLS
    means = images.reshape(len(images), CELLS, cell, CELLS, cell, 3).mean((2, 4)).max(-1)  # (N, CELLS, CELLS)
    lit = means > 105  # halfway between a dark cell's 40 and the faintest colour's 170
    return float((lit == lit[:, :, ::-1]).mean())


def _check_cells(size: int) -> None:
    if size % CELLS:
        raise AttnGanError(f"Mirror pictures need a size that is a multiple of {CELLS}, not {size}.")
