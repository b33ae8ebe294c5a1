"""What a process should be told of its threads, its memory and its rank: once, by whatever starts it."""

import contextlib
import ctypes
import os
import platform
import sys
from pathlib import Path

import psutil

# Turns that a thread of torch waits for the others before it sleeps. Left to itself it waits so long that
# one busy neighbour on two cores makes a training step ten times slower (docs/decisions/0017).
SHORT_WAIT = "10000"
# glibc's malloc gives large blocks back to the system when they are freed, and a step asks for hundreds of
# them anew, page by page: a sixth of its time (docs/decisions/0040). So it keeps them. By mallopt's names:
KEPT = {"MALLOC_MMAP_THRESHOLD_": (-3, 32 * 2**20), "MALLOC_TRIM_THRESHOLD_": (-1, 2**30)}  # bytes; malloc.h

DEVICE = "ATTNGAN_DEVICE"  # in the environment: where networks compute, as --device says it

# Each thread of a server would have a heap of its own, up to eight a core, of which little is given back.
HEAPS = {"MALLOC_ARENA_MAX": (-8, 2)}


def tune_process() -> None:
    """For a process that trains: torch's threads wait shortly, malloc keeps its memory.

    Unless the environment says otherwise.
    """
    os.environ.setdefault("GOMP_SPINCOUNT", SHORT_WAIT)  # read when torch is imported
    _tell_malloc(KEPT)


def tune_server() -> None:
    """For a process that serves: let its threads share two heaps, unless the environment says otherwise."""
    _tell_malloc(HEAPS)


def stand_back(pid: int, niceness: int) -> None:
    """Let all other programs go before this process, where the system allows it.

    Linux shares the processor out among sessions first and heeds niceness only within one, so that a process
    that leads a session of its own has to be nice as a session too.
    """
    with contextlib.suppress(psutil.Error, OSError):
        process = psutil.Process(pid)
        if sys.platform == "win32":
            process.nice(psutil.BELOW_NORMAL_PRIORITY_CLASS)
        else:
            process.nice(max(niceness, process.nice()))
    with contextlib.suppress(OSError):
        Path(f"/proc/{pid}/autogroup").write_text(str(niceness), "ascii")


def _tell_malloc(wishes: dict[str, tuple[int, int]]) -> None:
    """Tell glibc's malloc, where that is what the system has."""
    if platform.libc_ver()[0] == "glibc":
        for variable, (parameter, value) in wishes.items():
            if variable not in os.environ:
                ctypes.CDLL(None).mallopt(parameter, value)
