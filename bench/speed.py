"""Images per second of the training step, as ratios in one run; first step; memory; share of the peak.

    python bench/speed.py [--rounds 5] [--only NAME ...] [--starts 3] [--memory-seconds 20] [--json]

The variants take turns, a few steps each, so that a machine that slows down slows all of them; the median
of the rounds counts. The first step is waited for from the command on. Peak memory is that of `train` with
its frames and snapshots, in a process of its own. The machine's peak is the best of some large convolutions,
in either precision. Nothing else should run.
"""

import argparse
import contextlib
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from attngan.tuning import tune_process

tune_process()  # as the command does, before torch is imported

import torch
from torch import Tensor
from torch.nn import functional as F
from torch.utils._python_dispatch import TorchDispatchMode
from torch.utils.flop_counter import flop_registry

from attngan.kinds.pictures.presets import PRESETS
from attngan.nn import attention
from attngan.nn.batch import Batch
from attngan.train.loop import train, train_step
from attngan.train.state import TrainState

STEPS = 8  # a round; as many as from one penalty to the next


@dataclass(frozen=True)
class Variant:
    """Changes to a preset's networks and training."""

    model: dict[str, Any] = field(default_factory=dict)
    train: dict[str, Any] = field(default_factory=dict)
    preset: str = "default"
    pooled: bool = True  # keys of large maps


def attended(*sizes: int, **model: Any) -> dict[str, Any]:
    """Changes that put attention at these feature maps of the generator."""
    return {"generator_attention": sizes} | model


VARIANTS = {
    "default": Variant(),
    **{name: Variant(preset=name) for name in PRESETS if name != "default"},
    "float32": Variant(train={"precision": "float32"}),
    "no attention": Variant(attended()),
    "attention at 8": Variant(attended(8)),
    "attention at 16": Variant(attended(16)),
    "attention at 16, keys not pooled": Variant(attended(16), pooled=False),
    "16 pixels": Variant(attended(8, image_size=16)),
    "64 pixels": Variant({"image_size": 64}),
    "64 pixels, no attention": Variant(attended(image_size=64)),
    "64 pixels, attention at 8": Variant(attended(8, image_size=64)),
    "64 pixels, attention at 16": Variant(attended(16, image_size=64)),
    "64 pixels, attention at 32": Variant(attended(32, image_size=64)),
    "64 pixels, at 32, keys not pooled": Variant(attended(32, image_size=64), pooled=False),
}
CONVOLUTIONS = (
    (128, 32),
    (256, 16),
    (512, 16),
)  # channels in and out, side in pixels; 3x3, 64 of them at once


class Noise:
    """Training data of any size at no cost."""

    kind, name, licence, source = "pictures", "noise", "", ""
    labels, label_names, skipped = None, (), ()

    def __init__(self, size: int) -> None:
        self.images = torch.rand(256, 3, size, size) * 2 - 1

    def __len__(self) -> int:
        return len(self.images)

    def batch(self, indices: Tensor) -> Batch:
        """Pictures (B, 3, H, W) in [-1, 1]."""
        return Batch(self.images[indices])


class Operations(TorchDispatchMode):
    """Counts the floating-point operations of products and convolutions, forward and backward.

    torch's own FlopCounterMode cannot follow torch.autograd.grad, by which training takes its gradients.
    """

    def __init__(self) -> None:
        super().__init__()
        self.total = 0

    def __torch_dispatch__(
        self, func: Any, types: Any, args: tuple[Any, ...] = (), kwargs: dict[str, Any] | None = None
    ) -> Any:
        given = kwargs or {}
        result = func(*args, **given)
        count = flop_registry.get(func._overloadpacket)
        if count is not None:
            self.total += count(*args, **given, out_val=result)
        return result


@contextlib.contextmanager
def keys_pooled(wanted: bool) -> Iterator[None]:
    """Attention layers made inside offer pooled keys, as usual, or all of them."""
    usual = attention.MAX_CELLS_WITHOUT_POOLING
    attention.MAX_CELLS_WITHOUT_POOLING = usual if wanted else 10**9
    yield
    attention.MAX_CELLS_WITHOUT_POOLING = usual


def prepared(variant: Variant, precision: str) -> tuple[TrainState, Noise]:
    """A state that trains at once, and its pictures; `precision` where the variant leaves the choice."""
    preset = PRESETS[variant.preset]
    settings = preset.train_config(None, 10**6).with_(**variant.train)
    with keys_pooled(variant.pooled):
        state = TrainState(preset.model_config().with_(**variant.model), settings)
    state.precision = precision if settings.precision == "auto" else settings.precision
    pictures = Noise(state.model.image_size)
    next(train(state, pictures))  # prepares what the steps need
    return state, pictures


def chosen_precision() -> tuple[str, str]:
    """What `train` decides for on this machine, and why."""
    preset = PRESETS["default"]
    state = TrainState(preset.model_config(), preset.train_config(None, 1))
    started = next(train(state, Noise(state.model.image_size)))
    return state.precision, " ".join(getattr(started, "notes", ()))


