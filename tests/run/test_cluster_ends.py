"""How a job ended is told as it was: interrupted by trouble that passes, killed, or failed by itself."""

import errno
import os
import signal
import sys
import time
from pathlib import Path
from types import SimpleNamespace

import pytest

from attngan.errors import AttnGanError
from attngan.run.backends import Status, Ticket
from attngan.run.cluster import KEY, Ray
from attngan.run.ferry import SAYS, Ferry

COMMAND = [sys.executable, "-c", "print('never')"]
NO_SPACE = OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


def ended(backend: Ray, folder: Path) -> Status:
    """How a job ended that a server began."""
    ticket = backend.start(folder, COMMAND)
    deadline = time.monotonic() + 60
    while backend.state(ticket).running:
        assert time.monotonic() < deadline, "it looks as if it ran for ever"
        time.sleep(0.01)
    return backend.state(ticket)


def no_temporary_folder(*words: object, **options: object) -> None:
    raise NO_SPACE


def test_a_full_drive_for_temporary_files_interrupts_and_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("attngan.run.cluster.tempfile.TemporaryDirectory", no_temporary_folder)
    assert ended(Ray("http://head:8265", waits=False), tmp_path) == Status(running=False)
    assert (tmp_path / "log.txt").read_text() == f"{tmp_path} cannot be sent: {NO_SPACE.strerror}.\n"


def test_a_full_drive_for_temporary_files_is_told_to_who_waits_and_leaves_no_key(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("attngan.run.cluster.tempfile.TemporaryDirectory", no_temporary_folder)
    with pytest.raises(AttnGanError, match="cannot be sent: No space"):
        Ray("http://head:8265").start(tmp_path, COMMAND)
    assert [*tmp_path.iterdir()] == []


@pytest.mark.parametrize(
    ("cause", "code"),
    [
        (ConnectionError("Failed to connect to Ray"), None),
        (TimeoutError("timed out"), None),
        (NO_SPACE, None),
        (PermissionError(13, "Permission denied"), 1),
        (type("InvalidURL", (OSError, ValueError), {})("no host supplied"), 1),  # as requests has them
        (RuntimeError("Request failed with status code 400: no such environment"), 1),
        (RuntimeError("Version check returned 404."), 1),
    ],
)
def test_trouble_that_may_pass_interrupts_and_what_is_wrong_fails(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, cause: Exception, code: int | None
) -> None:
    def client(*words: object) -> None:
        raise cause

    backend = Ray("http://head:8265", waits=False)
    monkeypatch.setitem(sys.modules, "ray.job_submission", SimpleNamespace(JobSubmissionClient=client))
    monkeypatch.setattr(backend._dashboard, "_client", lambda seconds: backend._dashboard._asked(client))
    assert ended(backend, tmp_path) == Status(running=False, code=code)
    assert (tmp_path / "log.txt").read_text().count("\n") == 1
    assert not (tmp_path / KEY).exists()  # or the next program takes it for one that runs


def adopted(folder: Path, code: int, monkeypatch: pytest.MonkeyPatch) -> Status:
    """How a job ended, for a program that finds it when its ferry is gone with this code."""
    (folder / KEY).write_text("key")
    info = SimpleNamespace(status="FAILED", driver_exit_code=code, error_type=None, message="")
    backend = Ray("http://head:8265")
    monkeypatch.setattr(backend._dashboard, "info", lambda job: info)
    monkeypatch.setattr(backend._dashboard, "log", lambda job: f"Running entrypoint\n{SAYS}40123\n")
    ticket = Ticket(backend=backend.name, job="attngan-7", began=0.0, folder=str(folder))
    backend.fetch(ticket)
    return backend.state(ticket)


def test_a_killed_run_that_is_found_without_its_ferry_was_interrupted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    there, here = tmp_path / "there", tmp_path / "here"
    (there / "home").mkdir(parents=True)
    here.mkdir()
    words = ["-c", "import os, signal; os.kill(os.getpid(), signal.SIGKILL)"]
    ferry = Ferry(there, {"home": "home", "words": words, "log": "log.txt", "key": "key", "cpus": 1})
    ferry.landed.set()
    assert adopted(here, ferry.run(), monkeypatch) == Status(running=False, code=-signal.SIGKILL)
    assert [*here.iterdir()] == []


def test_a_run_that_failed_does_not_say_where_its_ferry_listened(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert adopted(tmp_path, 1, monkeypatch) == Status(running=False, code=1)
    assert (tmp_path / "log.txt").read_text() == "It ended with code 1.\n"
