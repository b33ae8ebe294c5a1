"""What the networks are built of, against values worked out by hand."""

import pytest
import torch
from torch import nn

from attngan.nn.layers import (
    ConditionalNorm,
    LateNoise,
    ResidualConvolution,
    activate,
    batch_difference,
    bottleneck,
)


def test_a_group_hears_how_much_its_members_differ():
    # Group 1: pictures 0 and 2 differ by 2 and 6, 1 and 3 by 1 and 3, on average by 3. Group 2: all alike.
    features = torch.tensor([[1.0, 0], [3, 1], [3, 6], [4, 4], [5, 7], [5, 7], [5, 7], [5, 7]])
    expected = torch.tensor([3.0, 3, 3, 3, 0, 0, 0, 0])[:, None]
    assert torch.equal(batch_difference(features, group=4), expected)


def test_reals_and_fakes_of_one_batch_do_not_hear_of_each_other():
    rng = torch.Generator().manual_seed(0)
    reals, fakes = torch.randn(8, 3, generator=rng), torch.randn(8, 3, generator=rng) * 100
    together = batch_difference(torch.cat([reals, fakes]))
    torch.testing.assert_close(together[:8], batch_difference(reals))
    torch.testing.assert_close(together[8:], batch_difference(fakes))


def test_a_batch_that_no_group_divides_is_taken_in_pairs_or_alone():
    features = torch.randn(6, 3, generator=torch.Generator().manual_seed(0))
    expected = (features[::2] - features[1::2]).abs().mean(1).repeat_interleave(2)
    torch.testing.assert_close(batch_difference(features, group=4)[:, 0], expected)
    assert torch.equal(batch_difference(features[:5], group=4), torch.zeros(5, 1))


def test_equal_features_have_a_finite_gradient():
    features = torch.ones(4, 3, requires_grad=True)
    batch_difference(features).sum().backward()
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
