"""Trainings of the page where things go wrong: folders vanish, the disk is full, a server dies."""

import errno
import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from attngan.errors import AttnGanError
from attngan.run.backends import Local, Ticket
from demo.jobs import UPLOADED, Jobs, Request, queue
from tests.demo.test_jobs import ENDLESS, PRETENDED, pictures, wait_for, wait_for_state


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
    assert queue._bytes(tmp_path) == 13
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

    monkeypatch.setattr(queue, "_bytes", full)
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
    with pytest.raises(AttnGanError, match=r"cannot be written: No space left on device: make room there\.$"):
        jobs.start(Request(data=UPLOADED), own)
    assert not list(jobs.runs.glob("*/*"))


def test_a_run_is_stopped_also_where_the_disk_is_full(jobs: Jobs, full: Callable[..., None]) -> None:
    running, waiting = jobs.start(Request(seed=ENDLESS)), jobs.start(Request(seed=ENDLESS))
    wait_for(lambda: jobs.news(running).step)
    full(Path, "write_text", True)
    for run in (waiting, running):
        with pytest.raises(AttnGanError, match="make room there"):
            jobs.stop(run)
    assert jobs.news(waiting).state in ("waiting", "starting", "running"), "what cannot be noted is not done"
    wait_for_state(jobs, running, "stopped")
    assert not list(jobs.runs.glob("*/job.json.*"))
