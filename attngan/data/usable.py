"""What of the pictures that were found can be learnt from; knows no torch."""

import dataclasses
import re
from collections import Counter
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from attngan.data.found import Found
from attngan.data.pixels import spread
from attngan.errors import AttnGanError
from attngan.tokeniser import MOST_WORDS, split

MINIMUM_PICTURES = 8
MAXIMUM_CLASSES = 4096  # as ModelConfig.classes
_OF_NO_FILE = ("labels: ", "captions: ", "16-bit pictures: ")  # how notes begin that tell of no single file


def usable(name: str, found: Found, most: int | None = None) -> Found:
    """At most so many of the pictures, evenly spread, with the labels that can be learnt.

    Labels that no model could learn from (all equal, or one picture each) are left out, and so are captions
    that are all equal, and `skipped` says so. Raises AttnGanError for too few pictures, or for pictures that
    are all the same.
    """
    count = len(found.images)
    if count < MINIMUM_PICTURES:
        there = "1 picture" if count == 1 else f"{count} pictures"
        raise AttnGanError(
            f"{name}: {there}, and at least {MINIMUM_PICTURES} are needed.{_unread(found.skipped)}"
        )
    if (found.images == found.images[:1]).all():
        raise AttnGanError(f"{name}: all {count} pictures are the same, so there is nothing to learn.")
    keep = spread(count, most)
    labels, label_names, note = _usable_labels(found, keep)
    captions, more = _usable_captions([found.captions[index] for index in keep] if found.captions else [])
    return dataclasses.replace(
        found,
        images=found.images if len(keep) == count else found.images[keep],
        labels=labels,
        label_names=label_names,
        captions=captions,
        skipped=found.skipped + note + more,
    )


def _unread(skipped: tuple[str, ...]) -> str:
    """Up to three of the reasons why pictures were left out, as the end of a sentence."""
    reasons = _folded([note for note in skipped if not note.startswith(_OF_NO_FILE)])
    if not reasons:
        return ""
    more = f" and {len(reasons) - 3} more" if len(reasons) > 3 else ""
    return f" Not used: {'; '.join(reasons[:3])}{more}."


def _folded(notes: list[str]) -> list[str]:
    """The notes "name: why", with one for all that have the same reason.

    A name may have ": " in it, and so may a reason: the end that most notes share is the reason.
    """
    ends = [[note[match.end() :] for match in re.finditer(": ", note)] for note in notes]
    counts = Counter(end for several in ends for end in several)
    groups: dict[str, list[str]] = {}
    for note, several in zip(notes, ends, strict=True):
        why = max(several, key=lambda end: (counts[end], len(end)), default=note)
        groups.setdefault(why if counts[why] > 1 else note, []).append(note)
    return [
        whose[0]
        if len(whose) == 1
        else f"{len(whose)} files ({whose[0].removesuffix(f': {why}')}, ...): {why}"
        for why, whose in groups.items()
    ]


def _usable_labels(
    found: Found, keep: NDArray[np.int64]
) -> tuple[NDArray[np.int64] | None, tuple[str, ...], tuple[str, ...]]:
    """The labels of the kept pictures and their names, or neither but a note why not."""
    if found.labels is None:
        return None, (), ()
    labels = found.labels[keep]
    classes = len(np.unique(labels))
    if classes == 1:
        return None, (), ("labels: all pictures have the same one, so they are left out",)
    if classes == len(labels):
        return None, (), ("labels: every picture has one of its own, so they are left out",)
    if len(found.label_names) > MAXIMUM_CLASSES:
        return None, (), (f"labels: {classes} classes are more than {MAXIMUM_CLASSES}, so they are left out",)
    return labels, found.label_names, ()


def _usable_captions(captions: Sequence[str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The captions, or none where all are equal, and what is to be told of them."""
    if captions and len(set(captions)) == 1:
        return (), ("captions: all pictures have the same one, so they are left out",)
    long = sum(len(split(caption)) > MOST_WORDS for caption in captions)
    note = f"captions: {long} longer than {MOST_WORDS} words, of which so many are read"
    return tuple(captions), (note,) if long else ()
