"""MNIST, Fashion-MNIST, KMNIST and CIFAR-10: read where they lie, else downloaded by torchvision."""

import functools
import os
import pickle
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy as np

from attngan.data.cache import cache_folder
from attngan.data.found import Found, Reader
from attngan.data.pixels import resized, spread
from attngan.data.sources import CIFAR10, FASHION, KMNIST, MNIST, Source
from attngan.errors import AttnGanError

FOLDER_VARIABLE = "ATTNGAN_DATA"  # names a folder laid out as torchvision lays out its own
SILENCE_SECONDS = 15.0  # a download from which nothing comes for so long is given up
OFFLINE_NAMES = (
    "faces, emoji, digits, letters, twins, mirror, scenes, scenes-grid, scenes-anywhere and emoji-words"
)

_UNREADABLE = (
    OSError,
    ValueError,
    RuntimeError,
    AssertionError,
    EOFError,
    LookupError,
    pickle.UnpicklingError,
)


def _read(name: str, source: Source, size: int, max_pictures: int | None) -> Found:
    """The training pictures (N, size, size, C) with labels; 28 pixels get a black border of 2."""
    from torchvision import datasets

    opened = _opened(getattr(datasets, name), source)
    images = np.asarray(opened.data)
    labels = np.asarray(opened.targets, np.int64)
    keep = spread(len(images), max_pictures)
    images = images[keep]
    if images.ndim == 3:
        images = np.pad(images, ((0, 0), (2, 2), (2, 2)))[..., None]
    return Found(resized(images, size), labels[keep], tuple(str(name) for name in opened.classes))


def _opened(dataset: Any, source: Source) -> Any:
    """The torchvision data set from the first folder that has it, else downloaded to the cache folder."""
    downloads = cache_folder() / "torchvision"
    own_folder = os.environ.get(FOLDER_VARIABLE)
    for folder in [Path(own_folder), downloads] if own_folder else [downloads]:
        try:
            return dataset(str(folder), train=True, download=False)
        except _UNREADABLE:  # not there, or broken there: the next place, at last the download
            continue
    try:
        downloads.mkdir(parents=True, exist_ok=True)
        with _giving_up_on_silence():
            return dataset(str(downloads), train=True, download=True)
    except _UNREADABLE as error:
        raise AttnGanError(
            f"{source.title} is not on this computer and could not be downloaded; {OFFLINE_NAMES} need no "
            f"network, and {FOLDER_VARIABLE} may name the folder where it lies."
        ) from error


@contextmanager
def _giving_up_on_silence() -> Iterator[None]:
    """Within, connections fail after SILENCE_SECONDS without a byte; torchvision itself sets no limit."""
    before = socket.getdefaulttimeout()
    socket.setdefaulttimeout(SILENCE_SECONDS)
    try:
        yield
    finally:
        socket.setdefaulttimeout(before)


_CLASSES = {"MNIST": MNIST, "FashionMNIST": FASHION, "KMNIST": KMNIST, "CIFAR10": CIFAR10}  # of torchvision
READERS: dict[str, Reader] = {
    source.name: functools.partial(_read, name, source) for name, source in _CLASSES.items()
}
