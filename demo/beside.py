"""Folders that lie beside the packages in a checkout, and inside this one in a wheel (setup.py)."""

from pathlib import Path

HERE = Path(__file__).parent


def folder(name: str) -> Path:
    """The folder `checkpoints` or `docs`."""
    return HERE / name if (HERE / name).is_dir() else HERE.parent / name
