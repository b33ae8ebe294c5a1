"""One training at a time on this machine, a few waiting in turn, and old ones making room."""

import atexit
import contextlib
import os
import shutil
import threading
import time
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path

from filelock import FileLock
from platformdirs import user_data_path

from attngan.data import sources
from attngan.errors import AttnGanError
from attngan.run.backends import Backend, Local
from demo.jobs.folder import JobFolder, Record
from demo.jobs.news import News, State, news
from demo.jobs.request import COMMAND, UPLOADED, Request, arguments
from demo.jobs.running import RunningJob, ask_to_stop, runs_at
from demo.jobs.uploads import stage

MOST_WAITING = 8
MOST_RUNS = 50
MOST_BYTES = 2 * 1024**3  # of all runs together
NICENESS = 6  # a quarter of the share of what a person looks at: a training is still worth watching
EXTRA_SECONDS = 900  # that a run may take beyond three times its budget: downloading, loading, saving
LOOK_SECONDS = 0.1  # between two looks at the run
HEIR_SECONDS = 5  # between two looks of an idle server whether another has died
STAGING_SECONDS = 3600  # that a job takes at most to be put together
EXIT_SECONDS = 10  # for the run to save when the server ends


def runs_folder() -> Path:
    """Where trainings of the page are kept: $ATTNGAN_RUNS, or a folder of the platform's user data."""
    given = os.environ.get("ATTNGAN_RUNS")
    return Path(given).expanduser() if given else user_data_path("attngan", appauthor=False) / "runs"


@cache
def jobs_in(runs: Path) -> "Jobs":
    """The jobs of a runs folder: for one folder always the same, as only one may work in it."""
    return Jobs(runs)


