"""Losses against values worked out by hand and slow loops; the penalty against derivatives by hand."""

import math
from collections.abc import Callable

import pytest
import torch
from torch import Tensor, nn

from attngan.nn import losses

REALS, FAKES = (0.5, -2.0, 3.0), (1.5, -0.25, -4.0)


def sigmoid(logit: float) -> float:
    return 1 / (1 + math.exp(-logit))


def mean(function: Callable[[float, float], float]) -> float:
    return sum(function(real, fake) for real, fake in zip(REALS, FAKES, strict=True)) / 3


SLOW = {
    losses.minmax_discriminator: lambda r, f: -math.log(sigmoid(r)) - math.log(1 - sigmoid(f)),
    losses.minmax_generator: lambda r, f: -math.log(sigmoid(f)),
    losses.hinge_discriminator: lambda r, f: max(0, 1 - r) + max(0, 1 + f),
    losses.hinge_generator: lambda r, f: -f,
    losses.relativistic_discriminator: lambda r, f: -math.log(sigmoid(r - f)),
    losses.relativistic_generator: lambda r, f: -math.log(sigmoid(f - r)),
}


def test_every_loss_of_the_tables_is_tested_and_the_tables_have_the_same_names():
    assert set(SLOW) == set(losses.DISCRIMINATOR.values()) | set(losses.GENERATOR.values())
    assert losses.DISCRIMINATOR.keys() == losses.GENERATOR.keys()


@pytest.mark.parametrize("loss", SLOW, ids=lambda loss: loss.__name__)
def test_a_loss_is_the_mean_of_its_equation(loss: Callable[[Tensor, Tensor], Tensor]):
    result = loss(torch.tensor(REALS), torch.tensor(FAKES))
    assert result.shape == ()
    assert result.item() == pytest.approx(mean(SLOW[loss]), rel=1e-5)


@pytest.mark.parametrize(
    ("loss", "expected"),
    [
        (losses.minmax_discriminator, 2 * math.log(2)),
        (losses.minmax_generator, math.log(2)),
        (losses.hinge_discriminator, 2),
        (losses.hinge_generator, 0),
        (losses.relativistic_discriminator, math.log(2)),
        (losses.relativistic_generator, math.log(2)),
    ],
)
def test_a_loss_of_an_undecided_discriminator(loss: Callable[[Tensor, Tensor], Tensor], expected: float):
    assert loss(torch.zeros(7), torch.zeros(7)).item() == pytest.approx(expected)


@pytest.mark.parametrize("loss", SLOW, ids=lambda loss: loss.__name__)
def test_a_loss_stays_finite_where_its_logarithms_would_not(loss: Callable[[Tensor, Tensor], Tensor]):
    reals, fakes = torch.tensor([-1e4, 1e4]), torch.tensor([1e4, -1e4])
    assert torch.isfinite(loss(reals, fakes))


@pytest.mark.parametrize("name", losses.GENERATOR)
def test_each_side_pulls_the_fakes_its_way(name: str):
    reals, fakes = torch.tensor(REALS), torch.tensor([0.1, -0.2, 0.3], requires_grad=True)
    (down,) = torch.autograd.grad(losses.GENERATOR[name](reals, fakes), fakes)
    (up,) = torch.autograd.grad(losses.DISCRIMINATOR[name](reals, fakes), fakes)
    assert (down < 0).all()
    assert (up > 0).all()


def test_the_penalty_of_a_quadratic_discriminator_is_worked_out_by_hand():
    # D(x) = sum 3 x^2 has gradient 6 x: pictures of two pixels 1 and of two pixels 2 give 72 and 288.
    images = torch.stack([torch.full((1, 1, 2), 1.0), torch.full((1, 1, 2), 2.0)]).requires_grad_()
    logits = (3 * images**2).sum((1, 2, 3))
    assert losses.r1_penalty(logits, images).item() == pytest.approx((72 + 288) / 2)


def test_the_penalty_is_that_of_each_picture_alone_and_can_be_differentiated_again():
    rng = torch.Generator().manual_seed(3)
    images = torch.randn(5, 2, 3, 7, generator=rng, dtype=torch.float64)
    weight = torch.randn(1, 42, generator=rng, dtype=torch.float64, requires_grad=True)

    def judge(images: Tensor) -> Tensor:
        return nn.functional.linear(images.flatten(1), weight).tanh().squeeze(1)

    watched = images.clone().requires_grad_()
    penalty = losses.r1_penalty(judge(watched), watched)
    slope = 1 - judge(images) ** 2  # derivative of tanh
    by_hand = (slope[:, None] * weight).square().sum(1).mean()
    torch.testing.assert_close(penalty, by_hand)
    (gradient,) = torch.autograd.grad(penalty, weight, retain_graph=True)
    (expected,) = torch.autograd.grad(by_hand, weight)
    torch.testing.assert_close(gradient, expected)
    assert gradient.abs().sum() > 0


def test_mismatch_is_the_mean_over_reals_of_what_another_label_suits_more_than_its_own():
    suits = torch.tensor([[1.0, 3.0], [0.5, -1.0], [2.0, 2.5]])
    labels, others = torch.tensor([0, 1, 0]), torch.tensor([0, 0, 1])
    by_hand = sum(math.log(1 + math.exp(more)) for more in (0.0, 1.5, 0.5)) / 3
    assert losses.mismatch(suits, labels, others).item() == pytest.approx(by_hand)


def test_mode_seeking_is_the_mean_over_neighbours_of_one_label_of_noise_over_items():
    z = torch.tensor([[0.0, 0.0], [1.0, 3.0], [2.0, 4.0], [9.0, 11.0]])
    values = torch.tensor([0.0, 0.25, 0.5, -1.0])[:, None].expand(4, 3)
    labels = torch.tensor([5, 5, 2, 7])  # 2 and 7 make no pair
    assert losses.mode_seeking(values, z, labels).item() == pytest.approx(1 / (0.25 / 2 + 1e-3))
    assert losses.mode_seeking(values, z, torch.arange(4)).item() == 0


def test_mode_seeking_pulls_pictures_of_different_noise_apart():
    images = torch.tensor([0.1, -0.1])[:, None, None, None].expand(2, 1, 4, 4).clone().requires_grad_()
    losses.mode_seeking(images.flatten(1), torch.eye(2), torch.zeros(2)).backward()
    assert images.grad is not None
    assert (images.grad[0] < 0).all()
    assert (images.grad[1] > 0).all()
