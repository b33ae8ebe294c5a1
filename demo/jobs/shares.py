"""Each visitor's share of a machine that trains one thing at a time: of places that wait, and of a day."""

import threading
import time
from collections import defaultdict, deque
from collections.abc import Sequence

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
    if owner and sum(job.record().owner == owner for job in waiting) >= MOST_WAITING_EACH:
        raise AttnGanError("One of your trainings waits already: stop it, or wait until it has begun.")


class Day:
    """The seconds of training that each visitor has asked for lately. Any thread may call it."""

    def __init__(self) -> None:
        self._asked: defaultdict[str, deque[tuple[float, float]]] = defaultdict(deque)  # when, seconds
        self._lock = threading.Lock()

    def take(self, owner: str, seconds: float) -> None:
        """Counts what an owner asks for; raises AttnGanError, and counts nothing, where it is too much."""
        if not owner:
            return
        now = time.time()
        with self._lock:
            asked = self._asked[owner]
            while asked and asked[0][0] < now - DAY_SECONDS:
                asked.popleft()
            left = MOST_A_DAY - sum(each for _, each in asked)
            if seconds > left:
                raise AttnGanError(
                    f"One visitor can train for {MOST_A_DAY // 3600} hours within a day, and of yours "
                    f"{max(0, left):.0f} seconds are left: others want to train, too."
                )
            asked.append((now, seconds))
