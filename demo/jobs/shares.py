"""Each visitor's share of a machine that trains one thing at a time: of places that wait, and of a day."""

import threading
import time
from collections import deque
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from attngan.errors import AttnGanError
from demo.jobs.folder import JobFolder

MOST_WAITING = 8  # of all visitors
MOST_WAITING_EACH = 1
DAY_SECONDS = 24 * 3600
MOST_A_DAY = 4 * 3600  # seconds of training that one visitor may ask for within DAY_SECONDS


def check_place(waiting: Sequence[JobFolder], owner: str) -> None:
    """Raises AttnGanError where no job may wait any more, or none of this owner."""
    if len(waiting) >= MOST_WAITING:
        raise AttnGanError(f"{MOST_WAITING} trainings wait already. Try again when one has ended.")
    if owner and sum(job.owner() == owner for job in waiting) >= MOST_WAITING_EACH:
        raise AttnGanError("One of your trainings waits already: stop it, or wait until it has begun.")


@dataclass
class Asked:
    """Seconds of training that a visitor has asked for: when, and of which job."""

    when: float
    job: str
    seconds: float


class Day:
    """The seconds of training that each visitor has asked for lately. Any thread may call it."""

    def __init__(self) -> None:
        self._asked: dict[str, deque[Asked]] = {}
        self._lock = threading.Lock()

    @contextmanager
    def taken(self, visitor: str, job: str, seconds: float) -> Iterator[None]:
        """Counts what a visitor asks for, unless the block fails; raises AttnGanError for too much."""
        self._take(visitor, job, seconds)
        try:
            yield
        except BaseException:
            self.give_back(job, seconds)
            raise

    def give_back(self, job: str, seconds: float) -> None:
        """What did not come to pass of a job, to whoever asked for it, the last first."""
        with self._lock:
            paid = [one for asked in self._asked.values() for one in asked if one.job == job]
            for one in sorted(paid, key=lambda one: one.when, reverse=True):
                back = max(0.0, min(seconds, one.seconds))
                one.seconds, seconds = one.seconds - back, seconds - back

    def _take(self, visitor: str, job: str, seconds: float) -> None:
        if not visitor or seconds <= 0:
            return
        now = time.time()
        with self._lock:
            for each, asked in [*self._asked.items()]:
                while asked and asked[0].when < now - DAY_SECONDS:
                    asked.popleft()
                if not asked:
                    del self._asked[each]
            asked = self._asked.get(visitor, deque())
            left = MOST_A_DAY - sum(one.seconds for one in asked)
            if seconds > left:
                raise AttnGanError(
                    f"One visitor can train for {MOST_A_DAY // 3600} hours within a day, and of yours "
                    f"{max(0, left):.0f} seconds are left: others want to train, too."
                )
            asked.append(Asked(now, job, seconds))
            self._asked[visitor] = asked
