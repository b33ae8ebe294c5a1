"""The child process of a job: `python -m attngan train ...` in the job's folder, polite to the page."""

import contextlib
import os
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path

import attngan
from attngan.errors import AttnGanError
from demo.jobs.folder import JobFolder
from demo.jobs.request import arguments

COMMAND = (sys.executable, "-m", "attngan")
NICENESS = 6  # a quarter of the share of what a person looks at: it is still worth watching
GRACE_SECONDS = 60  # between asking a child to save and stop, and ending it


class Child:
    """A running child, known by its id: started here, or found again after the server started anew."""

    def __init__(self, folder: JobFolder, process: subprocess.Popen[bytes] | None = None) -> None:
        self.folder = folder
        self.process = process
        record = folder.record()
        self.pid = process.pid if process else record.pid
        self.started = record.started or time.time()
        self.budget = record.request.seconds
        self.asked_to_stop: float | None = None  # time.monotonic()

    def alive(self) -> bool:
        """Whether it still runs."""
        return self.process.poll() is None if self.process else self.folder.alive()

    def stop(self) -> None:
        """Asks it to save and stop after the step it is in; does not wait. Asking twice does no harm.

        A child that has nothing to save yet ends at once. SIGTERM, since SIGINT is lost on it until it
        listens, where the server was started in the background of a shell and so ignores SIGINT.
        """
        if self.asked_to_stop is None:
            self.asked_to_stop = time.monotonic()
            self._signal(signal.SIGTERM)

    def end_if_overdue(self, extra_seconds: float) -> None:
        """Stops it beyond three times its budget and `extra_seconds`, ends it when it does not stop."""
        if time.time() - self.started > 3 * self.budget + extra_seconds:
            self.stop()
        if self.asked_to_stop is not None and time.monotonic() - self.asked_to_stop > GRACE_SECONDS:
            self.end()

    def end(self) -> None:
        """Ends it and all it started, at once."""
        self._signal(signal.SIGKILL if hasattr(signal, "SIGKILL") else signal.SIGTERM)
        if self.process:
            self.process.wait()

    def _signal(self, number: signal.Signals) -> None:
        if self.pid is None or not self.alive():
            return
        with contextlib.suppress(ProcessLookupError, PermissionError):
            if number == signal.SIGTERM or not hasattr(os, "killpg"):
                os.kill(self.pid, number)
            else:
                os.killpg(self.pid, number)


def start(folder: JobFolder, command: Sequence[str] = COMMAND) -> Child:
    """The child that trains what the folder's record asks for; raises AttnGanError if it cannot begin."""
    record = folder.record()
    library = str(Path(attngan.__file__).parents[1])
    try:
        with folder.log.open("ab") as log:
            process = subprocess.Popen(
                [*command, *arguments(record.request, record.data)],
                cwd=folder.path,
                env=os.environ | {"PYTHONPATH": os.pathsep.join([library, os.environ.get("PYTHONPATH", "")])},
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,  # Ctrl-C at the server's terminal is not for the child
            )
    except OSError as error:
        raise AttnGanError(f"The training could not be started: {error.strerror}.") from error
    _stand_back(process.pid)
    folder.write(record.with_(pid=process.pid, started=time.time()))
    return Child(folder, process)


def _stand_back(pid: int) -> None:
    """Lets all other programs go before this process, where the system allows it.

    Linux shares the processor out among sessions first and heeds niceness only within one, so that the
    child, which leads a session of its own, has to be nice as a session too.
    """
    if hasattr(os, "setpriority"):
        with contextlib.suppress(OSError):
            os.setpriority(os.PRIO_PROCESS, pid, NICENESS)
    with contextlib.suppress(OSError):
        Path(f"/proc/{pid}/autogroup").write_text(str(NICENESS), "ascii")
