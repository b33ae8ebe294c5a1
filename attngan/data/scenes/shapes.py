"""The shapes of scenes: how much of each pixel they cover.

Shapes: K kinds of shape, Z sizes, F steps of a pixel, D pixels of a window, S of the picture's side.
"""

from functools import cache

import numpy as np
from numpy.typing import NDArray

from attngan.data.scenes.scene import SHAPES

RADII = (
    0.1,
    0.15,
)  # of a small and a large circle, as shares of the picture's side; the others are about as large
REACH = 1.4  # farthest point of any shape from its middle, in radii of the circle
STEPS = 8  # places within a pixel, across and down, at which a shape may lie


def window(size: int) -> int:
    """Side D in pixels, an odd number, of what holds every shape wherever its middle lies in the middle
    pixel.
    """
    return 2 * int(np.ceil(RADII[-1] * REACH * size)) + 3


@cache
def covers(size: int, radii: tuple[float, ...] = RADII) -> NDArray[np.float32]:
    """What each shape covers: float32 (K, Z, F, F, D, D) in [0, 1], its middle moved down and right by F-ths;
    the sizes are those of RADII or of other `radii` up to the largest of these.
    """
    side = window(size)
    fine = (np.arange((side + 1) * STEPS) + 0.5) / STEPS - (side // 2 + 1)  # pixels from the middle
    found = np.empty((len(SHAPES), len(radii), STEPS, STEPS, side, side), np.float32)
    for index, radius in enumerate(radii):
        for kind, inside in enumerate(_inside(fine[:, None] / (radius * size), fine[None] / (radius * size))):
            for down in range(STEPS):
                for right in range(STEPS):
                    cut = inside[STEPS - down :, STEPS - right :][: side * STEPS, : side * STEPS]
                    found[kind, index, down, right] = cut.reshape(side, STEPS, side, STEPS).mean((1, 3))
    found.setflags(write=False)
    return found


def _inside(y: NDArray[np.float64], x: NDArray[np.float64]) -> list[NDArray[np.bool_]]:
    """Which points lie in each of SHAPES; y down (H, 1), x right (1, W), in radii of the circle.

    The middle of each is its centre of gravity.
    """
    radius = np.hypot(x, y)
    circle = radius < 1
    square = np.maximum(np.abs(x), np.abs(y)) < 0.9
    triangle = (np.abs(x) < (y + 1.4) * 1.2 / 2.1) & (y < 0.7)
    point = np.abs(
        (np.arctan2(x, -y) + np.pi / 5) % (2 * np.pi / 5) - np.pi / 5
    )  # angle from the nearest tip
    outer, inner = 1.3, 0.58
    along, across = radius * np.cos(point), radius * np.sin(point)
    foot, rise = inner * np.cos(np.pi / 5), inner * np.sin(np.pi / 5)
    star = (outer - along) * rise > across * (outer - foot)
    return [circle, square, triangle, star]
