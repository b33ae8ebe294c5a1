"""How much of the processor a training got."""

import pytest

from attngan.events import StepDone
from attngan.share import Share


def share_of(*told: tuple[float, float | None]) -> Share:
    """What is heard of steps at these seconds, with these parts of the processor."""
    share = Share()
    about = {"step": 1, "progress": 0.5, "images": 4, "images_per_second": 4.0}
    about |= {"generator_loss": 1.0, "discriminator_loss": 1.0}
    for seconds, processor in told:
        share.hear(StepDone(seconds=seconds, processor=processor, **about))
    return share


def test_what_others_had_is_summed_over_the_time_of_the_steps():
    share = share_of((1.0, 0.0), (3.0, 0.5), (7.0, 0.25))
    assert (share.seconds, share.lost) == (6.0, 2 * 0.5 + 4 * 0.75)
    assert share.busy


@pytest.mark.parametrize("told", [(), ((5.0, 0.1),), ((1.0, None), (9.0, None))])
def test_who_tells_nothing_of_it_lost_nothing(told: tuple[tuple[float, float | None], ...]):
    share = share_of(*told)
    assert (share.seconds, share.lost, share.busy) == (0.0, 0.0, False)


def test_a_training_that_has_the_processor_alone_is_not_called_busy():
    assert not share_of((0.0, None), (10.0, 0.9), (20.0, 0.85)).busy
