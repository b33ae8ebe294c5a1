"""Rows drawn as a picture: points in their plane, a table in lines."""

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw

from attngan.kinds.lines import lines
from attngan.kinds.rows.plane import SHOWN

SIDE = 512  # pixels of the plane
RADIUS = 2.5  # pixels of a point
MOST_LINES = 32


def plane(points: NDArray[np.floating[Any]]) -> Image.Image:
    """Points (N, 2), of about -1 to 1, y upwards; those outside of the plane are not there."""
    sheet = Image.new("L", (SIDE, SIDE), 255)
    draw = ImageDraw.Draw(sheet)
    for x, y in (np.array([1, -1]) * points / SHOWN + 1) * SIDE / 2:
        draw.ellipse((x - RADIUS, y - RADIUS, x + RADIUS, y + RADIUS), fill=0)
    return sheet


def table(names: Sequence[str], rows: Sequence[Sequence[str]]) -> Image.Image:
    """The names and the first rows below each other, in columns."""
    shown = [names, *rows[:MOST_LINES]]
    widths = [max(map(len, column)) for column in zip(*shown, strict=True)]
    return lines(["  ".join(map(str.rjust, row, widths)) for row in shown])
