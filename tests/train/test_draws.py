"""What a step draws by chance follows from (seed, step) alone, whatever the shape of the networks."""

import itertools

import pytest
import torch

from attngan.train.draws import BLOCK, Draw


@pytest.mark.parametrize("batch", [1, 3, BLOCK, BLOCK + 1, 64, 67])
@pytest.mark.parametrize(("short", "long"), [(1, 2), (7, 64), (16, 17), (64, 64 + 256)])
def test_longer_noise_begins_with_the_shorter(batch: int, short: int, long: int):
    draw = Draw(5, 1009)
    assert draw.noise(batch, short).shape == (batch, short)
    assert torch.equal(draw.noise(batch, long)[:, :short], draw.noise(batch, short))


def test_a_larger_batch_of_one_block_begins_with_the_smaller():
    assert torch.equal(Draw(5, 3).noise(13, 7), Draw(5, 3).noise(16, 7)[:13])


def test_any_steps_draw_can_be_had_again_in_any_order():
    forward = [(Draw(5, step).indices(11, 101), Draw(5, step).noise(11, 7)) for step in range(5)]
    torch.rand(13)  # the world's random numbers play no part
    for step in (4, 0, 3):
        draw = Draw(5, step)
        noise = draw.noise(11, 7)
        assert torch.equal(draw.indices(11, 101), forward[step][0])  # nor does what was drawn before
        assert torch.equal(noise, forward[step][1])


def test_what_networks_draw_by_chance_is_the_draws_too():
    with Draw(5, 3).chance("generator"):
        first = torch.rand(7)
    before = torch.get_rng_state()
    with Draw(5, 3).chance("generator"):
        assert torch.equal(torch.rand(7), first)
    assert torch.equal(torch.get_rng_state(), before)
    with Draw(5, 4).chance("generator"):
        assert not torch.equal(torch.rand(7), first)


def test_steps_seeds_and_purposes_differ():
    draws = [
        Draw(seed, step) for seed, step in ((0, 0), (0, 1), (1, 0), (1, 1), (11, 0), (1, 10), (0, 10**7))
    ]
    first = [draw.noise(3, 5) for draw in draws]
    first += [
        torch.randn(3, 5, generator=draws[0].random(purpose)) for purpose in ("indices", "augmented reals")
    ]
    assert not any(itertools.starmap(torch.equal, itertools.combinations(first, 2)))


def test_noise_is_standard_normal_and_every_item_is_drawn_as_often():
    noise = torch.cat([Draw(0, step).noise(64, 7) for step in range(101)])
    assert abs(noise.mean()) < 0.02
    assert abs(noise.std() - 1) < 0.02
    drawn = torch.cat([Draw(0, step).indices(64, 13) for step in range(1009)]).bincount(minlength=13)
    assert len(drawn) == 13
    assert (drawn / drawn.sum() - 1 / 13).abs().max() < 0.005


def test_drawing_leaves_the_worlds_random_numbers_alone():
    torch.manual_seed(3)
    expected = torch.rand(5)
    torch.manual_seed(3)
    Draw(3, 5).noise(7, 11)
    assert torch.equal(torch.rand(5), expected)
