"""A disk that is full: what makes room, what is tried again, and what the page then says and can do."""

import errno
import os
import shutil
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from filelock import FileLock

from attngan import events
from attngan.errors import AttnGanError
from demo.jobs import Jobs, Request, room
from demo.jobs.folder import JobFolder
from tests.demo.test_endings import log_of
from tests.demo.test_jobs import ENDLESS, PRETENDED, wait_for, wait_for_state
from tests.demo.test_jobs_trouble import written
from tests.demo.test_shares import kept, spares_nothing

FULL = OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


class Drive(NamedTuple):
    total: int
    free: int


@pytest.fixture
def jobs(tmp_path: Path) -> Iterator[Jobs]:
    jobs = Jobs(tmp_path / "runs", PRETENDED)
    yield jobs
    jobs.close()


@pytest.fixture
def drive_of(monkeypatch: pytest.MonkeyPatch) -> Callable[[int, int], None]:
    """Lets the drive be of so many bytes, filled by others and by what lies in the folder but for so many."""

    def set_drive(total: int, room_for: int) -> None:
        def usage(runs: Path) -> Drive:
            return Drive(total, room_for - room.bytes_of(Path(runs)))

        monkeypatch.setattr(shutil, "disk_usage", usage)

    return set_drive


def there(runs: Path) -> set[str]:
    return {path.name for path in runs.iterdir()}


def test_room_is_made_until_the_drive_has_some_the_oldest_first(
    tmp_path: Path, drive_of: Callable[[int, int], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(room, "LEAST_FREE", 100_000)
    runs = [kept(tmp_path, "", age, size=40_000) for age in (900, 800, 700, 600)]
    drive_of(10**9, 10**9)
    room.make_room(tmp_path, spares_nothing)
    assert there(tmp_path) == set(runs)
    drive_of(10**9, 300_000)  # of which 100,000 are to be free, and each run has 80,000
    room.make_room(tmp_path, spares_nothing)
    assert there(tmp_path) == set(runs[2:])


def test_of_a_small_drive_a_tenth_is_enough(tmp_path: Path, drive_of: Callable[[int, int], None]) -> None:
    drive_of(30 * 2**20, 3 * 2**20 - 1)
    assert room.is_tight(tmp_path)
    drive_of(30 * 2**20, 3 * 2**20)
    assert not room.is_tight(tmp_path)
    drive_of(10**12, room.LEAST_FREE)
    assert not room.is_tight(tmp_path)
    drive_of(10**12, room.LEAST_FREE - 1)
    assert room.is_tight(tmp_path)


def test_a_drive_that_tells_nothing_makes_no_room(tmp_path: Path) -> None:
    assert not room.is_tight(tmp_path / "not there")


def test_what_a_full_drive_interrupted_is_kept_for_a_day(
    tmp_path: Path, drive_of: Callable[[int, int], None]
) -> None:
    drive_of(10**9, 0)
    runs = [kept(tmp_path, "", age, model=False) for age in (900, 800, 700)]
    for run, hours in zip(runs, (23, 25, 0), strict=True):
        folder = JobFolder(tmp_path / run)
        folder.write(folder.record().with_(full=time.time() - 3600 * hours))
    unnoted = kept(tmp_path, "", 600, model=False)  # its server had died
    log_of(JobFolder(tmp_path / unnoted), events.Failed(step=5, seconds=3, reason="No room.", full=True))
    newest = kept(tmp_path, "", 1)
    room.make_room(tmp_path, spares_nothing)
    assert there(tmp_path) == {runs[0], runs[2], unnoted, newest}


def test_room_is_made_before_a_job_begins_and_while_one_runs(
    jobs: Jobs, drive_of: Callable[[int, int], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(room, "LOOK_SECONDS", 0.05)
    old = kept(jobs.runs, "", 9000)
    first = jobs.start(Request(seed=ENDLESS))
    wait_for(lambda: jobs.news(first).step)
    assert (jobs.runs / old).exists()
    drive_of(10**9, 0)
    wait_for(lambda: not (jobs.runs / old).exists())
    old = kept(jobs.runs, "", 9000)
    jobs.stop(first)
    second = jobs.start(Request(seconds=5))
    wait_for_state(jobs, second, "finished")
    assert not (jobs.runs / old).exists()


def test_looks_at_the_drive_are_now_and_then(
    tmp_path: Path, drive_of: Callable[[int, int], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    now = [100.0]
    monkeypatch.setattr(room.time, "monotonic", lambda: now[0])
    drive_of(10**9, 0)
    gauge = room.Gauge(tmp_path)
    told = []
    for _ in range(4):
        told.append(gauge.is_low())
        now[0] += room.LOOK_SECONDS / 2
    assert told == [True, False, True, False]


def test_what_the_full_drive_refused_is_done_once_room_was_made(
    jobs: Jobs, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(room, "LEAST_SHARE", 2.0)  # any drive is tight
    monkeypatch.setattr(room, "LEAST_FREE", 10**18)
    ended = jobs.start(Request(seconds=5))
    wait_for_state(jobs, ended, "finished")
    wait_for(lambda: not jobs._running)  # its end is noted: from now on nobody else makes room
    real, old = JobFolder.write, kept(jobs.runs, "", 9000)
    newest = kept(jobs.runs, "", -9)

    def write(folder: JobFolder, record: Any) -> None:
        if (jobs.runs / old).exists():
            raise FULL
        real(folder, record)

    with monkeypatch.context() as patch:
        patch.setattr(JobFolder, "write", write)
        jobs.rename(ended, "Kept")
    assert jobs.news(ended).name == "Kept", "what is written is never what makes room"
    assert {ended, newest} <= there(jobs.runs)
    old = kept(jobs.runs, "", 9000)
    with monkeypatch.context() as patch:
        patch.setattr(JobFolder, "write", write)
        jobs.train_longer(ended, 5)
    wait_for_state(jobs, ended, "finished")


def test_a_drive_that_stays_full_is_told_without_the_server_s_paths(tmp_path: Path) -> None:
    tries = []

    def act() -> None:
        tries.append("act")
        raise FULL

    with pytest.raises(AttnGanError, match="disk is full") as told:
        room.told(tmp_path, act, lambda: tries.append("room"))
    assert tries == ["act", "room", "act"]
    assert str(tmp_path) not in str(told.value)


def test_another_trouble_of_the_folder_is_told_at_once(tmp_path: Path) -> None:
    def act() -> None:
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))

    with pytest.raises(AttnGanError, match="Permission denied"):
        room.told(tmp_path, act, lambda: pytest.fail("room does not help"))


def test_a_server_that_starts_sweeps_what_was_half_written(tmp_path: Path) -> None:
    folder, other = written(tmp_path, events_of_run=True), written(tmp_path, events_of_run=True)
    left = []
    for job in (folder, other):
        job.run.lock_file.touch()
        for place in (job.run.path, job.run.frames.path, job.run.snapshots.path, job.run.states.path):
            place.mkdir(exist_ok=True)
            (place / ".0123.new").touch()
        left += [job.path / "job.json.01234567", job.path / "job.json.fedcba98"]
    for path in left:
        path.touch()
    os.utime(left[0], (7, 7))
    before = set(other.path.rglob("*"))
    with FileLock(other.run.lock_file):
        Jobs(tmp_path, PRETENDED).close()
    assert [path.exists() for path in left[:2]] == [False, True], "a new one may still be written"
    assert not [*folder.path.rglob("*.new")]
    assert set(other.path.rglob("*")) == before, "somebody trains there"
