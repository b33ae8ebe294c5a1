"""Pictures as NumPy arrays: .npz with pictures and perhaps labels, or .npy. Pickles are never read.

Shapes: N pictures, H and W pixels, C channels (1 grey, 3 RGB, 4 RGB and alpha), S the wanted size. Arrays are
read part by part, so that only the pictures at their wanted size are held.
"""

import time
import zipfile
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from attngan.data.found import Found, Wanted
from attngan.data.own import archives
from attngan.data.own.arrayfiles import StoredArray, stored
from attngan.data.own.arraynames import Named, named
from attngan.data.own.captionfiles import tidy
from attngan.data.own.classes import flat, numbered
from attngan.data.own.decoding import MAXIMUM_PIXELS, MINIMUM_SIDE
from attngan.data.own.squares import squares
from attngan.data.pixels import Pixels, over_white, spread
from attngan.errors import AttnGanError
from attngan.text import printable

CAPTIONS = "captions"  # the array that may tell what each picture shows
NAMES = "label_names"  # the array that may tell the name of each whole number that is a label
MAXIMUM_RESULT_BYTES = 8 * 2**30  # of all pictures at their wanted size

_WANTED = "uint8 (N, H, W) or (N, H, W, C) with 1, 3 or 4 channels"


def read_npy(path: Path, wanted: Wanted) -> Found:
    """The pictures of a .npy file, without labels."""
    file = printable(path.name)
    array = stored(lambda: path.open("rb"), path.stat().st_size, file)
    _check(array, file)
    images, _, notes = _pictures([array], wanted)
    return Found(images, skipped=notes)


def read_npz(path: Path, wanted: Wanted) -> Found:
    """The pictures of a .npz file and their labels, if it has some: whole numbers, texts or one-hot; and
    `captions`, texts, one a picture.

    `images` and `labels`, `x_train` and `y_train` with their like of val and test, which are joined, and
    other usual names; else the only array that has the shape of pictures. What is not used is told.
    """
    file = printable(path.name)
    with archives.opened(path) as archive:
        arrays, faults = _stored(archive, file)
        chosen = named(arrays)
        if not chosen and faults:
            raise next(iter(faults.values()))
        if not chosen:
            has = _listed(sorted(arrays)) or "nothing"
            raise AttnGanError(f"{file} has no array `images` (it has: {has}): save it as images={_WANTED}.")
        _check(arrays[chosen[0].pictures], file)
        labels, parts = _labels(arrays, _alike(arrays, chosen), file)
        numbers, names = (None, ()) if labels is None else numbered(labels)
        if labels is not None and labels.dtype.kind in "iu" and NAMES in arrays:
            names = _told_names(arrays[NAMES], names)
        captions = _captions(arrays, sum(arrays[part.pictures].shape[0] for part in parts))
        images, keep, more = _pictures([arrays[part.pictures] for part in parts], wanted)
    notes = []
    if len(parts) > 1:
        notes.append(f"{_listed([part.pictures for part in parts])}: joined")
    used = {NAMES, *(name for part in parts for name in (part.pictures, part.labels))}
    used |= {CAPTIONS} if captions else set()
    left = [name for name in [*arrays, *faults] if name not in used]
    if left:
        notes.append(f"arrays that are not used: {_listed(left)}")
    return Found(
        images,
        None if numbers is None else numbers[keep],
        names,
        tuple(captions[index] for index in keep) if captions else (),
        skipped=(*notes, *more),
    )


def _told_names(array: StoredArray, numbers: tuple[str, ...]) -> tuple[str, ...]:
    """What the labels of these numbers are called, as an array (K,) of texts tells it, if it does."""
    names = array.whole() if array.dtype.kind == "U" and len(array.shape) == 1 else np.array([], str)
    return tuple(
        printable(names[int(number)]) if 0 <= int(number) < len(names) else number for number in numbers
    )


def _captions(arrays: dict[str, StoredArray], count: int) -> list[str]:
    """The caption of each picture, as an array (N,) of texts tells them; none if one is empty."""
    array = arrays.get(CAPTIONS)
    if array is None or array.dtype.kind != "U" or array.shape != (count,):
        return []
    captions = [tidy(caption) for caption in array.whole().tolist()]
    return captions if all(captions) else []


def _listed(names: Sequence[str]) -> str:
    more = " and more" if len(names) > 5 else ""
    return ", ".join(printable(name)[:80] for name in names[:5]) + more


def _stored(archive: zipfile.ZipFile, file: str) -> tuple[dict[str, StoredArray], dict[str, AttnGanError]]:
    """The arrays of a .npz by name, and what is wrong with entries that are none."""
    arrays, faults = {}, {}
    for entry in archive.infolist():
        name = entry.filename.removesuffix(".npy")
        try:
            arrays[name] = stored(
                partial(archive.open, entry), entry.file_size, f"{printable(name)} of {file}"
            )
        except AttnGanError as error:
            if name in ("images", "labels"):
                raise
            faults[name] = error
    return arrays, faults


