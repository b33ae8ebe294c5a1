"""Makes the network that the metrics see with, from data that installs with the project.

    nice python scripts/make_feature_network.py [--steps 8000]

It learns several things at once, so that its features hold all that a metric must notice: which of 10
digits, 26 letters or 1391 emoji a picture shows (content, and in emoji also each single picture), where
the parts of `twins` and `mirror` pictures agree, and how strongly a picture was blurred, made noisy,
tinted, pixelated or overlaid with a checkerboard (quality). Writes attngan/kinds/pictures/assets/.

Shapes: B pictures of a batch.
"""

import argparse
import math
from pathlib import Path

import torch
import torch.nn.functional as F
from safetensors.torch import save_file
from torch import Tensor, nn

from attngan import data
from attngan.kinds.pictures.features import ASSET, FEATURES, FeatureNetwork, as_pictures

ASSETS = Path(__file__).parent.parent / "attngan" / "kinds" / "pictures" / "assets"
BATCH = 96
RATE = 3e-3
DAMAGES = 7  # blur, noise, checkerboard, pixelation, and the tint of red, green and blue
SHARES = {"digits": 16, "letters": 20, "emoji": 44, "twins": 8, "mirror": 8}  # of a batch of 96


class Lessons:
    """All pictures with the class each belongs to; classes of different sets do not compete."""

    def __init__(self) -> None:
        self.pictures: dict[str, Tensor] = {}
        self.labels: dict[str, Tensor] = {}
        for name in SHARES:
            reals = data.load(name)
            self.pictures[name] = as_pictures(reals.images)
            # Without labels every picture is a class of its own; of the pictures that are made by
            # the thousand only whether the two halves belong together is asked.
            self.labels[name] = torch.arange(len(reals)) if reals.labels is None else reals.labels
        self.classes = {
            "digits": 10,
            "letters": 26,
            "emoji": len(self.labels["emoji"]),
            "twins": 2,
            "mirror": 2,
        }

    def batch(self, generator: torch.Generator) -> dict[str, tuple[Tensor, Tensor]]:
        """Undamaged pictures (B, 3, 32, 32) and labels (B,) of each set."""
        chosen = {}
        for name, share in SHARES.items():
            which = torch.randint(len(self.pictures[name]), (share,), generator=generator)
            pictures, labels = self.pictures[name][which], self.labels[name][which]
            if name in ("digits", "letters"):
                pictures = colourised(pictures, generator)
            if name in ("twins", "mirror"):
                pictures, labels = half_swapped(pictures, generator)
            else:
                pictures = jittered(pictures, generator)
            chosen[name] = pictures, labels
        return chosen


def colourised(pictures: Tensor, generator: torch.Generator) -> Tensor:
    """Half of the grey pictures between two random colours instead of black and white."""
    ink = torch.rand(len(pictures), 3, 1, 1, generator=generator)
    ground = torch.rand(len(pictures), 3, 1, 1, generator=generator)
    plain = torch.rand(len(pictures), 1, 1, 1, generator=generator) < 0.5
    return torch.where(plain, pictures, ground + (ink - ground) * pictures)


def half_swapped(pictures: Tensor, generator: torch.Generator) -> tuple[Tensor, Tensor]:
    """Pictures of which half got the right side of another one, and whether they did."""
    swapped = torch.rand(len(pictures), generator=generator) < 0.5
    others = pictures.roll(1, dims=0)
    middle = pictures.shape[3] // 2
    mixed = torch.cat([pictures[..., :middle], others[..., middle:]], dim=3)
    return torch.where(swapped[:, None, None, None], mixed, pictures), swapped.long()


def jittered(pictures: Tensor, generator: torch.Generator) -> Tensor:
    """Pictures turned, scaled and moved a little, each by its own amount; the border repeats."""
    amount = torch.rand(4, len(pictures), generator=generator) * 2 - 1
    turn, zoom = amount[0] * 0.12, 1 + 0.08 * amount[1]
    first = torch.stack([zoom * turn.cos(), -zoom * turn.sin(), 0.08 * amount[2]], dim=1)
    second = torch.stack([zoom * turn.sin(), zoom * turn.cos(), 0.08 * amount[3]], dim=1)
    grid = F.affine_grid(torch.stack([first, second], dim=1), list(pictures.shape), align_corners=False)
    return F.grid_sample(pictures, grid, padding_mode="border", align_corners=False)


def damaged(pictures: Tensor, generator: torch.Generator) -> tuple[Tensor, Tensor]:
    """Pictures (B, 3, 32, 32) spoilt in several ways at once, and by how much (B, DAMAGES).

    Each kind is left out of two pictures in three; strengths lie in [0, 1], tints in [-1, 1].
    """
    count, _, height, width = pictures.shape
    strength = torch.rand(count, DAMAGES, generator=generator)
    strength = strength * (torch.rand(count, DAMAGES, generator=generator) < 1 / 3)
    strength[:, 4:] *= torch.where(torch.rand(count, 3, generator=generator) < 0.5, -1.0, 1.0)
    blur, noise, checker, blocks = strength[:, :4].reshape(count, 4, 1, 1, 1).unbind(dim=1)
    pictures = blurred(pictures, 0.05 + 3 * blur.flatten() ** 2)
    coarse = F.interpolate(F.avg_pool2d(pictures, 4), scale_factor=4.0)
    pictures = pictures + blocks * (coarse - pictures)
    pictures = pictures * (1 + 0.5 * strength[:, 4:, None, None])
    board = (torch.arange(height)[:, None] + torch.arange(width)) % 2 * 2.0 - 1
    pictures = pictures + 0.25 * checker * board
    pictures = pictures + 0.4 * noise**2 * torch.randn(pictures.shape, generator=generator)
    return pictures.clamp(0, 1), strength


