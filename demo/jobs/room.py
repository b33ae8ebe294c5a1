"""The folder in which all jobs lie: who waits there, what is swept, and what makes room for new ones."""

import contextlib
import os
import shutil
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from platformdirs import user_data_path

from attngan.errors import AttnGanError
from demo.jobs.folder import JobFolder

MOST_RUNS = 50
MOST_BYTES = 2 * 1024**3  # of all runs together
STAGING_SECONDS = 3600  # that a job takes at most to be put together


def runs_folder() -> Path:
    """Where trainings of the page are kept: $ATTNGAN_RUNS, or a folder of the platform's user data."""
    given = os.environ.get("ATTNGAN_RUNS")
    return Path(given).expanduser() if given else user_data_path("attngan", appauthor=False) / "runs"


@contextlib.contextmanager
def told(runs: Path) -> Iterator[None]:
    """Inside, a folder of all jobs, `runs`, that is full or cannot be written is an AttnGanError."""
    try:
        yield
    except OSError as error:
        raise AttnGanError(
            f"The folder of trainings, {runs}, cannot be written ({error.strerror}): make room there, or "
            "name another by ATTNGAN_RUNS."
        ) from error


def jobs_of(runs: Path) -> list[JobFolder]:
    """All jobs, those asked for last first; one that cannot be read is not among them."""
    found = []
    for path in _inside(runs):
        with contextlib.suppress(AttnGanError):
            found.append((JobFolder.find(runs, path.name).record().asked, path))
    return [JobFolder(path) for _, path in sorted(found, reverse=True)]


def waiting_in(runs: Path) -> list[JobFolder]:
    """The jobs that wait by what lies on disk, the next one first."""
    return [folder for folder in reversed(jobs_of(runs)) if folder.waits()]


def place_in_queue(folder: JobFolder) -> int:
    """Its place among the jobs that wait by what lies on disk; 1 where it has just been begun."""
    ids = [job.id for job in waiting_in(folder.path.parent)]
    return 1 + ids.index(folder.id) if folder.id in ids else 1


def sweep(runs: Path) -> None:
    """Removes what servers left that died before they had put together a job."""
    for path in _inside(runs):
        with contextlib.suppress(OSError):
            old = time.time() - path.stat().st_mtime > STAGING_SECONDS
            if old and JobFolder(path).is_unborn():
                shutil.rmtree(path, ignore_errors=True)


def make_room(runs: Path, spared: Callable[[JobFolder], bool]) -> None:
    """Deletes the oldest jobs beyond MOST_RUNS or MOST_BYTES but for the spared; the newest always stays."""
    total = 0
    for count, folder in enumerate(jobs_of(runs), start=1):
        total += bytes_of(folder.path)
        if count > 1 and (count > MOST_RUNS or total > MOST_BYTES) and not spared(folder):
            shutil.rmtree(folder.path, ignore_errors=True)


def bytes_of(folder: Path) -> int:
    """Size of all files in a folder, of which files and folders may vanish meanwhile."""
    total = 0
    for path, _, names in os.walk(folder):  # not rglob, which fails where a folder vanishes
        for name in names:
            with contextlib.suppress(OSError):
                total += (Path(path) / name).stat().st_size
    return total


def _inside(runs: Path) -> list[Path]:
    try:
        return list(runs.iterdir())
    except OSError:
        return []
