"""All files of a folder and below, links followed, each loop cut."""

import os
from pathlib import Path, PurePosixPath

from attngan.data.own.files import reason
from attngan.data.own.names import hidden
from attngan.text import printable

MOST_REPEATS = 4096  # folders that are listed again because another link leads to them


def walked(folder: Path) -> tuple[list[PurePosixPath], tuple[str, ...]]:
    """Paths of the files from the folder on, in order, and notes on what could not be listed.

    What is hidden is not entered; a hidden folder counts as a file. Pipes and devices are passed over.
    A folder that lies in itself by a link is cut. Raises OSError if the folder itself cannot be listed.
    """
    found: list[PurePosixPath] = []
    notes: list[str] = []
    seen: set[tuple[int, int]] = set()
    repeats = 0
    waiting: list[tuple[PurePosixPath, tuple[tuple[int, int], ...]]] = [
        (PurePosixPath(), (_identity(folder),))
    ]
    while waiting:
        place, above = waiting.pop()
        try:
            with os.scandir(folder / place) as listing:
                entries = list(listing)
        except OSError as error:
            if not place.parts:
                raise
            notes.append(f"{printable(place)}: {reason(error)}")
            continue
        for entry in entries:
            path = place / entry.name
            try:
                if hidden(PurePosixPath(entry.name)) or entry.is_file():
                    found.append(path)
                elif entry.is_dir():
                    identity = _identity(Path(entry.path))
                    repeats += identity in seen
                    if identity not in above and (identity not in seen or repeats <= MOST_REPEATS):
                        seen.add(identity)
                        waiting.append((path, (*above, identity)))
                elif entry.is_symlink() and not Path(entry.path).exists():
                    notes.append(f"{printable(path)}: a link that leads nowhere")
            except OSError as error:  # a link to itself, or into a folder that may not be entered
                why = reason(error) if isinstance(error, PermissionError) else "a link that leads nowhere"
                notes.append(f"{printable(path)}: {why}")
    return sorted(found), tuple(sorted(notes))


def _identity(folder: Path) -> tuple[int, int]:
    status = folder.stat()
    return status.st_dev, status.st_ino
