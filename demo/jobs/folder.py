"""The folder of one job: what was asked, and what its child wrote. Nothing else is known about a job."""

import os
import re
import secrets
from pathlib import Path

from attngan import events
from attngan.config import Settings
from attngan.errors import AttnGanError
from demo.jobs.request import Request

READ_BYTES = 512 * 1024  # of events.jsonl at a time


class Record(Settings):
    """What job.json keeps."""

    request: Request
    data: str  # what --data is given: a catalogue name, or a path relative to the job's folder
    created: float  # seconds since 1970
    pid: int | None = None  # of the child, once there was one
    started: float | None = None  # when the child was, in seconds since 1970
    stopped: bool = False  # a person asked for it
    failed: str = ""  # why the child could not begin, where it could not


class JobFolder:
    """job.json, log.txt, the uploaded pictures, and run/ (written by the child alone)."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.id = path.name
        self.run = path / "run"
        self.log = path / "log.txt"

    @classmethod
    def new(cls, runs: Path) -> "JobFolder":
        """A fresh, empty, private folder under an id that cannot be guessed."""
        folder = cls(runs / secrets.token_hex(16))
        folder.path.mkdir(parents=True, mode=0o700)
        return folder

    @classmethod
    def find(cls, runs: Path, run_id: object) -> "JobFolder":
        """The folder of this id, which may be anything at all; raises AttnGanError where there is none."""
        if isinstance(run_id, str) and re.fullmatch(r"[0-9a-f]{32}", run_id):
            folder = cls(runs / run_id)
            if (folder.path / "job.json").is_file():
                return folder
        raise AttnGanError("This training is not here any more: old ones make room for new. Start another.")

    def record(self) -> Record:
        """What job.json says; raises AttnGanError where it is damaged or gone."""
        try:
            return Record.parse((self.path / "job.json").read_bytes())
        except OSError as error:
            raise AttnGanError(f"The record of this training cannot be read: {error.strerror}.") from error

    def write(self, record: Record) -> None:
        """Replaces job.json at once, so that no reader ever sees half of it."""
        new = self.path / f"job.json.{secrets.token_hex(4)}"
        new.write_text(record.model_dump_json(), encoding="utf-8")
        new.replace(self.path / "job.json")

    def frame(self, step: int) -> Path | None:
        """The frame of this step as stored, or None where there is none."""
        path = self.run / "frames" / f"{step:08d}.frame.gz"
        return path if path.is_file() else None

    def model(self) -> Path | None:
        """The model to explore: the finished one, else the newest snapshot, else None."""
        snapshots = sorted((self.run / "snapshots").glob("[0-9]*"), reverse=True)
        for folder in (self.run / "model", *snapshots):
            if (folder / "config.json").is_file() and (folder / "model.safetensors").is_file():
                return folder
        return None

    def alive(self) -> bool:
        """Whether the child of job.json runs on this machine, told by its working folder under /proc.

        Never true where there is no /proc: a server that starts there again forgets its last child.
        """
        pid = self.record().pid
        try:
            return pid is not None and Path(f"/proc/{pid}/cwd").readlink() == self.path.resolve()
        except OSError:
            return False

    def last_words(self) -> str:
        """The last line of the child's log, or "": what to tell where it never came to an event."""
        try:
            tail = self.log.read_bytes()[-4096:].decode("utf-8", errors="replace")
        except OSError:
            return ""
        lines = [re.sub(r"[^\w.!?)'\"\]]+$|^[^\w(\['\"]+", "", line) for line in tail.splitlines()]
        return next((line for line in reversed(lines) if line), "")[:500]

    def ending(self) -> events.Finished | events.Failed | None:
        """The event that closes the run, or None while there is none; reads only the end of the file."""
        try:
            with (self.run / "events.jsonl").open("rb") as file:
                file.seek(max(0, file.seek(0, os.SEEK_END) - 4096))
                last = file.read().splitlines()[-1:]
            event = events.parse(last[0]) if last else None
        except (OSError, AttnGanError):
            return None
        return event if isinstance(event, events.Finished | events.Failed) else None

    def read(self, cursor: int) -> tuple[list[events.Event], int, bool]:
        """Whole events after `cursor` bytes, the new cursor, and whether more can be read at once.

        A line that is not an event is passed over; a line without its end is left for the next time.
        """
        try:
            with (self.run / "events.jsonl").open("rb") as file:
                size = file.seek(0, os.SEEK_END)
                start = file.seek(cursor if 0 <= cursor <= size else 0)
                chunk = file.read(READ_BYTES)
        except OSError:
            return [], 0, False
        end = chunk.rfind(b"\n") + 1
        found = []
        for line in chunk[:end].splitlines():
            try:
                found.append(events.parse(line))
            except AttnGanError:
                continue
        return found, start + end, end > 0 and start + READ_BYTES < size
