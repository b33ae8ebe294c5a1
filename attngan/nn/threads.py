"""With how many threads a process computes."""

import os

import torch
from joblib import cpu_count

from attngan.tuning import THREADS, spared_cores

AT_FIRST = torch.get_num_threads()  # before anybody changed it


def set_threads(asked: int | None, quickest: int | None) -> None:
    """Compute with as many threads as were `asked` for, else with as many as are `quickest` for a kind.

    Where neither is told, with as many as the environment says; else with one a core that this process may
    use, of which a container can have fewer than the computer, less the cores that are to be spared
    (attngan.tuning). Ranks of one machine share these. Raises AttnGanError as spared_cores() does.
    """
    torch.set_num_threads(asked or quickest or _threads())


def _threads() -> int:
    beside = int(os.environ.get("LOCAL_WORLD_SIZE", "1"))  # ranks, each of which torchrun tells to use one
    if beside == 1 and os.environ.get(THREADS):
        return AT_FIRST
    cores = int(cpu_count()) if beside > 1 else min(AT_FIRST, int(cpu_count()))
    return max(1, (cores - spared_cores()) // beside)
