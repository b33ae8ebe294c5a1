"""What a person is told in the terminal of a machine that was busy with other things."""

import re
from collections.abc import Generator
from pathlib import Path

import pytest

from attngan.command import progress
from attngan.errors import AttnGanError
from attngan.events import Event, Finished, QualityMeasured, StepDone


def told(processor: float) -> Generator[Event, None, None]:
    """The events of ten seconds with this part of the processor."""
    about = {"step": 7, "progress": 0.5, "images": 4, "images_per_second": 4.0}
    about |= {"generator_loss": 1.0, "discriminator_loss": 1.0, "processor": processor}
    yield StepDone(seconds=1.0, **about)
    yield StepDone(seconds=11.0, **about)
    yield Finished(step=7, seconds=11.0, reason="budget")


def test_what_is_measured_has_a_line_of_its_own(capsys: pytest.CaptureFixture[str]):
    measured = QualityMeasured(step=7, seconds=1.0, values={"kd": 4.968, "variety": 0.8, "memorisation": 1.3})
    progress.show((event for event in (measured,)), Path("run"), False, ())
    assert "Step 7: KD ↓ 4.97, variety → 1 0.80, newness → 1 1.30\n" in capsys.readouterr().out


def test_a_run_that_cannot_begin_shows_no_bar(capsys: pytest.CaptureFixture[str]):
    def refused() -> Generator[Event, None, None]:
        raise AttnGanError("Another process is training.")
        yield

    with pytest.raises(AttnGanError, match="Another process"):
        progress.show(refused(), Path("run"), False, ())
    assert capsys.readouterr().out == ""


def test_a_run_that_goes_on_elsewhere_has_a_bar_and_a_narrow_terminal_all_its_numbers(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setenv("COLUMNS", "80")
    progress.show(told(1.0), Path("run"), False, ())  # which does not begin
    assert re.search(r"step 7 ━+ [0-9:]+ 4 items/s  G 1\.00  D 1\.00", capsys.readouterr().out)


@pytest.mark.parametrize(("processor", "said"), [(0.3, True), (0.8, False)])
def test_a_busy_machine_is_told_with_the_time_that_makes_up_for_it(
    capsys: pytest.CaptureFixture[str], processor: float, said: bool
):
    progress.show(told(processor), Path("run"), False, ())
    printed = " ".join(capsys.readouterr().out.split())
    assert ("got about 30% of it" in printed) is said
    assert ("About 7 seconds more" in printed) is said
