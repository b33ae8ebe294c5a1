"""The folder of one job: the request, the uploads, and the run. Nothing else is known of a job."""

import contextlib
import hmac
import re
import secrets
import time
from pathlib import Path
from typing import Any, Literal

from filelock import FileLock
from pydantic import Field, JsonValue, model_validator

from attngan import events
from attngan.config import Settings
from attngan.errors import AttnGanError
from attngan.run.backends import LOG, Local, Ticket
from attngan.run.folder import RunFolder
from demo.jobs.request import Request, arguments, arguments_of_branch, arguments_of_more

ID = r"[0-9a-f]{32}"  # the pattern of the names of job folders
STARTING_SECONDS = 60  # that pass at most between a job's beginning and its ticket
WRITING_SECONDS = 60  # that job.json takes at most to be written


class Extension(Settings):
    """A wish to train longer."""

    seconds: float  # of training in all
    asked: float  # when, in seconds since 1970


class Branch(Settings):
    """Where a job begins that does not begin anew: at a kept moment of another, of which it has a copy."""

    run: str  # the other one's id
    step: int
    began: float  # seconds of training at that moment
    seconds: float  # of training in all
    changes: dict[str, JsonValue] = Field(default_factory=dict)  # to the settings of that moment


class Record(Settings):
    """What job.json keeps."""

    request: Request
    name: str = ""  # what the person calls it
    owner: str = ""  # whose it is (demo.visitors.owner_of); "": of all who hold its id
    data: str  # what --data is given: a catalogue name, or a path relative to the job's folder
    created: float  # seconds since 1970
    waiting: bool = False  # for its turn
    begun: float | None = None  # since when it is being started, in seconds since 1970: never a second time
    ticket: Ticket | None = None  # of the backend that runs or ran it
    stopped: bool = False  # a person asked for it
    failed: str = ""  # why it could not begin, or what it said where it ended without an event
    full: float | None = None  # when a full drive ended it, in seconds since 1970
    longer: tuple[Extension, ...] = ()  # each begins the run once more where it was left
    branch: Branch | None = None
    leader: str = ""  # id of the job whose process trains this one, too (demo.jobs.crew)
    riders: tuple[str, ...] = ()  # ids of the jobs that its own process trains, too
    corner: Literal["", "left", "right"] = ""  # of a race
    against: str = ""  # id of the job in the other corner
    series: str = ""  # id of the left job of the first race between the same two, of other seeds

    @property
    def budget(self) -> float:
        """Seconds of training in all."""
        if self.longer:
            return self.longer[-1].seconds
        return self.branch.seconds if self.branch else self.request.seconds

    @property
    def asked(self) -> float:
        """When somebody last wanted it trained, in seconds since 1970: its place in the queue."""
        return self.longer[-1].asked if self.longer else self.created

    def is_of(self, owner: str) -> bool:
        """Whether this visitor may do with it what its owner may."""
        return not self.owner or hmac.compare_digest(self.owner, owner)

    def arguments(self, goes_on: bool, home: str = "") -> list[str]:
        """What follows `python -m attngan` to begin it, or to go on with it; `home` is the way to its folder
        from where that runs, with a slash.
        """
        if goes_on:
            return arguments_of_more(self.budget, home)
        if self.branch:
            one = self.branch
            return arguments_of_branch(one.step, one.seconds, one.changes, self.data, home)
        return arguments(self.request, self.data, home)

    def extended(self, seconds: float) -> "Record":
        """The record of a job that waits to go on towards so many seconds in all."""
        wish = Extension(seconds=seconds, asked=time.time())
        fresh = {"waiting": True, "begun": None, "ticket": None, "stopped": False, "failed": "", "full": None}
        return self.with_(longer=(*self.longer, wish), **fresh)

    @model_validator(mode="before")
    @classmethod
    def _of_before(cls, values: Any) -> Any:
        """What the page wrote before it wrote tickets: the child's id, and when it was started."""
        if not isinstance(values, dict) or not values.keys() & {"pid", "started"}:
            return values
        values = dict(values)
        pid, started = values.pop("pid", None), values.pop("started", None)
        if pid is not None:
            values["ticket"] = Ticket(backend=Local.name, job=str(pid), began=started or 0.0)
        return values


