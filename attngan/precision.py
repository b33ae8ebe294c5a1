"""Which floating-point format the networks compute in on this CPU: asked of the CPU, not of its name."""

import time
from collections.abc import Callable
from typing import Any

import torch

CONVINCING = 0.9  # bfloat16 must take less than this share of float32's time to be chosen


def autocast(precision: str) -> torch.autocast:
    """A context in which convolutions and products run in `precision`, "float32" or "bfloat16"."""
    return torch.autocast("cpu", torch.bfloat16, enabled=precision == "bfloat16")


def fastest_precision(run: Callable[[], Any], repeats: int = 3) -> tuple[str, str]:
    """The precision in which `run` takes less time, and a sentence that says so with the ratio.

    `run` is called a few times under autocast in each precision; the minimum of `repeats` counts.
    """
    seconds = {}
    for precision in ("float32", "bfloat16"):
        with autocast(precision):
            run()
            seconds[precision] = min(_time(run) for _ in range(repeats))
    ratio = seconds["float32"] / seconds["bfloat16"]
    chosen = "bfloat16" if seconds["bfloat16"] < CONVINCING * seconds["float32"] else "float32"
    return chosen, f"bfloat16 measured {ratio:.2f} times as fast as float32 here, so {chosen} is used."


def _time(run: Callable[[], Any]) -> float:
    start = time.perf_counter()
    run()
    return time.perf_counter() - start
