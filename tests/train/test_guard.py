"""What the guard comes to believe, shown one event after the other, and what it lets be."""

import pytest

from attngan.events import StepDone
from attngan.train import guard
from tests import tiny

WITHIN = guard.LOOK * guard.BELIEVED  # steps after which it believes what it sees


def seen_by(watching: guard.Guard, generator_loss: float, discriminator_loss: float) -> str | None:
    """What it comes to believe of steps with these losses."""
    about = {"seconds": 1.0, "progress": 0.5, "images": 4, "images_per_second": 4.0}
    about |= {"generator_loss": generator_loss, "discriminator_loss": discriminator_loss}
    return [watching.trouble(StepDone(step=step, **about)) for step in range(1, WITHIN + 1)][-1]


@pytest.mark.parametrize(
    ("players", "seen"), [("discriminator", None), ("generator", None), ("both", "discriminator_won")]
)
def test_who_tries_out_what_one_player_does_alone_is_let_be(players: str, seen: str | None):
    state = tiny.state()
    watching = guard.Guard(state, tiny.pictures())
    state.players = players  # type: ignore[assignment]
    assert seen_by(watching, 5.0, 0.0) == seen


@pytest.mark.parametrize(("every", "seen"), [(1, "no_variety"), (16, None)])
def test_a_generator_that_learns_seldom_has_longer_until_it_must_draw_with_variety(
    every: int, seen: str | None
):
    state = tiny.state(discriminator_steps=every)
    watching = guard.Guard(state, tiny.pictures())
    for network in (state.generator, state.ema):
        for parameter in network.parameters():
            parameter.data.zero_()
    state.step = guard.SETTLED
    assert seen_by(watching, 1.0, 1.0) == seen
