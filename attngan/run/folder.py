"""The folder of a run, told by its path: the one place that says where what lies. Knows no torch.

config.json               the settings: model, training, name or path of the data
events.jsonl              what happened, one event a line
wishes.jsonl              what people ask of the run while it goes on, one wish a line
reals.png                 some of the pictures it learns from
frames/<step>.frame.gz    the same noise drawn again and again, with attention (explain.frames)
snapshots/<step>/         models on the way
states/<step>.pt          full states that were marked, to branch from
model/                    the model at the end; not there while the run goes on
resume.pt                 to go on exactly
glances.bin               of points, where they lay in the last second (run.glances); gone with the run's end
ticket.json, .key         of a run that goes on elsewhere: where, and what it is shown there (run.cluster)
.watched                  touched by who wants these
.lock                     held by the one process that writes here

A step is written with eight digits, so that names sort as steps do.
"""

import os
import shutil
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from filelock import FileLock, Timeout

from attngan import events, storage
from attngan.errors import AttnGanError
from attngan.model import folder as models

FRAME = ".frame.gz"
READ_BYTES = 512 * 1024  # of events.jsonl at a time
TAIL_BYTES = 4096  # in which the last event lies


@dataclass(frozen=True)
class StepFolder:
    """A folder that keeps something of many steps, each in a file or folder named by its step."""

    path: Path
    suffix: str = ""

    def of(self, step: int) -> Path:
        """Where that of a step lies, whether it is there or not."""
        return self.path / f"{step:08d}{self.suffix}"

    def steps(self) -> list[int]:
        """The steps of which something is here, in order."""
        names = (found.name.removesuffix(self.suffix) for found in self.path.glob(f"[0-9]*{self.suffix}"))
        return sorted(int(name) for name in names if name.isdecimal())

    def drop_after(self, step: int) -> None:
        """Remove all that is of later steps."""
        for later in (self.of(one) for one in self.steps() if one > step):
            if later.is_dir():
                shutil.rmtree(later)
            else:
                later.unlink()


def timeline_of(model: Path) -> StepFolder:
    """The frames that a bundled model brings along of the run that it is from."""
    return StepFolder(model / "timeline", FRAME)


