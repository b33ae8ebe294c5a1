"""What a person is told in the terminal of a machine that was busy with other things."""

from collections.abc import Generator
from pathlib import Path

import pytest

from attngan.command import progress
from attngan.events import Event, Finished, StepDone


def told(processor: float) -> Generator[Event, None, None]:
    """The events of ten seconds with this part of the processor."""
    about = {"step": 7, "progress": 0.5, "images": 4, "images_per_second": 4.0}
    about |= {"generator_loss": 1.0, "discriminator_loss": 1.0, "processor": processor}
    yield StepDone(seconds=1.0, **about)
    yield StepDone(seconds=11.0, **about)
    yield Finished(step=7, seconds=11.0, reason="budget")


@pytest.mark.parametrize(("processor", "said"), [(0.3, True), (0.8, False)])
def test_a_busy_machine_is_told_with_the_time_that_makes_up_for_it(
    capsys: pytest.CaptureFixture[str], processor: float, said: bool
):
    progress.show(told(processor), Path("run"), False, ())
    printed = " ".join(capsys.readouterr().out.split())
    assert ("got about 30% of it" in printed) is said
    assert ("About 7 seconds more" in printed) is said
