"""A job that runs somewhere, and how long it may."""

import contextlib
import math
import os
import shutil
import sys
import time
from collections.abc import Sequence
from pathlib import Path

from attngan import events
from attngan.config import TrainConfig
from attngan.errors import AttnGanError
from attngan.run import wishes
from attngan.run.backends import Backend, Ticket
from attngan.run.folder import RunFolder
from attngan.storage import FULL, PASSING
from demo.jobs import room
from demo.jobs.crew import arguments, budget, crew, note
from demo.jobs.folder import JobFolder, Record

LOOK_SECONDS = 0.25  # between two looks at the run
PAUSE_SECONDS = 600  # that a run may wait for whoever has it pause: others wait for their turn
GRACE_SECONDS = 60  # between asking a run to save and stop, and ending it
TIGHT_SECONDS = 60  # from finding no room for a word to its end, which its server sees
MOST_PAUSED_SECONDS = 1800  # of all pauses of a run together
STEERED = events.Started | events.Paused | events.Resumed | events.Stepped | events.Changed | events.Marked
STOP_SAVES = sys.platform != "win32"  # whether a run saves that a backend of this computer stops


def runs_at(backend: Backend, record: Record) -> bool:
    """Whether the job of a record has a ticket of this backend and runs there."""
    ticket = record.ticket
    return ticket is not None and ticket.backend == backend.name and backend.state(ticket).running


def ask(run: RunFolder, wish: wishes.Wish, budget: float) -> bool:
    """Ask a run for something; False where it does not listen yet, or not any more."""
    if not run.events_file.exists():
        return False
    try:
        wishes.append(run, wish, TrainConfig(seconds=budget))
    except AttnGanError:
        return False
    return True


def stop_unseen(folder: JobFolder, backend: Backend) -> None:
    """Stops a job that runs and that another server began."""
    if running := RunningJob.of(folder, backend):
        running.stop()
    else:  # there is no ticket
        for one in crew(folder):
            ask(one.run, wishes.Stop(), one.record().budget)


def lives(folder: JobFolder, record: Record, backend: Backend) -> bool:
    """Whether a job that has begun goes on, whoever began it."""
    if record.ticket is None:  # its server died just when it began
        return folder.begins(record) or folder.is_written()
    return runs_at(backend, record)


def goes_on(folder: JobFolder, backend: Backend) -> bool:
    """Whether a job waits or runs, for whatever server."""
    leader = crew(folder)[0]
    try:
        return leader.waits() or lives(leader, leader.record(), backend)
    except AttnGanError:
        return False


def found_running(runs: Path, backend: Backend) -> "list[RunningJob]":
    """The jobs of a folder of jobs that run at this backend; of those of this computer the newest alone."""
    found: dict[str, RunningJob] = {}
    for folder in room.jobs_of(runs):
        with contextlib.suppress(AttnGanError):  # one that somebody has just deleted
            leader = crew(folder)[0]
            if leader.id not in found and (running := RunningJob.of(leader, backend)):
                found[leader.id] = running
                if backend.here:
                    break
    return [*found.values()]


def begin(folder: JobFolder, backend: Backend, command: Sequence[str]) -> "RunningJob | None":
    """The job, which now runs, or None where it cannot, which its record tells.

    That it begins is written first: a server that dies just then leaves nothing to be begun twice. What a run
    left that was interrupted before it had saved anything goes first. Raises OSError where that cannot be
    written, or the machine cannot begin anything just now; it waits on.
    """
    before: list[tuple[JobFolder, Record]] = []
    try:
        if folder.record().stopped:
            return None
        jobs = crew(folder)
        words = arguments(jobs)
        before = [(job, job.record()) for job in jobs]
        note(jobs, begun=time.time(), waiting=False)
        for job in jobs:
            if job.record().longer and not job.can_go_on():
                shutil.rmtree(job.run.path, ignore_errors=True)
        ticket = backend.start(folder.path, [*command, *words], [job.path for job in jobs[1:]])
    except AttnGanError as error:
        cause = error.__cause__
        if isinstance(cause, OSError) and cause.errno in PASSING:
            with contextlib.suppress(OSError):
                for job, record in before:
                    job.write(record)
            raise cause from error
        with contextlib.suppress(AttnGanError, OSError):
            note(crew(folder), failed=str(error), waiting=False)
        return None
    running = RunningJob(folder, backend, ticket, budget(jobs), time.time())
    with contextlib.suppress(AttnGanError, OSError):  # the disk is full: it is known by its run
        note(jobs, ticket=ticket)
        if folder.record().stopped:  # by another server, just now
            running.stop()
    return running


