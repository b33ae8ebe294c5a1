"""Augmentation keeps shapes, moves content, invents no values, and lets gradients through."""

from collections.abc import Callable

import pytest
import torch
from torch import Tensor
from torch.nn.functional import pad

from attngan.kinds.pictures.augmentation import AUGMENTATIONS, augment, recolour, translate

B, C, H, W = 11, 3, 13, 17


def rng(seed: int = 0) -> torch.Generator:
    return torch.Generator().manual_seed(seed)


def images(seed: int = 7) -> Tensor:
    return torch.rand(B, C, H, W, generator=rng(seed)) * 2 - 1


def moved(picture: Tensor, down: int, right: int) -> Tensor:
    """The picture (C, H, W) moved by up to 2 pixels, its border repeated."""
    padded = pad(picture[None], (2, 2, 2, 2), mode="replicate")[0]
    return padded[:, 2 - down : 2 - down + H, 2 - right : 2 - right + W]


def test_each_picture_is_moved_as_a_whole_and_by_up_to_the_share():
    given = images()
    result = translate(given, rng(), share=0.125)
    shifts = set()
    for before, after in zip(given, result, strict=True):
        found = [
            (down, right)
            for down in range(-2, 3)
            for right in range(-2, 3)
            if torch.equal(after, moved(before, down, right))
        ]
        assert len(found) == 1
        shifts.add(found[0])
    assert len(shifts) > B / 2


def test_moving_by_nothing_changes_nothing():
    assert torch.equal(translate(images(), rng(), share=0), images())


def test_moving_brings_in_no_value_that_was_not_there():
    for before, after in zip(images(), translate(images(), rng(), share=0.9), strict=True):
        assert set(after.flatten().tolist()) <= set(before.flatten().tolist())


def test_recolouring_changes_all_pixels_of_a_picture_by_one_rule():
    given = torch.full((B, C, H, W), 0.25)
    result = recolour(given, rng())
    torch.testing.assert_close(result, result[:, :1, :1, :1].expand_as(result))  # plain grey stays plain grey
    assert result[:, 0, 0, 0].unique().numel() == B
    assert (result - 0.25).abs().max() <= 0.5 + 1e-6  # brightness moves by up to a half


def test_recolouring_is_brightness_then_saturation_then_contrast():
    given = images()
    brightness, saturation, contrast = torch.rand(3, B, generator=rng())
    result = recolour(given, rng())
    for index in range(B):
        picture = given[index] + brightness[index] - 0.5
        grey = picture.mean(0, keepdim=True)
        picture = grey + 2 * saturation[index] * (picture - grey)
        picture = picture.mean() + (contrast[index] + 0.5) * (picture - picture.mean())
        torch.testing.assert_close(result[index], picture)


@pytest.mark.parametrize("change", AUGMENTATIONS.values(), ids=AUGMENTATIONS)
def test_an_augmentation_keeps_the_shape_and_follows_its_seed(change: Callable[..., Tensor]):
    first, again, other = (change(images(), rng(seed)) for seed in (1, 1, 2))
    assert first.shape == (B, C, H, W)
    assert torch.equal(first, again)
    assert not torch.equal(first, other)


@pytest.mark.parametrize("change", AUGMENTATIONS.values(), ids=AUGMENTATIONS)
def test_gradients_reach_the_pictures(change: Callable[..., Tensor]):
    # Each augmentation is affine, so a step changes the result by exactly what the gradient says.
    given, direction, watched = images().requires_grad_(), images(8), images(9)
    result = change(given, rng(1))
    (gradient,) = torch.autograd.grad((result * watched).sum(), given)
    stepped = (change(images() + direction, rng(1)) - result) * watched
    assert stepped.sum().item() == pytest.approx((gradient * direction).sum().item(), rel=1e-3)
    assert gradient.abs().sum() > 0


def test_names_are_applied_in_their_order_and_none_changes_nothing():
    given = images()
    assert torch.equal(augment(given, (), rng()), given)
    one = rng(3)
    expected = recolour(translate(given, one), one)
    assert torch.equal(augment(given, ("translation", "colour"), rng(3)), expected)


def test_a_share_of_the_pictures_is_changed_and_the_others_are_not():
    given = torch.rand(400, 3, 8, 8)
    changed = (augment(given, ("colour",), rng(), share=0.3) != given).flatten(1).any(1)
    assert 0.2 < changed.float().mean() < 0.4
    assert torch.equal(augment(given, ("colour",), rng(), share=0.0), given)
