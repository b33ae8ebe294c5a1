"""Which floating-point format the networks compute in here: asked of the device, not of its name."""

import math
import time
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from typing import Any

import torch

from attngan.nn.device import CPU

CONVINCING = 0.9  # bfloat16 must take less than this share of float32's time to be chosen
CLEAR = 1.3  # a ratio of the two beyond which nothing more has to be measured


def autocast(precision: str, device: torch.device = CPU) -> AbstractContextManager[Any]:
    """A context in which a device multiplies and convolves in `precision`, "float32" or "bfloat16"."""
    return torch.autocast(device.type, torch.bfloat16) if precision == "bfloat16" else nullcontext()


def fastest_precision(
    run: Callable[[], Any], repeats: int = 6, device: torch.device = CPU
) -> tuple[str, str]:
    """The precision in which `run` takes less time, and a sentence that says so with the ratio.

    What counts on a CPU is the processor's time of one thread, the least of up to `repeats` in turn: on a
    busy machine the clock on the wall measures the neighbours.
    """
    seconds = dict.fromkeys(("float32", "bfloat16"), math.inf)
    threads = torch.get_num_threads()
    torch.set_num_threads(1)
    try:
        for turn in range(repeats + 1):  # the first call pays for preparations and will not be the least
            if turn > 1 and max(seconds.values()) > CLEAR * min(seconds.values()):
                break
            for precision in seconds:
                with autocast(precision, device):
                    start = _now(device)
                    run()
                    seconds[precision] = min(seconds[precision], _now(device) - start)
    finally:
        torch.set_num_threads(threads)
    ratio = seconds["float32"] / seconds["bfloat16"]
    chosen = "bfloat16" if seconds["bfloat16"] < CONVINCING * seconds["float32"] else "float32"
    return chosen, f"bfloat16 measured {ratio:.2f} times as fast as float32 here, so {chosen} is used."


def _now(device: torch.device) -> float:
    """Seconds of the processor; of an accelerator those on the wall, once it has done what it was given."""
    if device == CPU:
        return time.process_time()
    torch.accelerator.synchronize(device)
    return time.perf_counter()
