"""A pair of texts: what is read, what is to be written for it, and from where that comes; knows no torch."""

from typing import NamedTuple

Span = tuple[int, int] | None  # first character and the one behind the last; None: no place in particular


class Pair(NamedTuple):
    """An input and the output to be written for it.

    `spans` has one Span of the input a character of the output, where that comes from; it is empty where
    that is not known.
    """

    input: str
    output: str
    spans: tuple[Span, ...] = ()
