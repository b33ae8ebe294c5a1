"""The Explore tab: samples from noise, and where the generator looked."""

from demo.explorer.tab import Explorer, build, show_link, show_run

__all__ = ["Explorer", "build", "show_link", "show_run"]
