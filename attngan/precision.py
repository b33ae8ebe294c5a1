"""Which floating-point format the networks compute in on this CPU: asked of the CPU, not of its name."""

import math
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

    `run` is called under autocast in each precision in turn, so that a busy machine slows both; the
    minimum of `repeats` counts.
    """
    seconds = dict.fromkeys(("float32", "bfloat16"), math.inf)
    for _ in range(repeats + 1):  # the first call pays for preparations and will not be the minimum
        for precision in seconds:
            with autocast(precision):
                start = time.perf_counter()
                run()
                seconds[precision] = min(seconds[precision], time.perf_counter() - start)
    ratio = seconds["float32"] / seconds["bfloat16"]
    chosen = "bfloat16" if seconds["bfloat16"] < CONVINCING * seconds["float32"] else "float32"
    return chosen, f"bfloat16 measured {ratio:.2f} times as fast as float32 here, so {chosen} is used."