class Jobs:
    """The trainings of one runs folder. Every method may be called from any thread, and none waits long.

    All that is known of a job lies in its folder, so a page that is loaded again, or a server that starts
    again, tells the same: what waited goes on waiting in its order, what runs is found again. Should two
    servers share a folder, the first to have a job wait holds `.lock`, and it alone leaves its queue to a
    later one, or to the other when it dies.
    """

    def __init__(self, runs: Path, command: Sequence[str] = COMMAND, backend: Backend | None = None) -> None:
        self.runs = runs
        self._command = command
        self._backend = backend or Local(NICENESS)
        self._waiting: list[JobFolder] = []
        self._running: RunningJob | None = None
        self._closed = False
        self._change = threading.Condition()
        self._worker: threading.Thread | None = None
        self._lock = FileLock(runs / ".lock", blocking=False, thread_local=False)
        self._adopt()

    def start(self, request: Request, files: Sequence[str | Path] = ()) -> str:
        """Id of the new job, which runs or waits; raises AttnGanError for pictures that cannot be learnt.

        `files` are copied into the job's folder when `request.data` is UPLOADED.
        """
        self._room_for_one_more()
        with _told():
            folder = JobFolder.new(self.runs)
        try:
            with _told():
                name = stage(files, folder.path) if request.data == UPLOADED else request.data
            self._check(request, folder, name)
            with self._change, _told():
                self._room_for_one_more()
                kept = self._keeps_queue()
                folder.write(Record(request=request, data=name, created=time.time(), waiting=kept))
                self._waiting.append(folder)
                self._work()
        except BaseException:
            shutil.rmtree(folder.path, ignore_errors=True)
            raise
        with contextlib.suppress(OSError):  # room is made again after the next run
            self._make_room()
        return folder.id

    def stop(self, run_id: object) -> None:
        """Asks the job to save and stop, or takes it out of the queue; does not wait for it.

        Raises AttnGanError where that cannot be noted: a run stops all the same.
        """
        folder = JobFolder.find(self.runs, run_id)
        with self._change:
            state = self.state(folder)[0]
            running = self._running
            if running and running.folder.id == folder.id:
                running.stop()
            elif state in ("starting", "running"):
                self._stop_another_s(folder)
            if state in ("waiting", "starting", "running"):
                with _told():
                    folder.write(folder.record().with_(stopped=True, waiting=False))
            self._waiting = [job for job in self._waiting if job.id != folder.id]

    def _stop_another_s(self, folder: JobFolder) -> None:
        """Stops a job that runs and that another server began."""
        if running := RunningJob.of(folder, self._backend):
            running.stop()
        else:  # there is no ticket
            ask_to_stop(folder.run, folder.record().request.seconds)

    def state(self, folder: JobFolder) -> tuple[State, int]:
        """The job's state, and its position in the queue (1 is next, 0 when it does not wait)."""
        with self._change:
            waiting = [job.id for job in self._waiting]
            running = self._running if self._running and self._running.folder.id == folder.id else None
        record = folder.record()
        if folder.id in waiting and not record.stopped:
            return "waiting", waiting.index(folder.id) + 1
        if folder.waits():  # for another server
            return "waiting", self._place_in_queue(folder)
        if (running and running.alive()) or self._lives(folder, record):
            if record.stopped:
                return "stopping", 0
            return ("running" if folder.run.events_file.exists() else "starting"), 0
        ending = folder.run.ending()
        if running and not ending:  # it has just ended, and how is not noted yet
            return "stopping" if record.stopped else "running", 0
        if ending:
            if ending.event == "failed":
                return "failed", 0
            return ("finished" if ending.reason == "budget" else "stopped"), 0
        if record.stopped:
            return "stopped", 0
        return ("failed" if record.failed else "lost"), 0

    def _lives(self, folder: JobFolder, record: Record) -> bool:
        """Whether a job that has begun goes on, whoever began it."""
        if record.ticket is None:  # its server died just when it began
            return folder.begins(record) or folder.is_written()
        return runs_at(self._backend, record)

    def _place_in_queue(self, folder: JobFolder) -> int:
        """Its place among the jobs that wait by what lies on disk; 1 where it has just been begun."""
        ids = [job.id for job in self._queue()]
        return 1 + ids.index(folder.id) if folder.id in ids else 1

    def news(self, run_id: object, cursor: int = 0) -> News:
        """What is new in a job after `cursor`; raises AttnGanError for an unknown id."""
        folder = JobFolder.find(self.runs, run_id)
        return news(folder, *self.state(folder), cursor)

    def find(self, run_id: object) -> JobFolder:
        """The folder of a job; raises AttnGanError for an unknown id."""
        return JobFolder.find(self.runs, run_id)

    def close(self) -> None:
        """Stops the run, which saves first. A server that ends calls it; who waits goes on waiting."""
        with self._change:
            self._closed = True
            self._change.notify_all()
            running = self._running
        if running:
            running.stop()
            deadline = time.monotonic() + EXIT_SECONDS
            while running.alive() and time.monotonic() < deadline:
                time.sleep(LOOK_SECONDS)
            if running.alive():
                running.end()
        self._lock.release(force=True)

    def _check(self, request: Request, folder: JobFolder, name: str) -> None:
        """Reads the person's own pictures once, so that what is wrong with them is told at once."""
        source = sources.find(name)
        if source is None or request.data == UPLOADED:
            from attngan import data  # brings torch, which the page's first sight need not wait for

            pictures = data.load(str(folder.path / name), request.image_size)
            labelled = pictures.labels is not None
        else:
            labelled = source.labelled
        if request.conditional and not labelled:
            raise AttnGanError(
                "These pictures have no classes to choose from: switch 'one class at a time' off."
            )

    def _room_for_one_more(self) -> None:
        with self._change:
            if self._closed:
                raise AttnGanError("The server is ending. Try again in a minute.")
            if len(self._waiting) >= MOST_WAITING:
                raise AttnGanError(f"{MOST_WAITING} trainings wait already. Try again when one has ended.")

    def _work(self) -> None:
        """Wakes the worker; the caller holds the lock."""
        if self._worker is None:
            self._worker = threading.Thread(target=self._keep_working, name="jobs", daemon=True)
            self._worker.start()
            atexit.register(self.close)
        self._change.notify_all()

    def _keep_working(self) -> None:
        while not self._closed:
            try:
                self._look_once()
            except (AttnGanError, OSError):  # of one job: the others go on
                time.sleep(LOOK_SECONDS)

    def _look_once(self) -> None:
        with self._change:
            self._change.wait_for(lambda: self._running or self._waiting or self._closed, HEIR_SECONDS)
            if not self._running and not self._waiting:
                self._take_over()
            if self._running is None and self._waiting and not self._closed:
                self._running = self._begin(self._waiting[0])
                del self._waiting[0]
            running = self._running
        if running is None:
            return
        alive = running.alive()
        with contextlib.suppress(AttnGanError, OSError):  # the next look tries again
            running.fetch()
        if alive:
            running.end_if_overdue(EXTRA_SECONDS)
            time.sleep(LOOK_SECONDS)
            return
        with self._change:
            with contextlib.suppress(AttnGanError, OSError):  # a folder that someone has deleted
                running.note_how_it_ended()
            self._running = None
        self._make_room()

    def _begin(self, folder: JobFolder) -> RunningJob | None:
        """The job, which now runs, or None where it cannot, which its record tells.

        That it begins is written first: a server that dies just then leaves nothing to be begun twice.
        Raises OSError where that cannot be written; it waits on.
        """
        try:
            record = folder.record()
            if record.stopped:
                return None
            folder.write(record.with_(begun=time.time(), waiting=False))
            command = [*self._command, *arguments(record.request, record.data)]
            ticket = self._backend.start(folder.path, command)
        except AttnGanError as error:
            with contextlib.suppress(AttnGanError, OSError):
                folder.write(folder.record().with_(failed=str(error), waiting=False))
            return None
        running = RunningJob(folder, self._backend, ticket, record.request.seconds)
        with contextlib.suppress(
            AttnGanError, OSError
        ):  # a full disk: a later server will know it by its run
            record = folder.record().with_(ticket=ticket)
            folder.write(record)
            if record.stopped:  # by another server, just now
                running.stop()
        return running

    def _adopt(self) -> None:
        """Takes over what an earlier server of this folder left: the run that goes on, those that wait."""
        self._sweep()
        with self._change:
            self._running = self._found_running()
            queue = self._queue()
            if queue:
                self._keeps_queue()
            if self._running or queue:
                self._work()

    def _found_running(self) -> RunningJob | None:
        """The newest job that runs, where there is one."""
        for path in self._folders():
            with contextlib.suppress(AttnGanError):  # one that somebody has just deleted
                if found := RunningJob.of(JobFolder(path), self._backend):
                    return found
        return None

    def _keeps_queue(self) -> bool:
        """Whether this server is the one whose waiting jobs are for the next server of this folder.

        The caller holds the lock. Who becomes it has the jobs of the one before.
        """
        if not self._lock.is_locked and not self._closed:
            with contextlib.suppress(OSError):  # a Timeout too: another server has it
                self._lock.acquire()
            if self._lock.is_locked:
                self._inherit()
        return self._lock.is_locked

    def _inherit(self) -> None:
        own = self._waiting
        for folder in own:
            with contextlib.suppress(AttnGanError, OSError):
                record = folder.record()
                folder.write(record.with_(waiting=not record.stopped))
        queue = self._queue()
        known = {folder.id for folder in queue}
        self._waiting = [*queue, *(folder for folder in own if folder.id not in known)]

    def _take_over(self) -> None:
        """Takes over the queue and the run of a server of this folder that has died meanwhile."""
        if self._closed or self._lock.is_locked or not self._queue() or not self._keeps_queue():
            return
        self._running = self._running or self._found_running()

    def _sweep(self) -> None:
        """Removes what servers left that died before they had put together a job."""
        for path in _folders_in(self.runs):
            with contextlib.suppress(OSError):
                old = time.time() - path.stat().st_mtime > STAGING_SECONDS
                if old and JobFolder(path).is_unborn():
                    shutil.rmtree(path, ignore_errors=True)

    def _queue(self) -> list[JobFolder]:
        """The jobs that wait by what lies on disk, the next one first."""
        return [folder for folder in map(JobFolder, reversed(self._folders())) if folder.waits()]

    def _folders(self) -> list[Path]:
        """All job folders, the newest first; one that cannot be read is not among them."""
        found = []
        for path in _folders_in(self.runs):
            with contextlib.suppress(AttnGanError):
                found.append((JobFolder.find(self.runs, path.name).record().created, path))
        return [path for _, path in sorted(found, reverse=True)]

    def _make_room(self) -> None:
        """Deletes the oldest ended jobs beyond MOST_RUNS or MOST_BYTES; the newest always stays."""
        with self._change:
            spared = {job.id for job in self._waiting} | (
                {self._running.folder.id} if self._running else set()
            )
        total = 0
        for count, path in enumerate(self._folders(), start=1):
            total += _bytes(path)
            if count == 1 or path.name in spared or self._goes_on(JobFolder(path)):
                continue
            if count > MOST_RUNS or total > MOST_BYTES:
                shutil.rmtree(path, ignore_errors=True)

    def _goes_on(self, folder: JobFolder) -> bool:
        """Whether a job waits or runs, for whatever server."""
        try:
            return folder.waits() or self._lives(folder, folder.record())
        except AttnGanError:
            return False


@contextlib.contextmanager
def _told() -> Iterator[None]:
    """Inside, a disk that is full or cannot be written is an AttnGanError."""
    try:
        yield
    except OSError as error:
        raise AttnGanError(
            f"The folder of trainings cannot be written: {error.strerror}: make room there."
        ) from error


def _folders_in(runs: Path) -> list[Path]:
    """What lies in the folder of trainings; nothing where there is none."""
    try:
        return list(runs.iterdir())
    except OSError:
        return []


def _bytes(folder: Path) -> int:
    """Size of all files in a folder, of which files and folders may vanish meanwhile."""
    total = 0
    for path, _, names in os.walk(folder):  # not rglob, which fails where a folder vanishes
        for name in names:
            with contextlib.suppress(OSError):
                total += (Path(path) / name).stat().st_size
    return total
