"""A folder of picture files, whose sub-folders, if there are any, are the labels."""

import os
from collections.abc import Callable, Sequence
from itertools import takewhile
from pathlib import Path, PurePosixPath
from typing import IO

import numpy as np
from numpy.typing import NDArray

from attngan.data.decoding import UnreadableError, decoded
from attngan.data.found import Found, Wanted
from attngan.data.pixels import Levels, Pixels, spread, stacked
from attngan.errors import AttnGanError

MAXIMUM_FILES = 50_000


def read(folder: Path, wanted: Wanted) -> Found:
    """All pictures in a folder and below, in order of their paths; linked folders are not followed."""
    paths = sorted(
        PurePosixPath((Path(parent) / name).relative_to(folder).as_posix())
        for parent, _, names in os.walk(folder)
        for name in names
    )
    names = [path for path in paths if not hidden(path) and (folder / path).is_file()]
    if not names:
        raise AttnGanError(f"The folder {folder.resolve().name} is empty: put pictures into it.")
    return read_files(names, lambda path: (folder / path).open("rb"), wanted)


def hidden(path: PurePosixPath) -> bool:
    """True for files that systems put beside pictures by themselves."""
    return any(
        part.startswith((".", "__MACOSX")) or part in ("Thumbs.db", "desktop.ini") for part in path.parts
    )


def read_files(
    names: Sequence[PurePosixPath],
    opened: Callable[[PurePosixPath], IO[bytes]],
    wanted: Wanted,
) -> Found:
    """Pictures of named files; those that cannot be read are told in `skipped`.

    `opened` may raise UnreadableError or OSError for one file. Of more than MAXIMUM_FILES, or
    `wanted.most`, only so many are tried, evenly spread.
    """
    chosen = [names[index] for index in spread(len(names), min(wanted.most or MAXIMUM_FILES, MAXIMUM_FILES))]
    skipped = []
    if len(names) > MAXIMUM_FILES and (wanted.most is None or wanted.most > MAXIMUM_FILES):
        skipped.append(f"{len(names) - MAXIMUM_FILES} files: more than {MAXIMUM_FILES}")
    pictures: list[Pixels | Levels] = []
    used: list[PurePosixPath] = []
    for name in chosen:
        try:
            with opened(name) as file:
                pictures.append(decoded(file, wanted))
            used.append(name)
        except UnreadableError as error:
            skipped.append(f"{_printable(name)}: {error}")
        except OSError as error:
            skipped.append(f"{_printable(name)}: {error.strerror or 'could not be opened'}")
    images, depths = stacked(pictures)
    labels, label_names, note = _labels(used)
    return Found(images, labels, label_names, skipped=(*skipped, *depths, *note))


def _labels(
    names: Sequence[PurePosixPath],
) -> tuple[NDArray[np.int64] | None, tuple[str, ...], tuple[str, ...]]:
    """Labels (N,) by the first folder in which the paths differ, and their names, or None and a note."""
    folders = [name.parts[:-1] for name in names]
    shared = sum(1 for _ in takewhile(lambda parts: len(set(parts)) == 1, zip(*folders, strict=False)))
    firsts = [folder[shared] if len(folder) > shared else None for folder in folders]
    label_names = sorted({first for first in firsts if first is not None})
    if not label_names:
        return None, (), ()
    if None in firsts:
        return None, (), ("labels: some pictures lie in no sub-folder, so there are none",)
    numbers = {name: number for number, name in enumerate(label_names)}
    labels = np.array([numbers[first] for first in firsts if first is not None], np.int64)
    return labels, tuple(_printable(name) for name in label_names), ()


def _printable(name: PurePosixPath | str) -> str:
    """The name with "?" for what cannot be shown: broken bytes of other systems, control characters."""
    return "".join(character if character.isprintable() else "?" for character in str(name))
