"""What a model learnt from, where it can be had here without a network."""

from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from attngan.config import ModelConfig
from attngan.errors import AttnGanError
from demo import shelf
from demo.shelf import Shelved

if TYPE_CHECKING:
    from attngan.nn.batch import DataSet


def training_data(shelved: Shelved) -> "DataSet":
    """The training data of a model; raises AttnGanError where they are not kept here."""
    run = shelf.run_of(shelved.key)
    return _of_run(run.path, shelved.version) if run else _known(shelved.data, shelved.config)


@lru_cache(maxsize=2)
def _of_run(run: Path, _: int) -> "DataSet":
    from attngan.run import runs

    return runs.pictures_of(runs.read_config(run))[1]


@lru_cache(maxsize=2)
def _known(name: str, config: ModelConfig) -> "DataSet":
    from attngan import data
    from attngan.kinds.registry import kind_of

    here = {source.name for source in data.catalogue() if not source.needs_network}
    if name not in here:
        raise AttnGanError("The training pictures of this model are not kept here, so none can be compared.")
    return data.load(name, **kind_of(config).reading(config))