def blurred(pictures: Tensor, sigma: Tensor) -> Tensor:
    """Pictures (B, 3, H, W) under Gaussian blurs of sigma (B,) pixels."""
    reach = 6
    at = torch.arange(-reach, reach + 1)
    kernel = torch.exp(-(at**2) / (2 * sigma[:, None] ** 2))
    kernel = (kernel / kernel.sum(dim=1, keepdim=True)).repeat_interleave(3, dim=0)  # (3 B, 13)
    flat = F.pad(pictures, [reach] * 4, mode="replicate").flatten(0, 1)[None]
    flat = F.conv2d(flat, kernel[:, None, :, None], groups=len(kernel))
    return F.conv2d(flat, kernel[:, None, None, :], groups=len(kernel)).view(pictures.shape)


def train(steps: int, seed: int) -> tuple[FeatureNetwork, dict[str, float]]:
    """The trained network, and its last running figures: accuracy by set, error of the damage."""
    torch.manual_seed(seed)
    generator = torch.Generator().manual_seed(seed)
    lessons = Lessons()
    network = FeatureNetwork().to(memory_format=torch.channels_last)
    heads = nn.ModuleDict({name: nn.Linear(FEATURES, count) for name, count in lessons.classes.items()})
    gauge = nn.Sequential(nn.Linear(FEATURES, 64), nn.ReLU(), nn.Linear(64, DAMAGES))
    parameters = [*network.parameters(), *heads.parameters(), *gauge.parameters()]
    optimiser = torch.optim.AdamW(parameters, lr=RATE, weight_decay=0.02)
    running: dict[str, float] = {}
    for step in range(steps):
        for group in optimiser.param_groups:
            group["lr"] = RATE * min(1, (step + 1) / 200) * (0.5 + 0.5 * math.cos(math.pi * step / steps))
        chosen = lessons.batch(generator)
        pictures, strength = damaged(torch.cat([pictures for pictures, _ in chosen.values()]), generator)
        seen = network(pictures.contiguous(memory_format=torch.channels_last))
        errors = {"damage": F.mse_loss(gauge(seen), strength)}
        loss = 4 * errors["damage"]
        for part, (name, (_, labels)) in zip(seen.split(list(SHARES.values())), chosen.items(), strict=True):
            logits = heads[name](part)
            loss = loss + len(labels) / BATCH * F.cross_entropy(logits, labels)
            errors[name] = (logits.argmax(dim=1) == labels).float().mean()
        optimiser.zero_grad()
        loss.backward()
        optimiser.step()
        for name, error in errors.items():
            running[name] = 0.99 * running.get(name, error.item()) + 0.01 * error.item()
        if (step + 1) % 250 == 0:
            told = ", ".join(f"{name} {value:.3f}" for name, value in running.items())
            print(f"step {step + 1}: {told}", flush=True)
    return network.eval(), running


def card(steps: int, seed: int, figures: dict[str, float], parameters: int) -> str:
    """The network's card in Markdown."""
    said = "\n".join(f"- {name}: {value:.3f}" for name, value in figures.items())
    return f"""# The feature network of attngan.measure.metrics

A convolutional network of {parameters:,} parameters that turns a picture, reduced or enlarged to 32 x 32
pixels in colour, into {FEATURES} numbers. Distances between pictures, and between sets of pictures, are
measured in them (`attngan.kinds.pictures.features`, `attngan.measure.metrics`).

**Made by** `python scripts/make_feature_network.py --steps {steps} --seed {seed}` on the CPU, from the data
sets `digits`, `letters`, `emoji`, `twins` and `mirror` of `attngan.data`. It learnt to name digits, letters
and single emoji, to see whether the halves of a picture belong together, and to tell how much a picture was
blurred, made noisy, tinted, pixelated or overlaid with a checkerboard. How it read its own damaged training
pictures at the end (`damage` is a mean squared error, the others are accuracies):

{said}

**Good for** comparing models with each other on pictures like these. **Not good for** photographs, for detail
finer than 32 pixels, or for comparison with published FID figures, which come from another network.

**Checked by** `tests/measure/test_metrics.py`: real against real is near zero; distances rise with blur,
noise, dropped modes and colour shift.

**Licence**: CC BY-SA 4.0, because it learnt from the graphics of OpenMoji (https://openmoji.org, CC BY-SA
4.0); it also learnt from MNIST digits (Yann LeCun, Corinna Cortes, Christopher J. C. Burges; CC BY-SA 3.0)
and from the fonts that matplotlib ships.
"""


def main() -> None:
    """Train, then write weights and card."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--steps", type=int, default=8000)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--to", type=Path, default=ASSETS)
    chosen = parser.parse_args()
    torch.set_num_threads(chosen.threads)
    network, figures = train(chosen.steps, chosen.seed)
    chosen.to.mkdir(parents=True, exist_ok=True)
    state = {name: value.contiguous() for name, value in network.state_dict().items()}
    save_file(state, chosen.to / ASSET)
    parameters = sum(parameter.numel() for parameter in network.parameters())
    text = card(chosen.steps, chosen.seed, figures, parameters)
    (chosen.to / "README.md").write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
