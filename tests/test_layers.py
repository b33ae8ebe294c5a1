"""What the networks are built of, against values worked out by hand."""

import torch
from torch import nn

from attngan.layers import ConditionalNorm, activate, append_batch_deviation


def test_the_appended_feature_is_the_mean_deviation_within_each_group():
    # Group 1: feature 1 deviates by 1, feature 2 by 3, mean 2. Group 2: all alike, deviation 0.
    features = torch.tensor([[1.0, 0], [3, 0], [1, 6], [3, 6], [5, 7], [5, 7], [5, 7], [5, 7]])
    result = append_batch_deviation(features, group=4)
    assert torch.equal(result[:, :2], features)
    expected = torch.tensor([2.0, 2, 2, 2, 0, 0, 0, 0])
    torch.testing.assert_close(result[:, 2], expected, atol=2e-4, rtol=0)


def test_reals_and_fakes_of_one_batch_do_not_hear_of_each_other():
    rng = torch.Generator().manual_seed(0)
    reals, fakes = torch.randn(8, 3, generator=rng), torch.randn(8, 3, generator=rng) * 100
    together = append_batch_deviation(torch.cat([reals, fakes]))
    torch.testing.assert_close(together[:8], append_batch_deviation(reals))
    torch.testing.assert_close(together[8:], append_batch_deviation(fakes))


def test_a_batch_that_no_group_divides_is_taken_in_smaller_groups():
    features = torch.randn(6, 3, generator=torch.Generator().manual_seed(0))
    expected = features.unflatten(0, (2, 3)).std(1, correction=0).mean(1).repeat_interleave(3)
    result = append_batch_deviation(features, group=4)[:, 3]
    torch.testing.assert_close(result, expected, atol=1e-4, rtol=0)


def test_equal_features_have_a_finite_gradient():
    features = torch.ones(4, 3, requires_grad=True)
    append_batch_deviation(features).sum().backward()
    assert torch.isfinite(features.grad).all()


def test_normalisation_is_torchs_own_with_scale_and_shift_from_the_condition():
    rng = torch.Generator().manual_seed(0)
    features, condition = torch.randn(7, 5, 2, 3, generator=rng) * 4 + 1, torch.randn(7, 11, generator=rng)
    norm = ConditionalNorm(5, 11)
    scale, shift = (condition @ norm.affine.weight.T + norm.affine.bias)[:, :, None, None].chunk(2, 1)
    expected = nn.BatchNorm2d(5, affine=False)(features) * (1 + scale) + shift
    torch.testing.assert_close(norm(features, condition), expected)


def test_activation_keeps_a_fifth_of_what_is_negative():
    given = torch.tensor([-5.0, 0, 3])
    torch.testing.assert_close(activate(given), torch.tensor([-1.0, 0, 3]))
