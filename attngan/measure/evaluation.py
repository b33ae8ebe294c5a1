"""A model judged as a whole: drawn from, timed, and measured against the pictures it should resemble."""

import time

import torch
from torch import Tensor

from attngan.config import ModelConfig
from attngan.data import ImageSet
from attngan.data.scenes.made import LAYOUT_OF
from attngan.errors import AttnGanError
from attngan.kinds.kind import Asked
from attngan.kinds.pictures.kind import vocabulary_of
from attngan.kinds.text.config import TextConfig
from attngan.measure import answers, metrics, rows, scenes
from attngan.model import sampling
from attngan.model.checkpoints import Model
from attngan.nn.batch import DataSet
from attngan.nn.characters import PairedTexts
from attngan.nn.columns import Rows
from attngan.nn.places import Words

GENERATED = 2000  # items, by default


def evaluate(
    model: Model, data: DataSet, count: int = GENERATED, seed: int = 0, inception: bool = False
) -> dict[str, float]:
    """The figures of `metrics.measure` for `count` items of seeds `seed`, `seed` + 1, ..., and more.

    `images_per_second` is that of drawing them on this machine. A conditional model draws each class, or
    whatever else items are made from, as often as the data have it. Data with an exact check (`twins`,
    `mirror`) add its rate. `inception` adds `fid`, the published distance. Of pairs of texts the figures are
    those of `answers.measure` alone. Raises AttnGanError where model and data do not fit, items are too few,
    or the Inception weights cannot be had.
    """
    if isinstance(data, PairedTexts):
        return answers.measure(model, data, count, seed)
    _check_fit(model, data)
    if count < metrics.MINIMUM_ITEMS:
        raise AttnGanError(
            f"{count} generated {model.kind.name} are too few to measure: {metrics.MINIMUM_ITEMS} are needed."
        )
    labels = None if data.labels is None or not model.config.classes else in_proportion(data.labels, count)
    asked = conditions(model.config, data, count)
    seeds = range(seed, seed + count)
    first = slice(sampling.CHUNK)
    sampling.items(model, seeds[first], asked and asked[first])  # the first ones pay for preparations
    start = time.perf_counter()
    drawn = sampling.items(model, seeds, asked)
    speed = count / (time.perf_counter() - start)
    found = {}
    if inception:
        if not isinstance(data, ImageSet):
            raise AttnGanError("The published distance is of pictures only: leave --inception out.")
        found["fid"] = metrics.inception_distance(drawn, data)
    found |= checked(model, drawn, data)
    if isinstance(data, Rows):
        found |= rows.measure(model.kind, drawn, data, seed)
    if data.name in LAYOUT_OF and vocabulary_of(model.config):
        found |= scenes.measure(model, LAYOUT_OF[data.name], count, seed)
    return metrics.measure(model.kind, drawn, data, labels) | found | {"images_per_second": speed}


def conditions(config: ModelConfig, data: DataSet, count: int) -> Asked:
    """What `count` items are to be made from, as often as the data have it; None: the kind may choose."""
    if config.classes and data.labels is not None:
        return in_proportion(data.labels, count).tolist()
    if not config.conditional or config.classes:
        return None
    condition = data.batch(_spread(len(data), count)).condition
    return condition.texts if isinstance(condition, Words) else None


def checked(model: Model, drawn: Tensor, data: DataSet) -> dict[str, float]:
    """The rate of items that are right, by its name: of those drawn, or of ones that are drawn for the
    check's texts. Empty where there is no exact check, or the model knows no texts.
    """
    if data.check is None or not data.check.asked:
        return metrics.exactly(drawn, data)
    if not model.config.conditional or model.config.classes:
        return {}
    asked = data.check.asked[: len(drawn)]
    return metrics.exactly(sampling.items(model, range(len(asked)), asked), data, asked)


def looked(model: Model, data: DataSet, count: int) -> dict[str, float]:
    """How well words are looked for where their thing is, in `count` pictures; the generator's figures are 0
    while none of its pictures is right. Empty where it is not known exactly.
    """
    if data.name not in LAYOUT_OF or not vocabulary_of(model.config):
        return {}
    found = scenes.looked(model, LAYOUT_OF[data.name], count)
    if not model.config.attention_layers:
        return found
    drawn = [name.replace("discriminator", "generator") for name in found if "discriminator" in name]
    return dict.fromkeys(drawn, 0.0) | found


def right(model: Model, drawn: sampling.Sample, data: DataSet) -> list[bool] | None:
    """Which of the items that were made from the model's examples are right; None where that is not known
    exactly.
    """
    if isinstance(model.config, TextConfig):
        answers = dict(model.config.examples)
        written = map("".join, model.kind.texts(drawn.items) or ())
        return [text == answers.get(asked) for text, asked in zip(written, drawn.labels or (), strict=True)]
    if data.check is None or not data.check.asked or not model.config.worded:
        return None
    pairs = zip(drawn.items.numpy(), drawn.labels or (), strict=True)
    rates = data.check.rates.values()
    return [all(rate(item[None], [asked]) == 1 for rate in rates) for item, asked in pairs]


def in_proportion(labels: Tensor, count: int) -> Tensor:
    """`count` labels in the proportion in which they are among `labels` (N,), as evenly mixed as can be."""
    in_order = labels.sort().values[_spread(len(labels), count)]
    return in_order[torch.randperm(count, generator=torch.Generator().manual_seed(0))]


def _spread(items: int, count: int) -> Tensor:
    """`count` numbers below `items`, evenly spread."""
    return ((torch.arange(count) + 0.5) * items / count).long()


def _check_fit(model: Model, data: DataSet) -> None:
    try:
        model.kind.check(model.config, data)
    except AttnGanError as error:
        raise AttnGanError(
            f"{str(error).rstrip('.')}: evaluate it against what it was trained on."
        ) from error
    classes = len(data.label_names)
    if model.config.classes not in (0, classes):
        raise AttnGanError(
            f"The model knows {model.config.classes} classes, but {data.name} has {classes or 'none'}: "
            "evaluate it against what it was trained on."
        )
