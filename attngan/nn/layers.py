"""What the networks are built of.

Shapes: B batch, C channels, H x W a feature map, F features of a picture, G group, S condition size.
"""

from typing import TypeVar

import torch
from jaxtyping import Float
from torch import Tensor, nn
from torch.nn import functional as F

from attngan.nn import ranks

SLOPE = 0.2  # of the leaky rectifiers
Layer = TypeVar("Layer", nn.Linear, nn.Conv2d, "ReadPatches")


class BatchNorm(nn.BatchNorm2d):
    """Batch normalisation (B, C, H, W), while it trains by the means of the whole batch, whoever has its rows
    (attngan.nn.ranks).
    """

    def forward(self, features: Float[Tensor, "B C H W"]) -> Float[Tensor, "B C H W"]:
        normal: Tensor
        if not self.training or ranks.count() == 1:
            normal = super().forward(features)
            return normal
        values = features.float()
        size = ranks.count() * values[:, 0].numel()
        variance, mean = (each.double() for each in torch.var_mean(values, (0, 2, 3), correction=0))
        # Of float64, in which the difference of two large numbers is still exact enough.
        mean, square = ranks.total(torch.stack([mean, variance + mean.square()])) / ranks.count()
        variance = square - mean.square()
        self._remember(mean.detach(), variance.detach() * size / (size - 1))
        scale = (variance + self.eps).rsqrt().float()[:, None, None]
        normal = (values - mean.float()[:, None, None]) * scale
        if self.affine:
            normal = torch.addcmul(self.bias[:, None, None], normal, self.weight[:, None, None])
        return normal.to(features.dtype)

    def _remember(self, mean: Tensor, variance: Tensor) -> None:
        """As torch's own does."""
        share = self.momentum or 0.0
        self.get_buffer("num_batches_tracked").add_(1)
        self.get_buffer("running_mean").lerp_(mean.float(), share)
        self.get_buffer("running_var").lerp_(variance.float(), share)


class ConditionalNorm(nn.Module):
    """Batch normalisation (B, C, H, W) whose scale and shift come from a condition (B, S).

    Ioffe & Szegedy 2015 (arXiv 1502.03167) with the affine part predicted as in BigGAN (Brock et
    al. 2019, arXiv 1809.11096, appendix B): every feature map hears the noise and the class.
    """

    def __init__(self, channels: int, condition_size: int) -> None:
        super().__init__()
        self.norm = BatchNorm(channels, affine=False, momentum=0.05)
        self.affine = nn.Linear(condition_size, 2 * channels)
        nn.init.normal_(self.affine.weight, std=0.5 / condition_size**0.5)
        nn.init.zeros_(self.affine.bias)

    def forward(
        self, features: Float[Tensor, "B C H W"], condition: Float[Tensor, "B S"]
    ) -> Float[Tensor, "B C H W"]:
        scale, shift = self.affine(condition)[..., None, None].chunk(2, 1)
        normal: Tensor = self.norm(features)
        return torch.addcmul(shift, normal, 1 + scale)


class ResidualConvolution(nn.Module):
    """What attention is compared with: y = x + a bottleneck of 1x1, 3x3 and 1x1 convolutions, (B, C, H, W).

    He et al. 2016 (arXiv 1512.03385, figure 5), with no normalisation of its own. Its two widths are the
    nearest that keep it within `parameters`, and neither is more than twice the other.
    """

    def __init__(self, channels: int, parameters: int) -> None:
        super().__init__()
        narrow, wide = bottleneck(channels, parameters)
        self.reduce = he_start(nn.Conv2d(channels, narrow, 1))
        self.mix = he_start(nn.Conv2d(narrow, wide, 3, padding=1))
        self.expand = nn.Conv2d(wide, channels, 1, bias=False)

    def forward(self, features: Float[Tensor, "B C H W"]) -> Float[Tensor, "B C H W"]:
        change: Tensor = self.expand(activate(self.mix(activate(self.reduce(features)))))
        return features + change


