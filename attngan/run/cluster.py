"""Runs as jobs of a Ray cluster, submitted by its SDK: their folders go along, and come back as they grow.

Each job is a ferry (attngan.run.ferry), which runs the command on some node and hands out what it writes.
"""

import math
import os
import re
import secrets
import tempfile
import threading
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from attngan.errors import AttnGanError
from attngan.run import cargo
from attngan.run.backends import LOG, Status, Ticket
from attngan.run.crossing import Crossing
from attngan.run.dashboard import Dashboard
from attngan.run.ferry import KILLED, SAYS
from attngan.storage import PASSING
from attngan.text import one_line

PREFIX = "ray:"  # of what such a backend and its tickets are called
LOOK_SECONDS = 1.0  # between two questions how a job stands
STALE_SECONDS = 5.0  # after which an answer is asked for anew by whoever wants to know
HEARD_SECONDS = 2.0  # after a word of its node in which the cluster is not asked how a job stands
LOST_SECONDS = 120.0  # without any answer, after which a run counts as interrupted
WIDTH_SECONDS = 10.0  # between two questions how many processors there are
KEY = ".key"  # in the folder: what the node is shown
OVER = ("STOPPED", "SUCCEEDED", "FAILED")


class Job:
    """What is known here of a job."""

    def __init__(self, submitted: bool = True) -> None:
        self.asking = threading.Lock()
        self.submitted = submitted
        self.asked = -math.inf  # time.monotonic() of the last question to the cluster
        self.answered = time.monotonic()  # when the cluster or the node last did
        self.status = Status(running=True)
        self.host = ""
        self.crossing: Crossing | None = None


