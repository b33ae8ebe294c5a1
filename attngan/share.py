"""How much of the processor a training got, summed over what its steps tell."""

from attngan.events import StepDone

BUSY = 0.8  # of the processor; below it others take what a training would use (docs/experiments.md, E69)


class Share:
    """Hears of steps; `seconds` are those of them that tell, `lost` how much of these others had."""

    def __init__(self) -> None:
        self.seconds = 0.0
        self.lost = 0.0
        self._before: float | None = None

    def hear(self, event: StepDone) -> None:
        """Count the time since the step that was heard of before."""
        if self._before is not None and event.processor is not None:
            passed = max(0.0, event.seconds - self._before)
            self.seconds += passed
            self.lost += passed * (1 - event.processor)
        self._before = event.seconds

    @property
    def busy(self) -> bool:
        """Whether others had so much that it should be said."""
        return self.lost > (1 - BUSY) * self.seconds
