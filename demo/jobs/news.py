"""What is new in a job since a cursor, in the few numbers that a page shows."""

from collections.abc import Sequence
from typing import Any, Literal, NamedTuple

from pydantic import JsonValue

from attngan import events
from attngan.config import Settings, TrainConfig
from demo.jobs.folder import JobFolder, Record

State = Literal["waiting", "starting", "running", "stopping", "finished", "stopped", "failed", "interrupted"]
ENDED: tuple[State, ...] = ("finished", "stopped", "failed", "interrupted")
MOST_POINTS = 256  # in one answer; more are averaged in groups


class Point(NamedTuple):
    """One place on the loss curves."""

    step: float
    seconds: float
    generator_loss: float
    discriminator_loss: float


class News(Settings):
    """A job's state, and what its events after a cursor say: None where they say nothing about it."""

    run: str
    state: State
    position: int  # in the queue, 1 is next; 0 when not waiting
    wait: float  # seconds of training that are still to come before its turn; 0 when not waiting
    budget: float  # seconds of training asked for
    cursor: int  # bytes of events.jsonl read so far, to be given with the next question
    more: bool  # there is more to read: ask again at once
    model: bool  # there is a model to explore
    longer: bool = False  # it has ended and can be trained longer
    name: str = ""  # what the person calls it
    own: bool = True  # whoever asks may steer, stop, rename and delete it
    rest: float = 0.0  # seconds to let pass until the next question, as many others watch too
    points: tuple[Point, ...] = ()
    step: int | None = None
    seconds: float | None = None  # trained so far
    progress: float | None = None  # part of what was asked for, in [0, 1]; at 1 it is measured and saved
    images: int | None = None  # reals seen so far
    images_per_second: float | None = None
    shares: tuple[tuple[float, float], ...] = ()  # seconds, and the part of the processor got until then
    gates: dict[str, float] | None = None
    frame: int | None = None  # step of the newest frame
    frames: tuple[int, ...] = ()  # steps of all new ones, which replace those after `back_to`
    dropped: tuple[int, ...] = ()  # steps of those that made room
    kind: str = "pictures"  # of what is learnt
    pictures: int | None = None  # items in the data set
    precision: str | None = None
    notes: tuple[str, ...] = ()
    credit: str | None = None  # attribution and licence of the data
    measures: tuple[str, ...] | None = None  # keys of what is measured while it trains (attngan.vocabulary)
    quality: tuple[tuple[float, ...], ...] = ()  # each measurement: seconds, then the value of each measure
    rolled_back: events.RolledBack | None = None  # the last time
    back_to: int | None = None  # the earliest step that it went back to, there also where it gave up
    raced: bool = False  # another is trained with it, in turns
    paused: bool | None = None  # somebody has it wait
    stepped: events.Stepped | None = None  # the last step that somebody asked for
    settings: dict[str, JsonValue] | None = None  # that can be changed, or are others now; and the loss
    changed: tuple[events.Changed, ...] = ()  # what somebody changed on the way
    marked: tuple[int, ...] = ()  # steps whose full state is kept
    refused: str | None = None  # why the last wish was not granted
    cause: events.Cause | None = None  # what went wrong in training, where it ended in that
    full: bool = False  # a full drive interrupted it
    reason: str | None = None  # why it ended in failure


