"""From what a command was given to settings: a run's options, its pictures, lists of numbers."""

import math
import shlex
import sys
from pathlib import Path

from attngan import data, presets
from attngan.config import ModelConfig
from attngan.data import ImageSet
from attngan.errors import AttnGanError
from attngan.run import runs
from attngan.run.runs import RunConfig

LOOK_ALIKES = 5  # pictures a cluster has on average, at least
FEWEST_CLUSTERS = 4  # two clusters of faces made them worse than none (docs/experiments.md)


def new_run(
    pictures: str | None,
    run_dir: Path | None,
    preset: str,
    size: int | None,
    attention: tuple[str, str],
    conditional: bool,
    seconds: float | None,
    steps: int | None,
    seed: int,
    meter: bool,
) -> tuple[Path, RunConfig, ImageSet]:
    """Folder, settings and pictures of a new run; raises AttnGanError for what is wrong, before it loads.

    `attention` is what --attention and --discriminator-attention say.
    """
    if pictures is None or run_dir is None:
        raise AttnGanError("Give --data and --run-dir for a new run, or --resume for an old one.")
    if (seconds is None) == (steps is None):
        raise AttnGanError("Give a budget, either --seconds or --steps.")
    _check_budget(seconds, steps)
    recipe = presets.find(preset)
    model = recipe.model_config(
        size, _sizes(attention[0], "--attention"), _sizes(attention[1], "--discriminator-attention")
    )
    train = recipe.train_config(seconds, steps, seed).with_(meter=meter)
    runs.check_free(run_dir)
    loaded = data.load(pictures, model.image_size)
    config = RunConfig(
        model=fit(model, loaded, conditional),
        train=recipe.fitted(train, len(loaded)),
        data=_lasting(pictures),
        pictures=len(loaded),
        command=command_line(),
    )
    return run_dir, config, loaded


def old_run(folder: Path, seconds: float | None, steps: int | None) -> tuple[Path, RunConfig, ImageSet]:
    """Folder, settings and pictures of a run to go on with, towards a new total budget where one is given."""
    _check_budget(seconds, steps)
    config = runs.read_config(folder)
    if seconds is not None or steps is not None:
        train = config.train.with_(seconds=seconds, steps=steps)
        command = f"{config.command} && {command_line()}"
        config = config.with_(train=train.model_dump(), command=command)
    return folder, config, data.load(config.data, config.model.image_size, config.model.channels)


def whole_numbers(text: str, option: str, form: str, count: int | None = None) -> tuple[int, ...]:
    """The numbers of a text such as 8,16, `count` of them if given; raises AttnGanError for any other."""
    try:
        numbers = tuple(int(part) for part in text.split(","))
    except ValueError:
        numbers = ()
    if not numbers or count not in (None, len(numbers)):
        raise AttnGanError(f"{option} must be {form}, not {text!r}.")
    return numbers


def command_line() -> str:
    """The command that this process was started with, as one would type it again."""
    return shlex.join(["python", "-m", "attngan", *sys.argv[1:]])


def _check_budget(seconds: float | None, steps: int | None) -> None:
    for option, given in (("--seconds", seconds), ("--steps", steps)):
        if given is not None and not 1 <= given < math.inf:
            raise AttnGanError(f"{option} must be 1 or more, not {given:g}.")


def _sizes(attention: str, option: str) -> tuple[int, ...] | None:
    """The feature-map sizes that an option names, None for the recipe's own."""
    if attention in ("auto", "none"):
        return None if attention == "auto" else ()
    return whole_numbers(attention, option, "sizes such as 8,16, or none, or auto")


def fit(model: ModelConfig, pictures: ImageSet, conditional: bool) -> ModelConfig:
    """The networks' settings with the channels and, if wanted, the classes of the pictures.

    Where there are few pictures there are few clusters, or none.
    """
    if conditional and pictures.labels is None:
        dropped = next((note.removeprefix("labels: ") for note in pictures.skipped if "labels: " in note), "")
        why = f" that can be learnt ({dropped})" if dropped else ""
        raise AttnGanError(
            f"{pictures.name} has no labels{why}: leave --conditional out, or sort the pictures into two "
            "or more sub-folders."
        )
    classes = pictures.classes if conditional else 0
    clusters = 0 if conditional else min(model.clusters, len(pictures) // LOOK_ALIKES)
    clusters = clusters if clusters >= FEWEST_CLUSTERS else 0
    return model.with_(channels=pictures.channels, classes=classes, clusters=clusters)


def _lasting(pictures: str) -> str:
    """The data set's name, or its path from the root, which --resume finds from any folder."""
    known = pictures in (source.name for source in data.catalogue())
    return pictures if known else str(Path(pictures).expanduser().absolute())
