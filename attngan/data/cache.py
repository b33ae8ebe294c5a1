"""Arrays that took long to make, kept in the platform's cache folder; a broken cache is made again."""

import os
import tempfile
import time
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from platformdirs import user_cache_path

HALF, WRITING_SECONDS = ".part", 600  # the end of a name while it is written, for so long at most

Arrays = dict[str, NDArray[np.generic]]


def cache_folder() -> Path:
    """The folder of this application inside the platform's cache folder; it need not exist."""
    return user_cache_path("attngan", appauthor=False)


def cached(key: str, shapes: dict[str, tuple[int | None, ...]], build: Callable[[], Arrays]) -> Arrays:
    """The arrays of `build`, from the cache where they lie there whole, else built and kept.

    `shapes` has the shape each array must have, None where any length will do; the cached file is
    used only if it has exactly these arrays. `key` must change with all that the arrays depend on.
    A cache folder that cannot be written only costs the time to build.
    """
    path = cache_folder() / f"{key}.npz"
    arrays = _read(path)
    if arrays is not None and _fits(arrays, shapes):
        return arrays
    arrays = build()
    _write(path, arrays)
    return arrays


def _fits(arrays: Arrays, shapes: dict[str, tuple[int | None, ...]]) -> bool:
    return arrays.keys() == shapes.keys() and all(
        array.ndim == len(shapes[name])
        and all(wanted in (None, length) for wanted, length in zip(shapes[name], array.shape, strict=True))
        for name, array in arrays.items()
    )


def _read(path: Path) -> Arrays | None:
    """The arrays of a file, or None if it is missing or broken."""
    try:
        with path.open("rb") as file, np.load(file, allow_pickle=False) as archive:
            return {name: archive[name] for name in archive.files}
    except (OSError, ValueError, KeyError, EOFError, TypeError, zipfile.BadZipFile, zlib.error):
        return None  # TypeError: a lone .npy under the archive's name is read as an array, not an archive


def _write(path: Path, arrays: Arrays) -> None:
    """Whole or not at all: written beside under a temporary name, then renamed."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        _sweep(path.parent)
        handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=path.stem, suffix=HALF)
        try:
            with os.fdopen(handle, "wb") as file:
                np.savez_compressed(file, allow_pickle=False, **arrays)
            Path(temporary).replace(path)
        except BaseException:
            Path(temporary).unlink()
            raise
    except OSError:
        return


def _sweep(folder: Path) -> None:
    """Remove what was half written when its writer was killed; raises OSError."""
    for left in folder.glob(f"*{HALF}"):
        if time.time() - left.stat().st_mtime > WRITING_SECONDS:
            left.unlink(missing_ok=True)
