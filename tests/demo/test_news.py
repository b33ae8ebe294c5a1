"""What the news tell of moments that made room, and of a processor that others used."""

from pathlib import Path

import pytest

from attngan import events
from demo.jobs.folder import JobFolder, Record
from demo.jobs.news import MOST_POINTS, news
from demo.jobs.request import Request


@pytest.fixture
def folder(tmp_path: Path) -> JobFolder:
    folder = JobFolder.new(tmp_path)
    folder.write(Record(request=Request(seconds=10), data="faces", created=0.0))
    folder.run.path.mkdir()
    return folder


def tell(folder: JobFolder, *told: events.Event) -> int:
    """Add events; where they begin."""
    begin = folder.run.events_file.stat().st_size if folder.run.events_file.exists() else 0
    with folder.run.events_file.open("a") as file:
        file.write("".join(event.model_dump_json() + "\n" for event in told))
    return begin


def moment(step: int) -> events.FrameSaved:
    return events.FrameSaved(step=step, seconds=step, path="frame")


def gone(*steps: int) -> events.Thinned:
    return events.Thinned(step=9, seconds=9, dropped=steps)


def step(seconds: float, processor: float | None) -> events.StepDone:
    about = {"step": 4, "progress": 0.5, "images": 1, "images_per_second": 1}
    about |= {"generator_loss": 1, "discriminator_loss": 1}
    return events.StepDone(seconds=seconds, processor=processor, **about)


def test_moments_that_made_room_are_told_of_also_in_a_later_answer(folder: JobFolder):
    tell(folder, *map(moment, (0, 1, 2, 3)), gone(1), moment(4))
    first = news(folder, "running", 0, 0)
    assert (first.frames, first.dropped) == ((0, 2, 3, 4), (1,))
    begin = tell(folder, gone(2, 3), moment(3))
    later = news(folder, "running", 0, begin)
    assert (later.frames, later.dropped) == ((3,), (2,)), "training went back and came to 3 again"


def test_a_training_that_gave_up_has_no_moments_of_later_steps(folder: JobFolder):
    tell(folder, *map(moment, (0, 8, 16)))
    gave_up = events.Failed(step=8, seconds=8, cause="run_away", reason="It ran away.")
    begin = tell(folder, moment(24), gave_up)
    found = news(folder, "failed", 0, 0)
    assert (found.frame, found.frames, found.back_to) == (8, (0, 8), 8)
    later = news(folder, "failed", 0, begin)
    assert (later.frame, later.frames, later.back_to) == (None, (), 8), (
        "what was told before counts to step 8"
    )


def test_what_part_of_the_processor_it_got_is_told_in_a_bounded_number_of_places(folder: JobFolder):
    tell(folder, step(1, 0.5), step(3, 0.25), step(6, None))
    assert news(folder, "running", 0, 0).shares == ((1, 0.5), (3, 0.25))
    begin = tell(folder, *(step(second, 0.75) for second in range(7, 7 + 2 * MOST_POINTS)))
    found = news(folder, "running", 0, begin).shares
    assert found == tuple((second, 0.75) for second in range(8, 7 + 2 * MOST_POINTS, 2))
