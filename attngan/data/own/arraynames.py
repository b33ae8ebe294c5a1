"""Which arrays of a .npz are pictures and which are their labels, by the names that programs give them."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from attngan.data.own.arrayfiles import StoredArray

# In small letters, without the word for a part of the set (nothing is left of `train`); the first one found.
_PICTURES = ("images", "image", "imgs", "pictures", "x", "data", "samples", "", "arr_0")
_LABELS = ("labels", "label", "y", "targets", "target", "classes", "class")
_SPLITS = ("", "train", "val", "test")
_SAME = {"training": "train", "valid": "val", "validation": "val", "dev": "val", "testing": "test"}
_WORD = "(?:train(?:ing)?|val(?:id(?:ation)?)?|dev|test(?:ing)?)"
_NAME = re.compile(f"(?:({_WORD})_?)?(.*?)(?:_?({_WORD}))?")


@dataclass(frozen=True)
class Named:
    """Pictures of a .npz and their labels."""

    pictures: str
    labels: str | None
    lenient: bool = False  # whether labels that do not fit are left out, for they may be something else


def named(arrays: Mapping[str, StoredArray]) -> tuple[Named, ...]:
    """The pictures and their labels, several of both if the set is in parts (train, val, test).

    Empty if it is not clear which array is meant.
    """
    known: dict[tuple[str, str], str] = {}
    for name, array in arrays.items():
        key = _key(name)
        labels = key[0] in _LABELS or key[0] == "arr_1"
        if key == ("images", "") or (len(array.shape) < 3 if labels else len(array.shape) in (3, 4)):
            known.setdefault(key, name)
    for base in _PICTURES:
        if (base, "") in known:
            return (_with_labels(known, base, ""),)
        parts = [split for split in _SPLITS if (base, split) in known]
        if parts:
            return tuple(_with_labels(known, base, split) for split in parts)
    others = [name for name, array in arrays.items() if len(array.shape) in (3, 4)]
    return (Named(others[0], known.get(("labels", "")), lenient=True),) if len(others) == 1 else ()


def _key(name: str) -> tuple[str, str]:
    """(what it is, which part of the set) of a name: ("x", "train") of `x_train`, ("x", "") of `x`."""
    found = _NAME.fullmatch(name.lower())
    if found is None:
        return name, ""
    split = found[1] or found[3] or ""
    return found[2], _SAME.get(split, split)


def _with_labels(known: Mapping[tuple[str, str], str], base: str, split: str) -> Named:
    pictures = known[base, split]
    if base == "arr_0":
        return Named(pictures, known.get(("arr_1", "")), lenient=True)
    kind = next((kind for kind in _LABELS if (kind, split) in known), None)
    if kind is None:
        return Named(pictures, None)
    return Named(pictures, known[kind, split], lenient=base == "images" and not split and kind != "labels")
