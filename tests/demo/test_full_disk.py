"""A disk that is full: what makes room, what is tried again, and what the page then says and can do."""

import errno
import os
import shutil
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from filelock import FileLock

from attngan import events
from attngan.errors import AttnGanError
from attngan.run.backends import Status
from demo.jobs import Jobs, Request, room
from demo.jobs.folder import JobFolder
from demo.jobs.news import news, state_of_ended
from demo.jobs.running import RunningJob
from tests.demo.test_jobs import ENDLESS, PRETENDED, wait_for, wait_for_state
from tests.demo.test_jobs_trouble import TICKET, Noted, written
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
    newest = kept(tmp_path, "", 1)
    room.make_room(tmp_path, spares_nothing)
    assert there(tmp_path) == {runs[0], runs[2], newest}


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


class Ended(Noted):
    """A backend at which each run has ended with this code."""

    def __init__(self, code: int | None) -> None:
        super().__init__()
        self.code = code

    def state(self, ticket: object) -> Status:
        return Status(running=False, code=self.code)


def log_of(folder: JobFolder, *told: events.Event) -> None:
    folder.run.path.mkdir(exist_ok=True)
    folder.run.events_file.write_text("".join(f"{event.model_dump_json()}\n" for event in told))


def test_a_run_that_says_that_the_drive_is_full_was_interrupted_and_can_go_on(tmp_path: Path) -> None:
    folder = written(tmp_path, begun=7.0)
    reason = f"{tmp_path} cannot be written: make room there."
    log_of(folder, events.Failed(step=5, seconds=3, reason=reason, full=True))
    folder.run.resume_file.touch()
    found = news(folder, state_of_ended(folder, folder.record()), 0, 0)
    assert (found.state, found.full, found.longer, found.reason) == ("interrupted", True, True, None)
    assert str(tmp_path) not in found.model_dump_json()
    RunningJob(folder, Ended(1), TICKET, 60).note_how_it_ended()
    assert folder.record().failed == ""
    assert folder.record().full == pytest.approx(time.time(), abs=60)
    assert folder.record().extended(60).full is None


def test_one_that_was_sent_on_before_its_end_was_noted_is_not_told_of_that_end(tmp_path: Path) -> None:
    folder = written(tmp_path, begun=7.0)
    log_of(folder, events.Failed(step=5, seconds=3, reason="No room.", full=True))
    folder.write(folder.record().extended(60))
    running = RunningJob(folder, Ended(1), TICKET, 60)
    running.find_tight()
    running.note_how_it_ended()
    assert folder.record().full is None


def test_a_run_that_could_tell_it_only_on_its_log_was_interrupted_too(tmp_path: Path) -> None:
    folder = written(tmp_path, begun=7.0)
    folder.log.write_text(f"error: {tmp_path}/run cannot be written: {FULL.strerror}.\n")
    RunningJob(folder, Ended(1), TICKET, 60).note_how_it_ended()
    record = folder.record()
    found = news(folder, state_of_ended(folder, record), 0, 0)
    assert (found.state, found.full, found.longer) == ("interrupted", True, True), "it begins anew"
    assert record.failed == ""


@pytest.mark.parametrize(("code", "full"), [(1, True), (-9, False), (None, False)])
def test_on_a_tight_drive_a_run_that_ended_without_a_word_had_no_room_for_one(
    tmp_path: Path, code: int | None, full: bool
) -> None:
    folder = written(tmp_path, begun=7.0)
    running = RunningJob(folder, Ended(code), TICKET, 60)
    running.find_tight()
    running.note_how_it_ended()
    found = news(folder, state_of_ended(folder, folder.record()), 0, 0)
    assert (found.state, found.full) == ("interrupted", full)


def test_one_without_a_word_had_no_room_for_it_also_where_room_was_made_before_its_end_was_seen(
    tmp_path: Path, drive_of: Callable[[int, int], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    wordless = "import sys, time; from pathlib import Path; home = Path(sys.argv[1])"
    wordless += "\nwhile not (home / 'met').exists(): time.sleep(0.01)\nsys.exit(1)"
    jobs = Jobs(tmp_path / "runs", (sys.executable, "-c", wordless, str(tmp_path)))
    monkeypatch.setattr(room, "LOOK_SECONDS", 0.05)
    monkeypatch.setattr(room, "LEAST_FREE", 50_000)
    old = kept(jobs.runs, "", 9000, size=100_000)
    run = jobs.start(Request())
    wait_for(lambda: jobs.find(run).record().ticket)
    drive_of(10**9, room.bytes_of(jobs.runs) + 2000)
    wait_for(lambda: not (jobs.runs / old).exists())
    (tmp_path / "met").touch()
    wait_for_state(jobs, run, "interrupted", "failed")
    found = jobs.news(run)
    jobs.close()
    assert (found.state, found.full, found.longer) == ("interrupted", True, True)


def test_what_ended_without_a_word_long_after_the_drive_was_tight_has_failed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = written(tmp_path, begun=7.0)
    running = RunningJob(folder, Ended(1), TICKET, 60)
    running.find_tight()
    monkeypatch.setattr("demo.jobs.running.TIGHT_SECONDS", 0)
    running.note_how_it_ended()
    assert news(folder, state_of_ended(folder, folder.record()), 0, 0).state == "failed"


def test_a_run_that_failed_by_itself_has_failed(tmp_path: Path) -> None:
    folder = written(tmp_path, begun=7.0)
    log_of(folder, events.Failed(step=5, seconds=3, reason="The losses are not finite."))
    RunningJob(folder, Ended(1), TICKET, 60).note_how_it_ended()
    found = news(folder, state_of_ended(folder, folder.record()), 0, 0)
    assert (found.state, found.full, found.reason) == ("failed", False, "The losses are not finite.")


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
