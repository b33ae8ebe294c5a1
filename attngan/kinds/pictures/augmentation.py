"""Differentiable augmentation: DiffAugment, Zhao et al. 2020 (arXiv 2006.10738).

The same kinds of change are made to reals and fakes before the discriminator sees them, so it cannot
learn the few training pictures by heart, and gradients still reach the generator.
"""

import torch
from jaxtyping import Float
from torch import Tensor


def translate(
    images: Float[Tensor, "B C H W"], rng: torch.Generator, share: float = 0.125
) -> Float[Tensor, "B C H W"]:
    """Images (B, C, H, W) each moved by up to `share` of its side; what comes in repeats the border.

    Pixels are picked by their number: half the time of picking by picture, row and column.
    """
    batch, channels, height, width = images.shape
    reach_y, reach_x = round(height * share), round(width * share)
    shift_y = torch.randint(-reach_y, reach_y + 1, (batch, 1), generator=rng)
    shift_x = torch.randint(-reach_x, reach_x + 1, (batch, 1), generator=rng)
    rows = (torch.arange(height) + shift_y).clamp(0, height - 1)  # (B, H)
    columns = (torch.arange(width) + shift_x).clamp(0, width - 1)  # (B, W)
    picture = torch.arange(batch)[:, None, None]
    cells = (picture * height + rows[:, :, None]) * width + columns[:, None, :]  # (B, H, W)
    pixels = images.permute(0, 2, 3, 1).reshape(-1, channels)  # (B * H * W, C)
    return (
        pixels.index_select(0, cells.flatten().to(images.device))
        .view(batch, height, width, channels)
        .permute(0, 3, 1, 2)
    )


def recolour(images: Float[Tensor, "B C H W"], rng: torch.Generator) -> Float[Tensor, "B C H W"]:
    """Images (B, C, H, W) each with its brightness, saturation and contrast changed."""
    batch = images.shape[0]
    brightness, saturation, contrast = torch.rand(3, batch, 1, 1, 1, generator=rng).to(images.device)
    images = images + (brightness - 0.5)
    grey = images.mean(1, keepdim=True)
    images = torch.lerp(grey, images, 2 * saturation)
    mean = images.mean((1, 2, 3), keepdim=True)
    return torch.lerp(mean, images, contrast + 0.5)


AUGMENTATIONS = {"translation": translate, "colour": recolour}


def augment(images: Tensor, names: tuple[str, ...], rng: torch.Generator, share: float = 1.0) -> Tensor:
    """Images (B, C, H, W), about `share` of them after the named augmentations, in the order given.

    Those that are none of pictures do nothing.
    """
    names = tuple(name for name in names if name in AUGMENTATIONS)
    if not share or not names:
        return images
    chosen = torch.arange(len(images))
    if share < 1:
        chosen = chosen[torch.rand(len(images), generator=rng) < share]
    chosen = chosen.to(images.device)
    if not len(chosen):
        return images
    changed = images[chosen] if share < 1 else images
    for name in names:
        changed = AUGMENTATIONS[name](changed, rng)
    return images.index_copy(0, chosen, changed) if share < 1 else changed
