"""Pictures to learn from, by name or from a path: `load` gives an ImageSet, `catalogue` the names.

Asking what there is takes no torch; that is imported when `load` or ImageSet are first asked for.
"""

import importlib
from typing import TYPE_CHECKING

from attngan.data.sources import Source, catalogue

if TYPE_CHECKING:
    from attngan.data.imageset import ImageSet
    from attngan.data.loading import load

__all__ = ["ImageSet", "Source", "catalogue", "load"]

LATER = {"ImageSet": "attngan.data.imageset", "load": "attngan.data.loading"}


def __getattr__(name: str) -> object:
    """One of LATER, imported when it is first asked for: torch takes seconds."""
    if name not in LATER:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(importlib.import_module(LATER[name]), name)
