"""One at a time: of those who want the same work a few may wait, and none of them for long."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager

from demo.web import BusyError

WAITING = 24  # requests, with the one at work
PATIENCE_SECONDS = 30


class Turns:
    """Any thread may take one; whoever needs not to be counted takes the lock."""

    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.places = threading.Semaphore(WAITING)

    @contextmanager
    def one(self) -> Iterator[None]:
        """Alone at work; raises BusyError when too many wait, or one for too long."""
        if not self.places.acquire(blocking=False):
            raise BusyError("Many people are drawing just now. Try again in a few seconds.", 5)
        try:
            if not self.lock.acquire(timeout=PATIENCE_SECONDS):
                raise BusyError("Drawing takes too long just now. Try again in a minute.", 60)
            try:
                yield
            finally:
                self.lock.release()
        finally:
            self.places.release()
