"""A glimpse of a data set for the page: a few pictures or pairs of texts, how many there are, and whose."""

from collections.abc import Sequence
from typing import TypedDict

from attngan.data.pixels import Pixels, spread
from attngan.nn.pair import Pair
from attngan.text import writable
from demo import sheet

MOST_CAPTIONED = 12  # pictures that are shown with their captions
MOST_PAIRS = 12


class Glimpse(TypedDict):
    """What the page shows: one sheet, or pictures with their captions, or pairs of texts."""

    kind: str  # of the items (attngan.kinds)
    src: str  # of the sheet, a data: address; "" where there is none
    captioned: Sequence[tuple[str, str]]  # a picture's data: address, and its caption
    pairs: Sequence[tuple[str, str]]  # what is read, and what is to be written for it
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
        count=len(pairs),
        classes=0,
        credit=credit,
        licence=licence,
    )
