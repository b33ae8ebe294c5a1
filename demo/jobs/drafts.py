"""Jobs as they are asked for, before they have folders: a new training, a branch, the two of a race."""

import shutil
import time
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

from pydantic import JsonValue

from attngan import events
from attngan.config import TrainConfig
from attngan.errors import AttnGanError
from attngan.run.folder import RunFolder
from demo.jobs.folder import Branch, JobFolder, Record
from demo.jobs.material import GLIMPSE, material_of
from demo.jobs.request import ORIGIN, SECONDS, UPLOADED, Request, lasts


class Draft(NamedTuple):
    """What its record says, what has to be put into its folder, and the seconds of training it takes."""

    record: Record
    put: Callable[[Path], None]
    seconds: float


def draft(
    request: Request, files: Sequence[str | Path] = (), visitor: str = "", name: str = "", owner: str = ""
) -> Draft:
    """A new training, on a person's own `files` where `request.data` is UPLOADED; raises AttnGanError."""
    material = material_of(request, files, visitor)
    about = {"name": name, "owner": owner, "data": material.name}
    return Draft(Record(request=request, created=time.time(), **about), material.put, request.seconds)


def again(job: JobFolder, seed: int, owner: str) -> Draft:
    """The same training as a job, with another seed, for whoever asks."""
    record = job.record()
    request = record.request.with_(seed=seed)
    fresh = Record(
        request=request,
        created=time.time(),
        name=record.name,
        owner=owner,
        data=record.data,
        corner=record.corner,
        series=record.series,
    )
    return Draft(fresh, partial(_put_data, job), request.seconds)


def branch(
    job: JobFolder, step: int, seconds: float, settings: Mapping[str, Any], name: str, owner: str
) -> Draft:
    """A training of so many seconds more that begins at a kept moment of a job, with these settings.

    Those that are as they were at that moment are left out. Raises AttnGanError where that moment is not
    kept, and for settings that cannot be.
    """
    if not lasts(seconds):
        raise AttnGanError(f"A branch can train for {SECONDS[0]} to {SECONDS[1]} seconds.")
    began, before = _moment(job, step)
    config = TrainConfig.of(**before | {"seconds": max(SECONDS[0], seconds), "steps": None})
    after = config.steered(dict(settings)).model_dump(mode="json")
    changes: dict[str, JsonValue] = {key: after[key] for key in settings if after[key] != before.get(key)}
    record = job.record()
    where = Branch(run=job.id, step=step, began=began, seconds=round(began + seconds, 2), changes=changes)
    fresh = Record(
        request=record.request,
        created=time.time(),
        name=name,
        owner=owner,
        data=record.data,
        branch=where,
    )
    return Draft(fresh, partial(_put_origin, job, step), seconds)


def race(left: Draft, right: Draft, series: str = "") -> list[Draft]:
    """The two of a race; `series` is the first one of the same two, where this is another seed."""
    corners = {"left": left, "right": right}
    return [
        one._replace(record=one.record.with_(corner=corner, series=series)) for corner, one in corners.items()
    ]


def linked(records: Sequence[Record], ids: Sequence[str]) -> list[Record]:
    """The records of jobs that are trained as one, the first of which leads; of races they are left, right,
    left, right, and so on.
    """
    if len(records) < 2:
        return [*records]
    found = []
    for number, record in enumerate(records):
        led = {"riders": tuple(ids[1:])} if number == 0 else {"leader": ids[0]}
        against = ids[number ^ 1] if record.corner else ""
        found.append(record.with_(**led, against=against, series=record.series or ids[number & ~1]))
    return found


def _moment(job: JobFolder, step: int) -> tuple[float, dict[str, Any]]:
    """Seconds of training at a kept moment, and the settings of then; raises AttnGanError."""
    settings: dict[str, Any] = {}
    found: tuple[float, dict[str, Any]] | None = None
    try:
        told = job.run.read_all()
    except AttnGanError as error:  # whose sentence is for those who see the folder
        raise AttnGanError("No moment of this training is kept that could be read.") from error
    for event in told:
        match event:
            case events.Started():
                settings = event.train.model_dump(mode="json")
            case events.Changed() | events.RolledBack():
                settings |= event.after
            case events.Marked() if event.step == step and step in job.run.states.steps():
                found = event.seconds, dict(settings)  # the last one: it was marked anew
    if found:
        return found
    kept = ", ".join(map(str, job.run.states.steps()))
    advice = f"branch from {kept}" if kept else "mark a moment while it runs"
    raise AttnGanError(f"Step {step} of this training is not kept: {advice}.")


def _put_data(job: JobFolder, folder: Path) -> None:
    """Puts a person's own data, as they lie in a job's folder, into another one; raises OSError."""
    record = job.record()
    if record.request.data == UPLOADED:
        for name in (record.data, GLIMPSE):
            if (job.path / name).exists():
                shutil.copyfile(job.path / name, folder / name)


def _put_origin(job: JobFolder, step: int, folder: Path) -> None:
    """Puts what a branch needs of a job into its folder, so that the job may go before; raises OSError."""
    _put_data(job, folder)
    origin = RunFolder(folder / ORIGIN)
    origin.states.path.mkdir(parents=True)
    shutil.copyfile(job.run.config_file, origin.config_file)
    shutil.copyfile(job.run.states.of(step), origin.states.of(step))
