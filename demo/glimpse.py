"""A glimpse of a data set for the page: some pictures, pairs of texts or rows, how many, and whose."""

from collections.abc import Sequence
from typing import TypedDict

from attngan.data.pixels import Pixels, spread
from attngan.nn.pair import Pair
from attngan.text import writable
from demo import sheet

MOST_CAPTIONED = 12  # pictures that are shown with their captions
MOST_PAIRS = 12
MOST_ROWS = 8


class Glimpse(TypedDict):
    """What the page shows: one sheet, pictures with their captions, pairs of texts, or rows of a table."""

    kind: str  # of the items (attngan.kinds)
    src: str  # of the sheet, a data: address; "" where there is none
    captioned: Sequence[tuple[str, str]]  # a picture's data: address, and its caption
    pairs: Sequence[tuple[str, str]]  # what is read, and what is to be written for it
    table: Sequence[Sequence[str]]  # the names of the columns, and rows
    count: int  # of all items; 0 where only a few were read
    classes: int
    credit: str
    licence: str


def of_pictures(
    images: Pixels,
    captions: Sequence[str],
    count: int = 0,
    classes: int = 0,
    credit: str = "",
    licence: str = "",
) -> Glimpse:
    """Of the pictures uint8 (N, S, S, C), C 1 or 3, with their captions where there are some."""
    told = [
        (sheet.address(images[index : index + 1]), captions[index])
        for index in spread(len(images) if captions else 0, MOST_CAPTIONED)
    ]
    return Glimpse(
        kind="pictures",
        src="" if told else sheet.address(images),
        captioned=told,
        pairs=(),
        table=(),
        count=count,
        classes=classes,
        credit=credit,
        licence=licence,
    )


def of_pairs(pairs: Sequence[Pair], credit: str = "", licence: str = "") -> Glimpse:
    """Of pairs of texts."""
    told = [writable(pairs[index][:2]) for index in spread(len(pairs), MOST_PAIRS)]
    return Glimpse(
        kind="text",
        src="",
        captioned=(),
        pairs=told,
        table=(),
        count=len(pairs),
        classes=0,
        credit=credit,
        licence=licence,
    )


def of_rows(
    names: Sequence[str],
    rows: Sequence[Sequence[str]],
    src: str = "",
    classes: int = 0,
    credit: str = "",
    licence: str = "",
) -> Glimpse:
    """Of rows of a table; of points the picture at `src`."""
    return Glimpse(
        kind="rows",
        src=src,
        captioned=(),
        pairs=(),
        table=() if src else [names, *(rows[index] for index in spread(len(rows), MOST_ROWS))],
        count=len(rows),
        classes=classes,
        credit=credit,
        licence=licence,
    )
