"""A run at a backend is known again by its ticket, stopped by it, and never taken for another."""

import os
import signal
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import psutil
import pytest

from attngan.errors import AttnGanError
from attngan.run.backends import Backend, Local, Status, Ticket

ENDLESS = "import time; print('here', flush=True); time.sleep(600)"
DEAF = f"import signal; signal.signal(signal.SIGTERM, signal.SIG_IGN); {ENDLESS}"
SILENT = "import time; time.sleep(600)"
PARENT = f"import subprocess, sys; print(subprocess.Popen([sys.executable, '-c', {SILENT!r}]).pid); {DEAF}"


@pytest.fixture
def backend() -> Iterator[Backend]:
    backend = Local()
    yield backend
    for ticket in backend._children:
        backend.stop(ticket, at_once=True)


def wait_for(what: Callable[[], object]) -> None:
    deadline = time.monotonic() + 60
    while not what():
        assert time.monotonic() < deadline, "waited for a minute"
        time.sleep(0.01)


def lives(pid: int) -> bool:
    try:
        return psutil.Process(pid).status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False


def begun(backend: Backend, folder: Path, code: str) -> Ticket:
    """The ticket of a Python program, once it has said something."""
    ticket = backend.start(folder, [sys.executable, "-c", code])
    wait_for(lambda: "here" in (folder / "log.txt").read_text())
    return ticket


def test_a_command_runs_in_its_folder_and_its_words_and_end_are_known(
    backend: Backend, tmp_path: Path
) -> None:
    code = (
        "import os, sys, attngan; print(os.getcwd(), flush=True); print('oh', file=sys.stderr); sys.exit(3)"
    )
    ticket = backend.start(tmp_path, [sys.executable, "-c", code])
    wait_for(lambda: not backend.state(ticket).running)
    assert backend.state(ticket) == Status(running=False, code=3)
    assert (tmp_path / "log.txt").read_text().split() == [str(tmp_path), "oh"]
    backend.stop(ticket)
    backend.fetch(ticket)


def test_a_ticket_written_down_is_enough_for_another_program(backend: Backend, tmp_path: Path) -> None:
    ticket = begun(backend, tmp_path, ENDLESS)
    read = Ticket.parse(ticket.model_dump_json())
    other = Local()
    assert (read, read.folder) == (ticket, str(tmp_path))
    assert other.state(read) == Status(running=True)
    other.stop(read)
    wait_for(lambda: not other.state(read).running)
    assert other.state(read) == Status(running=False)
    assert backend.state(ticket).code == -signal.SIGTERM


@pytest.mark.parametrize(
    "change", [{"began": 7.0}, {"job": "x"}, {"job": str(10**30)}, {"job": "-1"}, {"job": ""}]
)
def test_another_process_with_the_same_id_is_left_alone(
    backend: Backend, tmp_path: Path, change: dict[str, object]
) -> None:
    ticket = begun(backend, tmp_path, ENDLESS)
    wrong = ticket.with_(**change)
    assert backend.state(wrong) == Status(running=False)
    backend.stop(wrong)
    backend.stop(wrong, at_once=True)
    assert backend.state(ticket).running


def test_what_does_not_stop_is_ended_with_all_it_started(backend: Backend, tmp_path: Path) -> None:
    ticket = begun(backend, tmp_path, PARENT)
    grandchild = int((tmp_path / "log.txt").read_text().split()[0])
    backend.stop(ticket)
    time.sleep(0.1)
    assert backend.state(ticket).running
    backend.stop(ticket, at_once=True)
    assert not backend.state(ticket).running
    wait_for(lambda: not lives(grandchild))


def test_a_command_that_is_not_there_is_told(backend: Backend, tmp_path: Path) -> None:
    with pytest.raises(AttnGanError, match="could not be started: No such file"):
        backend.start(tmp_path, ["/nowhere/python"])


@pytest.mark.skipif(not hasattr(os, "getpriority"), reason="Windows has classes of priority")
def test_only_who_shall_is_nice(tmp_path: Path) -> None:
    own = os.getpriority(os.PRIO_PROCESS, 0)
    for niceness in (0, 7):
        backend = Local(niceness)
        ticket = backend.start(tmp_path, [sys.executable, "-c", ENDLESS])
        nice = os.getpriority(os.PRIO_PROCESS, int(ticket.job))
        backend.stop(ticket, at_once=True)
        assert nice == max(own, niceness)
