"""Jobs that one process trains in turns: the leader, which waits for all and has the process, and its riders.

Each has a folder of its own, and is watched, kept and deleted by itself. Who goes with whom stands in the
records of both: a rider that goes on alone has no leader any more, and a leader goes on with those that ended
as it did.
"""

import contextlib
import shlex
import shutil
from collections.abc import Sequence
from typing import Any

from attngan.errors import AttnGanError
from demo.jobs import keeping
from demo.jobs.folder import JobFolder


def crew(folder: JobFolder) -> list[JobFolder]:
    """The jobs that are trained in one process with this one, the leader first; itself alone without any, or
    where the records are gone.
    """
    try:
        record = folder.record()
        leader = folder.sibling(record.leader) if record.leader else folder
        riders = _riders(leader, leader.record().riders)
    except AttnGanError:
        return [folder]
    if leader.id == folder.id:
        return [folder, *riders]
    return [leader, *riders] if folder.id in {one.id for one in riders} else [folder]


def _riders(leader: JobFolder, ids: Sequence[str]) -> list[JobFolder]:
    """Those of these ids that are there, and go with this leader."""
    found = []
    for one in map(leader.sibling, ids):
        with contextlib.suppress(AttnGanError):
            if one.record().leader == leader.id:
                found.append(one)
    return found


def arguments(jobs: Sequence[JobFolder]) -> list[str]:
    """What follows `python -m attngan` in the first one's folder to begin all these jobs, or to go on."""
    homes = ("", *(f"../{one.id}/" for one in jobs[1:]))
    each = [one.arguments(home) for one, home in zip(jobs, homes, strict=True)]
    if len(each) == 1:
        return each[0]
    return ["race", *(word for one in each for word in ("--arm", shlex.join(one[1:])))]


def note(jobs: Sequence[JobFolder], **changes: Any) -> None:
    """Writes the same into the records of all; raises AttnGanError, OSError."""
    for one in jobs:
        one.write(one.record().with_(**changes))


def remove(jobs: Sequence[JobFolder], ignore_errors: bool = False) -> None:
    """Removes the folders of all; raises OSError."""
    for one in jobs:
        shutil.rmtree(one.path, ignore_errors=ignore_errors)


def delete(jobs: Sequence[JobFolder]) -> None:
    """Removes all as a person wants it, where they are kept too; raises OSError."""
    keeping.note_deleted(jobs)
    remove(jobs)


def seconds_left(jobs: Sequence[JobFolder]) -> float:
    """Seconds of training that were asked for and are still to come, of all together."""
    return sum(one.seconds_left() for one in jobs)


def budget(jobs: Sequence[JobFolder]) -> float:
    """Seconds of training in all, of all together."""
    return sum(one.record().budget for one in jobs)
