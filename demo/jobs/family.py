"""The family of a job: what it was branched from, its branches, and the races that any of them is in."""

from collections.abc import Iterator, Sequence
from typing import Any

from pydantic import Field, JsonValue

from attngan import events
from attngan.config import Settings
from attngan.errors import AttnGanError
from attngan.measure.standing import Heat, Standing, compare, standing
from demo.jobs import room
from demo.jobs.drafts import again
from demo.jobs.folder import JobFolder, Record
from demo.jobs.news import ENDED
from demo.jobs.queue import Jobs

MORE_SEEDS = 2  # that a race is tried with again at once


class Mark(Settings):
    """A moment of which the full state is kept."""

    step: int
    seconds: float


class Relative(Settings):
    """One of a family, as far as its page needs to know."""

    run: str
    name: str
    state: str
    own: bool
    parent: str = ""  # id of what it was branched from
    step: int | None = None  # at which it was
    changes: dict[str, JsonValue] = Field(default_factory=dict)  # to the settings of then
    against: str = ""  # id of the one that it races
    seed: int = 0
    marks: tuple[Mark, ...] = ()


def family(jobs: Jobs, run_id: object, owner: str = "") -> list[Relative]:
    """All relatives of a job and itself, the oldest first; raises AttnGanError for an unknown id.

    Whoever has the id of one may watch them all.
    """
    wanted = jobs.find(run_id)
    records = dict(_records(jobs))
    links: dict[str, set[str]] = {one: set() for one in records}
    for one, record in records.items():
        branched = record.branch.run if record.branch else ""
        for other in {branched, record.against, record.series} & records.keys() - {one}:
            links[one].add(other)
            links[other].add(one)
    found, ahead = set[str](), {wanted.id} & records.keys()
    while ahead:
        found |= ahead
        ahead = {other for one in ahead for other in links[one]} - found
    kin = {one: record for one, record in records.items() if one in found}
    return [_relative(jobs, wanted.sibling(one), record, owner) for one, record in kin.items()]


def heats(jobs: Jobs, run_id: object) -> tuple[list[dict[str, Any]], dict[str, Any] | None]:
    """What each race of a job's series came to, seen from the job's corner, and what those tell that count.

    Raises AttnGanError for an unknown id and a job that races nobody.
    """
    folder = jobs.find(run_id)
    mine = folder.record()
    if not mine.against:
        raise AttnGanError("This training races nobody.")
    told, found = [], []
    for one, record in _records(jobs):
        if record.corner != mine.corner or record.series != mine.series:
            continue
        pair = (folder.sibling(one), folder.sibling(record.against))
        both = Heat(*map(_standing, pair))
        ended, counts = _how_they_ended(jobs, pair)
        sides = {"mine": _told(both.left), "other": _told(both.right)}
        told.append({"run": one, "seed": record.request.seed, "ended": ended, "counts": counts} | sides)
        if counts:
            found.append(both)
    comparison = compare(found)
    return told, comparison and comparison._asdict()


def race_again(jobs: Jobs, run_id: object, owner: str = "", visitor: str = "") -> str:
    """Has a race run with MORE_SEEDS other seeds; the id of the first new job of the same corner.

    Raises AttnGanError for what is no race, another's, or where no more can wait.
    """
    folder = JobFolder.own(jobs.runs, run_id, owner)
    record = folder.record()
    if not record.against:
        raise AttnGanError("This training races nobody.")
    other = JobFolder.own(jobs.runs, record.against, owner)
    left, right = (folder, other) if record.corner == "left" else (other, folder)
    series = [one.request.seed for _, one in _records(jobs) if one.series == record.series]
    drafts = [
        again(one, max(series) + more, owner) for more in range(1, 1 + MORE_SEEDS) for one in (left, right)
    ]
    return jobs.add(drafts, visitor)[0 if record.corner == "left" else 1]


def _records(jobs: Jobs) -> Iterator[tuple[str, Record]]:
    """All records by their ids, the oldest first."""
    for folder in reversed(room.jobs_of(jobs.runs)):
        try:
            yield folder.id, folder.record()
        except AttnGanError:
            continue


def _relative(jobs: Jobs, folder: JobFolder, record: Record, owner: str) -> Relative:
    branch = record.branch
    return Relative(
        run=folder.id,
        name=record.name,
        state=jobs.state(folder)[0],
        own=record.is_of(owner),
        parent=branch.run if branch else "",
        step=branch.step if branch else None,
        changes=branch.changes if branch else record.request.changes,
        against=record.against,
        seed=record.request.seed,
        marks=tuple(_marks(folder)),
    )


def _marks(folder: JobFolder) -> Iterator[Mark]:
    """The moments that can be branched from; a step that was marked twice is one."""
    if not (kept := set(folder.run.states.steps())):
        return
    for event in folder.run.read_all():
        if isinstance(event, events.Marked) and event.step in kept:
            kept.remove(event.step)
            yield Mark(step=event.step, seconds=event.seconds)


def _standing(folder: JobFolder) -> Standing:
    try:
        return standing(folder.run.read_all())
    except AttnGanError:  # it has not begun, or is gone
        return standing([])


def _how_they_ended(jobs: Jobs, pair: Sequence[JobFolder]) -> tuple[bool, bool]:
    """Whether both have ended, and whether that counts: in full, and with nothing changed on the way."""
    try:
        states = [jobs.state(one)[0] for one in pair]
        changed = any(isinstance(event, events.Changed) for one in pair for event in one.run.read_all())
    except AttnGanError:  # one is gone
        return True, False
    return all(state in ENDED for state in states), not changed and states == ["finished"] * len(pair)


def _told(one: Standing) -> dict[str, Any]:
    last = one.measured[-1].values if one.measured else {}
    return {"step": one.step, "seconds": one.seconds, "values": last}
