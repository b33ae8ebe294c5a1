"""What a process that trains should be told before torch is imported: once, by whatever starts it."""

import ctypes
import os
import platform

# Turns that a thread of torch waits for the others before it sleeps. Left to itself it waits so long that
# one busy neighbour on two cores makes a training step ten times slower (docs/decisions.md).
SHORT_WAIT = "10000"
# glibc's malloc gives large blocks back to the system when they are freed, and a step asks for hundreds of
# them anew, page by page: a sixth of its time (docs/decisions.md). So it keeps them.
M_TRIM_THRESHOLD, M_MMAP_THRESHOLD = -1, -3  # malloc.h
LARGEST_KEPT = 32 * 2**20  # bytes, the most that glibc allows
KEPT = 2**30  # bytes of free memory at the top of the heap


def tune_process() -> None:
    """Let torch's threads wait shortly, unless GOMP_SPINCOUNT is set already, and malloc keep its memory."""
    os.environ.setdefault("GOMP_SPINCOUNT", SHORT_WAIT)  # read when torch is imported
    if platform.libc_ver()[0] == "glibc":
        malloc = ctypes.CDLL(None)
        malloc.mallopt(M_MMAP_THRESHOLD, LARGEST_KEPT)
        malloc.mallopt(M_TRIM_THRESHOLD, KEPT)
