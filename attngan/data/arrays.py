"""Pictures as NumPy arrays: .npz with `images` and perhaps `labels`, or .npy. Pickles are refused.

Shapes: N pictures, H and W pixels, C channels (1 grey, 3 RGB, 4 RGB and alpha), S the wanted size.
"""

import math
from pathlib import Path
from typing import IO

import numpy as np
from numpy.lib import format as npy
from numpy.typing import NDArray

from attngan.data import archives
from attngan.data.decoding import MINIMUM_SIDE
from attngan.data.found import Found, Wanted
from attngan.data.pixels import over_white, resized, spread
from attngan.errors import AttnGanError

_WANTED = "uint8 (N, H, W) or (N, H, W, C) with 1, 3 or 4 channels"


def read_npy(path: Path, wanted: Wanted) -> Found:
    """The pictures of a .npy file, without labels."""
    with path.open("rb") as file:
        images = _array(file, path.stat().st_size, path.name)
    return _found(images, None, path.name, wanted)


def read_npz(path: Path, wanted: Wanted) -> Found:
    """The pictures `images` of a .npz file, and its `labels` if it has some: whole numbers or texts (N,)."""
    with archives.opened(path) as archive:
        entries = {entry.filename.removesuffix(".npy"): entry for entry in archive.infolist()}
        if "images" not in entries:
            has = ", ".join(sorted(entries)[:5]) or "nothing"
            raise AttnGanError(
                f"{path.name} has no array `images` (it has: {has}): save it as images={_WANTED}."
            )
        loaded = {}
        for name in ("images", "labels"):
            if name in entries:
                try:
                    with archive.open(entries[name]) as file:
                        loaded[name] = _array(file, entries[name].file_size, f"{name} of {path.name}")
                except archives.BROKEN as error:
                    raise AttnGanError(
                        f"{name} of {path.name} is broken or cut off: save it again."
                    ) from error
    return _found(loaded["images"], loaded.get("labels"), path.name, wanted)


def _array(file: IO[bytes], length: int, name: str) -> NDArray[np.generic]:
    """The array of an open .npy of so many bytes, whose header is checked before anything is allocated."""
    if length > archives.MAXIMUM_BYTES:
        raise AttnGanError(f"{name} is larger than {archives.MAXIMUM_BYTES // 2**30} GB: use fewer pictures.")
    try:
        version = npy.read_magic(file)
        read_header = npy.read_array_header_1_0 if version == (1, 0) else npy.read_array_header_2_0
        shape, by_columns, dtype = read_header(file)
        header_length = file.tell()
    except (ValueError, EOFError) as error:
        raise AttnGanError(f"{name} is not a NumPy array: save it with numpy.save or numpy.savez.") from error
    if dtype.hasobject:
        raise AttnGanError(f"{name} holds Python objects (a pickle), which is refused: save it as {_WANTED}.")
    if math.prod(shape) * dtype.itemsize != length - header_length:
        raise AttnGanError(f"{name} is cut off: its header tells of {shape}, which its length does not fit.")
    array = np.frombuffer(file.read(), dtype)
    return array.reshape(shape, order="F" if by_columns else "C")


def _found(
    images: NDArray[np.generic],
    labels: NDArray[np.generic] | None,
    name: str,
    wanted: Wanted,
) -> Found:
    if images.dtype != np.uint8:
        raise AttnGanError(
            f"The pictures of {name} are {images.dtype}: give {_WANTED}, with values 0 to 255."
        )
    if images.ndim not in (3, 4) or (images.ndim == 4 and images.shape[3] not in (1, 3, 4)):
        hint = (
            " (are the channels first? move them last)"
            if images.ndim == 4 and images.shape[1] in (1, 3)
            else ""
        )
        raise AttnGanError(f"The pictures of {name} have the shape {images.shape}{hint}: give {_WANTED}.")
    if min(images.shape[1:3]) < MINIMUM_SIDE:
        raise AttnGanError(
            f"The pictures of {name} have the shape {images.shape}, which is less than {MINIMUM_SIDE} pixels "
            f"high or wide: give {_WANTED}."
        )
    keep = spread(len(images), wanted.most)
    numbers, label_names = (None, ()) if labels is None else _numbered(labels, len(images), name)
    pictures = images.view(np.uint8)[keep]
    if pictures.ndim == 3:
        pictures = pictures[..., None]
    if pictures.shape[3] == 4:
        pictures = over_white(pictures)
    return Found(resized(pictures, wanted.size), None if numbers is None else numbers[keep], label_names)


def _numbered(
    labels: NDArray[np.generic], count: int, name: str
) -> tuple[NDArray[np.int64], tuple[str, ...]]:
    """Labels as numbers (N,) counted from 0 without gaps, and the text of each."""
    if labels.shape != (count,):
        raise AttnGanError(
            f"The labels of {name} have the shape {labels.shape}: give one a picture, ({count},)."
        )
    if labels.dtype.kind not in "iubU":
        raise AttnGanError(f"The labels of {name} are {labels.dtype}: give whole numbers or texts.")
    values, numbers = np.unique(labels, return_inverse=True)
    return numbers.astype(np.int64), tuple(str(value) for value in values)
