"""Taking part in a run that another process records: the first of several ranks (attngan.nn.ranks)."""

import torch

from attngan.kinds.registry import kind_of
from attngan.nn import ranks
from attngan.nn.device import CPU
from attngan.nn.threads import set_threads
from attngan.run import runs
from attngan.run.runs import RunConfig
from attngan.train import orders
from attngan.train.loop import train_step
from attngan.train.state import TrainState


def invite(config: RunConfig) -> None:
    """As the first rank, tell the others which run it is; `orders.dismiss` ends it for them."""
    if ranks.known() > 1:
        ranks.told((orders.STEP, 0.0), config.model_dump_json().encode())


def follow(device: torch.device = CPU, threads: int | None = None) -> None:
    """As another rank, learn which run it is, read its data and take its steps on this device until it ends.

    Raises AttnGanError where the same data are not found here, ranks.LostError where the first rank is gone.
    """
    (order, _), told = ranks.told((orders.END, 0.0))
    if order == orders.END:
        return
    config, items = runs.pictures_of(RunConfig.parse(told))
    runs.check_fit(config, items)
    set_threads(threads, kind_of(config.model).threads)
    state = TrainState(config.model, config.train, device)
    orders.follow(state, lambda: train_step(state, items))