def bottleneck(channels: int, parameters: int) -> tuple[int, int]:
    """Widths before and after the 3x3 convolution of the largest ResidualConvolution within `parameters`.

    Raises ValueError where even the smallest has more.
    """

    def count(before: int, after: int) -> int:
        return (channels + 1) * before + (9 * before + 1) * after + after * channels

    pairs = []
    for before in range(1, parameters // (channels + 1)):
        after = min(2 * before, (parameters - (channels + 1) * before) // (9 * before + 1 + channels))
        if before <= 2 * after:
            pairs.append((before, after))
    if not pairs:
        raise ValueError(f"no residual convolution of {channels} channels has only {parameters} parameters")
    return max(pairs, key=lambda pair: count(*pair))


class LateNoise(nn.Module):
    """A number of noise a cell (B, H * W), added to every channel (B, C, H, W) with the channel's strength.

    Karras et al. 2019 (arXiv 1812.04948, section 3.2), after normalisation instead of before it, so that
    the strength has a scale; it starts at random, since from 0 Adam would take hundreds of steps.
    """

    def __init__(self, channels: int) -> None:
        super().__init__()
        self.strength = nn.Parameter(torch.randn(channels, 1, 1) * 0.5)

    def forward(
        self, features: Float[Tensor, "B C H W"], noise: Float[Tensor, "B HW"]
    ) -> Float[Tensor, "B C H W"]:
        kind = features.dtype
        cells = noise.view(-1, 1, *features.shape[2:])  # (B, 1, H, W)
        return torch.addcmul(features, self.strength.to(kind), cells.to(kind))


class ReadPatches(nn.Linear):
    """Every 2x2 patch of a feature map to one cell: (B, C, H, W) -> (B, C', H/2, W/2).

    A convolution with kernel and stride 2, written as the matrix product it is: gradients of strided
    convolutions take several times as long on a CPU (docs/decisions/0014).
    """

    def __init__(self, channels: int, new_channels: int) -> None:
        super().__init__(4 * channels, new_channels)

    def forward(self, features: Float[Tensor, "B C H W"]) -> Float[Tensor, "B C2 H2 W2"]:
        batch, channels, height, width = features.shape
        patches = features.permute(0, 2, 3, 1).reshape(batch, height // 2, 2, width // 2, 2, channels)
        cells = patches.transpose(2, 3).reshape(batch, height // 2, width // 2, 4 * channels)
        return super().forward(cells).permute(0, 3, 1, 2)


def batch_difference(features: Float[Tensor, "B F"], group: int = 4) -> Float[Tensor, "B 1"]:
    """How much the features (B, F) of neighbours in the batch differ: a mean for each group of them, (B, 1).

    What Karras et al. 2018 (arXiv 1710.10196, section 3) tell a discriminator so that it sees a lack of
    variety, as the mean absolute difference of pairs instead of a standard deviation, which takes longer.
    Groups are of 4, or 2 where 4 does not divide the batch, or 1 (which differs by 0), so that reals and
    fakes in one batch do not mix.
    """
    batch = features.shape[0]
    while batch % group:
        group //= 2
    if group == 1:
        return features.new_zeros(batch, 1)
    one, other = features.unflatten(0, (-1, 2, group // 2)).unbind(1)  # (B/G, G/2, F) each
    difference: Tensor = one - other
    # What abs gives, whose second derivative imports torch's compiler.
    difference = difference * difference.detach().sign()
    return difference.mean((1, 2)).repeat_interleave(group)[:, None]


def he_start(layer: Layer) -> Layer:
    """The layer with weights as He et al. 2015 (arXiv 1502.01852, equation 14) start them, biases at 0."""
    nn.init.kaiming_normal_(layer.weight, a=SLOPE)
    if layer.bias is not None:
        nn.init.zeros_(layer.bias)
    return layer


def activate(features: Tensor) -> Tensor:
    """Leaky rectifier."""
    return F.leaky_relu(features, SLOPE)
