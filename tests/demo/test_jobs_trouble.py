"""Trainings of the page where things go wrong: folders vanish, the disk is full, a server dies."""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from attngan.errors import AttnGanError
from attngan.run.backends import Local, Ticket
from demo.jobs import Jobs, Request, queue
from tests.demo.test_jobs import PRETENDED, wait_for_state


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
