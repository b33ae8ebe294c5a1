"""The Train tab: choose pictures, press Start, watch a network learn to draw them."""

from demo.train.parts import style
from demo.train.tab import build

__all__ = ["build", "style"]
