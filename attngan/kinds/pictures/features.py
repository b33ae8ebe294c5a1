"""What the metrics see of a picture: 64 features of a small network that is shipped with the project.

The network is made by scripts/make_feature_network.py and described in
attngan/kinds/pictures/assets/README.md. It looks at 32 x 32 pixels in colour: larger pictures are reduced
and smaller ones enlarged first, so detail finer than that is invisible to it. Distances in these features
compare with each other, never with published FID figures.

Shapes: N pictures, C channels, F = 64 features.
"""

from functools import cache
from importlib import resources

import torch
import torch.nn.functional as F
from jaxtyping import Float
from safetensors.torch import load
from torch import Tensor, nn

from attngan.errors import AttnGanError

FEATURES = 64
SIZE = 32  # pixels that the network looks at
ASSET = "features.safetensors"


class FeatureNetwork(nn.Module):
    """Features (N, 64) of pictures (N, 3, 32, 32) in [0, 1]; over its training pictures each has mean 0,
    variance 1.

    They are drawn from three depths, so that texture (blur, noise, checkerboard) counts beside content;
    the deepest keeps a coarse 2 x 2 layout.
    """

    def __init__(self) -> None:
        super().__init__()
        self.texture = nn.Sequential(_block(3, 32, 4, 2), _block(32, 48, 3, 1))  # 16 pixels
        self.parts = nn.Sequential(_block(48, 80, 4, 2), _block(80, 80, 3, 1))  # 8 pixels
        self.content = _block(80, 128, 4, 2)  # 4 pixels
        self.gather = nn.Linear(48 + 80 + 128 * 2 * 2, FEATURES, bias=False)
        self.standardise = nn.BatchNorm1d(FEATURES, affine=False)

    def forward(self, pictures: Tensor) -> Tensor:
        texture = self.texture(pictures * 2 - 1)  # (N, 48, 16, 16)
        parts = self.parts(texture)  # (N, 80, 8, 8)
        content = self.content(parts)  # (N, 128, 4, 4)
        seen = [texture.mean(dim=(2, 3)), parts.mean(dim=(2, 3)), F.avg_pool2d(content, 2).flatten(1)]
        features: Tensor = self.standardise(self.gather(torch.cat(seen, dim=1)))
        return features


def _block(before: int, after: int, kernel: int, stride: int) -> nn.Sequential:
    convolution = nn.Conv2d(before, after, kernel, stride, 1, bias=False)
    return nn.Sequential(convolution, nn.BatchNorm2d(after), nn.ReLU())


def as_pictures(images: Tensor) -> Tensor:
    """Pictures float32 (N, 3, 32, 32) in [0, 1], as the network takes them, of uint8 (N, C, H, W)."""
    if images.dtype != torch.uint8 or images.ndim != 4 or images.shape[1] not in (1, 3):
        raise AttnGanError(
            f"The metrics measure uint8 pictures (N, 1 or 3, H, W), not {images.dtype} {tuple(images.shape)}."
        )
    pictures = images.float() / 255
    if pictures.shape[-2:] != (SIZE, SIZE):
        pictures = F.interpolate(pictures, (SIZE, SIZE), mode="bilinear", antialias=True).clamp(0, 1)
    return pictures.expand(-1, 3, -1, -1)


@cache
def feature_network() -> FeatureNetwork:
    """The shipped network, ready to look; the same object at every call."""
    network = FeatureNetwork()
    stored = resources.files("attngan.kinds.pictures") / "assets" / ASSET
    network.load_state_dict(load(stored.read_bytes()))
    return network.eval().requires_grad_(False)


def features(images: Tensor, chunk: int = 256) -> Float[Tensor, "N 64"]:
    """Features float32 (N, 64) of pictures uint8 (N, C, H, W), C 1 or 3, any size."""
    network = feature_network()
    with torch.inference_mode():
        parts = [network(as_pictures(part)) for part in images.split(chunk)]
        return torch.cat(parts).clone() if parts else torch.empty(0, FEATURES)
