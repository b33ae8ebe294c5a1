"""Labels as programs store them in arrays, brought to numbers and the name of each."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from attngan.data.own.names import natural
from attngan.errors import AttnGanError


def flat(labels: NDArray[Any], count: int, name: str) -> NDArray[Any]:
    """One label a picture, (N,): whole numbers or texts, of (N,), (N, 1) or one-hot (N, K).

    Raises AttnGanError for labels of another shape or type; `name` is what a person calls them.
    """
    if labels.dtype.kind == "f" and np.isfinite(labels).all() and (labels == np.rint(labels)).all():
        labels = labels.astype(np.int64)
    if labels.dtype.kind == "S":
        labels = np.char.decode(labels, "utf-8", "replace")
    if labels.shape == (count, 1):
        labels = labels[:, 0]
    if labels.ndim == 2 and len(labels) == count and _is_one_hot(labels):
        labels = labels.argmax(axis=1)
    if labels.shape != (count,):
        raise AttnGanError(f"{name} have the shape {labels.shape}: give one a picture, ({count},).")
    if labels.dtype.kind not in "iubU":
        raise AttnGanError(f"{name} are {labels.dtype}: give whole numbers or texts.")
    return labels


def _is_one_hot(labels: NDArray[Any]) -> bool:
    if labels.dtype.kind not in "iub":
        return False
    return bool(((labels == 0) | (labels == 1)).all() and (labels.sum(axis=1) == 1).all())


def numbered(labels: NDArray[Any]) -> tuple[NDArray[np.int64], tuple[str, ...]]:
    """Labels as numbers (N,) counted from 0 without gaps, and the text of each.

    Numbers come by their value, texts as people sort them: "2" before "10".
    """
    values, numbers = np.unique(labels, return_inverse=True)
    texts = [str(value) for value in values]
    order = (
        sorted(range(len(texts)), key=lambda index: natural(texts[index])) if labels.dtype.kind == "U" else []
    )
    if order:
        places = np.empty(len(order), np.int64)
        places[order] = np.arange(len(order))
        numbers, texts = places[numbers], [texts[index] for index in order]
    return numbers.astype(np.int64), tuple(texts)
