"""DCGAN: Radford, Metz & Chintala 2015 (arXiv 1511.06434), as its section 3 asks and its section 4 trains.

Strided convolutions instead of pooling, batch normalisation in both networks but not at the generator's
last and the discriminator's first layer, no hidden fully connected layers, ReLU and tanh in the generator,
LeakyReLU in the discriminator. No classes, no attention.

Shapes: B batch, L latent size, C channels, H x W a picture. A feature map of half the picture's size has
`width` channels, and twice as many with every halving.
"""

import itertools

import torch
from torch import Tensor, nn

from attngan.kinds.pictures.config import DcganConfig
from attngan.kinds.pictures.networks import SMALLEST, feature_sizes
from attngan.nn.attention import Edits
from attngan.nn.batch import Condition
from attngan.nn.layers import BatchNorm
from attngan.nn.players import Discriminator, DiscriminatorOutput, Generator, GeneratorOutput

START_DEVIATION = 0.02  # of all weights, section 4
SLOPE = 0.2  # of the leaky rectifiers, section 4


class DcganGenerator(Generator):
    """Noise (B, L) to pictures: figure 1 of the paper, with the widespread 4x4 kernels."""

    def __init__(self, config: DcganConfig) -> None:
        super().__init__()
        self.config = config
        self.attention = nn.ModuleDict()  # none
        widths = [_channels(config, size) for size in feature_sizes(config)]
        self.project = nn.Linear(config.latent_size, widths[0] * SMALLEST * SMALLEST, bias=False)
        layers: list[nn.Module] = [BatchNorm(widths[0]), nn.ReLU()]
        for before, after in itertools.pairwise(widths):
            grow = nn.ConvTranspose2d(before, after, 4, 2, 1, bias=False)
            layers += [grow, BatchNorm(after), nn.ReLU()]
        self.draw = nn.Sequential(
            *layers, nn.ConvTranspose2d(widths[-1], config.channels, 4, 2, 1), nn.Tanh()
        )
        self.apply(_start)

    def forward(
        self, z: Tensor, condition: Condition | None = None, edits: Edits | None = None
    ) -> GeneratorOutput:
        """Pictures of noise z (B, L), standard normal, made uniform in [-1, 1] as the paper's is."""
        uniform = torch.erf(z / 2**0.5)  # the normal distribution function of z, times 2, less 1
        features = self.project(uniform).unflatten(1, (-1, SMALLEST, SMALLEST))
        return GeneratorOutput(self.draw(features), ())


class DcganDiscriminator(Discriminator):
    """Pictures (B, C, H, W) to logits. Reals and fakes must come apart: batch normalisation mixes a batch."""

    def __init__(self, config: DcganConfig) -> None:
        super().__init__()
        self.config = config
        widths = [_channels(config, size) for size in reversed(feature_sizes(config))]
        layers: list[nn.Module] = [nn.Conv2d(config.channels, widths[0], 4, 2, 1), nn.LeakyReLU(SLOPE)]
        for before, after in itertools.pairwise(widths):
            shrink = nn.Conv2d(before, after, 4, 2, 1, bias=False)
            layers += [shrink, BatchNorm(after), nn.LeakyReLU(SLOPE)]
        self.judge = nn.Sequential(*layers, nn.Conv2d(widths[-1], 1, SMALLEST))
        self.apply(_start)

    def forward(self, items: Tensor, condition: Condition | None = None) -> DiscriminatorOutput:
        return DiscriminatorOutput(self.judge(items).flatten(), ())


def _channels(config: DcganConfig, size: int) -> int:
    return config.width * config.image_size // (2 * size)


def _start(layer: nn.Module) -> None:
    """Weights from N(0, 0.02), those of a normalisation around 1, as in the authors' code; biases 0."""
    if isinstance(layer, nn.Linear | nn.Conv2d | nn.ConvTranspose2d | nn.BatchNorm2d):
        nn.init.normal_(layer.weight, float(isinstance(layer, nn.BatchNorm2d)), START_DEVIATION)
        if layer.bias is not None:
            nn.init.zeros_(layer.bias)
