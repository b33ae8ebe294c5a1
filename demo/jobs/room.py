"""The folder in which all jobs lie: who waits there, what is swept, and what makes room for new ones."""

import contextlib
import math
import os
import shutil
import time
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple, TypeVar

from attngan.errors import AttnGanError
from attngan.storage import FULL
from demo.jobs.folder import JobFolder

T = TypeVar("T")

MOST_RUNS = 50
MOST_BYTES = 2 * 1024**3  # of all runs together
LEAST_FREE = 200 * 10**6  # bytes on the drive: a training of the largest pictures writes them in some minutes
LEAST_SHARE = 0.1  # of the drive, where it is so small that this is less
LOOK_SECONDS = 10  # between two looks at the drive while a job runs
YOUNG_SECONDS = 600  # in which a model is not given up for another
PROMISED_SECONDS = 24 * 3600  # that a job which a full drive interrupted is kept, as its page says
STAGING_SECONDS = 3600  # that a job takes at most to be put together


def told(runs: Path, act: Callable[[], T], make_room: Callable[[], None]) -> T:
    """What an act in the folder of all jobs returns; on a full drive it is done again once room was made.

    Raises AttnGanError where the drive is still full, or the folder cannot be written.
    """
    try:
        try:
            return act()
        except OSError as error:
            if error.errno not in FULL:
                raise
            make_room()
            return act()
    except OSError as error:
        if error.errno in FULL:
            raise AttnGanError(
                "The server's disk is full, and no old training can make room: delete some of yours, or try "
                "again later."
            ) from error
        raise AttnGanError(
            f"The folder of trainings, {runs}, cannot be written ({error.strerror}): mend that, or name "
            "another by ATTNGAN_RUNS."
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


def inherited(runs: Path, own: Sequence[JobFolder]) -> list[JobFolder]:
    """The queue of a server that has just become the one whose jobs wait on disk; `own` are in it."""
    for folder in own:
        with contextlib.suppress(AttnGanError, OSError):
            record = folder.record()
            folder.write(record.with_(waiting=not record.stopped))
    queue = waiting_in(runs)
    known = {folder.id for folder in queue}
    return [*queue, *(folder for folder in own if folder.id not in known)]


def place_in_queue(folder: JobFolder) -> int:
    """Its place among the jobs that wait by what lies on disk; 1 where it has just been begun."""
    ids = [job.id for job in waiting_in(folder.path.parent)]
    return 1 + ids.index(folder.id) if folder.id in ids else 1


def sweep(runs: Path) -> None:
    """Removes what died with its server or its run: jobs not put together yet, and files half written."""
    for path in _inside(runs):
        with contextlib.suppress(OSError):
            old = time.time() - path.stat().st_mtime > STAGING_SECONDS
            if old and JobFolder(path).is_unborn():
                shutil.rmtree(path, ignore_errors=True)
    for folder in jobs_of(runs):
        with contextlib.suppress(OSError):
            folder.sweep()


def is_tight(runs: Path) -> bool:
    """Whether the drive of the folder has hardly any room left, whoever filled it."""
    try:
        drive = shutil.disk_usage(runs)
    except OSError:
        return False
    return drive.free < min(LEAST_FREE, LEAST_SHARE * drive.total)


class Gauge:
    """Looks now and then how full a drive is."""

    def __init__(self, runs: Path) -> None:
        self._runs, self._due = runs, -math.inf

    def is_low(self) -> bool:
        """Whether a look was due, and has found it tight."""
        if time.monotonic() < self._due:
            return False
        self._due = time.monotonic() + LOOK_SECONDS
        return is_tight(self._runs)


def make_room(runs: Path, spared: Callable[[JobFolder], bool]) -> None:
    """Deletes jobs until at most MOST_RUNS are left, of MOST_BYTES, on a drive that is not tight; the spared,
    the newest, and what a full drive has interrupted lately always stay.

    Those without a model go first, then those of whoever has most (where bytes are short, of these), the
    oldest first. A model younger than
    YOUNG_SECONDS goes only where bytes are short, or its owner has several and more than all others.
    """
    kept = [Kept.of(folder) for folder in jobs_of(runs)]
    mortal = [one for one in kept[1:] if not one.promised and not spared(one.folder)]
    while mortal and (short := _is_short(runs, kept)):
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
    promised: bool = False  # a full drive interrupted it lately

    @classmethod
    def of(cls, folder: JobFolder) -> "Kept":
        """What is known of it; of a record that has just gone as little as that."""
        try:
            record = folder.record()
        except AttnGanError:
            return cls(folder, "", math.inf, False, 0)
        age = time.time() - record.asked
        full = record.full or folder.told_full()
        promised = full is not None and time.time() - full < PROMISED_SECONDS
        model = folder.run.model() is not None
        return cls(folder, record.owner, age, model, bytes_of(folder.path), promised)


def _is_short(runs: Path, kept: Sequence[Kept]) -> str:
    if sum(one.size for one in kept) > MOST_BYTES or is_tight(runs):
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
