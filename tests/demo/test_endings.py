"""How a training that has ended is told: what a full drive interrupted, and what failed by itself."""

import errno
import os
import sys
import time
from pathlib import Path

import pytest

from attngan import events
from attngan.run.backends import Status
from demo.jobs import Jobs, Request, room
from demo.jobs.folder import JobFolder
from demo.jobs.news import news, state_of_ended
from demo.jobs.running import RunningJob
from tests.demo.test_jobs import wait_for, wait_for_state
from tests.demo.test_jobs_trouble import TICKET, Noted, written
from tests.demo.test_shares import kept

FULL = os.strerror(errno.ENOSPC)


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


@pytest.mark.parametrize("waits", [True, False])  # one that another leads waits with that one
def test_one_that_was_sent_on_before_its_end_was_noted_is_not_told_of_that_end(
    tmp_path: Path, waits: bool
) -> None:
    folder = written(tmp_path, begun=7.0)
    log_of(folder, events.Failed(step=5, seconds=3, reason="No room.", full=True))
    folder.write(folder.record().extended(60).with_(waiting=waits))
    running = RunningJob(folder, Ended(1), TICKET, 60)
    running.find_tight()
    running.note_how_it_ended()
    assert folder.record().full is None


@pytest.mark.parametrize("code", [1, None])  # None: it could not even be sent to where it was to run
def test_a_run_that_could_tell_it_only_on_its_log_was_interrupted_too(
    tmp_path: Path, code: int | None
) -> None:
    folder = written(tmp_path, begun=7.0)
    folder.log.write_text(f"error: {tmp_path}/run cannot be written: {FULL}.\n")
    RunningJob(folder, Ended(code), TICKET, 60).note_how_it_ended()
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
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    wordless = "import sys, time; from pathlib import Path; home = Path(sys.argv[1])"
    wordless += "\nwhile not (home / 'met').exists(): time.sleep(0.01)\nsys.exit(1)"
    jobs = Jobs(tmp_path / "runs", (sys.executable, "-c", wordless, str(tmp_path)))
    monkeypatch.setattr(room, "LOOK_SECONDS", 0.05)
    old = kept(jobs.runs, "", 9000)
    run = jobs.start(Request())
    wait_for(lambda: jobs.find(run).record().ticket)
    monkeypatch.setattr(room, "is_tight", lambda runs: (runs / old).exists())
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
