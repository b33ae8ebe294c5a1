"""Files and folders that are written whole or not at all.

What is new is written beside its place under a name that begins with a dot and ends in .new, then moved
there: a reader sees the old or the new, and a full disk or a killed process leaves the old.
"""

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


def write_file(file: Path, data: bytes) -> None:
    """Put the bytes in place of the file, if there is one; raises OSError, and then nothing has changed."""
    file.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(prefix=f".{file.name}.", suffix=".new", dir=file.parent)
    new = Path(name)
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(data)
        new.chmod(0o644)
        new.replace(file)
    finally:
        new.unlink(missing_ok=True)


@contextmanager
def new_folder(folder: Path) -> Iterator[Path]:
    """An empty folder to fill, which takes the place of `folder` at the end, or is gone if that failed."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    new = Path(tempfile.mkdtemp(prefix=f".{folder.name}.", suffix=".new", dir=folder.parent))
    old = new.with_name(f".old{new.name}")
    try:
        yield new
        new.chmod(0o755)
        if folder.exists():
            folder.replace(old)
        new.replace(folder)
        shutil.rmtree(old, ignore_errors=True)
    finally:
        if old.exists() and not folder.exists():
            old.replace(folder)
        shutil.rmtree(new, ignore_errors=True)


def sweep(folder: Path) -> None:
    """Remove what a killed process left half written in the folder; nobody else may be writing there."""
    for left in folder.glob(".*.new"):
        if left.is_dir():
            shutil.rmtree(left, ignore_errors=True)
        else:
            left.unlink(missing_ok=True)
