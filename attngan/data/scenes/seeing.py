"""From a picture back to the things in it, without a network.

Every pixel is told apart from the ground and given to the colour whose direction from the ground it has;
connected pixels of one colour are a thing; its shape, size and place are those of the drawn shape that covers
the picture most alike, to a quarter of a pixel. What is too small to be a thing is passed over, so a stray
pixel changes nothing.

Shapes: N pictures, S pixels high and wide, M things of all of them, K of one, D pixels of a thing's window.
"""

from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray
from scipy import ndimage

from attngan.data.pixels import Pixels
from attngan.data.scenes.drawing import GROUND, PALETTE, check_size
from attngan.data.scenes.scene import COLOURS, SHAPES, SIZES, Things
from attngan.data.scenes.shapes import RADII, STEPS, covers, window
from attngan.errors import AttnGanError

MOST = 4  # things told of a picture, the largest ones
_FOREGROUND = 0.4  # of a colour's full strength, from which a pixel belongs to a thing
_SMALLEST = 0.4  # of the area of the smallest shape, from which something is a thing
_ALIKE = 0.5  # overlap with the best shape (intersection over union), from which it counts as one
_STEP = 2  # of STEPS a pixel: how finely places are tried
_SIZES_TRIED = 5  # from the smallest to the largest: a circle between two sizes is a circle too
_AROUND = 1  # pixels in each direction from the centre of gravity within which they are tried
_CHUNK = 256  # pictures read at a time

Floats = NDArray[np.float32]


@dataclass(frozen=True, eq=False)
class Seen:
    """What is in N pictures: how many things each has, (N,), and MOST of these, from the largest on."""

    count: NDArray[np.int64]
    things: Things  # a shape that is like none is -1, and so is its size


def read(pictures: Pixels) -> Seen:
    """The things in pictures uint8 (N, S, S, 3)."""
    if pictures.ndim != 4 or pictures.shape[3] != 3 or pictures.dtype != np.uint8:
        raise AttnGanError(f"Scenes are read in pictures uint8 (N, S, S, 3), not {pictures.shape}.")
    check_size(pictures.shape[1])
    parts = [_read(pictures[start : start + _CHUNK]) for start in range(0, len(pictures), _CHUNK)]
    if not parts:
        return _read(pictures)
    joined = [
        np.concatenate([getattr(part.things, name) for part in parts])
        for name in ("colour", "shape", "size", "x", "y")
    ]
    return Seen(np.concatenate([part.count for part in parts]), Things(*joined))


def _read(pictures: Pixels) -> Seen:
    size = pictures.shape[1]
    colour, strength = _coloured(pictures)
    owner, hue, mass = _regions(colour, strength)
    keep = mass >= _SMALLEST * covers(size)[:, 0, 0, 0].sum((1, 2)).min()
    owner = np.concatenate([[0], np.where(keep, keep.cumsum(), 0)])[owner]
    for _ in range(2):  # what noise or a thin tip lost at the edge
        owner = np.where(owner == 0, ndimage.maximum_filter(owner, (1, 3, 3)), owner)
    hue, mass = hue[keep], mass[keep]
    picture, cover, middle = _windows(owner, hue, strength)
    kind, scale, place = _fitted(cover, middle, size)
    return _listed(len(pictures), picture, mass, (hue, kind, scale), place / size)


def _coloured(pictures: Pixels) -> tuple[NDArray[np.int64], Floats]:
    """The number of each pixel's colour (N, S, S), -1 for the ground, and the strength of each colour in it,
    float32 (N, S, S, P) in [0, 1].
    """
    pixels = pictures - GROUND
    toward = PALETTE - GROUND
    length = np.linalg.norm(toward, axis=1)
    strength = pixels @ (toward / length[:, None] ** 2).T
    calm = ndimage.uniform_filter(strength, (0, 3, 3, 0))  # without noise
    colour = (calm * length).argmax(3)
    strongest = np.take_along_axis(calm, colour[..., None], 3)[..., 0]
    return np.where(strongest > _FOREGROUND, colour, -1), strength.clip(0, 1)


def _regions(
    colour: NDArray[np.int64], strength: Floats
) -> tuple[NDArray[np.int64], NDArray[np.int64], Floats]:
    """Connected pixels of one colour: their number from 1 on at each pixel, 0 elsewhere (N, S, S); and of
    each the colour and the area in pixels (M,).
    """
    beside = np.zeros((3, 3, 3), np.bool_)
    beside[1] = True  # across corners too, never into another picture
    owner = np.zeros(colour.shape, np.int64)
    hue: list[int] = []
    mass: list[Floats] = []
    for number in range(len(COLOURS)):
        here, count = ndimage.label(colour == number, beside)
        owner += np.where(here > 0, here + len(hue), 0)
        mass.append(
            np.bincount(here.ravel(), strength[..., number].ravel(), count + 1)[1:].astype(np.float32)
        )
        hue += [number] * count
    return owner, np.array(hue, np.int64), np.concatenate(mass)


