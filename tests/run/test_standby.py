"""A process that stands by does what a new one would have done; it is gone when nobody needs it."""

import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import psutil
import pytest

from attngan.run import runs
from attngan.run.backends import Local, Status
from attngan.run.folder import RunFolder

COMMAND = (sys.executable, "-m", "attngan")
# A stand-in: it waits for the line, and tells what it was asked.
WAITS = "import sys, json; wish = json.loads(sys.stdin.readline() or sys.exit(5)); "
TELLS = WAITS + "open(wish['folder'] + '/told', 'w').write(' '.join(wish['words'])); sys.exit(3)"


@pytest.fixture
def backend() -> Iterator[Local]:
    backend = Local()
    yield backend
    for child in (backend._standby, *backend._children.values()):
        if child:
            child.kill()
            child.wait()
            if child.stdin:
                child.stdin.close()


def wait_for(what: Callable[[], object]) -> None:
    deadline = time.monotonic() + 300
    while not what():
        assert time.monotonic() < deadline, "waited for five minutes"
        time.sleep(0.01)


def test_a_training_runs_in_the_process_that_stood_by_and_ends_as_any_other(
    backend: Local, tmp_path: Path
) -> None:
    backend.prepare(COMMAND)
    waiting = backend._standby
    assert waiting is not None
    words = ["train", "--data", "moons", "--steps", "2", "--run-dir", "run"]
    ticket = backend.start(tmp_path, [*COMMAND, *words])
    assert ticket.job == str(waiting.pid)
    assert backend.state(ticket).running
    wait_for(lambda: not backend.state(ticket).running)
    assert backend.state(ticket) == Status(running=False, code=0)
    assert "Finished at step 2" in (tmp_path / "log.txt").read_text()
    config = runs.read_config(tmp_path / "run")
    assert config.command == f"python -m attngan {' '.join(words)}", "the command that makes it again"
    assert RunFolder(tmp_path / "run").model() is not None
    assert backend._standby is not None
    assert backend._standby.pid != waiting.pid, "the next one stands by"


def test_a_mistake_ends_with_its_sentence_in_the_log(backend: Local, tmp_path: Path) -> None:
    backend.prepare(COMMAND)
    ticket = backend.start(
        tmp_path, [*COMMAND, "train", "--data", "nothing-here", "--steps", "2", "--run-dir", "run"]
    )
    wait_for(lambda: not backend.state(ticket).running)
    assert backend.state(ticket).code == 1
    log = (tmp_path / "log.txt").read_text()
    assert "nothing-here" in log
    assert "Traceback" not in log


def test_it_is_told_the_words_alone_and_its_exit_code_is_known(backend: Local, tmp_path: Path) -> None:
    prefix = (sys.executable, "-c", TELLS)
    backend.prepare(prefix)
    ticket = backend.start(tmp_path, [*prefix, "one", "two three"])
    wait_for(lambda: not backend.state(ticket).running)
    assert (tmp_path / "told").read_text() == "one two three"
    assert backend.state(ticket).code == 3


def test_another_command_gets_a_process_of_its_own(backend: Local, tmp_path: Path) -> None:
    backend.prepare((sys.executable, "-c", TELLS))
    waiting = backend._standby
    ticket = backend.start(tmp_path, [sys.executable, "-c", "print('other')"])
    wait_for(lambda: not backend.state(ticket).running)
    assert (tmp_path / "log.txt").read_text() == "other\n"
    assert backend._standby is waiting


def test_where_it_has_died_the_training_begins_all_the_same(backend: Local, tmp_path: Path) -> None:
    prefix = (sys.executable, "-c", "import sys; open('ran', 'w').close()")
    backend.prepare(prefix)
    assert backend._standby is not None
    backend._standby.wait()
    (Path.cwd() / "ran").unlink(missing_ok=True)
    ticket = backend.start(tmp_path, [*prefix, "words"])
    wait_for(lambda: not backend.state(ticket).running)
    assert (tmp_path / "ran").exists()


def test_none_stands_by_while_a_training_runs_and_one_that_died_is_not_tried_again(
    backend: Local, tmp_path: Path
) -> None:
    prefix = (sys.executable, "-c", "import sys, time; sys.argv[1:] == ['standby'] or time.sleep(600)")
    backend.prepare(prefix)
    died = backend._standby
    assert died is not None
    died.wait()
    quick = backend.start(tmp_path, [sys.executable, "-c", ""])
    wait_for(lambda: not backend.state(quick).running)
    assert backend._standby is died
    ticket = backend.start(tmp_path, [*prefix, "words"])
    assert backend.state(ticket).running
    assert not backend.state(quick).running
    assert backend._standby is None, "asked of another one that has ended"
    backend.stop(ticket, at_once=True)
    assert not backend.state(ticket).running
    assert backend._standby is not None


def test_it_ends_with_whoever_had_it_stand_by(tmp_path: Path) -> None:
    code = (
        "import sys, time; from attngan.run.backends import Local; backend = Local();"
        f"backend.prepare((sys.executable, '-c', {TELLS!r})); print(backend._standby.pid, flush=True);"
        "time.sleep(600)"
    )
    import subprocess

    with subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True) as server:
        assert server.stdout
        waiting = int(server.stdout.readline())
        assert psutil.pid_exists(waiting)
        server.kill()
        server.wait()
        wait_for(lambda: not _lives(waiting))


def _lives(pid: int) -> bool:
    try:
        return psutil.Process(pid).status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False
