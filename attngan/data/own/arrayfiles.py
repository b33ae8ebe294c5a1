"""One array of a .npy or .npz file, of which the header is read first and the rest part by part."""

import math
import warnings
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import IO, Any

import numpy as np
from numpy.lib import format as npy
from numpy.typing import NDArray

from attngan.data.own import archives
from attngan.errors import AttnGanError

PART_BYTES = 16 * 2**20  # read at a time
WHOLE_BYTES = 512 * 2**20  # of an array that can only be read at once


@dataclass(frozen=True)
class StoredArray:
    """An array that is not read yet."""

    name: str  # as a person is told of it
    shape: tuple[int, ...]
    dtype: np.dtype[Any]
    by_columns: bool  # Fortran order
    start: int  # of its values, in bytes
    length: int  # of all, in bytes
    opened: Callable[[], IO[bytes]]

    def check(self) -> None:
        """Raises AttnGanError for Python objects, and where the length does not fit the header."""
        if self.dtype.hasobject:
            raise AttnGanError(f"{self.name} holds Python objects (a pickle), which are not read.")
        if self.length > archives.MAXIMUM_BYTES:
            raise AttnGanError(
                f"{self.name} is larger than {archives.MAXIMUM_BYTES // 2**30} GB: use fewer pictures."
            )
        if math.prod(self.shape) * self.dtype.itemsize != self.length - self.start:
            raise AttnGanError(
                f"{self.name} is cut off: its header tells of {self.shape}, which its length does not fit."
            )

    def whole(self) -> NDArray[Any]:
        """All of it; raises AttnGanError for more than WHOLE_BYTES, and where it is broken."""
        self.check()
        if self.length > WHOLE_BYTES:
            why = "stored by columns (Fortran order) and " if self.by_columns else ""
            raise AttnGanError(
                f"{self.name} is {why}larger than {WHOLE_BYTES // 2**20} MB: use fewer pictures, or save "
                "it with numpy.ascontiguousarray."
            )
        (values,) = self._read([self.length - self.start])
        return np.frombuffer(values, self.dtype).reshape(self.shape, order="F" if self.by_columns else "C")

    def parts(self) -> Iterator[NDArray[Any]]:
        """Some of it at a time, (n, ...), in order; raises AttnGanError where it is broken."""
        self.check()
        one = math.prod(self.shape[1:]) * self.dtype.itemsize
        step = max(1, PART_BYTES // max(1, one))
        starts = range(0, self.shape[0], step)
        if self.by_columns:
            array = self.whole()
            yield from (array[start : start + step] for start in starts)
            return
        for values in self._read(one * min(step, self.shape[0] - start) for start in starts):
            yield np.frombuffer(values, self.dtype).reshape(-1, *self.shape[1:])

    def _read(self, sizes: Iterable[int]) -> Iterator[bytes]:
        try:
            with self.opened() as file:
                file.read(self.start)
                for size in sizes:
                    values = file.read(size)
                    if len(values) < size:
                        raise EOFError
                    yield values
        except archives.BROKEN as error:
            raise AttnGanError(f"{self.name} is broken or cut off: save it again.") from error


def stored(opened: Callable[[], IO[bytes]], length: int, name: str) -> StoredArray:
    """The array in a file of so many bytes, of which only the header is read; AttnGanError if it is none."""
    try:
        with opened() as file, warnings.catch_warnings():
            warnings.simplefilter("ignore")  # on headers that Python 2 wrote
            version = npy.read_magic(file)
            read_header = npy.read_array_header_1_0 if version == (1, 0) else npy.read_array_header_2_0
            shape, by_columns, dtype = read_header(file)
            return StoredArray(name, shape, dtype, by_columns, file.tell(), length, opened)
    except (ValueError, EOFError) as error:
        raise AttnGanError(f"{name} is not a NumPy array: save it with numpy.save or numpy.savez.") from error
    except archives.BROKEN as error:
        raise AttnGanError(f"{name} is broken or cut off: save it again.") from error
