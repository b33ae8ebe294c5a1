"""The person's own pictures, whatever form they have: a folder, a .zip, .npz or .npy, or single files.

What comes from outside is not trusted: bounds are judged before anything is allocated, and what cannot be
used is named. Nothing here imports torch. docs/pictures.md tells people what is read and how.
"""

from attngan.data.own.reading import SUFFIXES, UNNAMED, read, source

__all__ = ["SUFFIXES", "UNNAMED", "read", "source"]
