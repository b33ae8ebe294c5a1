"""A model judged as a whole: drawn from, timed, and measured against the pictures it should resemble."""

import time

import torch
from torch import Tensor

from attngan.data import ImageSet, twins
from attngan.errors import AttnGanError
from attngan.measure import metrics
from attngan.model.checkpoints import Model
from attngan.model.sampling import CHUNK, pictures

GENERATED = 2000  # pictures, by default
EXACT = {"twins": ("agreement", twins.agreement_rate), "mirror": ("mirror", twins.mirror_rate)}  # by data


def evaluate(
    model: Model, data: ImageSet, count: int = GENERATED, seed: int = 0, inception: bool = False
) -> dict[str, float]:
    """The figures of `metrics.evaluate` for `count` pictures of seeds `seed`, `seed` + 1, ..., and more.

    `images_per_second` is that of drawing them on this machine. A class-conditional model draws each class
    as often as the data have it. `twins` add their exact `agreement` rate, `mirror` its `mirror` rate.
    `inception` adds `fid`, the published distance. Raises AttnGanError where
    model and data do not fit, pictures are too few, or the Inception weights cannot be had.
    """
    _check_fit(model, data)
    if count < metrics.MINIMUM_PICTURES:
        raise AttnGanError(
            f"{count} generated pictures are too few to measure: {metrics.MINIMUM_PICTURES} are needed."
        )
    labels = None if data.labels is None or not model.config.classes else in_proportion(data.labels, count)
    asked = None if labels is None else labels.tolist()
    seeds = range(seed, seed + count)
    pictures(model, seeds[:CHUNK], asked and asked[:CHUNK])  # the first ones pay for preparations
    start = time.perf_counter()
    drawn = pictures(model, seeds, asked).permute(0, 3, 1, 2)
    speed = count / (time.perf_counter() - start)
    found = {"fid": metrics.inception_distance(drawn, data)} if inception else {}
    if data.name in EXACT:
        name, rate = EXACT[data.name]
        found[name] = rate(drawn.permute(0, 2, 3, 1).numpy())
    return metrics.evaluate(drawn, data, labels) | found | {"images_per_second": speed}


def in_proportion(labels: Tensor, count: int) -> Tensor:
    """`count` labels in the proportion in which they are among `labels` (N,), as evenly mixed as can be."""
    places = ((torch.arange(count) + 0.5) * len(labels) / count).long()
    in_order = labels.sort().values[places]
    return in_order[torch.randperm(count, generator=torch.Generator().manual_seed(0))]


def _check_fit(model: Model, data: ImageSet) -> None:
    made, wanted = (model.config.channels, model.config.image_size), (data.channels, data.image_size)
    if made != wanted:
        raise AttnGanError(
            f"The model draws {_kind(*made)} pictures, but {data.name} has {_kind(*wanted)} ones: "
            "evaluate it against what it was trained on."
        )
    if model.config.classes not in (0, data.classes):
        raise AttnGanError(
            f"The model knows {model.config.classes} classes, but {data.name} has {data.classes or 'none'}: "
            "evaluate it against what it was trained on."
        )


def _kind(channels: int, size: int) -> str:
    return f"{'RGB' if channels == 3 else 'grey'} {size} x {size}"
