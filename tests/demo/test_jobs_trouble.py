"""Trainings of the page where things go wrong: disks, servers, clocks (long: one story a trouble)."""

import errno
import os
import shutil
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import nullcontext
from pathlib import Path
from typing import Any

import pytest
from filelock import FileLock

from attngan.errors import AttnGanError
from attngan.events import Event, Finished, Paused, Resumed
from attngan.run.backends import Local, Status, Ticket
from demo.jobs import UPLOADED, Jobs, Request, queue, room, running
from demo.jobs.folder import JobFolder, Record
from demo.jobs.running import RunningJob
from tests.demo.test_jobs import ENDLESS, PRETENDED, pictures, wait_for, wait_for_state

WISHES = 11  # seed of pretend_training.py


@pytest.fixture
def jobs(tmp_path: Path) -> Iterator[Jobs]:
    jobs = Jobs(tmp_path / "runs", PRETENDED)
    yield jobs
    jobs.close()


def test_a_folder_that_vanishes_while_it_is_measured_counts_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    gone = tmp_path / "run" / "snapshots" / "00000007"
    gone.mkdir(parents=True)
    (tmp_path / "run" / "events.jsonl").write_bytes(b"0" * 13)
    real = os.scandir

    def scandir(path: Any = ".") -> Any:
        if Path(path) == gone:
            gone.rmdir()
        return real(path)

    monkeypatch.setattr(os, "scandir", scandir)
    assert room.bytes_of(tmp_path) == 13
    assert not gone.exists()


class Broken(Local):
    """Loses the way to the first run."""

    first: Ticket | None = None

    def fetch(self, ticket: Ticket) -> None:
        self.first = self.first or ticket
        if ticket == self.first:
            raise AttnGanError("There is no way to it.")


def test_trouble_with_one_job_does_not_end_the_queue(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_: Path) -> int:
        raise OSError("nothing can be read")

    monkeypatch.setattr(room, "bytes_of", full)
    jobs = Jobs(tmp_path / "runs", PRETENDED, Broken())
    for run in [jobs.start(Request(seconds=5)) for _ in range(2)]:
        wait_for_state(jobs, run, "finished")
    jobs.close()


FULL = OSError(errno.ENOSPC, "No space left on device")


