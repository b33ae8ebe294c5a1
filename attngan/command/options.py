"""From what a command was given to settings: a run's options, its pictures, lists of numbers."""

import difflib
import math
import shlex
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from attngan import data, presets
from attngan.config import Square
from attngan.data.sources import kind_at
from attngan.errors import AttnGanError
from attngan.kinds.registry import KINDS, kind_of
from attngan.model.checkpoints import Model
from attngan.nn.batch import DataSet
from attngan.run import runs
from attngan.run.pictures import fingerprint, lasting
from attngan.run.runs import RunConfig
from attngan.text import one_line

MOST_NAMED = 8  # classes in a message
MOST_DIGITS = 9  # of a step or a class


def new_run(
    pictures: str | None,
    *,
    run_dir: Path | None,
    kind: str,
    preset: str,
    size: int | None,
    square: Square,
    attention: tuple[str, str],
    conditional: bool,
    seconds: float | None,
    steps: int | None,
    seed: int,
    meter: bool,
    changes: Mapping[str, Any],
) -> tuple[Path, RunConfig, DataSet]:
    """Folder, settings and pictures of a new run; raises AttnGanError for what is wrong, before it loads.

    `attention` is what --attention and --discriminator-attention say.
    """
    if pictures is None or run_dir is None:
        raise AttnGanError("Give --data and --run-dir for a new run, or --resume for an old one.")
    if (seconds is None) == (steps is None):
        raise AttnGanError("Give a budget: --seconds or --steps, one of the two.")
    _check_budget(seconds, steps)
    kind = kind_at(pictures) if kind == "auto" else kind
    if kind not in KINDS:
        raise AttnGanError(f"There is no kind {kind!r:.40}: give auto, {', '.join(KINDS)}.")
    recipe = presets.find(preset, KINDS[kind].presets)
    if square != "crop" and "size" not in recipe.takes:
        raise AttnGanError(f"{pictures} holds no pictures to make square: leave --square out.")
    model = recipe.model_config(
        size, _sizes(attention[0], "--attention"), _sizes(attention[1], "--discriminator-attention")
    )
    train = recipe.train_config(seconds, steps, seed).with_(meter=meter)
    runs.check_free(run_dir)
    loaded = data.load(pictures, **kind_of(model).reading(model), square=square)
    model = kind_of(model).fit(model, loaded, conditional)
    if attention[0] == "auto":
        model = recipe.suited(model)
    config = RunConfig(
        model=model,
        train=recipe.fitted(train, len(loaded), model).steered(dict(changes)),
        data=lasting(pictures),
        square=square,
        pictures=len(loaded),
        fingerprint=fingerprint(kind_of(model), loaded),
        command=command_line(),
    )
    return run_dir, config, loaded


def old_run(
    folder: Path,
    pictures: str | None,
    seconds: float | None,
    steps: int | None,
    changes: Mapping[str, Any],
) -> tuple[Path, RunConfig, DataSet]:
    """Folder, settings and pictures of a run to go on with, towards a new total budget where one is given.

    `pictures` is where these are now, if not where they were.
    """
    _check_budget(seconds, steps)
    config = _with_budget(runs.read_config(folder), seconds, steps)
    config.train.steered(dict(changes))
    if pictures is not None or (seconds, steps) != (None, None):
        config = config.with_(command=f"{config.command} && {command_line()}")
    return folder, *runs.pictures_of(config, pictures)


def branched_run(
    mark: str,
    run_dir: Path | None,
    pictures: str | None,
    seconds: float | None,
    steps: int | None,
    changes: Mapping[str, Any],
) -> tuple[Path, int, RunConfig, DataSet]:
    """Old folder, step, settings and pictures of a new run that begins at a marked state, RUN@STEP."""
    parent, _, step = mark.rpartition("@")
    if not parent or not _is_number(step):
        raise AttnGanError(f"--branch must be RUN@STEP, such as runs/smileys@120, not {mark!r:.80}.")
    if run_dir is None:
        raise AttnGanError("Give --run-dir: a branch is a run of its own.")
    _check_budget(seconds, steps)
    config = _with_budget(runs.read_config(Path(parent)), seconds, steps).with_(
        branched_from=mark, command=command_line()
    )
    config.train.steered(dict(changes))
    runs.marked(Path(parent), int(step))
    runs.check_free(run_dir)
    return Path(parent), int(step), *runs.pictures_of(config, pictures)


def changes_of(texts: Sequence[str]) -> dict[str, Any]:
    """Settings by name, of texts such as r1_weight=3, gate=none or augmentations=translation,colour; raises
    AttnGanError.
    """
    found: dict[str, Any] = {}
    for text in texts:
        name, sign, value = text.partition("=")
        if not sign:
            raise AttnGanError(f"A change is NAME=VALUE, such as r1_weight=3, not {text!r:.80}.")
        try:
            found[name] = float(value)
        except ValueError:
            none: list[str] | None = [] if name == "augmentations" else None
            names = value.split(",") if name == "augmentations" else value
            found[name] = none if value == "none" else names
    return found


def _with_budget(config: RunConfig, seconds: float | None, steps: int | None) -> RunConfig:
    if seconds is None and steps is None:
        return config
    return config.with_(train=config.train.with_(seconds=seconds, steps=steps).model_dump())


def whole_numbers(text: str, option: str, form: str, count: int | None = None) -> tuple[int, ...]:
    """The numbers of a text such as 8,16, `count` of them if given; raises AttnGanError for any other."""
    try:
        numbers = tuple(int(part) for part in text.split(","))
    except ValueError:
        numbers = ()
    if not numbers or count not in (None, len(numbers)):
        raise AttnGanError(f"{option} must be {form}, not {text!r:.80}.")
    return numbers


def class_of(model: Model, label: str) -> Any:
    """What --label names, as the model takes it: the number of a class, which goes by its name or its number.

    A class whose name is a number goes by its name. Raises AttnGanError where there is none such.
    """
    names, classes = model.about.label_names, model.config.classes
    if not classes:
        more = ", and say with --text what it is made from." if model.config.worded else "."
        raise AttnGanError(f"This model has no classes: leave --label out{more}")
    numbers = [number for number, name in enumerate(names) if one_line(name) == one_line(label)]
    if len(numbers) == 1:
        return numbers[0]
    if len(numbers) > 1:
        raise AttnGanError(
            f"{len(numbers)} classes are named {label!r:.80}: give the number, {numbers[0]} or another."
        )
    if _is_number(label) and int(label) < classes:
        return int(label)
    close = difflib.get_close_matches(label, names, n=1)
    hint = f"did you mean {close[0]!r:.80}?" if close else _choice(names, classes)
    raise AttnGanError(f"There is no class {label!r:.80}: {hint}")


def _is_number(text: str) -> bool:
    """Whether it is a whole number of at most MOST_DIGITS digits."""
    return text.isascii() and text.isdecimal() and len(text) <= MOST_DIGITS


def _choice(names: Sequence[str], classes: int) -> str:
    """Up to MOST_NAMED names, and the numbers, as the end of a sentence."""
    more = ", ..." if len(names) > MOST_NAMED else ""
    named = f"{', '.join(names[:MOST_NAMED])}{more}, or " if names else ""
    return f"give {named}a number from 0 to {classes - 1}."


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
