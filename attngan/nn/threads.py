"""With how many threads a process computes."""

import os

import torch
from joblib import cpu_count

from attngan.tuning import spared_cores


def set_threads(asked: int | None, quickest: int | None) -> None:
    """Compute with as many threads as were `asked` for, else with as many as are `quickest` for a kind.

    Where neither is told, with one a core that this process may use, of which a container can have fewer than
    the computer, without the cores that it spares (attngan.tuning); ranks of one machine share them. Raises
    AttnGanError where the environment names no number of cores.
    """
    torch.set_num_threads(asked or quickest or max(1, (_cores() - spared_cores()) // _beside()))


def _cores() -> int:
    if _beside() > 1:  # torchrun tells each rank to use one thread
        return int(cpu_count())
    return min(torch.get_num_threads(), int(cpu_count()))


def _beside() -> int:
    """How many ranks torchrun started on this machine, this one among them."""
    return int(os.environ.get("LOCAL_WORLD_SIZE", "1"))
