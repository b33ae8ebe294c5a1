"""Answers in numbers: a pixel's arithmetic, a picture's facts, the discriminator's word."""

import dataclasses
from typing import TYPE_CHECKING, Any, NamedTuple

from attngan.errors import AttnGanError
from attngan.kinds.pictures.config import PictureConfig
from demo.explorer.studio import MOST_PICTURES, Selection, Studio, labels_of
from demo.shelf import Shelved
from demo.uploads import process

if TYPE_CHECKING:
    from torch import Tensor

    from attngan.config import ModelConfig
    from attngan.data.pixels import Pixels
    from attngan.model.checkpoints import Model
    from attngan.nn.attention import AttentionMap


class HeadQuery(NamedTuple):
    """A query of a head of a layer, both counted from 0; None for what was no whole number."""

    layer: str
    head: int | None
    query: int | None


def facts_of(studio: Studio, shelved: Shelved, selection: Selection) -> dict[str, Any]:
    """explain.facts.Facts of the first picture as a dict, and as "judged" the discriminator's word."""
    with studio.model(shelved) as model:
        from attngan.explain import facts
        from attngan.model import sampling

        labels = labels_of(model, selection)
        label = labels[0] if labels else None
        found = facts.facts(model, selection.seed, label, selection.truncation)
        image = sampling.sample(model, [selection.seed], labels, selection.truncation).items
        return dataclasses.asdict(found) | {"judged": _judge(model, image, label)[1]}


def arithmetic_of(
    studio: Studio, shelved: Shelved, selection: Selection, edit: str, place: HeadQuery
) -> dict[str, Any]:
    """explain.arithmetic.Arithmetic of one query as a dict; raises AttnGanError for what is not there."""
    if place.head is None or place.query is None:
        raise AttnGanError("head and query must be whole numbers from 0 on.")
    with studio.model(shelved) as model:
        from attngan.explain import arithmetic, edits, heatmaps
        from attngan.model import sampling

        changed = edits.parse_text(edit).on(model.generator)
        drawn = sampling.sample(
            model, [selection.seed], labels_of(model, selection), selection.truncation, changed
        )
        seen = heatmaps.find_layer(drawn.attention, place.layer)
        return dataclasses.asdict(arithmetic.arithmetic(seen, 0, place.head, place.query))


def judged_frame(studio: Studio, shelved: Shelved, selection: Selection, file: bytes | None = None) -> bytes:
    """The gzipped frame of one picture with the discriminator's attention; its header's "judged" is its word.

    The picture is the selection's first, or that of a file's bytes. Raises AttnGanError where that is none.
    """
    pixels = None if file is None else _pixels(file, shelved.config)  # before others have to wait for this
    with studio.model(shelved) as model:
        import torch

        from attngan.explain import frames
        from attngan.model import sampling

        labels = labels_of(model, selection)
        if pixels is None:
            image = sampling.sample(model, [selection.seed], labels, selection.truncation).items
        else:
            image = torch.from_numpy(pixels)
        attention, word = _judge(model, image, labels[0] if labels else None)
        sample = sampling.Sample(
            model.kind, image, attention, (selection.seed,), None if labels is None else tuple(labels)
        )
        return frames.encode(sample, judged=word)


def _judge(model: "Model", image: "Tensor", label: Any) -> tuple[tuple["AttentionMap", ...], dict[str, Any]]:
    """The discriminator's attention on an item, and its word beside that on a grid's; all have one label."""
    import torch

    from attngan.model import judging, sampling

    of_class = None if label is None else [label] * MOST_PICTURES
    grid = sampling.items(model, range(MOST_PICTURES), of_class)
    first, *others = judging.judge(model, torch.cat([image, grid]), label)
    logits = sorted(one.logit for one in others)
    word = {
        "logit": first.logit,
        "lowest": logits[0],
        "highest": logits[-1],
        "count": len(logits),
        "attention": bool(first.attention),
    }
    return first.attention, word


def _pixels(file: bytes, config: "ModelConfig") -> "Pixels":
    """The picture of a file's bytes as the model's networks take it, uint8 (1, H, W, C)."""
    from attngan.data.pixels import with_channels

    if not isinstance(config, PictureConfig):
        raise AttnGanError("Only a model of pictures can judge a picture's file.")
    return with_channels(process.picture(file, config.image_size)[None], config.channels).copy()