class Ray:
    """Jobs of the cluster at an address such as http://head:8265, each on `cpus` processors of a node.

    `waits`: start returns when the cluster has the job, and tells what is wrong; else it returns at once,
    and a job that could not begin has ended, its reason the last line of LOG: with code 1, or with none where
    nothing was wrong with it and it may begin later.
    """

    def __init__(self, address: str, cpus: int = 1, waits: bool = True) -> None:
        self.address, self.cpus, self.waits = address, cpus, waits
        self.name, self.here = PREFIX + address, False
        self._dashboard = Dashboard(address)
        self._jobs: dict[str, Job] = {}
        self._width, self._measured = 1, 0.0
        self._change = threading.Lock()

    def prepare(self, command: Sequence[str]) -> None:
        """Nothing: what is needed is imported on the node."""

    def check(self) -> None:
        """Raises AttnGanError where the cluster cannot be reached, or is none."""
        self._dashboard.check()

    def width(self) -> int:
        """How many runs its processors take at once, as far as it tells."""
        with self._change:
            due = time.monotonic() - self._measured >= WIDTH_SECONDS or not self._measured
            if due:
                self._measured = time.monotonic()
        if due:
            with suppress(AttnGanError):
                self._width = max(1, int(self._dashboard.processors() / self.cpus))
        return self._width

    def start(self, folder: Path, command: Sequence[str], beside: Sequence[Path] = ()) -> Ticket:
        """See Backend; the first word of `command`, this Python, is the node's Python there."""
        folder = folder.absolute()
        key = secrets.token_urlsafe(32)
        ticket = Ticket(
            backend=self.name,
            job=f"attngan-{secrets.token_hex(8)}",
            began=time.time(),
            folder=str(folder),
            beside=tuple(one.name for one in beside),
        )
        try:
            (folder / KEY).unlink(missing_ok=True)
            with os.fdopen(os.open(folder / KEY, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
                file.write(key)
        except OSError as error:
            raise AttnGanError(f"{folder} cannot be written: {error.strerror}.") from error
        job = self._jobs[ticket.job] = Job(submitted=False)

        def submit() -> None:
            with job.asking:
                try:
                    self._submit(ticket, folder, command[1:], beside, key)
                    job.submitted, job.answered = True, time.monotonic()
                except AttnGanError as error:
                    if self.waits:
                        raise
                    _tell(folder, str(error))
                    self._end(ticket, job, Status(running=False, code=None if _may_pass(error) else 1))

        if self.waits:
            try:
                submit()
            except AttnGanError:
                del self._jobs[ticket.job]
                (folder / KEY).unlink(missing_ok=True)
                raise
        else:
            threading.Thread(target=submit, name="submission", daemon=True).start()
        return ticket

    def state(self, ticket: Ticket) -> Status:
        """As the last look told; asks the cluster where nobody has looked for a while. See Backend."""
        job = self._job(ticket)
        last = job.asked if job.asked == -math.inf else max(job.asked, job.answered)
        if job.submitted and job.status.running and time.monotonic() - last > STALE_SECONDS:
            self._do(lambda: self._look_alone(ticket, job), "look")
        return job.status

    def stop(self, ticket: Ticket, at_once: bool = False) -> None:
        """See Backend. A job that has not begun yet ends at once."""
        job = self._job(ticket)
        if not job.status.running:
            return
        self._do(lambda: self._stop(ticket, job, at_once), "stop")

    def fetch(self, ticket: Ticket) -> None:
        """See Backend; takes along what is wished of the run here.

        Raises OSError where the folder cannot be written, AttnGanError for a node that is no ferry.
        """
        job = self._job(ticket)
        if not job.status.running or not job.asking.acquire(blocking=False):
            return
        try:
            self._look(ticket, job)
            if job.crossing is None or not job.status.running:
                return
            try:
                code = job.crossing.cross()
            except (ConnectionError, TimeoutError):  # the cluster will tell what became of the node
                return
            job.answered = time.monotonic()
            if code is not None:
                with suppress(OSError, AttnGanError):
                    job.crossing.ask("landed")
                self._end(ticket, job, Status(running=False, code=code))
        finally:
            job.asking.release()

    def _do(self, what: Callable[[], None], name: str) -> None:
        """Do it now, or beside this thread where that must not wait for the cluster."""
        if self.waits:
            what()
        else:
            threading.Thread(target=what, name=name, daemon=True).start()

    def _look_alone(self, ticket: Ticket, job: Job) -> None:
        """Look how a job stands, unless somebody does already."""
        if job.asking.acquire(blocking=False):
            try:
                self._look(ticket, job)
            finally:
                job.asking.release()

    def _stop(self, ticket: Ticket, job: Job, at_once: bool) -> None:
        with suppress(OSError, AttnGanError):
            if job.crossing is None and not at_once:
                self.fetch(ticket)
            if job.crossing is not None and not at_once:
                job.crossing.ask("stop")
                return
        with suppress(AttnGanError):
            self._dashboard.stop(ticket.job)

    def _job(self, ticket: Ticket) -> Job:
        """What is known of a ticket's job, of another program's too."""
        with self._change:
            if ticket.job not in self._jobs:
                self._jobs[ticket.job] = job = Job()
                if not (Path(ticket.folder) / KEY).exists():  # its end has been seen
                    job.status = Status(running=False)
            return self._jobs[ticket.job]

    def _look(self, ticket: Ticket, job: Job) -> None:
        """Ask the cluster how a job stands, and where it runs; the caller holds `job.asking`."""
        now = time.monotonic()
        heard = job.crossing is not None and now - job.answered < HEARD_SECONDS  # its node tells more
        if not job.submitted or heard or now - job.asked < LOOK_SECONDS:
            return
        job.asked = now
        try:
            info = self._dashboard.info(ticket.job)
            if info is not None and info.status == "RUNNING" and job.crossing is None:
                self._find(info, ticket, job)
        except AttnGanError:
            if now - job.answered > LOST_SECONDS:
                self._end(ticket, job, Status(running=False))
            return
        job.answered = now
        if info is None:  # nobody knows it any more
            self._end(ticket, job, Status(running=False))
        elif info.status in OVER:
            code = _of_command(info.driver_exit_code) if info.status != "STOPPED" else None
            killed = code is not None and code < 0  # then nothing was said of it
            if job.crossing is None and info.status == "FAILED" and not killed:
                code = self._tell_why(info, ticket)
            self._end(ticket, job, Status(running=False, code=code))

    def _find(self, info: Any, ticket: Ticket, job: Job) -> None:
        """The way to a run, once its ferry has said where it listens."""
        log = self._dashboard.log(ticket.job)
        found = re.search(rf"^{SAYS}(\d{{1,5}})$", log, re.MULTILINE)
        host = urlsplit(info.driver_agent_http_address or "").hostname
        if found is None or host is None:
            return
        try:
            key = (Path(ticket.folder) / KEY).read_text()
        except OSError as error:
            raise AttnGanError(f"{ticket.folder} has no key to its run any more: stop it there.") from error
        job.crossing = Crossing(host, int(found[1]), key, Path(ticket.folder), ticket.beside)

    def _tell_why(self, info: Any, ticket: Ticket) -> int | None:
        """Put the reason why a job could not begin into LOG; its exit code, None where its node was lost."""
        if info.driver_exit_code is not None:
            log = self._dashboard.log(ticket.job)
            lines = (line for line in log.splitlines() if line.strip())
            said = [line for line in lines if not line.startswith(("Running entry", SAYS))]
            _tell(Path(ticket.folder), said[-1] if said else f"It ended with code {info.driver_exit_code}.")
            return int(info.driver_exit_code)
        if info.error_type in (None, "JOB_SUPERVISOR_ACTOR_DIED"):
            return None
        _tell(Path(ticket.folder), f"The cluster could not begin the job: {one_line(info.message or '')}")
        return 1

    def _end(self, ticket: Ticket, job: Job, status: Status) -> None:
        with suppress(OSError):
            (Path(ticket.folder) / KEY).unlink(missing_ok=True)
        if job.crossing is not None:
            job.crossing.leave()
        job.status = status

    def _submit(
        self, ticket: Ticket, folder: Path, words: Sequence[str], beside: Sequence[Path], key: str
    ) -> None:
        try:  # what cannot be cleared away is no reason not to know of a job that runs
            with tempfile.TemporaryDirectory(prefix="attngan-", ignore_cleanup_errors=True) as place:
                package = Path(place) / "run.zip"
                cargo.pack(package, folder, beside, words, key, self.cpus)
                self._dashboard.submit(ticket.job, package, self.cpus, int("cuda" in words))
        except OSError as error:
            raise AttnGanError(f"{folder} cannot be sent: {error.strerror}.") from error


def _may_pass(error: AttnGanError) -> bool:
    """Whether the trouble is one of this computer or of the cluster, and not of what was asked for."""
    cause = error.__cause__
    if not isinstance(cause, OSError) or isinstance(cause, ValueError):
        return False  # a ValueError of requests: no address, or something else answers there
    away = isinstance(cause, ConnectionError | TimeoutError)
    return away or cause.errno in (None, *PASSING)  # None: of requests


def _of_command(code: int | None) -> int | None:
    """The exit code of a command by that of its ferry: below 0 where a signal ended it."""
    return KILLED - code if code is not None and code > KILLED else code


def _tell(folder: Path, words: str) -> None:
    with suppress(OSError), (folder / LOG).open("a", encoding="utf-8") as log:
        log.write(f"{one_line(words)}\n")