@pytest.fixture
def full(monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """Makes all later calls of this name meet a full disk, at the least after a part was done."""

    def no_room(of: Any, name: str, leaves: bool = False) -> None:
        real = getattr(of, name)

        def call(*given: Any, **more: Any) -> Any:
            if leaves:
                real(*given, **more)
            raise FULL

        monkeypatch.setattr(of, name, call)

    return no_room


@pytest.mark.parametrize(
    ("of", "name", "leaves"),
    [(Path, "mkdir", False), (Path, "write_text", True), (shutil, "copyfile", True)],
)
def test_a_full_disk_at_the_start_is_told_and_nothing_is_left(
    jobs: Jobs, tmp_path: Path, full: Callable[..., None], of: Any, name: str, leaves: bool
) -> None:
    own = pictures(tmp_path / "own", 11)
    full(of, name, leaves)
    with pytest.raises(AttnGanError, match=r"disk is full|cannot be (written|kept).*No space left on device"):
        jobs.start(Request(data=UPLOADED), own)
    assert not list(jobs.runs.glob("*/*"))


def test_a_run_is_stopped_also_where_the_disk_is_full(jobs: Jobs, full: Callable[..., None]) -> None:
    running, waiting = jobs.start(Request(seed=ENDLESS)), jobs.start(Request(seed=ENDLESS))
    wait_for(lambda: jobs.news(running).step)
    full(Path, "write_text", True)
    for run in (waiting, running):
        with pytest.raises(AttnGanError, match="disk is full"):
            jobs.stop(run)
    assert jobs.news(waiting).state == "waiting", "what cannot be noted is not done"
    wait_for_state(jobs, running, "interrupted")  # it saved, and nothing says who wanted that
    wait_for(lambda: not list(jobs.runs.glob("*/job.json.*")))  # the queue tries to begin the other meanwhile


def test_a_job_waits_until_it_can_be_noted_that_it_begins(
    jobs: Jobs, monkeypatch: pytest.MonkeyPatch
) -> None:
    real, tries = JobFolder.write, []

    def write(folder: JobFolder, record: Record) -> None:
        if record.begun is not None and len(tries) < 3:
            tries.append(record)
            raise FULL
        real(folder, record)

    monkeypatch.setattr(JobFolder, "write", write)
    monkeypatch.setattr(queue, "LOOK_SECONDS", 0.01)
    wait_for_state(jobs, jobs.start(Request(seconds=5)), "finished")
    assert len(tries) == 3


def written(runs: Path, events_of_run: bool = False, **record: Any) -> JobFolder:
    """A job as a server that died has left it."""
    folder = JobFolder.new(runs)
    folder.write(Record.of(**{"request": Request(), "data": "faces", "created": 3.0} | record))
    if events_of_run:
        folder.run.path.mkdir()
        folder.run.events_file.write_bytes(b"{}\n")
    return folder


def test_a_job_that_another_server_runs_is_told_spared_and_stopped(
    jobs: Jobs, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = Jobs(jobs.runs, PRETENDED)
    monkeypatch.setattr(room, "MOST_RUNS", 1)
    run = jobs.start(Request(seed=ENDLESS))
    wait_for(lambda: jobs.news(run).step)
    assert other.news(run).state == "running"
    own = [other.start(Request(seconds=5)) for _ in range(2)]
    wait_for_state(other, own[1], "finished")
    wait_for(lambda: {path.name for path in jobs.runs.glob("*/")} == {run, own[1]})
    other.stop(run)
    wait_for_state(other, run, "stopped")
    other.close()


def test_a_server_takes_over_the_queue_of_one_that_dies_while_it_lives(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(queue, "HEIR_SECONDS", 0.05)
    runs = tmp_path / "runs"
    waiting = [
        written(runs, waiting=True, created=float(when), request=Request(seconds=5)) for when in (4, 5)
    ]
    with FileLock(runs / ".lock"):  # held by the one that waits for them
        heir = Jobs(runs, PRETENDED)
        own = heir.start(Request(seconds=5))
        wait_for_state(heir, own, "finished")
        assert [heir.news(job.id).position for job in waiting] == [1, 2]
    wait_for_state(heir, waiting[1].id, "finished")
    assert heir.news(waiting[0].id).state == "finished"
    heir.close()


def test_own_jobs_are_kept_for_the_next_server_once_this_one_is_the_heir(tmp_path: Path) -> None:
    runs = tmp_path / "runs"
    left = written(runs, waiting=True)
    with FileLock(runs / ".lock"):
        heir = Jobs(runs, PRETENDED)
        running, own = heir.start(Request(seed=ENDLESS)), heir.start(Request(seed=ENDLESS))
        wait_for_state(heir, running, "running")
    last = heir.start(Request(seed=ENDLESS))
    heir.close()
    assert [Jobs.state(heir, JobFolder(runs / run))[1] for run in (left.id, own, last)] == [1, 2, 3]


@pytest.mark.filterwarnings("ignore::pytest.PytestUnhandledThreadExceptionWarning")
@pytest.mark.parametrize("where", ["before it starts", "after it has started"])
def test_a_job_that_had_begun_when_its_server_was_killed_is_not_begun_twice(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, where: str
) -> None:
    class Killed(Local):
        def start(self, folder: Path, command: Sequence[str], beside: Sequence[Path] = ()) -> Ticket:
            if where.startswith("after"):
                super().start(folder, command)
            raise SystemExit  # ends the worker, as a kill would

    first = Jobs(tmp_path / "runs", PRETENDED, Killed())
    run = first.start(Request(seconds=5))
    wait_for(lambda: first.find(run).record().begun)
    first._lock.release(force=True)
    assert not first.find(run).waits()
    second = Jobs(tmp_path / "runs", PRETENDED)
    if where.startswith("before"):
        assert second.news(run).state == "starting"
        monkeypatch.setattr("demo.jobs.folder.STARTING_SECONDS", 0)
        assert second.news(run).state == "interrupted"
    else:
        wait_for_state(second, run, "finished")
    second.close()


def test_one_that_has_told_nothing_yet_is_known_by_its_lock_too(jobs: Jobs) -> None:
    folder = written(jobs.runs, begun=7.0)
    folder.run.path.mkdir()
    with FileLock(folder.run.lock_file):
        assert jobs.news(folder.id).state == "starting"
    assert jobs.news(folder.id).state == "interrupted"


@pytest.mark.parametrize("number", [errno.EAGAIN, errno.ENOSPC])
def test_what_the_machine_cannot_begin_just_now_waits_on_and_so_do_all_others(
    tmp_path: Path, number: int
) -> None:
    class Short(Local):
        tries, lacks = 0, True

        def start(self, folder: Path, command: Sequence[str], beside: Sequence[Path] = ()) -> Ticket:
            self.tries += 1
            if self.lacks:
                raise AttnGanError("It could not be started.") from OSError(number, os.strerror(number))
            return super().start(folder, command, beside)

    backend = Short()
    jobs = Jobs(tmp_path / "runs", PRETENDED, backend)
    runs = [jobs.start(Request(seconds=5), owner=owner) for owner in ("one", "two")]
    wait_for(lambda: backend.tries > 2)
    assert [jobs.news(run).state for run in runs] == ["waiting", "waiting"]
    wait_for(lambda: all(jobs.find(run).record().waiting for run in runs))
    backend.lacks = False
    for run in runs:
        wait_for_state(jobs, run, "finished")
    jobs.close()


def test_a_run_without_a_ticket_is_known_by_its_lock(jobs: Jobs, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = written(jobs.runs, events_of_run=True, begun=7.0)
    with FileLock(folder.run.lock_file):
        assert jobs.news(folder.id).state == "running"
        make_room, made = room.make_room, threading.Semaphore(0)
        monkeypatch.setattr(room, "MOST_RUNS", 0)
        monkeypatch.setattr(room, "make_room", lambda *of: (make_room(*of), made.release()))
        jobs.start(Request(seconds=5))
        for _ in ("before it", "after it"):
            assert made.acquire(timeout=30)
        assert folder.path.exists()
    assert jobs.news(folder.id).state == "interrupted"
    folder.run.events_file.write_text(Finished(step=7, seconds=1, reason="budget").model_dump_json() + "\n")
    assert jobs.news(folder.id).state == "finished"


def test_what_a_server_left_that_died_while_it_took_pictures_is_swept(tmp_path: Path) -> None:
    old, new, ran, whole = (JobFolder.new(tmp_path) for _ in range(4))
    (old.path / "pictures").mkdir()
    ran.run.path.mkdir()
    whole.write(Record(request=Request(), data="faces", created=3.0))
    (tmp_path / "something else").mkdir()
    for path in tmp_path.iterdir():
        if path != new.path:
            os.utime(path, (7, 7))
    Jobs(tmp_path)
    assert {path.name for path in tmp_path.iterdir()} == {new.id, ran.id, whole.id, "something else"}


def test_a_run_is_stopped_by_a_wish_that_also_one_without_signals_heeds(jobs: Jobs) -> None:
    run = jobs.start(Request(seed=WISHES))
    wait_for(lambda: jobs.news(run).step)
    jobs.stop(run)
    wait_for_state(jobs, run, "stopped")
    assert jobs.news(run).model
    assert jobs.find(run).run.wishes_file.read_text() == '{"wish":"stop"}\n'


def test_a_run_without_a_ticket_is_stopped_by_a_wish(jobs: Jobs) -> None:
    folder = written(jobs.runs, events_of_run=True, begun=7.0)
    with FileLock(folder.run.lock_file):
        jobs.stop(folder.id)
        assert jobs.news(folder.id).state == "stopping"
    assert folder.run.wishes_file.exists()


class Noted(Local):
    """Runs for ever, and notes whether it was to stop it."""

    def __init__(self) -> None:
        super().__init__()
        self.stopped: list[bool] = []

    def state(self, ticket: Ticket) -> Status:
        return Status(running=True)

    def stop(self, ticket: Ticket, at_once: bool = False) -> None:
        self.stopped.append(at_once)


TICKET = Ticket(backend="local", job="7", began=7.0)


@pytest.mark.parametrize(
    ("listens", "saves", "stops"), [(True, False, []), (False, False, [False]), (True, True, [False])]
)
def test_a_backend_that_ends_without_saving_is_asked_only_where_nobody_listens(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, listens: bool, saves: bool, stops: list[bool]
) -> None:
    monkeypatch.setattr(running, "STOP_SAVES", saves)
    backend = Noted()
    folder = written(tmp_path, events_of_run=listens)
    job = RunningJob(folder, backend, TICKET, 60)
    with FileLock(folder.run.lock_file) if listens else nullcontext():
        for _ in range(2):
            job.stop()
    assert backend.stopped == stops


def test_pauses_are_not_time(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    now = [100.0]
    monkeypatch.setattr(running.time, "time", lambda: 1000.0)
    monkeypatch.setattr(running.time, "monotonic", lambda: now[0])
    folder, backend = written(tmp_path, events_of_run=True), Noted()

    def after(seconds: float, *told: Event) -> list[bool]:
        now[0] += seconds
        with folder.run.events_file.open("a") as file:
            file.writelines(event.model_dump_json() + "\n" for event in told)
        job.end_if_overdue(extra_seconds=2)
        return backend.stopped

    paused, resumed = Paused(step=3, seconds=1), Resumed(step=3, seconds=1)
    job = RunningJob(folder, backend, TICKET.with_(began=990.0), 60)
    assert not after(0)  # 10 of its 182 seconds are over
    assert not after(170, paused)
    assert not after(10_000)
    assert not after(10_000, resumed)
    assert not after(1, paused, resumed, paused)
    assert not after(10_000, resumed)
    assert after(2)

    backend.stopped.clear()
    job = RunningJob(folder, backend, TICKET, 60)  # taken over: for how long it was paused is not known
    assert not after(1)
    assert not after(180)
    assert after(3)
