"""Images per second of the training step, as ratios measured in one run: attention, precision, size, width.

    python bench/speed.py [--rounds 5] [--json]

The variants take turns, a few steps each, so that a machine that slows down slows all of them; the median
of the rounds counts. Nothing else should run.
"""

import argparse
import json
import statistics
import time

import torch
from torch import Tensor

from attngan.config import ModelConfig, TrainConfig
from attngan.training import TrainState, train_step

STEPS = 8  # a round; as many as from one penalty to the next
VARIANTS = {
    "default": ({}, {}),  # in bfloat16
    "no attention": ({"generator_attention": ()}, {}),
    "attention at 8 only": ({"generator_attention": (8,)}, {}),
    "attention at 8 in both": ({"discriminator_attention": (8,)}, {}),
    "float32": ({}, {"precision": "float32"}),
    "16 pixels": ({"image_size": 16, "generator_attention": (8,)}, {}),
    "64 pixels": ({"image_size": 64}, {}),
    "64 pixels, attention at 32 too": ({"image_size": 64, "generator_attention": (8, 16, 32)}, {}),
    "width 16": ({"width": 16}, {}),
    "width 32": ({"width": 32}, {}),
    "batch 32": ({}, {"batch": 32}),
}


class Noise:
    """Training data of any size at no cost."""

    name, licence, source = "noise", "", ""

    def __init__(self, size: int) -> None:
        self.images = torch.rand(256, 3, size, size) * 2 - 1

    def __len__(self) -> int:
        return len(self.images)

    def batch(self, indices: Tensor) -> tuple[Tensor, None]:
        """Pictures (B, 3, H, W) in [-1, 1]."""
        return self.images[indices], None


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--json", action="store_true")
    chosen = parser.parse_args()
    runs = {}
    for name, (model, recipe) in VARIANTS.items():
        state = TrainState(
            ModelConfig(**model), TrainConfig(**{"steps": 10**6, "precision": "bfloat16"} | recipe)
        )
        runs[name] = (state, Noise(state.model.image_size))
    rates: dict[str, list[float]] = {name: [] for name in runs}
    for turn in range(chosen.rounds + 1):
        for name, (state, pictures) in runs.items():
            start = time.perf_counter()
            for _ in range(STEPS):
                train_step(state, pictures)
            if turn:  # the first one warms up
                rates[name].append(STEPS * state.config.batch / (time.perf_counter() - start))
    medians = {name: statistics.median(found) for name, found in rates.items()}
    if chosen.json:
        print(json.dumps({name: round(value, 1) for name, value in medians.items()}))
        return
    print(f"{torch.get_num_threads()} threads, {torch.__version__}; median of {chosen.rounds} rounds\n")
    for name, value in medians.items():
        print(f"{name:32} {value:7.0f} images/s   {value / medians['default']:5.2f} x default")


if __name__ == "__main__":
    main()