def _check(array: StoredArray, file: str) -> None:
    """Raises AttnGanError for what are no pictures."""
    shape = array.shape
    if array.dtype.hasobject:
        raise AttnGanError(
            f"{array.name} are Python objects (a pickle), which are not read. The pictures differ in shape? "
            f"Give all one shape: {_WANTED}."
        )
    array.check()
    if array.dtype != np.uint8:
        raise AttnGanError(f"The pictures of {file} are {array.dtype}: give {_WANTED}, with values 0 to 255.")
    if len(shape) not in (3, 4) or (len(shape) == 4 and shape[3] not in (1, 3, 4)):
        first = len(shape) == 4 and shape[1] in (1, 3)
        hint = " (are the channels first? move them last)" if first else ""
        raise AttnGanError(f"The pictures of {file} have the shape {shape}{hint}: give {_WANTED}.")
    if min(shape[1:3]) < MINIMUM_SIDE:
        raise AttnGanError(
            f"The pictures of {file} have the shape {shape}, which is less than {MINIMUM_SIDE} pixels "
            f"high or wide: give {_WANTED}."
        )
    if shape[1] * shape[2] > MAXIMUM_PIXELS:
        raise AttnGanError(
            f"The pictures of {file} have {shape[2]} x {shape[1]} pixels, more than "
            f"{MAXIMUM_PIXELS // 10**6} megapixels: make them smaller."
        )


def _alike(arrays: dict[str, StoredArray], chosen: Sequence[Named]) -> list[Named]:
    """Those parts whose pictures have the shape and type of the first one's."""

    def kind(part: Named) -> tuple[object, ...]:
        array = arrays[part.pictures]
        return array.dtype, array.shape[1:] if len(array.shape) == 4 else (*array.shape[1:], 1)

    return [part for part in chosen if kind(part) == kind(chosen[0])]


def _labels(
    arrays: dict[str, StoredArray], chosen: list[Named], file: str
) -> tuple[NDArray[Any] | None, list[Named]]:
    """Labels (N,), and the parts of the set that have them; None and all parts if none has."""
    labels: list[NDArray[Any]] = []
    labelled: list[Named] = []
    for part in chosen:
        if part.labels is None:
            continue
        array = arrays[part.labels]
        try:
            if array.dtype.hasobject:
                raise AttnGanError(
                    f"{array.name} are Python objects (a pickle), which are not read: save them as "
                    f"{part.labels}.astype(str), or leave them out."
                )
            whose = "The labels" if part.labels == "labels" else f"The labels {part.labels}"
            labels.append(flat(array.whole(), arrays[part.pictures].shape[0], f"{whose} of {file}"))
            labelled.append(part)
        except AttnGanError:
            if not part.lenient:
                raise
    if not labels:
        return None, [Named(part.pictures, None) for part in chosen]
    return np.concatenate(labels), labelled


def _pictures(
    arrays: Sequence[StoredArray], wanted: Wanted
) -> tuple[Pixels, NDArray[np.int64], tuple[str, ...]]:
    """The wanted pictures (N, S, S, C) of joined arrays, which those are, and a note of those left."""
    shape = arrays[0].shape
    channels = 1 if len(shape) == 3 or shape[3] == 1 else 3
    keep = spread(sum(array.shape[0] for array in arrays), wanted.most)
    size = (len(keep), wanted.size, wanted.size, channels)
    if np.prod(size, dtype=np.float64) > MAXIMUM_RESULT_BYTES:
        raise AttnGanError(
            f"{len(keep)} pictures of {wanted.size} pixels are more than {MAXIMUM_RESULT_BYTES // 2**30} GB: "
            "use fewer, or make them smaller."
        )
    images = np.empty(size, np.uint8)
    end = time.monotonic() + wanted.seconds
    first = done = 0
    for part in (part for array in arrays for part in array.parts()):
        stop = done + int(np.searchsorted(keep[done:], first + len(part)))
        if stop > done:
            images[done:stop] = _square(part[keep[done:stop] - first], wanted)
        first, done = first + len(part), stop
        if done == len(keep) or time.monotonic() > end:
            break
    left = len(keep) - done
    notes = (f"{left} pictures: reading took longer than {wanted.seconds:g} seconds",) if left else ()
    return images[:done], keep[:done], notes


def _square(pictures: Pixels, wanted: Wanted) -> Pixels:
    if pictures.ndim == 3:
        pictures = pictures[..., None]
    if pictures.shape[3] == 4:
        pictures = over_white(pictures)
    return squares(pictures, wanted)
