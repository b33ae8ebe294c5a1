"""Which floating-point format the networks compute in on this CPU: asked of the CPU, not of its name."""

import math
import time
from collections.abc import Callable
from typing import Any

import torch

CONVINCING = 0.9  # bfloat16 must take less than this share of float32's time to be chosen
CLEAR = 1.3  # a ratio of the two beyond which nothing more has to be measured


def autocast(precision: str) -> torch.autocast:
    """A context in which convolutions and products run in `precision`, "float32" or "bfloat16"."""
    return torch.autocast("cpu", torch.bfloat16, enabled=precision == "bfloat16")


def fastest_precision(run: Callable[[], Any], repeats: int = 6) -> tuple[str, str]:
    """The precision in which `run` takes less time, and a sentence that says so with the ratio.

    What counts is the processor's time of one thread, the least of up to `repeats` in turn: on a busy
    machine the clock on the wall measures the neighbours.
    """
    seconds = dict.fromkeys(("float32", "bfloat16"), math.inf)
    threads = torch.get_num_threads()
    torch.set_num_threads(1)
    try:
        for turn in range(repeats + 1):  # the first call pays for preparations and will not be the least
            if turn > 1 and max(seconds.values()) > CLEAR * min(seconds.values()):
                break
            for precision in seconds:
                with autocast(precision):
                    start = time.process_time()
                    run()
                    seconds[precision] = min(seconds[precision], time.process_time() - start)
    finally:
        torch.set_num_threads(threads)
    ratio = seconds["float32"] / seconds["bfloat16"]
    chosen = "bfloat16" if seconds["bfloat16"] < CONVINCING * seconds["float32"] else "float32"
    return chosen, f"bfloat16 measured {ratio:.2f} times as fast as float32 here, so {chosen} is used."
