"""Pictures to learn from, by name or from a path: `load` gives an ImageSet, `catalogue` the names."""

from attngan.data.imageset import ImageSet
from attngan.data.loading import catalogue, load
from attngan.data.source import Source

__all__ = ["ImageSet", "Source", "catalogue", "load"]