def rates(names: list[str], rounds: int, precision: str) -> dict[str, float]:
    """Images per second of the variants of these names, the median of the rounds in which all take turns."""
    runs = {name: prepared(VARIANTS[name], precision) for name in names}
    found: dict[str, list[float]] = {name: [] for name in runs}
    for turn in range(rounds + 1):
        for name, (state, pictures) in runs.items():
            start = time.perf_counter()
            for _ in range(STEPS):
                train_step(state, pictures)
            if turn:  # the first one warms up
                found[name].append(STEPS * state.config.batch / (time.perf_counter() - start))
    return {name: statistics.median(seen) for name, seen in found.items()}


def operations_of_an_image(precision: str) -> float:
    """Floating-point operations of the default's training step, for each image of the batch."""
    state, pictures = prepared(VARIANTS["default"], precision)
    with Operations() as counted:
        for _ in range(STEPS):
            train_step(state, pictures)
    return counted.total / (STEPS * state.config.batch)


def peak_operations(repeats: int = 5) -> dict[str, float]:
    """Operations per second of the fastest of CONVOLUTIONS in each precision."""
    found = {}
    for name, kind in (("bfloat16", torch.bfloat16), ("float32", torch.float32)):
        speeds = []
        for channels, side in CONVOLUTIONS:
            pictures = torch.randn(64, channels, side, side).to(kind, memory_format=torch.channels_last)
            weights = torch.randn(channels, channels, 3, 3).to(kind, memory_format=torch.channels_last)
            operations = 2 * pictures.numel() * channels * 9
            times = []
            for _ in range(repeats + 1):
                start = time.perf_counter()
                F.conv2d(pictures, weights, padding=1)
                times.append(time.perf_counter() - start)
            speeds.append(operations / min(times))
        found[name] = max(speeds)
    return found


def peak_memory(size: int, seconds: float) -> float:
    """Largest resident memory in GB of `train` at this picture size, in a process of its own."""
    with tempfile.TemporaryDirectory() as folder:
        options = ["--data", "faces", "--size", str(size), "--seconds", str(seconds), "--run-dir", "run"]
        child = subprocess.Popen(
            [sys.executable, "-m", "attngan", "train", *options], cwd=folder, stdout=subprocess.DEVNULL
        )
        _, status, usage = os.wait4(child.pid, 0)
        if status:
            raise SystemExit(f"The {size} pixel run failed.")
    return usage.ru_maxrss * (1 if sys.platform == "darwin" else 1024) / 1e9


def first_step_seconds(starts: int) -> float:
    """From giving the command `train` until it tells its first step, the median of so many starts."""
    found = []
    for _ in range(starts):
        with tempfile.TemporaryDirectory() as folder:
            options = ["--data", "digits", "--steps", "1", "--run-dir", "run", "--json"]
            start = time.perf_counter()
            command = [sys.executable, "-m", "attngan", "train", *options]
            with subprocess.Popen(command, cwd=folder, stdout=subprocess.PIPE) as child:
                assert child.stdout is not None
                if not any(json.loads(line)["event"] == "step" for line in child.stdout):
                    raise SystemExit("A run came to no step.")
                found.append(time.perf_counter() - start)
    return statistics.median(found)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--only", nargs="+", help="names of variants, each in quotes; default: all")
    parser.add_argument("--starts", type=int, default=3, help="of a run, for its first step; 0: none")
    parser.add_argument("--memory-seconds", type=float, default=20, help="of each run; 0: leave memory out")
    parser.add_argument("--json", action="store_true")
    chosen = parser.parse_args()
    names = ["default", *chosen.only] if chosen.only else list(VARIANTS)
    if unknown := set(names) - VARIANTS.keys():
        parser.error(f"there is no {unknown}; there are: {', '.join(VARIANTS)}")
    sizes = (32, 64) if chosen.memory_seconds else ()  # first: a child begins as large as its parent is
    memory = {size: peak_memory(size, chosen.memory_seconds) for size in sizes}
    first_step = first_step_seconds(chosen.starts) if chosen.starts else None
    precision, why = chosen_precision()
    speeds = rates(names, chosen.rounds, precision)
    peaks = peak_operations()
    used = operations_of_an_image(precision) * speeds["default"]
    if chosen.json:
        print(
            json.dumps(
                {
                    "precision": precision,
                    "images_per_second": {name: round(value, 1) for name, value in speeds.items()},
                    "of_default": {name: value / speeds["default"] for name, value in speeds.items()},
                    "operations_per_second": used,
                    "peak_operations_per_second": peaks,
                    "peak_memory_gb": memory,
                    "first_step_seconds": first_step,
                }
            )
        )
        return
    print(
        f"{torch.get_num_threads()} threads, {torch.__version__}; median of {chosen.rounds} rounds. {why}\n"
    )
    for name, value in speeds.items():
        print(f"{name:34} {value:7.0f} images/s   {value / speeds['default']:5.2f} x default")
    print()
    for name, peak in peaks.items():
        print(
            f"convolution peak {name:10} {peak / 1e9:7.0f} GFLOP/s   {used / peak:5.2f} of it used by default"
        )
    for size, gigabytes in memory.items():
        print(f"peak memory of a {size} px run {gigabytes:5.2f} GB")
    if first_step is not None:
        print(f"first step of a run after {first_step:.1f} s")


if __name__ == "__main__":
    main()
