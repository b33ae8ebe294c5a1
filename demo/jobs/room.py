"""The folder in which all jobs lie: who waits there, what is swept, and what makes room for new ones."""

import contextlib
import math
import os
import shutil
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from platformdirs import user_data_path

from attngan.errors import AttnGanError
from demo.jobs.folder import JobFolder

MOST_RUNS = 50
MOST_BYTES = 2 * 1024**3  # of all runs together
YOUNG_SECONDS = 600  # in which a model is not given up for another
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
    """Deletes jobs until at most MOST_RUNS are left, of MOST_BYTES; the spared and the newest always stay.

    Those without a model go first, then those of whoever has most (where bytes are short, of these), the
    oldest first. A model younger than
    YOUNG_SECONDS goes only where bytes are short, or its owner has several and more than all others.
    """
    kept = [Kept.of(folder) for folder in jobs_of(runs)]
    mortal = [one for one in kept[1:] if not spared(one.folder)]
    while mortal and (short := _is_short(kept)):
        having = Counter[str]()
        for one in kept:
            having[one.owner] += one.size if short == "bytes" else 1
        most = max(2, *having.values())
        ripe = [
            one
            for one in mortal
            if not one.model or one.age > YOUNG_SECONDS or having[one.owner] == most or short == "bytes"
        ]
        if not ripe:
            return
        victim = min(ripe, key=lambda one: (one.model, -having[one.owner] if one.model else 0, -one.age))
        shutil.rmtree(victim.folder.path, ignore_errors=True)
        kept.remove(victim)
        mortal.remove(victim)


class Kept(NamedTuple):
    """A job as far as it counts for what makes room."""

    folder: JobFolder
    owner: str
    age: float  # seconds since somebody last wanted it trained
    model: bool
    size: int  # bytes

    @classmethod
    def of(cls, folder: JobFolder) -> "Kept":
        """What is known of it; of a record that has just gone as little as that."""
        try:
            record = folder.record()
        except AttnGanError:
            return cls(folder, "", math.inf, False, 0)
        age = time.time() - record.asked
        return cls(folder, record.owner, age, folder.run.model() is not None, bytes_of(folder.path))


def _is_short(kept: Sequence[Kept]) -> str:
    if sum(one.size for one in kept) > MOST_BYTES:
        return "bytes"
    return "runs" if len(kept) > MOST_RUNS else ""


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
