"""The news of a job for a crowd: many who watch ask for the same within a moment, and hear the same."""

import contextlib
import threading

from cachetools import TTLCache

from demo.jobs.folder import JobFolder, Record
from demo.jobs.news import News
from demo.jobs.queue import Jobs

ECHO_SECONDS = 0.1  # what neither the record nor the events tell, a place in the queue, may be so old
MOST_KEPT = 64  # answers
QUESTIONS = 40  # a second, of all who watch together
LONGEST_REST = 3.0  # seconds between two questions of one
MOST_WATCHERS = int(QUESTIONS * LONGEST_REST)  # beyond these nobody rests longer

Key = tuple[str, int, int, int]


class Echo:
    """Answers that were just given. A new event, or a change of the record, is told at once."""

    def __init__(self, jobs: Jobs) -> None:
        self._jobs = jobs
        self._keeping = threading.Lock()
        self._given: TTLCache[Key, tuple[News, Record]] = TTLCache(MOST_KEPT, ECHO_SECONDS)
        self._watchers: TTLCache[str, None] = TTLCache(MOST_WATCHERS, 2 * LONGEST_REST)

    def news(self, run_id: object, cursor: int, owner: str) -> News:
        """As Jobs.news; its `rest` keeps a crowd from asking more often than a few."""
        folder = self._jobs.find(run_id)
        key = (folder.id, cursor, *_written(folder))
        with self._keeping:
            self._watchers[owner] = None
            rest = len(self._watchers) / QUESTIONS
            given = self._given.get(key)
        if given is None:
            given = self._jobs.news(run_id, cursor), folder.record()
            with self._keeping:
                self._given[key] = given
        news, record = given
        return news.model_copy(update={"own": record.is_of(owner), "rest": rest})


def _written(folder: JobFolder) -> tuple[int, int]:
    """What changes whenever the record is written or the run tells something."""
    record = events = 0
    with contextlib.suppress(OSError):
        record = folder.record_file.stat().st_mtime_ns
    with contextlib.suppress(OSError):
        events = folder.run.events_file.stat().st_size
    return record, events