class JobFolder:
    """job.json, log.txt, the uploaded pictures, and run/ (written by the training alone)."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.id = path.name
        self.run = RunFolder(path / "run")
        self.log = path / LOG
        self.record_file = path / "job.json"

    @classmethod
    def new(cls, runs: Path) -> "JobFolder":
        """A fresh, empty, private folder under an id that cannot be guessed."""
        folder = cls(runs / secrets.token_hex(16))
        folder.path.mkdir(parents=True, mode=0o700)
        return folder

    @staticmethod
    def is_id(name: str) -> bool:
        """Whether a folder of a job may have this name."""
        return re.fullmatch(ID, name) is not None

    @classmethod
    def find(cls, runs: Path, run_id: object) -> "JobFolder":
        """The folder of this id, which may be anything at all; raises AttnGanError where there is none."""
        if isinstance(run_id, str) and cls.is_id(run_id):
            folder = cls(runs / run_id)
            if folder.record_file.is_file():
                return folder
        raise AttnGanError("This training is not here any more: old ones make room for new. Start another.")

    @classmethod
    def own(cls, runs: Path, run_id: object, owner: str) -> "JobFolder":
        """The folder of this id, to be changed; raises AttnGanError where there is none, or another's."""
        folder = cls.find(runs, run_id)
        if not folder.record().is_of(owner):
            raise AttnGanError(
                "Only the browser that started this training can do that, or a program with its secret: "
                "others may watch."
            )
        return folder

    def sibling(self, run_id: str) -> "JobFolder":
        """The folder of another job, whether it is there or not."""
        return JobFolder(self.path.parent / run_id)

    def arguments(self, home: str = "") -> list[str]:
        """What follows `python -m attngan` to begin it, or to go on with it, as Record.arguments says."""
        return self.record().arguments(self.can_go_on(), home)

    def record(self) -> Record:
        """What job.json says; raises AttnGanError where it is damaged or gone."""
        try:
            return Record.parse(self.record_file.read_bytes())
        except OSError as error:
            raise AttnGanError(f"The record of this training cannot be read: {error.strerror}.") from error

    def owner(self) -> str:
        """Whose it is, as far as that can be read."""
        try:
            return self.record().owner
        except AttnGanError:
            return ""

    def write(self, record: Record) -> None:
        """Replaces job.json at once, so that no reader ever sees half of it."""
        new = self.path / f"job.json.{secrets.token_hex(4)}"
        try:
            new.write_text(record.model_dump_json(), encoding="utf-8")
            new.replace(self.record_file)
        except OSError:
            new.unlink(missing_ok=True)
            raise

    def waits(self) -> bool:
        """Whether it waits for its turn; one whose run has begun does not, even if nobody could note it."""
        try:
            record = self.record()
        except AttnGanError:
            return False
        begun = self.has_written(record) if record.longer else self.run.path.exists()
        return record.waiting and not begun

    def has_written(self, record: Record) -> bool:
        """Whether the run has told of itself since it was begun, the last time where it is trained longer."""
        try:
            written = self.run.events_file.stat().st_mtime
        except OSError:
            return False
        return not record.longer or (record.begun is not None and written >= record.begun)

    def seconds_left(self) -> float:
        """Seconds of training that were asked for and are still to come, as far as that can be read."""
        try:
            record = self.record()
            begins = record.branch.began if record.branch else 0.0
            return max(0.0, record.budget - max(begins, self.run.seconds()))
        except AttnGanError:
            return 0.0

    def can_go_on(self) -> bool:
        """Whether a run that has ended, or was interrupted, left what to go on from."""
        return self.run.resume_file.exists()

    def told_full(self) -> float | None:
        """When its run told that a full drive ended it, in seconds since 1970; None where it did not."""
        ending = self.run.ending()
        with contextlib.suppress(OSError):
            if isinstance(ending, events.Failed) and ending.full:
                return self.run.events_file.stat().st_mtime
        return None

    def can_begin_anew(self) -> bool:
        """Whether a run that was interrupted had saved nothing yet, so that nothing is lost by that."""
        return not self.can_go_on() and self.run.model() is None

    def sweep(self) -> None:
        """Removes what was half written when its writer was killed; raises OSError."""
        for left in self.path.glob("job.json.*"):
            if time.time() - left.stat().st_mtime > WRITING_SECONDS:
                left.unlink()
        self.run.sweep_if_free()

    def is_unborn(self) -> bool:
        """Whether it is a job's folder in which nothing has run and of which no record tells."""
        if not self.is_id(self.id) or self.run.path.exists():
            return False
        try:
            self.record()
        except AttnGanError:
            return True
        return False

    def begins(self, record: Record) -> bool:
        """Whether it is being started just now: begun, and the ticket not written yet."""
        if record.begun is None or record.ticket is not None or record.failed or self.has_written(record):
            return False
        return abs(time.time() - record.begun) < STARTING_SECONDS

    def is_written(self) -> bool:
        """Whether a process writes the run: it locks it before the first event (attngan.run.runs.record)."""
        run = self.run
        if not run.lock_file.exists() or run.ending() is not None:
            return False
        lock = FileLock(self.run.lock_file, blocking=False, thread_local=False)
        try:
            lock.acquire()
        except OSError:  # a Timeout too: it is locked
            return True
        lock.release()
        return False

    def last_words(self) -> str:
        """The last line of the child's log, or "": what to tell where it never came to an event."""
        try:
            tail = self.log.read_bytes()[-4096:].decode("utf-8", errors="replace")
        except OSError:
            return ""
        lines = [re.sub(r"[^\w.!?)'\"\]]+$|^[^\w(\['\"]+", "", line) for line in tail.splitlines()]
        return next((line for line in reversed(lines) if line), "")[:500]
