"""Trainings in shifts, as where a host lends an accelerator for a minute at a time: the page's side of it."""

import json
import os
import shutil
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import Any

import pytest

from attngan import events
from attngan.run import runs
from attngan.run.backends import Local, Status, Ticket
from demo.jobs import lent
from demo.jobs.folder import JobFolder
from demo.jobs.lent import Lent, Shifts, Worked
from demo.jobs.place import where_to_run

PATIENCE = 300.0
LENDING = str(Path(__file__).parent / "lending")  # where the stand-in for the host's package is
TICKET = Ticket(backend="zerogpu", job="shifts-1", began=1.0)


def words(steps: int) -> list[str]:
    return ["--data", "ring", "--steps", f"{steps}", "--no-meter", "--run-dir", "run"]


def command(*given: str) -> list[str]:
    return [sys.executable, "-m", "attngan", "train", *given]


def told(folder: JobFolder) -> list[Any]:
    return runs.read_events(folder.run.path) if folder.run.events_file.exists() else []


def wait_for(folder: JobFolder, kind: type) -> Any:
    until = time.monotonic() + PATIENCE
    while not (found := [one for one in told(folder) if isinstance(one, kind)]):
        assert time.monotonic() < until
        time.sleep(0.02)
    return found[-1]


def code_of(shifts: Shifts) -> int | None:
    until = time.monotonic() + PATIENCE
    while shifts.status.running:
        assert time.monotonic() < until
        time.sleep(0.02)
    return shifts.status.code


class Ready(Local):
    """Where the process that puts a run down has ended well."""

    def state(self, ticket: Ticket) -> Status:
        return Status(running=False, code=0)

    def stop(self, ticket: Ticket, at_once: bool = False) -> None:
        pass


