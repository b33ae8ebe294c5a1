"""What the networks are built of, against values worked out by hand."""

import pytest
import torch
from torch import nn

from attngan.layers import (
    ConditionalNorm,
    LateNoise,
    ResidualConvolution,
    activate,
    append_batch_deviation,
    bottleneck,
)


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


def test_the_widths_of_a_bottleneck_are_the_nearest_within_its_parameters():
    # 5 channels, widths 2 and 3: (5 * 2 + 2) + (9 * 2 * 3 + 3) + 3 * 5 = 84
    assert bottleneck(5, 84) == (2, 3)
    assert sum(value.numel() for value in ResidualConvolution(5, 84).parameters()) == 84
    for parameters, most in ((83, 60), (97, 84), (211, 192), (8191, 8184)):  # by trying all pairs
        layer = ResidualConvolution(5, parameters)
        assert sum(value.numel() for value in layer.parameters()) == most
    with pytest.raises(ValueError, match="5 channels has only 19"):
        bottleneck(5, 19)


def test_a_residual_convolution_adds_what_its_three_convolutions_make_of_the_map():
    layer = ResidualConvolution(5, 211)
    features = torch.randn(2, 5, 3, 7, generator=torch.Generator().manual_seed(0))
    change = layer.expand(activate(layer.mix(activate(layer.reduce(features)))))
    assert change.abs().mean() > 0.01
    torch.testing.assert_close(layer(features), features + change)
    moved = features.clone()
    moved[:, :, 0, 0] += 1
    reached = (layer(moved) - layer(features)).abs().amax((0, 1)) > 0
    assert reached.nonzero().tolist() == [[0, 0], [0, 1], [1, 0], [1, 1]]  # a cell reaches its neighbours


def test_late_noise_is_one_number_a_cell_times_a_strength_a_channel():
    layer = LateNoise(2)
    layer.strength.data = torch.tensor([2.0, -3.0]).view(2, 1, 1)
    noise = torch.arange(6.0)[None]  # cells of 2 x 3, row by row
    result = layer(torch.full((1, 2, 2, 3), 100.0), noise)
    assert result[0, 0].tolist() == [[100, 102, 104], [106, 108, 110]]
    assert result[0, 1].tolist() == [[100, 97, 94], [91, 88, 85]]
    assert layer(torch.zeros(1, 2, 2, 3, dtype=torch.bfloat16), noise).dtype == torch.bfloat16
