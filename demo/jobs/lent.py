"""Trainings on an accelerator that a hosted Space is lent for a minute at a time (ZeroGPU): a backend.

A run is put down, and then trained in shifts. Each is a call of `work`, which the host's decorator runs in a
process that has the accelerator (forked, and perhaps kept for the next), and anywhere else in this one. A
race is several runs in one process, which is left to the processor.
"""

import contextlib
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, NamedTuple, TypeVar, cast

from attngan.config import TrainConfig
from attngan.errors import AttnGanError
from attngan.run import wishes
from attngan.run.backends import Local, Status, Ticket
from attngan.run.lock import alone_in
from attngan.run.shift import Handover, Shift
from attngan.run.wishes import Wish, Wishes
from attngan.text import one_line
from demo.jobs.folder import JobFolder
from demo.jobs.place import is_lent

LENT_SECONDS = 60  # that a shift is lent the accelerator for
SHIFT_SECONDS = 40.0  # of them until it hands over, after a step; it saves then
LOOK_SECONDS = 0.25
NONE_NOW = "No GPU was available"  # what the host says where others have all of them, and one may ask again
AGAIN_SECONDS = 5.0
MOST_SAID = 300  # characters of what the host says
PREFIX = "shifts-"  # of the jobs on tickets
Work = TypeVar("Work", bound=Callable[..., Any])


class Worked(NamedTuple):
    """What a shift leaves: what the next one is told, None at the run's end, and what went wrong, if so."""

    tells: Handover | None
    trouble: str = ""


def lent(function: Work) -> Work:
    """The function as the host runs it, in a process that has the accelerator; itself elsewhere."""
    try:
        from spaces import GPU  # type: ignore[import-not-found,unused-ignore]
    except (ImportError, AttributeError):  # the latter where torch knows no accelerator
        return function
    return cast(Work, GPU(function, duration=LENT_SECONDS))


@lent
def work(folder: str, told: Handover) -> Worked:
    """Train a run that is put down in a folder for a shift, on what is there."""
    return trained(Path(folder), told, "cuda" if is_lent() else "auto")


def trained(folder: Path, told: Handover, device: str) -> Worked:
    """What a shift of a run leaves; all that goes wrong is a sentence, as the host tells no more than the
    name of an error.
    """
    from attngan.command.complaints import complaint

    shift = Shift(time.monotonic() + SHIFT_SECONDS, told)
    try:
        import torch

        from attngan.events import Event, Failed
        from attngan.nn.device import device_of
        from attngan.run import runs

        torch.set_num_threads(1)  # the others do not survive a fork, nor do those of autograd
        config, items = runs.pictures_of(runs.read_config(folder))
        state = runs.resume(folder, config, device=device_of(device))
        last: Event | None = None
        with torch.autograd.set_multithreading_enabled(False):
            for event in runs.record(folder, config, state, items, shift=shift):
                last = event
    except Exception as error:  # noqa: BLE001 - no program's error is for a person as it is
        return Worked(None, complaint(error))
    return Worked(shift.tells, last.reason if isinstance(last, Failed) else "")


class Lent(Local):
    """The processes of this computer, and shifts on what it is lent."""

    name = "zerogpu"

    def __init__(self, niceness: int = 0) -> None:
        super().__init__(niceness)
        self._shifts: dict[Ticket, Shifts] = {}  # of runs that were started here

    def prepare(self, command: Sequence[str]) -> None:
        """Nothing: it is what puts runs down that begins here."""

    def start(self, folder: Path, command: Sequence[str], beside: Sequence[Path] = ()) -> Ticket:
        """The ticket of a run, which is put down now and trained in shifts; of anything else as Local."""
        if beside or "train" not in command:
            return super().start(folder, command, beside)
        words = command[command.index("train") :]
        ready = super().start(folder, [command[0], "-m", "attngan.command.ready", *words])
        ticket = ready.with_(job=PREFIX + ready.job)
        self._shifts[ticket] = Shifts(JobFolder(folder), self, ready)
        return ticket

    def state(self, ticket: Ticket) -> Status:
        """How the run stands; one of a server that has ended has ended with it."""
        shifts = self._shifts.get(ticket)
        return shifts.status if shifts else super().state(ticket)

    def stop(self, ticket: Ticket, at_once: bool = False) -> None:
        """See Backend; what a shift is lent cannot be taken back, so that `at_once` waits for its end."""
        if shifts := self._shifts.get(ticket):
            shifts.stop()
        else:
            super().stop(ticket, at_once)


class Shifts:
    """A run that is trained in shifts, by a thread, as soon as its process has put it down."""

    def __init__(self, folder: JobFolder, backend: Local, ready: Ticket) -> None:
        self.status = Status(running=True)
        self._folder, self._backend, self._ready = folder, backend, ready
        self._asked_to_stop = False
        threading.Thread(target=self._work, name="shifts", daemon=True).start()

    def stop(self) -> None:
        """Have it save and stop, where it has begun."""
        if self._asked_to_stop:
            return
        self._asked_to_stop = True
        self._backend.stop(self._ready)
        with contextlib.suppress(AttnGanError):  # nobody listens yet, or any more
            wishes.append(self._folder.run, wishes.Stop(), TrainConfig(seconds=1))

    def _work(self) -> None:
        code: int | None = 1
        try:
            while self._backend.state(self._ready).running:
                time.sleep(LOOK_SECONDS)
            code = self._backend.state(self._ready).code
            if code == 0 and (trouble := self._train()):
                code = 1
                self._say(f"Error: {trouble}")
        except Exception as error:  # noqa: BLE001 - also what the host says where it lends nothing
            code = 1
            self._say(f"Error: {_said(error)}")
        finally:
            self.status = Status(running=False, code=code)

    def _train(self) -> str:
        """What went wrong, "" where nothing did."""
        from attngan.kinds.registry import KINDS
        from attngan.run import runs  # noqa: F401

        for entry in KINDS.values():  # what is imported here, processes that are forked have
            entry.load()
        run = self._folder.run
        with alone_in(run):
            worked = Worked(Handover.first(run))
            while told := worked.tells:
                more = Wishes(run, resumed=True, heard=told.steered.heard)
                asked = more.new()  # before the next look, for who asks to stop says so first
                if self._asked_to_stop and not told.began:
                    break
                if self._asked_to_stop:  # nothing is lent for that
                    worked = trained(run.path, _stopped(told, asked, more.heard), "cpu")
                elif told.steered.waits and not asked:
                    time.sleep(LOOK_SECONDS)
                else:
                    worked = self._lent(told)
        return worked.trouble

    def _lent(self, told: Handover) -> Worked:
        """What a shift leaves, or what it was told where there is no accelerator just now."""
        try:
            return work(str(self._folder.run.path), told)
        except Exception as error:
            if NONE_NOW not in str(error):
                raise
            time.sleep(AGAIN_SECONDS)
            return Worked(told)

    def _say(self, line: str) -> None:
        with contextlib.suppress(OSError), self._folder.log.open("a", encoding="utf-8") as log:
            log.write(line + "\n")


def _stopped(told: Handover, asked: Sequence[Wish | AttnGanError], heard: int) -> Handover:
    """The same, and after what else was asked it is to stop."""
    pending = (*told.steered.pending, *asked, wishes.Stop())
    return replace(told, steered=replace(told.steered, pending=pending, heard=heard))


def _said(error: Exception) -> str:
    """What the host, or whatever else it was, says of it."""
    if isinstance(error, AttnGanError):
        return str(error)
    return one_line(str(getattr(error, "message", "")) or f"{type(error).__name__}: {error}")[:MOST_SAID]
