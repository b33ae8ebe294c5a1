"""A shift: a process trains a run for some seconds and hands it over to the next, as if it were the same.

For accelerators that are lent for a minute at a time. All that a training keeps beside its files is handed
over but what it looks at now and then: the guard's copies, and when quality was measured.
"""

import time
from dataclasses import dataclass, field

from attngan.errors import AttnGanError
from attngan.events import Players
from attngan.run.folder import RunFolder
from attngan.run.wishes import Wish, Wishes


@dataclass(frozen=True)
class Steered:
    """How a run is steered: whether somebody has it pause, how many steps of whom are still to come, which
    wishes, and how many bytes of these were read; None where nobody has listened yet.
    """

    paused: bool = False
    steps: int = 0
    players: Players = "both"
    pending: tuple[Wish | AttnGanError, ...] = ()
    heard: int | None = None

    @property
    def waits(self) -> bool:
        """Whether nothing is done until somebody wishes for something."""
        return self.paused and not self.steps and not self.pending


@dataclass(frozen=True)
class Handover:
    """What one tells the next; where nobody `began` the run it is one that nobody trained before.

    When the next frame and snapshot are due, in seconds of training, and how often the run had been taken
    back when it began: what it may be from then on is counted from there.
    """

    steered: Steered = field(default_factory=Steered)
    began: bool = False
    next_frame: float = 0.0
    next_snapshot: float = 0.0
    attempt: int = 0

    @classmethod
    def first(cls, run: RunFolder) -> "Handover":
        """For whoever begins, or goes on with, a run that listens to wishes from now on."""
        return cls(Steered(heard=Wishes(run, resumed=run.events_file.exists()).heard))


@dataclass
class Shift:
    """Until when a process may train, by time.monotonic(), what it was told, and what it tells: None where
    there is nothing to go on with, as the run has ended.
    """

    until: float
    told: Handover
    tells: Handover | None = None

    def is_over(self) -> bool:
        """Whether it is time to hand over, where a step was taken."""
        return time.monotonic() >= self.until
