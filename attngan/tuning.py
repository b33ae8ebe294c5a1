"""What a process that trains should be told before torch is imported: once, by whatever starts it."""

import ctypes
import os
import platform

# Turns that a thread of torch waits for the others before it sleeps. Left to itself it waits so long that
# one busy neighbour on two cores makes a training step ten times slower (docs/decisions/0017).
SHORT_WAIT = "10000"
# glibc's malloc gives large blocks back to the system when they are freed, and a step asks for hundreds of
# them anew, page by page: a sixth of its time (docs/decisions/0040). So it keeps them. By mallopt's names:
KEPT = {"MALLOC_MMAP_THRESHOLD_": (-3, 32 * 2**20), "MALLOC_TRIM_THRESHOLD_": (-1, 2**30)}  # bytes; malloc.h


def tune_process() -> None:
    """Let torch's threads wait shortly and malloc keep its memory, unless the environment says otherwise."""
    os.environ.setdefault("GOMP_SPINCOUNT", SHORT_WAIT)  # read when torch is imported
    if platform.libc_ver()[0] == "glibc":
        for variable, (parameter, size) in KEPT.items():
            if variable not in os.environ:
                ctypes.CDLL(None).mallopt(parameter, size)
