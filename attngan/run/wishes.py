"""What people ask of a run while it goes on: a wish is a line of wishes.jsonl, read between two steps."""

import os
from typing import Annotated, Any, Literal

from pydantic import Field, JsonValue, TypeAdapter, ValidationError

from attngan.config import Settings, TrainConfig, explain, nearest
from attngan.errors import AttnGanError
from attngan.events import Players
from attngan.run.folder import RunFolder

LONGEST = 10_000  # bytes of a wish
READ_BYTES = 64 * 1024  # at a time
MOST_STEPS = 10_000  # that one wish may ask for


class Pause(Settings):
    """Stop after this step and wait; time does not run."""

    wish: Literal["pause"] = "pause"


class Resume(Settings):
    """Go on."""

    wish: Literal["resume"] = "resume"


class Step(Settings):
    """Pause, then take so many steps in which only these players learn, and wait again."""

    wish: Literal["step"] = "step"
    players: Players = "both"
    count: int = Field(1, ge=1, le=MOST_STEPS)


class Change(Settings):
    """Go on with other settings, out of TrainConfig.STEERABLE."""

    wish: Literal["change"] = "change"
    changes: dict[str, JsonValue] = Field(min_length=1)


class Mark(Settings):
    """Keep the full state of this step, to branch from."""

    wish: Literal["mark"] = "mark"


class Stop(Settings):
    """Save and end."""

    wish: Literal["stop"] = "stop"


Wish = Pause | Resume | Step | Change | Mark | Stop

_any_wish: TypeAdapter[Wish] = TypeAdapter(Annotated[Wish, Field(discriminator="wish")])


def of(name: str, **values: Any) -> Wish:
    """The wish of this name; raises AttnGanError for an unknown one or wrong values."""
    known = {wish.model_fields["wish"].default: wish for wish in (Pause, Resume, Step, Change, Mark, Stop)}
    if name not in known:
        raise AttnGanError(f"Nobody can wish for {name!r:.40}: {nearest(name, known)}")
    wish: Wish = known[name].of(**values)
    return wish


def parse(line: str | bytes) -> Wish:
    """The wish written as one line of JSON; raises AttnGanError where the line is none."""
    try:
        return _any_wish.validate_json(line)
    except ValidationError as error:
        raise AttnGanError(f"This line is no wish: {explain(error)}") from error


def append(run: RunFolder, wish: Wish, train: TrainConfig) -> None:
    """Ask a run of these settings for something; what it makes of it stands among its events.

    Raises AttnGanError for a change that is not allowed, a wish that is too long, and where nobody trains.
    """
    if isinstance(wish, Change):
        train.steered(wish.changes)
    line = wish.model_dump_json().encode() + b"\n"
    if len(line) > LONGEST:
        raise AttnGanError(f"A wish has at most {LONGEST} bytes, not {len(line)}.")
    if run.ending() is not None:
        raise AttnGanError(
            f"{run.path} has ended: go on with --resume {run.path}, or branch from a marked state."
        )
    if run.events_file.exists() and run.is_free():  # one that has not begun yet reads what was asked before
        raise AttnGanError(f"Nobody trains in {run.path} now: go on with --resume {run.path} first.")
    try:
        # one write a line, so that two askers do not mix
        with run.wishes_file.open("ab", buffering=0) as file:
            file.write(line)
    except OSError as error:
        raise AttnGanError(f"{run.wishes_file} cannot be written: {error.strerror}.") from error


class Wishes:
    """The wishes of a run, read as they come; those of before it was resumed are not for it.

    `heard` is how many bytes of them whoever hands over has read.
    """

    def __init__(self, run: RunFolder, resumed: bool, heard: int | None = None) -> None:
        self._file = run.wishes_file
        self.heard = heard if heard is not None else self._size() if resumed else 0

    def new(self) -> list[Wish | AttnGanError]:
        """What was asked since the last look: each a wish, or why a line is none."""
        if self._size() <= self.heard:
            return []
        try:
            with self._file.open("rb") as file:
                file.seek(self.heard)
                chunk = file.read(READ_BYTES)
        except OSError:
            return []
        whole = chunk[: chunk.rfind(b"\n") + 1]
        if not whole and len(chunk) > LONGEST:  # no wish is so long: pass over what is there of it
            whole = chunk
        self.heard += len(whole)
        return [self._read(line) for line in whole.splitlines()]

    def _read(self, line: bytes) -> Wish | AttnGanError:
        try:
            if len(line) > LONGEST:
                raise AttnGanError(f"This line is no wish: it has more than {LONGEST} bytes.")
            return parse(line)
        except AttnGanError as error:
            return error

    def _size(self) -> int:
        try:
            return os.stat(self._file).st_size  # noqa: PTH116 - asked once a step; Path.stat takes twice as long
        except OSError:
            return 0
