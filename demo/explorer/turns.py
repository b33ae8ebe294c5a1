"""One at a time: of those who want the same work a few may wait, and none of them for long."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager

from demo.web import BusyError

PATIENCE_SECONDS = 30


class Turns:
    """So many places, one of them at work; `many` and `slow` are what others are told. Any thread may ask."""

    def __init__(self, places: int, many: str, slow: str) -> None:
        self.lock = threading.Lock()
        self.places = threading.Semaphore(places)
        self._many, self._slow = many, slow

    @contextmanager
    def one(self) -> Iterator[None]:
        """Alone at work; raises BusyError when too many wait, or one for too long."""
        if not self.places.acquire(blocking=False):
            raise BusyError(f"{self._many} just now. Try again in a few seconds.", 5)
        try:
            if not self.lock.acquire(timeout=PATIENCE_SECONDS):
                raise BusyError(f"{self._slow} just now. Try again in a minute.", 60)
            try:
                yield
            finally:
                self.lock.release()
        finally:
            self.places.release()
