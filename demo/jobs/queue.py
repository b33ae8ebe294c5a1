"""As many trainings at a time as there is room for, a few that wait, old ones make room (long: one lock)."""

import atexit
import contextlib
import itertools
import logging
import threading
import time
from collections.abc import Callable, Sequence
from functools import cache, partial
from pathlib import Path
from typing import TypeVar

from filelock import FileLock

from attngan.errors import AttnGanError
from attngan.run.backends import Backend
from demo.jobs import room
from demo.jobs.crew import crew, delete, note, remove, seconds_left
from demo.jobs.drafts import Draft, draft, linked
from demo.jobs.folder import JobFolder, Record
from demo.jobs.news import ENDED, News, State, news, state_of_ended, state_of_living
from demo.jobs.own import checked_name, to_pay, total_after
from demo.jobs.place import where_to_run
from demo.jobs.request import COMMAND, Request
from demo.jobs.running import LOOK_SECONDS, RunningJob, begin, found_running, goes_on, lives, stop_unseen
from demo.jobs.shares import Day, check_place

T = TypeVar("T")
LOG = logging.getLogger("attngan.page")

EXTRA_SECONDS = 900  # that a run may take beyond three times its budget: downloading, loading, saving
HEIR_SECONDS = 5  # between two looks of an idle server whether another has died
EXIT_SECONDS = 10  # for the run to save when the server ends


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
        self.backend = backend or where_to_run()
        self._waiting, self._closed = list[JobFolder](), False
        self._running, self._width = list[RunningJob](), 1  # how many run at once
        self._change = threading.Condition()
        self._worker: threading.Thread | None = None
        self._told_last = ""  # in the log, of what keeps trainings from beginning
        self._day, self._gauge = Day(), room.Gauge(runs)
        self._lock = FileLock(runs / ".lock", blocking=False, thread_local=False)
        self._adopt()

    def start(
        self,
        request: Request,
        files: Sequence[str | Path] = (),
        visitor: str = "",
        name: str = "",
        owner: str = "",
    ) -> str:
        """Id of the new job, which runs or waits; raises AttnGanError for data that cannot be learnt.

        What is to be learnt of `files` is put into the job's folder when `request.data` is UPLOADED.
        """
        self.check_place(owner)
        return self.add([draft(request, files, visitor, name, owner)], visitor)[0]

    def add(self, drafts: Sequence[Draft], visitor: str = "") -> list[str]:
        """Ids of the new jobs, which run or wait as one, trained in turns; all are of the first one's owner.

        Raises AttnGanError where they cannot be begun; nothing is left then.
        """
        owner = drafts[0].record.owner
        self.check_place(owner)
        folders: list[JobFolder] = []
        try:
            for one in drafts:
                folders.append(self._told(lambda: JobFolder.new(self.runs), *folders))
                self._told(partial(one.put, folders[-1].path), *folders)
            records = linked([one.record for one in drafts], [folder.id for folder in folders])
            asked = (owner or visitor, folders[0].id, sum(one.seconds for one in drafts))
            with self._change, self._day.taken(*asked):
                self.check_place(owner)
                self._told(lambda: self._enqueue(folders, records), *folders)
        except BaseException:
            remove(folders, ignore_errors=True)
            raise
        self._make_room()
        return [folder.id for folder in folders]

    def stop(self, run_id: object, owner: str = "") -> None:
        """Asks the job to save and stop, or takes it out of the queue, with all that are trained with it.

        It does not wait for it. Raises AttnGanError where that cannot be noted: a run stops all the same.
        """
        folder, *_ = jobs = crew(JobFolder.own(self.runs, run_id, owner))
        with self._change:
            state = self.state(folder)[0]
            if running := self._running_of(folder):
                running.stop()
            elif state in ("starting", "running"):
                stop_unseen(folder, self.backend)
            if state in ("waiting", "starting", "running"):
                self._day.give_back(folder.id, seconds_left(jobs))
                self._told(lambda: note(jobs, stopped=True, waiting=False), folder)
            self._waiting = [job for job in self._waiting if job.id != folder.id]

    def train_longer(self, run_id: object, seconds: float, owner: str = "", visitor: str = "") -> None:
        """Has a job that has ended go on for so many seconds more in its turn, a leader with all who ended
        as it did; raises AttnGanError.
        """
        folder = JobFolder.own(self.runs, run_id, owner)
        with self._change:
            self.check_place(owner)
            state = self.state(folder)[0]
            with_it = [one for one in crew(folder) if one.id != folder.id] if folder.record().riders else []
            jobs = [folder, *(one for one in with_it if self.state(one)[0] == state)]
            totals = [total_after(one, state, seconds) for one in jobs]
            with self._day.taken(owner or visitor, folder.id, to_pay(jobs, state, totals)):
                records = [one.record().extended(total) for one, total in zip(jobs, totals, strict=True)]
                records[0] = records[0].with_(leader="", riders=[one.id for one in jobs[1:]])
                self._told(lambda: self._enqueue(jobs, records), *jobs)

    def rename(self, run_id: object, name: object, owner: str = "") -> None:
        """Gives a job another name; raises AttnGanError for what is none."""
        folder = JobFolder.own(self.runs, run_id, owner)
        with self._change:
            record = folder.record().with_(name=checked_name(name))
            self._told(lambda: folder.write(record), folder)

    def delete(self, run_id: object, owner: str = "") -> None:
        """Removes a job with its pictures and its model, one that waits with all that were to be trained with
        it; raises AttnGanError for one that runs.
        """
        folder = JobFolder.own(self.runs, run_id, owner)
        with self._change:
            state = self.state(folder)[0]
            if state not in ("waiting", *ENDED):
                raise AttnGanError("This training still runs: stop it, then delete it.")
            jobs = crew(folder) if state == "waiting" and not folder.run.path.exists() else [folder]
            self._waiting = [job for job in self._waiting if job.id not in {one.id for one in jobs}]
            self._told(lambda: delete(jobs), folder)

    def state(self, folder: JobFolder) -> tuple[State, int]:
        """The job's state, and its position in the queue (1 is next, 0 when it does not wait)."""
        with self._change:
            waiting = [job.id for job in self._waiting]
            running = self._running_of(folder)
        record = folder.record()
        unbegun = record.leader and record.begun is None and not record.stopped
        if unbegun and (leader := crew(folder)[0]).id != folder.id:
            return self.state(leader)
        if folder.id in waiting and not record.stopped:
            return "waiting", waiting.index(folder.id) + 1
        if folder.waits():  # for another server
            return "waiting", room.place_in_queue(folder)
        if (running and running.alive()) or lives(folder, record, self.backend):
            return state_of_living(folder, record), 0
        if running and not (folder.run.ending() and folder.has_written(record)):  # how is not noted yet
            return "stopping" if record.stopped else "running", 0
        return state_of_ended(folder, record), 0

    def news(self, run_id: object, cursor: int = 0, owner: str = "") -> News:
        """What is new in a job after `cursor`, for a visitor; raises AttnGanError for an unknown id."""
        folder = self.find(run_id)
        state, position = self.state(folder)
        together = crew(folder)
        ahead = self._seconds_ahead(together[0]) if position else 0
        return news(folder, state, position, cursor, ahead, owner, together)

    def _seconds_ahead(self, folder: JobFolder) -> float:
        """Seconds of training that were asked for before this job, which waits, and are still to come."""
        with self._change:
            jobs = [one.folder for one in self._running]
            jobs += itertools.takewhile(lambda job: job.id != folder.id, self._waiting)
        return sum(seconds_left(crew(job)) for job in jobs) / self._width

    def find(self, run_id: object) -> JobFolder:
        """The folder of a job; raises AttnGanError for an unknown id."""
        return JobFolder.find(self.runs, run_id)

    def close(self) -> None:
        """Stops the run here, which saves first. A server that ends calls it; all others go on, or wait."""
        with self._change:
            ending = [*self._running] if self.backend.here and not self._closed else []
            self._closed = True
            self._change.notify_all()
        for running in ending:
            running.stop_within(EXIT_SECONDS)
        self._lock.release(force=True)

    def check_place(self, owner: str) -> None:
        """Raises AttnGanError where no more jobs can wait, or none of this owner."""
        with self._change:
            if self._closed:
                raise AttnGanError("The server is ending. Try again in a minute.")
            check_place(self._waiting, owner)

    def _enqueue(self, jobs: Sequence[JobFolder], records: Sequence[Record]) -> None:
        """Has jobs wait as one, as their records say; the caller holds the lock."""
        for one, record in [*zip(jobs, records, strict=True)][1:]:
            one.write(record.with_(waiting=False))
        jobs[0].write(records[0].with_(waiting=self._keeps_queue()))
        self._waiting.append(jobs[0])
        self._work()

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
        self._width = self.backend.width()
        with self._change:
            self._change.wait_for(lambda: self._running or self._waiting or self._closed, HEIR_SECONDS)
            if not self._running and not self._waiting:
                self._take_over()
            while len(self._running) < self._width and self._waiting and not self._closed:
                if room.is_tight(self.runs):
                    self._make_room()
                try:
                    self._running += filter(None, [begin(self._waiting[0], self.backend, self._command)])
                except OSError as error:  # it waits on, and so do all behind it
                    self._tell_once(f"No training can begin: {error.strerror}")
                    break
                self._told_last = ""
                del self._waiting[0]
            running = [*self._running]
        going = [one for one in running if self._look_at(one)]
        if going and self._gauge.is_low():
            self._make_room()
        if going or self._waiting:
            time.sleep(LOOK_SECONDS)

    def _tell_once(self, words: str) -> None:
        if words != self._told_last:
            LOG.warning("%s.", words)
        self._told_last = words

    def _look_at(self, running: RunningJob) -> bool:
        """Whether a run goes on; how it ended is noted where it does not."""
        if running.look(EXTRA_SECONDS):
            return True
        self._make_room()  # first: how it ended may have to be written on a drive that is full
        with self._change, contextlib.suppress(AttnGanError, OSError):  # a folder that someone has deleted
            self._running.remove(running)
            if running.overdue:  # else whoever stopped it was given that back
                self._day.give_back(running.folder.id, seconds_left(crew(running.folder)))
            running.note_how_it_ended()
        return False

    def _running_of(self, folder: JobFolder) -> RunningJob | None:
        return next((one for one in self._running if one.folder.id == folder.id), None)

    def _adopt(self) -> None:
        """Takes over what an earlier server of this folder left: the run that goes on, those that wait."""
        room.sweep(self.runs)
        with self._change:
            self._running = found_running(self.runs, self.backend)
            if queue := room.waiting_in(self.runs):
                self._keeps_queue()
            if self._running or queue:
                self._work()

    def _keeps_queue(self) -> bool:
        """Whether this server is the one whose waiting jobs are for the next server of this folder.

        The caller holds the lock. Who becomes it has the jobs of the one before.
        """
        if not self._lock.is_locked and not self._closed:
            with contextlib.suppress(OSError):  # a Timeout too: another server has it
                self._lock.acquire()
            if self._lock.is_locked:
                self._waiting = room.inherited(self.runs, self._waiting)
        return self._lock.is_locked

    def _take_over(self) -> None:
        """Takes over the queue and the run of a server of this folder that has died meanwhile."""
        if self._closed or self._lock.is_locked or not room.waiting_in(self.runs) or not self._keeps_queue():
            return
        self._running = self._running or found_running(self.runs, self.backend)

    def _told(self, act: Callable[[], T], *spared: JobFolder) -> T:
        """What the act returns, done again with room made where the drive is full; raises AttnGanError."""
        return room.told(self.runs, act, lambda: self._make_room(*spared))

    def _make_room(self, *spared: JobFolder) -> None:
        with self._change:
            running = [*self._running]
            own = {job.id for job in (*self._waiting, *(one.folder for one in running), *spared)}
        for one in running if room.is_tight(self.runs) else ():
            one.find_tight()
        with contextlib.suppress(OSError):  # room is made again after the next run
            room.make_room(self.runs, lambda folder: folder.id in own or goes_on(folder, self.backend))
