"""What the glossary holds of one term."""

from typing import NamedTuple


class Entry(NamedTuple):
    """One term in one language.

    `example` is drawn by demo/canvas/js/example.js: `[0.9]` is a cell whose shade is the number that it
    shows, `[50 %:0.5]` one that shows the text before the colon and has the shade, 0 to 1, behind it. The
    cells are the same in all languages.
    """

    name: str
    means: str  # one or two plain sentences
    example: str