class RunFolder:
    """Paths inside a run, and what is read of it without torch. Making one touches no disk."""

    def __init__(self, path: str | Path) -> None:
        self.path = Path(path)
        self.config_file = self.path / models.CONFIG
        self.events_file = self.path / "events.jsonl"
        self.wishes_file = self.path / "wishes.jsonl"
        self.reals_file = self.path / "reals.png"
        self.resume_file = self.path / "resume.pt"
        self.glances_file = self.path / "glances.bin"
        self.ticket_file = self.path / "ticket.json"
        self.watched_file = self.path / ".watched"
        self.lock_file = self.path / ".lock"
        self.finished = self.path / models.FINISHED
        self.frames = StepFolder(self.path / "frames", FRAME)
        self.snapshots = StepFolder(self.path / models.SNAPSHOTS)
        self.states = StepFolder(self.path / "states", ".pt")

    def inside(self, path: Path) -> str:
        """A path of this folder as events tell it: relative, with forward slashes."""
        return path.relative_to(self.path).as_posix()

    def model(self) -> Path | None:
        """The folder of the model to open: the finished one, else the newest snapshot, else None."""
        return models.newest_in(self.path)

    def is_free(self) -> bool:
        """Whether nobody trains here, as far as the lock tells; who starts waits a moment for such a look."""
        lock = FileLock(self.lock_file, timeout=0)
        try:
            lock.acquire()
        except (Timeout, OSError, NotImplementedError):  # the last two: it cannot be told
            return False
        lock.release()
        return True

    def sweep(self) -> None:
        """Remove what a killed process left half written; nobody else may be writing here."""
        for place in (self.path, self.frames.path, self.snapshots.path, self.states.path):
            storage.sweep(place)

    def sweep_if_free(self) -> None:
        """The same where nobody trains, and nobody begins to meanwhile."""
        lock = FileLock(self.lock_file, timeout=0)
        with suppress(Timeout, OSError, NotImplementedError):
            if self.lock_file.exists():  # to lock what is not there would make it
                with lock:
                    self.sweep()

    def ending(self) -> events.Finished | events.Failed | None:
        """The event that ends the run, or None while there is none; reads only the end of the file."""
        event = next(self._latest(), None)
        return event if isinstance(event, events.Finished | events.Failed) else None

    def is_paused(self) -> bool:
        """Whether somebody has the run wait, as the last events tell."""
        steered = (events.Paused, events.Resumed, events.Started, events.StepDone)
        return isinstance(
            next((one for one in self._latest() if isinstance(one, steered)), None), events.Paused
        )

    def seconds(self) -> float:
        """Seconds of training so far, as the last events tell; 0 where they tell nothing."""
        return next((event.seconds for event in self._latest() if event and hasattr(event, "seconds")), 0.0)

    def step(self) -> int:
        """Steps of training so far, as the last events tell; 0 where they tell nothing."""
        return next((event.step for event in self._latest() if event), 0)

    def ask_for_glances(self) -> None:
        """Have the run make them for a while (run.glances)."""
        with suppress(OSError):  # nobody sees them then
            if self.path.is_dir():
                self.watched_file.touch()

    def glances_after(self, step: int) -> bytes:
        """The glances of later steps, one after another; raises OSError where there are none."""
        data = self.glances_file.read_bytes()
        size = int.from_bytes(data[:4], "little")
        each = [data[start : start + size] for start in range(4, len(data), size)] if size else []
        return b"".join(one for one in each if int.from_bytes(one[:4], "little") > step)

    def _latest(self) -> Iterator[events.Event | None]:
        """The events at the end of the file, the last one first, None for a line that is damaged."""
        try:
            with self.events_file.open("rb") as file:
                file.seek(max(0, file.seek(0, os.SEEK_END) - TAIL_BYTES))
                lines = file.read().splitlines()
        except OSError:
            return
        for line in reversed(lines):
            try:
                yield events.parse(line)
            except AttnGanError:
                yield None

    def read(self, cursor: int) -> tuple[list[events.Event], int, bool]:
        """Whole events after `cursor` bytes, the new cursor, and whether more can be read at once.

        A line that is not an event is passed over, and so is one longer than what is read at a time; a line
        without its end is left for the next time.
        """
        try:
            with self.events_file.open("rb") as file:
                size = file.seek(0, os.SEEK_END)
                start = file.seek(cursor if 0 <= cursor <= size else 0)
                chunk = file.read(READ_BYTES)
        except OSError:
            return [], 0, False
        end = chunk.rfind(b"\n") + 1
        if not end and len(chunk) == READ_BYTES:
            return [], start + len(chunk), start + len(chunk) < size
        found = []
        for line in chunk[:end].splitlines():
            try:
                found.append(events.parse(line))
            except AttnGanError:
                continue
        return found, start + end, end > 0 and start + READ_BYTES < size

    def cut_events(self, step: int) -> None:
        """Cut from the end of the file what no run that has come to `step` would have written yet."""
        lines = self.events_file.read_bytes().splitlines(keepends=True) if self.events_file.exists() else []
        while lines and _is_later(lines[-1], step):
            lines.pop()
        if self.events_file.exists():
            os.truncate(self.events_file, sum(map(len, lines)))

    def read_all(self) -> list[events.Event]:
        """All events so far; a last line that is still being written is left out.

        Raises AttnGanError where there are none or a line is damaged.
        """
        try:
            lines = self.events_file.read_bytes().splitlines(keepends=True)
        except OSError as error:
            raise AttnGanError(f"{self.events_file} cannot be read: {error.strerror}.") from error
        return [events.parse(line) for line in lines if line.endswith(b"\n")]


def _is_later(line: bytes, step: int) -> bool:
    """Whether a line is half a line, the end of a run, or of a later step."""
    try:
        event = events.parse(line)
    except AttnGanError:
        return True
    is_end = isinstance(event, events.Finished | events.Failed)
    return not line.endswith(b"\n") or is_end or event.step > step
