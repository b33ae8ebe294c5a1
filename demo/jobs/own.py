"""What a person may do with a training of their own: give it a name, and have it go on."""

from collections.abc import Sequence

from attngan.errors import UNWRITABLE, AttnGanError
from demo.jobs.crew import budget, seconds_left
from demo.jobs.folder import JobFolder
from demo.jobs.news import ENDED, State
from demo.jobs.request import SECONDS, lasts

LONGEST_NAME = 80  # characters


def checked_name(given: object) -> str:
    """A name on one line, whatever came from a browser; raises AttnGanError for what is none."""
    name = " ".join(given.split()) if isinstance(given, str) else ""
    if not name or UNWRITABLE.search(name):
        raise AttnGanError("Give the training a name: a few words on one line.")
    if len(name) > LONGEST_NAME:
        raise AttnGanError(f"A name has at most {LONGEST_NAME} characters, this one {len(name)}.")
    return name


def to_pay(jobs: Sequence[JobFolder], state: State, totals: Sequence[float]) -> float:
    """Seconds of training that are asked for anew where jobs in this state go on to so many in all; what was
    left of a stopped one was given back.
    """
    paid = budget(jobs) - (seconds_left(jobs) if state == "stopped" else 0)
    return sum(totals) - paid


def total_after(folder: JobFolder, state: State, seconds: float) -> float:
    """Seconds of training in all after `seconds` more; raises AttnGanError where a job cannot go on.

    One that was interrupted goes on to what it was asked for, whatever `seconds` says; where it had saved
    nothing, from the beginning.
    """
    if state == "interrupted" and (folder.can_go_on() or folder.can_begin_anew()):
        return folder.record().budget
    if not lasts(seconds):
        least, most = SECONDS
        raise AttnGanError(f"A training can go on for {least} to {most} seconds more at a time.")
    if state not in ENDED:
        raise AttnGanError("This training has not ended yet: it can be trained longer then.")
    if not folder.can_go_on():
        raise AttnGanError("This training left nothing to go on from: start another.")
    return round(folder.run.seconds() + seconds, 2)  # as the command is told it
