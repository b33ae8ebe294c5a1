"""What a model's discriminator thinks: of what the generator drew, of a real picture, of a person's own."""

from collections.abc import Sequence
from difflib import SequenceMatcher
from itertools import groupby
from typing import TYPE_CHECKING, Any

from cachetools import LRUCache, cached

from attngan.errors import AttnGanError
from attngan.kinds.pictures.config import PictureConfig
from demo.explorer.studio import MOST_PICTURES, Selection, Studio, labels_of, unknown_in
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

    The picture is the selection's first, drawn with an edit, or that of a file's bytes. Where items are made
    from texts, "text" in "judged" is the one that it is judged with, and "other" another one with the logit
    that the same picture gets with that. Raises AttnGanError where the file is no picture.
    """
    pixels = None if file is None else _pixels(file, shelved.config)  # before others have to wait for this
    with studio.model(shelved) as model:
        import torch

        item = _drawn(model, selection, edit) if pixels is None else torch.from_numpy(pixels)
        told = unknown_in(model, selection)
        return _frame(model, shelved, item, (selection.seed,), _label(model, selection), **told)


def real_frame(studio: Studio, shelved: Shelved, selection: Selection, edit: str, number: int) -> bytes:
    """The same of a training item, of the selection's class or with its own text; `number` goes round.

    "drawn" in "judged" is the logit of the picture that judged_frame judges. Raises AttnGanError where the
    training data are not here.
    """
    with studio.model(shelved) as model:
        label = _label(model, selection)
        reals, labels = _reals(model, shelved, label)
        index = number % len(reals)
        drawn = _logit(model, _drawn(model, selection, edit), label)
        return _frame(model, shelved, reals[index : index + 1], (index,), labels[index], drawn)


def _label(model: "Model", selection: Selection) -> Any:
    """What the selection's first item is made from; None where that is nothing."""
    labels = labels_of(model, selection)
    return labels[0] if labels else None


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
    label: Any,
    drawn: float | None = None,
    **about: Any,
) -> bytes:
    from attngan.explain import frames
    from attngan.model import judging, sampling

    (judged,) = judging.judge(model, item, label)
    common = None if shelved.worded else label  # of all that it is compared with
    word: dict[str, Any] = ({} if drawn is None else {"drawn": drawn}) | {
        "logit": judged.logit,
        "attention": bool(judged.attention),
        "made": _made_scores(model, shelved, common),
        "reals": _real_scores(model, shelved, common),
    }
    if shelved.worded:
        word["text"] = _told(label)
        if other := _unlike(model, word["text"]):
            word["other"] = {"text": other, "logit": _logit(model, item, other, company=label)}
    labels = None if label is None else (_told(label),)
    sample = sampling.Sample(model.kind, item, judged.attention, seeds, labels)
    return frames.encode(sample, judged=word, **about)


def _told(label: Any) -> Any:
    """A class, or a text as people write it; it may be given as its words or characters."""
    if isinstance(label, str) or not isinstance(label, Sequence):
        return label
    return (" " if any(len(token) > 1 for token in label) else "").join(label)


def _unlike(model: "Model", text: str) -> str | None:
    """The model's own example that is least like a text; None where there is no other."""
    examples = [example for example in model.config.example_texts if example != text]
    return min(examples, key=lambda example: SequenceMatcher(None, example, text).ratio(), default=None)


def _logit(model: "Model", item: "Tensor", label: Any, company: Any = None) -> float:
    from attngan.model import judging

    return judging.judge(model, item, label, company)[0].logit


def _key(_: "Model", shelved: Shelved, label: Any) -> tuple[Any, ...]:
    return shelved.key, shelved.version, label


def _scores(model: "Model", items: "Tensor", labels: Sequence[Any]) -> list[float]:
    """The logits of items, in ascending order, each for its own label."""
    from attngan.model import judging

    scores = []
    for label, group in groupby(range(len(items)), labels.__getitem__):
        scores += [round(one.logit, 4) for one in judging.judge(model, items[[*group]], label)]
    return sorted(scores)


@cached(LRUCache(KEPT), key=_key)
def _made_scores(model: "Model", shelved: Shelved, label: Any) -> list[float]:
    """The logits of what the generator draws from the first seeds; each of its own text, where it reads."""
    from attngan.model import sampling

    labels = labels_of(model, Selection(0, MOST_PICTURES, label))
    items = sampling.items(model, range(MOST_PICTURES), labels)
    return _scores(model, items, labels or [None] * MOST_PICTURES)


@cached(LRUCache(KEPT), key=_key)
def _real_scores(model: "Model", shelved: Shelved, label: Any) -> list[float]:
    """The logits of real items; none where these are not here."""
    try:
        return _scores(model, *_reals(model, shelved, label))
    except AttnGanError:
        return []


def _reals(model: "Model", shelved: Shelved, label: Any) -> tuple["Tensor", list[Any]]:
    """Up to MOST_REALS decoded training items, of a class where one is given, and what each is to be made
    from, a text as its words or characters.
    """
    import torch

    from attngan.nn.places import Words

    data = training_data(shelved)
    model.kind.check(model.config, data)
    indices = torch.arange(len(data))
    if label is not None and data.labels is not None:
        indices = indices[data.labels == label]
    if not len(indices):
        raise AttnGanError("There is no training picture of this class here.")
    chosen = torch.linspace(0, len(indices) - 1, min(MOST_REALS, len(indices))).long()
    batch = data.batch(indices[chosen])
    items = model.kind.decode(batch.items)
    if shelved.worded and isinstance(batch.condition, Words):
        return items, [*batch.condition.texts]
    return items, [label] * len(items)


def _pixels(file: bytes, config: "ModelConfig") -> "Pixels":
    """The picture of a file's bytes as the model's networks take it, uint8 (1, H, W, C)."""
    from attngan.data.pixels import with_channels

    if not isinstance(config, PictureConfig):
        raise AttnGanError("Only a model of pictures can judge a picture's file.")
    return with_channels(process.picture(file, config.image_size)[None], config.channels).copy()