def news(
    folder: JobFolder,
    state: State,
    position: int,
    cursor: int,
    wait: float = 0.0,
    owner: str = "",
    together: Sequence[JobFolder] = (),
) -> News:
    """The news of this job after `cursor` bytes of its events, for a visitor. Of all that are trained
    `together` (demo.jobs.crew) it rests as the first one does.
    """
    found, cursor, more = folder.run.read(cursor)
    record = folder.record()
    values: dict[str, Any] = {}
    points = []
    steps: list[int] = []
    dropped: set[int] = set()
    back: list[int] = []
    quality, changed, marked = [], [], []
    shares: list[tuple[float, float]] = []
    for event in found:
        match event:
            case events.Started():
                values |= event.model_dump(include={"step", "pictures", "precision", "notes"})
                values["paused"] = False
                values["settings"] = event.train.model_dump(
                    mode="json", include={*TrainConfig.STEERABLE, "loss"}
                )
                named = event.licence in event.attribution
                values["credit"] = event.attribution if named else f"{event.attribution}, {event.licence}"
            case events.StepDone():
                values |= event.model_dump(
                    include={"step", "seconds", "images", "images_per_second", "gates"}
                )
                if event.processor is not None:
                    shares.append((event.seconds, event.processor))
                values["progress"] = min(1.0, event.seconds / record.budget)
                points.append(
                    Point(event.step, event.seconds, event.generator_loss, event.discriminator_loss)
                )
            case events.FrameSaved():
                steps = [*steps, event.step] if event.step not in steps else steps
                dropped.discard(event.step)
            case events.Thinned():
                dropped |= {*event.dropped}
                steps = [step for step in steps if step not in dropped]
            case events.QualityMeasured():
                values["measures"] = tuple(event.values)
                quality.append((event.seconds, *event.values.values()))
            case events.RolledBack():
                values["rolled_back"] = event
                values["settings"] = (values.get("settings") or {}) | event.after
                back.append(event.to_step)
                steps = [step for step in steps if step <= event.to_step]
            case events.Paused() | events.Resumed():
                values |= event.model_dump(include={"step", "seconds"})
                values["paused"] = isinstance(event, events.Paused)
            case events.Stepped():
                values |= event.model_dump(include={"step", "seconds"})
                values["stepped"] = event
            case events.Changed():
                changed.append(event)
                values["settings"] = (values.get("settings") or {}) | event.after
            case events.Marked():
                marked.append(event.step)
            case events.Refused():
                values["refused"] = event.reason
            case events.Failed():
                back.append(event.step)
                steps = [step for step in steps if step <= event.step]
                if not event.full:  # then its sentence is for those who see the folder
                    values |= {"reason": event.reason, "cause": event.cause}
    if together and together[0].id != folder.id:
        values["paused"] = together[0].run.is_paused()
    if state == "failed" and "reason" not in values:
        ending = folder.run.ending()
        told = ending.reason if isinstance(ending, events.Failed) else folder.last_words()
        values["reason"] = record.failed or told
    return News.of(
        run=folder.id,
        state=state,
        position=position,
        wait=wait,
        budget=record.budget,
        kind=record.request.kind,
        name=record.name,
        own=record.is_of(owner),
        raced=len(together) > 1,
        longer=state in ENDED
        and (folder.can_go_on() or (state == "interrupted" and folder.can_begin_anew())),
        full=state == "interrupted" and _is_full(record, _ending(folder, record)),
        cursor=cursor,
        more=more,
        model=folder.run.model() is not None,
        points=averaged(points, MOST_POINTS),
        frame=steps[-1] if steps else None,
        frames=tuple(steps),
        dropped=tuple(sorted(dropped)),
        back_to=min(back, default=None),
        shares=tuple(shares[:: -max(1, -(-len(shares) // MOST_POINTS))][::-1]),
        quality=tuple(quality),
        changed=tuple(changed),
        marked=tuple(marked),
        **values,
    )


def state_of_living(folder: JobFolder, record: Record) -> State:
    """The state of a job that has begun and goes on."""
    if record.stopped:
        return "stopping"
    return "running" if folder.has_written(record) else "starting"


def state_of_ended(folder: JobFolder, record: Record) -> State:
    """The state of a job that goes on no more."""
    ending = _ending(folder, record)
    if _is_full(record, ending):
        return "stopped" if record.stopped else "interrupted"
    if isinstance(ending, events.Failed) or (record.failed and not record.stopped):
        return "failed"
    if ending:
        if ending.reason == "budget":
            return "finished"
        return "stopped" if record.stopped else "interrupted"  # by a server that ended
    return "stopped" if record.stopped else "interrupted"


def _ending(folder: JobFolder, record: Record) -> events.Finished | events.Failed | None:
    """How the run ended this time, not before it went on, as far as it could tell."""
    told = folder.has_written(record) or record.begun is None
    return folder.run.ending() if told else None


def _is_full(record: Record, ending: events.Finished | events.Failed | None) -> bool:
    """Whether the drive had no room left: that is no fault of the training."""
    return record.full is not None or (isinstance(ending, events.Failed) and ending.full)


def averaged(points: Sequence[Point], most: int) -> tuple[Point, ...]:
    """At most `most` points, each the mean of as many neighbours as it takes."""
    group = max(1, -(-len(points) // most))
    if group == 1:
        return tuple(points)
    groups = (points[start : start + group] for start in range(0, len(points), group))
    return tuple(Point(*(sum(column) / len(part) for column in zip(*part, strict=True))) for part in groups)
