"""Training on a cluster as `train` shows it: the run is sent, followed as it grows, and found again."""

import contextlib
import shutil
import sys
import threading
import time
from collections.abc import Generator, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from attngan.errors import AttnGanError
from attngan.events import Event, Failed, Finished
from attngan.run.addresses import backend_at
from attngan.run.backends import LOG, Backend, Ticket
from attngan.run.cluster import Ray
from attngan.run.folder import RunFolder
from attngan.storage import write_file

if TYPE_CHECKING:
    from attngan.run.races import Entry

LOOK_SECONDS = 0.2  # between two looks at the run


def send(cluster: Ray, entry: "Entry", device: str, threads: int | None) -> Ticket:
    """The ticket of a run that is ready to be trained, which now goes on in the cluster.

    Raises AttnGanError where it does not; of a new run nothing is left then.
    """
    from attngan.run import runs

    run = RunFolder(entry.folder)
    fresh = not run.events_file.exists()
    words = ["-m", "attngan", "train", "--resume", "."]
    words += ["--device", device] if device != "auto" else []
    words += ["--threads", str(threads)] if threads else []
    try:
        runs.put_down(entry.folder, entry.config, entry.state, entry.items)
        ticket = cluster.start(entry.folder, [sys.executable, *words])
        write_file(run.ticket_file, ticket.model_dump_json().encode())
    except BaseException:
        if fresh:
            shutil.rmtree(entry.folder, ignore_errors=True)
        raise
    typer.echo(f"{entry.folder} was sent to {cluster.address}.", err=True)
    return ticket


def ticket_of(folder: Path) -> Ticket | None:
    """The ticket of a run that was sent elsewhere, until its end has been seen here."""
    try:
        ticket = Ticket.parse(RunFolder(folder).ticket_file.read_bytes())
    except (OSError, AttnGanError):
        return None
    return ticket.with_(folder=str(folder.absolute()))


def still_runs(folder: Path) -> Ticket | None:
    """The ticket of a run that goes on elsewhere now; None also where nobody can tell any more."""
    ticket = ticket_of(folder)
    if ticket is None:
        return None
    with contextlib.suppress(AttnGanError):
        cluster = backend_at(ticket.backend)
        if isinstance(cluster, Ray):
            cluster.check()
        if cluster.state(ticket).running:
            return ticket
    return None


def check_here(folder: Path) -> None:
    """Raises AttnGanError where a run goes on elsewhere, so that nobody else can train it."""
    if ticket := still_runs(folder):
        raise AttnGanError(
            f"{folder} goes on at {ticket.backend}: follow it with --resume {folder} --where "
            f"{ticket.backend}, or stop it with: python -m attngan steer {folder} stop"
        )


def follow(
    folder: Path, backend: Backend, ticket: Ticket, asked_to_stop: threading.Event
) -> Generator[Event, None, None]:
    """The events of a run from its last beginning on, as they come here, until it ends.

    Whoever closes the generator lets the run go on. Raises AttnGanError where it ended without an event.
    """
    run = RunFolder(folder)
    cursor = run.events_file.stat().st_size if run.events_file.exists() else 0
    stopping, last = False, None
    while True:
        with contextlib.suppress(AttnGanError):
            backend.fetch(ticket)
        status = backend.state(ticket)  # first: of one that has ended all is here
        more = True
        while more:
            found, cursor, more = run.read(cursor)
            for last in found:
                yield last
        if not status.running:
            break
        if asked_to_stop.is_set() and not stopping:
            stopping = True
            backend.stop(ticket)
        time.sleep(LOOK_SECONDS)
    with contextlib.suppress(OSError):
        run.ticket_file.unlink(missing_ok=True)
    if not isinstance(last, Finished | Failed):
        raise AttnGanError(_why(run, status.code, ticket))


@contextlib.contextmanager
def reached(folder: Path) -> Iterator[None]:
    """Within it a run that goes on elsewhere hears what it is asked, whether somebody follows it or not."""
    ticket = ticket_of(folder)
    if ticket is None or not RunFolder(folder).is_free():
        yield
        return
    backend = backend_at(ticket.backend)
    backend.fetch(ticket)
    yield
    backend.fetch(ticket)


def _why(run: RunFolder, code: int | None, ticket: Ticket) -> str:
    """What to tell of a run that ended without an event."""
    if code:
        with contextlib.suppress(OSError):
            words = (run.path / LOG).read_text(encoding="utf-8", errors="replace").split("\n")
            said = [line for line in words if line.strip()]
            if said:
                return said[-1].removeprefix("Error: ")
    return (
        f"The run was interrupted: its node or its cluster is gone. Go on with --resume {run.path}, here or "
        f"with --where {ticket.backend}."
    )
