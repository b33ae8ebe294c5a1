"""Data to learn from, by name or from a path: `load` gives a data set, `catalogue` the names.

`pictures`, `pairs` and `table` load those of one kind. Asking what there is takes no torch; that is imported
when one of these, ImageSet, PairSet or RowSet are first asked for.
"""

import importlib
from typing import TYPE_CHECKING

from attngan.data.sources import Source, catalogue

if TYPE_CHECKING:
    from attngan.data.imageset import ImageSet
    from attngan.data.loading import load, pairs, pictures, table
    from attngan.data.rows.rowset import RowSet
    from attngan.data.texts.pairset import PairSet

__all__ = ["ImageSet", "PairSet", "RowSet", "Source", "catalogue", "load", "pairs", "pictures", "table"]

LATER = {
    "ImageSet": "attngan.data.imageset",
    "PairSet": "attngan.data.texts.pairset",
    "RowSet": "attngan.data.rows.rowset",
    **dict.fromkeys(("load", "pairs", "pictures", "table"), "attngan.data.loading"),
}


def __getattr__(name: str) -> object:
    """One of LATER, imported when it is first asked for: torch takes seconds."""
    if name not in LATER:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(importlib.import_module(LATER[name]), name)
