"""Texts drawn as a picture, a line each."""

from collections.abc import Sequence
from pathlib import Path

import matplotlib
from PIL import Image, ImageDraw, ImageFont

SIZE, MARGIN, LINE = 14, 8, 20  # pixels
MOST_CHARACTERS = 80  # of a line that are drawn
FONT = "DejaVuSansMono.ttf"  # ships with matplotlib; what it lacks is drawn as a box


def lines(texts: Sequence[str]) -> Image.Image:
    """A grey picture of the texts below each other, each cut to MOST_CHARACTERS."""
    font = ImageFont.truetype(Path(matplotlib.get_data_path()) / "fonts" / "ttf" / FONT, SIZE)
    shown = [text if len(text) <= MOST_CHARACTERS else f"{text[: MOST_CHARACTERS - 1]}…" for text in texts]
    width = max((font.getlength(text) for text in shown), default=0)
    sheet = Image.new("L", (int(width) + 2 * MARGIN, LINE * len(shown) + 2 * MARGIN), 255)
    draw = ImageDraw.Draw(sheet)
    for row, text in enumerate(shown):
        draw.text((MARGIN, MARGIN + LINE * row), text, fill=0, font=font)
    return sheet