def _windows(
    owner: NDArray[np.int64], hue: NDArray[np.int64], strength: Floats
) -> tuple[NDArray[np.int64], Floats, NDArray[np.int64]]:
    """Of each thing the picture (M,), how much of each pixel around it covers (M, D, D), and its middle pixel
    (M, 2).
    """
    size = owner.shape[1]
    side = window(size)
    border = side // 2
    picture, y, x = np.nonzero(owner)
    whose = owner[picture, y, x] - 1
    weight = strength[picture, y, x, hue[whose]] if len(hue) else np.zeros(0, np.float32)
    total = np.bincount(whose, weight, len(hue)).clip(1e-6)
    middle = np.stack([np.bincount(whose, weight * along, len(hue)) / total for along in (y, x)], 1)
    middle = np.rint(middle).astype(np.int64).reshape(-1, 2)
    cover = np.zeros((len(hue), side, side), np.float32)
    down, right = y - middle[whose, 0] + border, x - middle[whose, 1] + border
    inside = (np.minimum(down, right) >= 0) & (np.maximum(down, right) < side)
    cover[whose[inside], down[inside], right[inside]] = weight[inside]
    of_picture = np.zeros(len(hue), np.int64)
    of_picture[whose] = picture
    return of_picture, cover, middle


def _fitted(
    cover: Floats, middle: NDArray[np.int64], size: int
) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.float64]]:
    """The shape and the size (M,) of each thing, -1 where none is like it, and its middle in pixels: x and y
    (M, 2).
    """
    shapes, kinds, scales, places = _tried(size)
    flat = cover.reshape(-1, shapes.shape[1])
    best = ((shapes**2).sum(1) - 2 * flat @ shapes.T).argmin(1)  # least squares, without what all have
    closest = shapes[best]
    overlap = np.minimum(closest, flat).sum(1) / np.maximum(closest, flat).sum(1).clip(1e-6)
    like = overlap >= _ALIKE
    place = middle[:, ::-1] + places[best]
    return np.where(like, kinds[best], -1), np.where(like, scales[best], -1), place


@cache
def _tried(size: int) -> tuple[Floats, NDArray[np.int64], NDArray[np.int64], NDArray[np.float64]]:
    """All shapes that are tried: what they cover (T, D * D), their kind and the nearest of SIZES (T,), and
    their middle (T, 2) in pixels from the window's middle pixel's left and upper edge, x and y.
    """
    bank, side = covers(size, tuple(np.linspace(RADII[0], RADII[-1], _SIZES_TRIED).tolist())), window(size)
    steps = range(-_AROUND * STEPS, (_AROUND + 1) * STEPS + 1, _STEP)
    found, kinds, scales, places = [], [], [], []
    for kind in range(len(SHAPES)):
        for scale in range(_SIZES_TRIED):
            for down in steps:
                for right in steps:
                    moved = np.zeros((side, side), np.float32)
                    (rows, from_rows), (columns, from_columns) = (
                        _moved(step // STEPS, side) for step in (down, right)
                    )
                    moved[rows, columns] = bank[kind, scale, down % STEPS, right % STEPS][
                        from_rows, from_columns
                    ]
                    found.append(moved.ravel())
                    kinds.append(kind)
                    scales.append(round(scale * (len(SIZES) - 1) / (_SIZES_TRIED - 1)))
                    places.append((right / STEPS, down / STEPS))
    return np.stack(found), np.array(kinds), np.array(scales), np.array(places)


def _moved(pixels: int, side: int) -> tuple[slice, slice]:
    """Where a row lands that is moved by so many pixels, and which part of it that is."""
    return slice(max(0, pixels), side + min(0, pixels)), slice(max(0, -pixels), side - max(0, pixels))


def _listed(
    count: int,
    picture: NDArray[np.int64],
    mass: Floats,
    facts: tuple[NDArray[np.int64], ...],
    middle: NDArray[np.float64],
) -> Seen:
    """Things by picture, from the largest on; their facts (M,) are numbers."""
    order = np.lexsort((-mass, picture))
    picture = picture[order]
    counts = np.bincount(picture, minlength=count)
    rank = np.arange(len(picture)) - (counts.cumsum() - counts)[picture]
    told = rank < MOST
    where, order = (picture[told], rank[told]), order[told]
    numbers = np.full((3, count, MOST), -1, np.int64)
    middles = np.zeros((2, count, MOST))
    for table, fact in zip([*numbers, *middles], [*facts, *middle.T], strict=True):
        table[where] = fact[order]
    return Seen(counts, Things(*numbers, *middles))
