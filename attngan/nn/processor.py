"""What part of the time that this process could have computed in it did, as the system's scheduler tells."""

import time
from pathlib import Path

TASKS = Path("/proc/self/task")  # of Linux: a folder a thread
LOOK_SECONDS = 1.0  # between two looks


class Processor:
    """Looks now and then at how long this process computed, and how long it waited for a core.

    Threads that sleep, or wait for each other, wait for no core: work that keeps one core busy of two is not
    taken for a busy machine.
    """

    def __init__(self) -> None:
        self._looked = time.monotonic()
        self._before = _computed_and_waited()
        self._share: float | None = None

    def share(self) -> float | None:
        """Computed by computed and waited, over the last second or so; None where that is not known."""
        if time.monotonic() - self._looked >= LOOK_SECONDS:
            self._looked = time.monotonic()
            now = _computed_and_waited()
            if now and self._before:
                computed, waited = (
                    max(0, after - before) for after, before in zip(now, self._before, strict=True)
                )
                self._share = computed / (computed + waited) if computed + waited else None
            self._before = now
        return self._share


def _computed_and_waited() -> tuple[int, int] | None:
    """Nanoseconds of all threads that live, since they began; None where the system does not tell."""
    computed = waited = 0
    try:
        for task in TASKS.iterdir():
            one, other, _ = (task / "schedstat").read_text().split()
            computed, waited = computed + int(one), waited + int(other)
    except (OSError, ValueError):  # a thread that has just ended, too: the next look tells
        return None
    return (computed, waited) if computed else None
