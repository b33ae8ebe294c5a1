"""The letters A to Z in the text fonts that matplotlib ships, each drawn many times a little differently."""

import zlib
from importlib import metadata
from pathlib import Path
from string import ascii_uppercase
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from attngan.data.cache import cached
from attngan.data.found import Found
from attngan.data.pixels import Pixels

if TYPE_CHECKING:
    from PIL import Image

FONTS = (
    "DejaVuSans",
    "DejaVuSans-Bold",
    "DejaVuSans-BoldOblique",
    "DejaVuSans-Oblique",
    "DejaVuSansMono",
    "DejaVuSansMono-Bold",
    "DejaVuSansMono-Oblique",
    "DejaVuSerif",
    "DejaVuSerif-Bold",
    "DejaVuSerif-BoldItalic",
    "DejaVuSerif-Italic",
    "STIXGeneral",
    "STIXGeneralBol",
    "STIXGeneralBolIta",
    "STIXGeneralItalic",
    "cmb10",
    "cmr10",
    "cmss10",
    "cmti10",
    "cmtt10",
)
VARIANTS = 10  # of each letter in each font
_OVERSAMPLING = 2  # drawn so many times larger, then averaged
_HEIGHT = 0.7  # of a capital, as a share of the picture, before it is scaled by the jitter
_WIDEST = 0.8  # of any letter, as a share of the picture; wider ones are drawn smaller


def letters(size: int, _: int | None = None) -> Found:
    """Letters (N, size, size, 1), white on black, with labels 0 (A) to 25 (Z), in order of labels.

    Every call draws the same letters: the jitter is seeded, and does not depend on the size.
    """
    count = len(ascii_uppercase) * len(FONTS) * VARIANTS
    versions = "-".join(metadata.version(package) for package in ("matplotlib", "pillow"))
    recipe = zlib.crc32(repr((FONTS, VARIANTS, _HEIGHT, _WIDEST, _OVERSAMPLING)).encode())
    arrays = cached(
        f"letters-{size}-{recipe:08x}-{versions}",
        {"images": (count, size, size, 1)},
        lambda: {"images": _drawn(size)},
    )
    return Found(
        images=arrays["images"].astype(np.uint8, copy=False),
        labels=np.repeat(np.arange(len(ascii_uppercase)), len(FONTS) * VARIANTS),
        label_names=tuple(ascii_uppercase),
    )


def _drawn(size: int) -> Pixels:
    from PIL import Image

    side = size * _OVERSAMPLING
    random = np.random.default_rng(0)
    glyphs = [_glyphs(font, side) for font in FONTS]
    pictures = []
    for index in range(len(ascii_uppercase)):
        for font in glyphs:
            for _ in range(VARIANTS):
                turned = font[index].transform(
                    (side, side), Image.Transform.AFFINE, _jitter(random, side), Image.Resampling.BICUBIC
                )
                pictures.append(np.asarray(turned.reduce(_OVERSAMPLING)))
    return np.stack(pictures)[..., None]


def _glyphs(font: str, side: int) -> list["Image.Image"]:
    """The letters of one font as white on black, each in the middle of side x side pixels."""
    import matplotlib
    from PIL import Image, ImageDraw, ImageFont

    path = Path(matplotlib.get_data_path()) / "fonts" / "ttf" / f"{font}.ttf"
    _, top, _, bottom = ImageFont.truetype(path, 100).getbbox("H")
    height = 100 * _HEIGHT * side / (bottom - top)
    pictures = []
    for letter in ascii_uppercase:
        left, top, right, bottom = ImageFont.truetype(path, height).getbbox(letter)
        smaller = min(1, _WIDEST * side / max(right - left, bottom - top))
        face = ImageFont.truetype(path, height * smaller)
        left, top, right, bottom = face.getbbox(letter)
        picture = Image.new("L", (side, side))
        corner = ((side - left - right) / 2, (side - top - bottom) / 2)
        ImageDraw.Draw(picture).text(corner, letter, fill=255, font=face)
        pictures.append(picture)
    return pictures


def _jitter(random: np.random.Generator, side: int) -> tuple[float, ...]:
    """The first two rows of a random affine map from output to input pixels, about the middle."""
    angle = np.deg2rad(random.uniform(-10, 10))
    slant = random.uniform(-0.15, 0.15)
    wide, high = random.uniform(0.8, 1.05, 2)
    shift = random.uniform(-0.05, 0.05, 2) * side
    turn = np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]])
    forward: NDArray[np.float64] = turn @ np.array([[wide, slant * high], [0, high]])
    backward = np.linalg.inv(forward)
    middle = np.full(2, side / 2)
    offset = middle - backward @ (middle + shift)
    return (*backward[0], offset[0], *backward[1], offset[1])