@pytest.fixture(scope="module")
def put_down(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A job's folder with a run of its own that is ready to be trained."""
    folder = tmp_path_factory.mktemp("ready")
    ready = [sys.executable, "-m", "attngan.command.ready", "train", *words(100_000)]
    subprocess.run(ready, cwd=folder, check=True)
    return folder


@pytest.fixture
def here(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, put_down: Path) -> JobFolder:
    """The same, where shifts are short."""
    monkeypatch.setattr(lent, "SHIFT_SECONDS", 0.5)
    shutil.copytree(put_down, tmp_path / "job")
    return JobFolder(tmp_path / "job")


@pytest.fixture
def calls(monkeypatch: pytest.MonkeyPatch) -> list[lent.Handover]:
    """What every shift that is lent something is told."""
    found: list[lent.Handover] = []
    work = lent.work
    monkeypatch.setattr(lent, "work", lambda folder, given: found.append(given) or work(folder, given))
    return found


def test_the_command_that_a_run_tells_is_the_one_that_trains_it(here: JobFolder) -> None:
    assert runs.read_config(here.run.path).command == f"python -m attngan train {' '.join(words(100_000))}"


def test_nothing_is_lent_in_a_pause_nor_to_stop(here: JobFolder, calls: list[lent.Handover]) -> None:
    shifts = Shifts(here, Ready(), TICKET)
    wait_for(here, events.StepDone)
    runs.ask(here.run.path, "pause")
    paused = wait_for(here, events.Paused)
    time.sleep(1.0)  # longer than a shift
    so_far = len(calls)
    time.sleep(1.0)
    assert len(calls) == so_far
    assert told(here)[-1].step == paused.step
    runs.ask(here.run.path, "resume")
    assert wait_for(here, events.Resumed).step == paused.step
    runs.ask(here.run.path, "pause")
    until = time.monotonic() + PATIENCE
    while sum(isinstance(one, events.Paused) for one in told(here)) < 2:
        assert time.monotonic() < until
        time.sleep(0.02)
    time.sleep(1.0)  # the shift in which it paused is over
    so_far = len(calls)
    shifts.stop()
    assert code_of(shifts) == 0
    assert told(here)[-1].reason == "stopped"
    assert len(calls) == so_far
    assert sum(isinstance(one, events.Started) for one in told(here)) == 1


def test_one_that_is_stopped_before_its_first_shift_stays_as_it_was(
    here: JobFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun = threading.Event()

    def none_now(*_: object) -> Worked:
        assert begun.wait(PATIENCE)
        shifts.stop()
        raise RuntimeError("No GPU was available after 60s")

    monkeypatch.setattr(lent, "work", none_now)
    monkeypatch.setattr(lent, "AGAIN_SECONDS", 0.05)
    before = here.run.resume_file.read_bytes()
    shifts = Shifts(here, Ready(), TICKET)
    begun.set()
    assert code_of(shifts) == 0
    assert not told(here)
    assert here.run.resume_file.read_bytes() == before
    more = ["--resume", "run", "--steps", "2"]
    ready = [sys.executable, "-m", "attngan.command.ready", "train", *more]
    subprocess.run(ready, cwd=here.path, check=True)
    monkeypatch.undo()
    assert code_of(Shifts(here, Ready(), TICKET)) == 0
    assert told(here)[-1].reason == "budget"  # the wish to stop was not for it


def test_what_was_asked_before_a_stop_is_done_before_it(
    here: JobFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    work, told_last = lent.work, list[lent.Handover]()

    def once(folder: str, given: lent.Handover) -> Worked:
        told_last.append(given)
        if len(told_last) == 1:
            return work(folder, given)
        runs.ask(here.run.path, "mark")
        shifts.stop()
        raise RuntimeError("No GPU was available after 60s")

    monkeypatch.setattr(lent, "work", once)
    monkeypatch.setattr(lent, "AGAIN_SECONDS", 0.05)
    shifts = Shifts(here, Ready(), TICKET)
    assert code_of(shifts) == 0
    assert [one.event for one in told(here) if one.event in ("marked", "finished")] == ["marked", "finished"]


def test_what_is_asked_while_the_host_keeps_one_waiting_is_heard(
    here: JobFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    called, go = threading.Event(), threading.Event()
    work = lent.work

    def queued(*given: Any) -> Worked:
        called.set()
        assert go.wait(PATIENCE)
        return work(*given)

    monkeypatch.setattr(lent, "work", queued)
    shifts = Shifts(here, Ready(), TICKET)
    assert called.wait(PATIENCE)
    runs.ask(here.run.path, "pause")
    shifts.stop()
    go.set()
    assert code_of(shifts) == 0
    assert [one.event for one in told(here) if one.event not in ("frame", "progress")] == [
        "started",
        "paused",
        "finished",
    ]
    assert told(here)[-1].reason == "stopped"


def test_an_accelerator_that_others_have_is_asked_for_again(
    here: JobFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[object] = []

    def busy_at_first(folder: str, given: lent.Handover) -> Worked:
        asked.append(given)
        if len(asked) < 3:
            raise RuntimeError("No GPU was available after 60s")
        return Worked(None)

    monkeypatch.setattr(lent, "work", busy_at_first)
    monkeypatch.setattr(lent, "AGAIN_SECONDS", 0.05)
    assert code_of(Shifts(here, Ready(), TICKET)) == 0
    assert len(asked) == 3
    assert len({*asked}) == 1


def test_what_goes_wrong_is_told_in_the_log(here: JobFolder, monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(*_: object) -> None:
        raise RuntimeError("GPU quota exceeded")

    monkeypatch.setattr(lent, "work", refused)
    assert code_of(Shifts(here, Ready(), TICKET)) == 1
    assert here.last_words() == "Error: RuntimeError: GPU quota exceeded"
    assert here.can_go_on()
    monkeypatch.undo()
    here.run.resume_file.write_bytes(b"cut short")
    assert code_of(Shifts(here, Ready(), TICKET)) == 1
    assert "resume.pt is broken or cut short" in here.last_words()


def test_what_cannot_be_put_down_is_told_in_the_log(tmp_path: Path) -> None:
    backend = Lent()
    ticket = backend.start(tmp_path, command("--data", "nowhere", "--steps", "5", "--run-dir", "run"))
    until = time.monotonic() + PATIENCE
    while backend.state(ticket).running and time.monotonic() < until:
        time.sleep(0.05)
    assert backend.state(ticket).code == 1
    assert JobFolder(tmp_path).last_words().startswith("Error: There is no data set named 'nowhere'")


def test_one_that_is_stopped_before_it_is_put_down_has_no_shift(
    tmp_path: Path, calls: list[lent.Handover]
) -> None:
    backend = Lent()
    ticket = backend.start(tmp_path, command(*words(5)))
    backend.stop(ticket)
    while backend.state(ticket).running:
        time.sleep(0.02)
    assert backend.state(ticket).code == -signal.SIGTERM
    assert not calls


def test_it_trains_in_processes_that_a_host_forks(tmp_path: Path) -> None:
    """With a stand-in for the host's package, which says no more of an error than its class."""
    home = str(Path(lent.__file__).parents[2])
    answer = subprocess.run(
        [sys.executable, str(Path(LENDING) / "train.py"), str(tmp_path), *words(5)],
        env=os.environ | {"PYTHONPATH": os.pathsep.join([home, LENDING]), "CUDA_VISIBLE_DEVICES": ""},
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        check=False,
    )
    assert answer.returncode == 0, answer.stderr
    ended = json.loads(answer.stdout)
    assert ended["code"] == 0
    assert ended["processes"] == 3  # six shifts, of which each serves two
    assert told(JobFolder(tmp_path))[-1].reason == "budget"
    assert told(JobFolder(tmp_path))[-1].step == 5


def test_a_ticket_of_a_server_that_has_ended_has_ended() -> None:
    assert not Lent().state(TICKET).running


def test_it_is_chosen_where_the_host_lends(monkeypatch: pytest.MonkeyPatch) -> None:
    assert not isinstance(where_to_run(), Lent)
    monkeypatch.setenv("SPACES_ZERO_GPU", "true")
    assert isinstance(where_to_run(), Lent)