class Clock:
    """How long a run has gone on without its pauses, as far as that can be seen from here."""

    def __init__(self, run: RunFolder, began: float) -> None:
        self._run = run
        self._seconds = max(0.0, time.time() - began)
        self._looked = time.monotonic()
        self._cursor = 0
        self._first = True
        self.paused = False
        self.idle = 0.0  # seconds paused since somebody last had it do something
        self.rested = 0.0  # seconds of all pauses

    def seconds(self) -> float:
        """Seconds so far; of a run that was paused before the first look, those since then."""
        now = time.monotonic()
        if self.paused:
            self.idle += now - self._looked
            self.rested += now - self._looked
        else:
            self._seconds += now - self._looked
        self._looked = now
        self._read()
        return self._seconds

    def _read(self) -> None:
        more = True
        while more:
            found, self._cursor, more = self._run.read(self._cursor)
            for event in found:
                if isinstance(event, STEERED):
                    self.idle = 0.0
                if isinstance(event, events.Started):  # anew, after it was killed in a pause
                    self.paused = False
                if isinstance(event, events.Paused | events.Resumed):
                    self.paused = isinstance(event, events.Paused)
                    if self._first:  # nobody knows for how long
                        self._seconds = 0.0
        self._first = False


class RunningJob:
    """A job with its ticket: started here, or found again after the server started anew."""

    def __init__(
        self, folder: JobFolder, backend: Backend, ticket: Ticket, budget: float, begun: float | None = None
    ) -> None:
        self.folder, self.backend, self.ticket = folder, backend, ticket
        self.budget = budget  # seconds of training asked for
        self.asked_to_stop: float | None = None  # time.monotonic()
        self.clock = Clock(folder.run, begun or ticket.began)  # its process may have stood by for hours
        self.overdue = False  # and stopped for that, by nobody's wish
        self._tight = -math.inf  # time.monotonic() when its drive last had hardly any room

    @classmethod
    def of(cls, folder: JobFolder, backend: Backend) -> "RunningJob | None":
        """The job of a folder while it runs at this backend, else None; raises AttnGanError like record()."""
        record = folder.record()
        if record.ticket is None or not runs_at(backend, record):
            return None
        return cls(folder, backend, record.ticket, budget(crew(folder)), record.begun)

    def alive(self) -> bool:
        """Whether it still runs."""
        return self.backend.state(self.ticket).running

    def look(self, extra_seconds: float) -> bool:
        """Whether it still runs; brings here what it has written, and ends it where it takes too long."""
        alive = self.alive()
        with contextlib.suppress(AttnGanError, OSError):  # the next look tries again
            self.backend.fetch(self.ticket)
        if alive:
            self.end_if_overdue(extra_seconds)
        return alive

    def stop(self) -> None:
        """Asks it to save and stop after the step it is in; does not wait. Asking twice does no harm.

        By a wish once it listens; the backend is asked too, except where it would end it without saving.
        """
        if self.asked_to_stop is None:
            self.asked_to_stop = time.monotonic()
            heard = [ask(one.run, wishes.Stop(), self.budget) for one in crew(self.folder)]
            if not all(heard) or STOP_SAVES:
                self.backend.stop(self.ticket)

    def stop_within(self, seconds: float) -> None:
        """Asks it to save and stop, and waits for so long; if it takes longer, the next server finds it."""
        self.stop()
        deadline = time.monotonic() + seconds
        while self.alive() and time.monotonic() < deadline:
            time.sleep(LOOK_SECONDS)

    def end(self) -> None:
        """Ends it and all it started, at once."""
        self.backend.stop(self.ticket, at_once=True)

    def end_if_overdue(self, extra_seconds: float) -> None:
        """Stops it beyond three times its budget and `extra_seconds`, ends it when it does not stop.

        While it is paused no time passes; a pause that nobody makes use of any more is ended, and so is every
        one of a run that has been paused for long.
        """
        if self.clock.seconds() > 3 * self.budget + extra_seconds:
            self.overdue = self.overdue or self.asked_to_stop is None
            self.stop()
            with contextlib.suppress(AttnGanError, OSError):
                note(crew(self.folder), stopped=True)
        if self.clock.paused and (self.clock.idle > PAUSE_SECONDS or self.clock.rested > MOST_PAUSED_SECONDS):
            ask(self.folder.run, wishes.Resume(), self.budget)
        if self.asked_to_stop is not None and time.monotonic() - self.asked_to_stop > GRACE_SECONDS:
            self.end()

    def find_tight(self) -> None:
        """Remembers that its drive has hardly any room: about to be made, maybe before its end is seen."""
        self._tight = time.monotonic()

    def note_how_it_ended(self) -> None:
        """Writes down a failure that the run could not tell as an event; raises AttnGanError, OSError.

        One that was killed, or found no room on the drive, has not failed: it was interrupted, and can go on.
        On a drive that was tight just now it may not even have found room for a word. One that waits to go on
        was told to by a page that saw its end first: nothing is written of that end.
        """
        tight = time.monotonic() - self._tight < TIGHT_SECONDS
        code = self.backend.state(self.ticket).code
        words = self.folder.last_words()
        for job in crew(self.folder):
            record = job.record()
            if record.waiting or (record.begun is None and record.ticket is None):
                continue
            ending = job.run.ending() if job.has_written(record) else None
            if ending:
                full = isinstance(ending, events.Failed) and ending.full
            else:
                told = any(os.strerror(number) in words for number in FULL)
                silent = tight and not words.lower().startswith("error")
                full = told if code is None else code > 0 and (told or silent)
            if full:
                job.write(record.with_(full=time.time()))
            elif code and code > 0 and not ending and not record.stopped:
                reason = words or f"The training ended (code {code}) and left no word."
                job.write(record.with_(failed=reason))
