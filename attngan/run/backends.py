"""Where a run can run: in a process of this computer, or in a job of a cluster (attngan.run.cluster).

A backend starts a command in a folder and gives a ticket, which can be written down: whoever reads it later,
in another program too, learns how the run stands, stops it, and has what it wrote brought here.
"""

import contextlib
import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Sequence
from pathlib import Path
from typing import IO, NamedTuple, Protocol

import psutil

import attngan
from attngan.config import Settings
from attngan.errors import AttnGanError
from attngan.tuning import stand_back

LOG = "log.txt"  # in the folder: what the command says
STANDBY = "standby"  # the word after which a command waits to be told its words
START_TOLERANCE_SECONDS = 2.0  # by which a process's start is told differently once the clock was set
OWN_GROUP = getattr(subprocess, "CREATE_NEW_PROCESS_GROUP", 0)  # on Windows alone


Child = subprocess.Popen[bytes]


class Ticket(Settings):
    """All that a backend needs to know a run again."""

    backend: str  # the name of the backend that gave it
    job: str  # what that backend calls the run: here the id of its process
    began: float  # when, in seconds since 1970; tells a process from a later one with the same id
    folder: str = ""  # of this computer, where the run's files are wanted
    beside: tuple[str, ...] = ()  # names of folders beside it whose files are wanted, too


class Status(NamedTuple):
    """How a run stands."""

    running: bool
    code: int | None = None  # its exit code, where it has ended and the backend knows it


class Backend(Protocol):
    """Where runs run. No method waits for the run."""

    name: str
    here: bool  # whether its runs end with this computer

    def prepare(self, command: Sequence[str]) -> None:
        """Have whatever begins with the words of `command` begin sooner from now on, where that can be."""
        ...

    def start(self, folder: Path, command: Sequence[str], beside: Sequence[Path] = ()) -> Ticket:
        """The ticket of `command`, which now runs in `folder`; its words are added to LOG there.

        It may also work in the folders `beside`, which lie where `folder` lies. Raises AttnGanError where it
        cannot begin.
        """
        ...

    def width(self) -> int:
        """How many runs can go on there at once; 1 or more."""
        ...

    def state(self, ticket: Ticket) -> Status:
        """How the run stands; one that nobody knows any more has ended."""
        ...

    def stop(self, ticket: Ticket, at_once: bool = False) -> None:
        """Ask the run to save and stop after the step it is in; `at_once`: end it with all it started.

        Does nothing to a run that has ended.
        """
        ...

    def fetch(self, ticket: Ticket) -> None:
        """Bring what the run has written since the last time into the ticket's folder."""
        ...


class Local:
    """A child process of this computer, which goes on when the program that started it ends.

    `niceness` (0 to 19) lets other programs go before it, where the system allows it.
    """

    name = "local"
    here = True

    def __init__(self, niceness: int = 0) -> None:
        self.niceness = niceness
        self._children: dict[Ticket, Child] = {}  # those started here alone
        self._prepared: Sequence[str] | None = None  # words that a process which stands by begins with
        self._standby: Child | None = None
        self._change = threading.Lock()

    def prepare(self, command: Sequence[str]) -> None:
        """Have a process of `command` stand by, which has imported what takes seconds, now and whenever one
        that was started has ended: beside that there is little room.
        """
        with self._change:
            self._prepared = command
        self._stand_by()

    def width(self) -> int:
        """One: the processor is no faster for two."""
        return 1

    def start(self, folder: Path, command: Sequence[str], beside: Sequence[Path] = ()) -> Ticket:
        """The ticket of `command` in the process that stands by, or in a new one; see Backend."""
        with self._change:
            try:
                child = self._told(folder, command)
                if child is None:
                    with (folder / LOG).open("ab") as log:
                        child = self._child(command, folder, subprocess.DEVNULL, log)
            except OSError as error:
                raise AttnGanError(f"The training could not be started: {error.strerror}.") from error
            try:
                began = psutil.Process(child.pid).create_time()
            except psutil.Error:  # it has ended already
                began = time.time()
            ticket = Ticket(backend=self.name, job=str(child.pid), began=began, folder=str(folder.absolute()))
            self._children[ticket] = child
            return ticket

    def _child(self, command: Sequence[str], folder: Path | None, given: int, log: IO[bytes] | int) -> Child:
        """A new process, which finds this library; raises OSError."""
        library = str(Path(attngan.__file__).parents[1])
        paths = os.pathsep.join([library, os.environ.get("PYTHONPATH", "")])
        child = subprocess.Popen(
            command,
            cwd=folder,
            env=os.environ | {"PYTHONPATH": paths},
            stdin=given,
            stdout=log,
            stderr=log,
            start_new_session=True,  # Ctrl-C at this program's terminal is not for the child
            creationflags=OWN_GROUP,  # nor on Windows
        )
        if self.niceness:
            stand_back(child.pid, self.niceness)
        return child

    def _stand_by(self) -> None:
        """Have a process stand by where nothing runs; one that died so is not tried again."""
        with self._change:
            runs = any(child.poll() is None for child in self._children.values())
            if runs or self._standby is not None or self._prepared is None:
                return
            with contextlib.suppress(OSError):  # then a training begins later
                self._standby = self._child(
                    [*self._prepared, STANDBY], None, subprocess.PIPE, subprocess.DEVNULL
                )

    def _told(self, folder: Path, command: Sequence[str]) -> Child | None:
        """The process that stands by, told to do this; None where there is none that can."""
        child, self._standby = self._standby, None
        begins = len(self._prepared or ())
        if child is None or child.stdin is None or [*command[:begins]] != [*(self._prepared or ())]:
            self._standby = child
            return None
        wish = {"folder": str(folder.absolute()), "log": LOG, "words": [*command[begins:]]}
        (folder / LOG).touch()  # a folder that cannot be written is told of now
        try:
            with child.stdin:
                child.stdin.write(json.dumps(wish).encode() + b"\n")
        except OSError:  # it has ended
            child.wait()
            return None
        return child

    def state(self, ticket: Ticket) -> Status:
        """Whether the process runs; how it ended is known of those started here."""
        child = self._children.get(ticket)
        if child is None:
            return Status(_process(ticket) is not None)
        code = child.poll()
        if code is not None:
            self._stand_by()
        return Status(code is None, code)

    def stop(self, ticket: Ticket, at_once: bool = False) -> None:
        """See Backend. A process that has nothing to save yet ends without saving.

        SIGTERM, since SIGINT is lost on it until it listens, where this program was started in the
        background of a shell and so ignores SIGINT. Windows has no such signal: there the process ends at
        once and saves nothing, so whoever wants it to save asks the run itself (attngan.run.wishes).
        """
        process = _process(ticket)
        if process is None:
            return
        with contextlib.suppress(psutil.Error, OSError):
            if not at_once:
                process.terminate()
            elif sys.platform == "win32":
                for one in (*process.children(recursive=True), process):
                    one.kill()
            else:
                os.killpg(process.pid, signal.SIGKILL)  # it leads a session of its own
        if at_once and ticket in self._children:
            self._children[ticket].wait()

    def fetch(self, ticket: Ticket) -> None:
        """Nothing: what the run writes is here already."""


def _process(ticket: Ticket) -> psutil.Process | None:
    """The living process of a ticket, told by its id and its start; None where it has ended."""
    try:
        process = psutil.Process(int(ticket.job))
        same = abs(process.create_time() - ticket.began) <= START_TOLERANCE_SECONDS
        return process if same and process.status() != psutil.STATUS_ZOMBIE else None
    except (psutil.Error, ValueError, OverflowError):
        return None
