"""What a process should be told of its threads, its memory and its rank: once, by whatever starts it."""

import contextlib
import ctypes
import os
import platform
import sys
from pathlib import Path

import psutil

from attngan.errors import AttnGanError

# Turns that a thread of torch waits for the others before it sleeps. Left to itself it waits so long that
# one busy neighbour on two cores makes a training step ten times slower (docs/decisions/0017).
SHORT_WAIT = "10000"
# glibc's malloc gives large blocks back to the system when they are freed, and a step asks for hundreds of
# them anew, page by page: a sixth of its time (docs/decisions/0040). So it keeps them. By mallopt's names:
KEPT = {"MALLOC_MMAP_THRESHOLD_": (-3, 32 * 2**20), "MALLOC_TRIM_THRESHOLD_": (-1, 2**30)}  # bytes; malloc.h

THREADS = "OMP_NUM_THREADS"  # in the environment: with how many threads torch computes
SPARED_CORES = "ATTNGAN_SPARED_CORES"  # in the environment: how many cores a training leaves to others
SPARED_BY_SERVER = "1"  # by what a server trains, for those whom it serves (docs/decisions/0069)

DEVICE = "ATTNGAN_DEVICE"  # in the environment: where networks compute, as --device says it

# Each thread of a server would have a heap of its own, up to eight a core, of which little is given back.
HEAPS = {"MALLOC_ARENA_MAX": (-8, 2)}


def tune_process() -> None:
    """For a process that trains: torch's threads wait shortly, malloc keeps its memory.

    Unless the environment says otherwise. Raises AttnGanError as spared_cores() does.
    """
    spared_cores()
    os.environ.setdefault("GOMP_SPINCOUNT", SHORT_WAIT)  # read when torch is imported
    _tell_malloc(KEPT)


def tune_server() -> None:
    """For a process that serves: its threads share two heaps, what it has trained leaves it a core.

    Unless the environment says otherwise. Raises AttnGanError as spared_cores() does.
    """
    _tell_malloc(HEAPS)
    os.environ[SPARED_CORES] = os.environ.get(SPARED_CORES) or SPARED_BY_SERVER
    spared_cores()


def spared_cores() -> int:
    """How many cores a training leaves to others; raises AttnGanError for what is no number."""
    given = os.environ.get(SPARED_CORES) or "0"
    if not given.isdecimal():
        raise AttnGanError(f"{SPARED_CORES} is a number of cores from 0 on, not {given!r:.80}.")
    return int(given)


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
