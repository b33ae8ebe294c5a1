"""The folder of what visitors upload to one server: gone when the server ends, or swept by the next one."""

import atexit
import contextlib
import os
import shutil
import tempfile
import time
from functools import cache
from pathlib import Path

from filelock import FileLock

from attngan.errors import AttnGanError

PREFIX = "attngan-page-"
NEWBORN_SECONDS = 60  # in which a folder may not have its lock yet


@cache
def uploads_folder() -> Path:
    """This server's own folder, new and private; gradio is told to keep what comes in its `files`.

    It lies in $GRADIO_TEMP_DIR or the system's folder for temporary files, from which it sweeps what servers
    left that have died. Raises AttnGanError where nothing can be written there.
    """
    base = Path(os.environ.get("GRADIO_TEMP_DIR") or tempfile.gettempdir())
    try:
        base.mkdir(parents=True, exist_ok=True)
        sweep(base)
        folder = Path(tempfile.mkdtemp(prefix=PREFIX, dir=base))
        lock = _lock(folder)
        lock.acquire()
    except OSError as error:
        raise AttnGanError(f"{base} cannot be written ({error.strerror}): name another by TMPDIR.") from error
    os.environ["GRADIO_TEMP_DIR"] = str(folder / "files")
    atexit.register(_remove, folder, lock)
    return folder


def sweep(base: Path) -> None:
    """Removes the folders that no living server holds."""
    for folder in base.glob(f"{PREFIX}*"):
        with contextlib.suppress(OSError):  # a Timeout too: its server lives
            if time.time() - folder.stat().st_mtime < NEWBORN_SECONDS and not (folder / ".lock").exists():
                continue
            lock = _lock(folder)
            lock.acquire()
            _remove(folder, lock)


def _lock(folder: Path) -> FileLock:
    return FileLock(folder / ".lock", blocking=False, thread_local=False)


def _remove(folder: Path, lock: FileLock) -> None:
    lock.release(force=True)
    shutil.rmtree(folder, ignore_errors=True)
