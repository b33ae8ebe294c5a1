"""What a model's discriminator thinks: of what the generator drew, of a real picture, of a person's own."""

from typing import TYPE_CHECKING, Any

from cachetools import LRUCache, cached

from attngan.errors import AttnGanError
from attngan.kinds.pictures.config import PictureConfig
from demo.explorer.studio import MOST_PICTURES, Selection, Studio, labels_of
from demo.explorer.training_data import training_data
from demo.shelf import Shelved
from demo.uploads import process

if TYPE_CHECKING:
    from torch import Tensor

    from attngan.config import ModelConfig
    from attngan.data.pixels import Pixels
    from attngan.model.checkpoints import Model

KEPT = 64  # models and classes whose scores are remembered
MOST_REALS = 16  # real items that are judged, evenly spread


def judged_frame(
    studio: Studio, shelved: Shelved, selection: Selection, edit: str = "", file: bytes | None = None
) -> bytes:
    """The gzipped frame of one picture with the discriminator's attention; its header's "judged" is its word.

    The picture is the selection's first, drawn with an edit, or that of a file's bytes. Raises AttnGanError
    where that is none.
    """
    pixels = None if file is None else _pixels(file, shelved.config)  # before others have to wait for this
    with studio.model(shelved) as model:
        import torch

        labels = labels_of(model, selection)
        item = _drawn(model, selection, edit) if pixels is None else torch.from_numpy(pixels)
        return _frame(model, shelved, item, (selection.seed,), labels)


def real_frame(studio: Studio, shelved: Shelved, selection: Selection, edit: str, number: int) -> bytes:
    """The same of a training item, of the selection's class where there are classes; `number` goes round.

    "drawn" in "judged" is the logit of the picture that judged_frame judges. Raises AttnGanError where the
    training data are not here.
    """
    with studio.model(shelved) as model:
        labels = labels_of(model, selection)
        reals = _reals(model, shelved, labels[0] if labels else None)
        index = number % len(reals)
        drawn = _drawn(model, selection, edit)
        return _frame(model, shelved, reals[index : index + 1], (index,), labels, drawn)


def _drawn(model: "Model", selection: Selection, edit: str) -> "Tensor":
    """The selection's first item, its attention edited."""
    from attngan.explain import edits
    from attngan.model import sampling

    changed = edits.parse_text(edit).on(model.generator)
    labels = labels_of(model, selection)
    return sampling.sample(model, [selection.seed], labels, selection.truncation, changed).items


def _frame(
    model: "Model",
    shelved: Shelved,
    item: "Tensor",
    seeds: tuple[int, ...],
    labels: list[Any] | None,
    drawn: "Tensor | None" = None,
) -> bytes:
    from attngan.explain import frames
    from attngan.model import judging, sampling

    label = labels[0] if labels else None
    (judged,) = judging.judge(model, item, label)
    beside = {} if drawn is None else {"drawn": judging.judge(model, drawn, label)[0].logit}
    word = beside | {
        "logit": judged.logit,
        "attention": bool(judged.attention),
        "made": _made_scores(model, shelved, label),
        "reals": _real_scores(model, shelved, label),
    }
    sample = sampling.Sample(model.kind, item, judged.attention, seeds, None if labels is None else (label,))
    return frames.encode(sample, judged=word)


def _key(_: "Model", shelved: Shelved, label: Any) -> tuple[Any, ...]:
    return shelved.key, shelved.version, label


def _scores(model: "Model", items: "Tensor", label: Any) -> list[float]:
    """The logits of items, in ascending order."""
    from attngan.model import judging

    return sorted(round(one.logit, 4) for one in judging.judge(model, items, label))


@cached(LRUCache(KEPT), key=_key)
def _made_scores(model: "Model", shelved: Shelved, label: Any) -> list[float]:
    """The logits of what the generator draws from the first seeds."""
    from attngan.model import sampling

    labels = None if label is None else [label] * MOST_PICTURES
    return _scores(model, sampling.items(model, range(MOST_PICTURES), labels), label)


@cached(LRUCache(KEPT), key=_key)
def _real_scores(model: "Model", shelved: Shelved, label: Any) -> list[float]:
    """The logits of real items; none where these are not here."""
    try:
        return _scores(model, _reals(model, shelved, label), label)
    except AttnGanError:
        return []


def _reals(model: "Model", shelved: Shelved, label: Any) -> "Tensor":
    """Up to MOST_REALS decoded training items, of a class where one is given."""
    import torch

    data = training_data(shelved)
    model.kind.check(model.config, data)
    indices = torch.arange(len(data))
    if label is not None and data.labels is not None:
        indices = indices[data.labels == label]
    if not len(indices):
        raise AttnGanError("There is no training picture of this class here.")
    chosen = torch.linspace(0, len(indices) - 1, min(MOST_REALS, len(indices))).long()
    return model.kind.decode(data.batch(indices[chosen]).items)


def _pixels(file: bytes, config: "ModelConfig") -> "Pixels":
    """The picture of a file's bytes as the model's networks take it, uint8 (1, H, W, C)."""
    from attngan.data.pixels import with_channels

    if not isinstance(config, PictureConfig):
        raise AttnGanError("Only a model of pictures can judge a picture's file.")
    return with_channels(process.picture(file, config.image_size)[None], config.channels).copy()
