"""What the folders mean in which pictures lie: classes, parts of a set, masks, or nothing."""

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Sequence
from pathlib import PurePosixPath

import numpy as np
from numpy.typing import NDArray

from attngan.data.own.names import natural
from attngan.text import printable

_DEEPEST = 32  # folders below that mean nothing

Classes = Sequence[str | None]  # one a picture: its class, or None where it has none

_LESS = ("labels: some pictures lie in no sub-folder, so there are none",)

# Parts of a set, to learn from and to test with: "train", "Testing", "val2017", "seg_train", "fold_3".
_PART = re.compile(
    r"(?:(?:seg|data|dataset|images?|imgs?)[ _-]?)?"
    r"(train(?:ing)?|val(?:id(?:ation)?)?|dev(?:elopment)?|test(?:ing)?|eval(?:uation)?|hold-?out)"
    r"(?:[ _-]?(?:set|data|dataset|split|images?|imgs?|\d{1,4}))?"
    r"|(?:k?fold|split)[ _-]?(\d+)|(训练|验证|测试)集?"
)
_ORDER = ("tr", "训练", "va", "验证", "de", "te", "测试", "ev", "ho")

_PICTURES = r"images?|imgs?|jpegimages|photos?|pictures|pics|rgb|inputs?"
_MASKS = (
    r"masks?|labels?|annotations?|annots?|segmentations?|segmentationclass|segmentationobject|segs?|gt|"
    r"ground[ _-]?truths?"
)
_MASK_FOLDER = re.compile(rf"(?:(.+?)[ _-]?)??(?:{_MASKS})")
_MASK_FILE = re.compile(r"(.+?)[ _-](?:masks?|seg|segmentation|gt|ground[ _-]?truth)(?:[ _-]?\d+)?")


def without_masks(paths: Sequence[PurePosixPath]) -> tuple[list[int], tuple[str, ...]]:
    """Indices of the paths that are pictures to learn from, and a note on the masks among them.

    Masks are files beside pictures of their name ("7_mask.png" beside "7.png"), and all in a folder that is
    called so beside one of pictures ("masks" beside "images", "train_masks" beside "train").
    """
    beside: dict[tuple[str, ...], set[str]] = defaultdict(set)  # what lies in a folder, in small letters
    for path in paths:
        for depth, part in enumerate(path.parts[:-1][:_DEEPEST]):
            beside[path.parts[:depth]].add(part.casefold())
        beside[(*path.parts[:-1], "")].add(path.stem.casefold())  # files apart from folders
    masks: dict[tuple[str, ...], bool] = {}

    def masked(folder: tuple[str, ...]) -> bool:
        if folder not in masks:
            masks[folder] = _is_mask_folder(folder[-1].casefold(), beside[folder[:-1]])
        return masks[folder]

    folders: set[str] = set()
    files, kept = [], []
    for index, path in enumerate(paths):
        parents = path.parts[:-1]
        depths = range(1, min(len(parents), _DEEPEST) + 1)
        inside = next((depth for depth in depths if masked(parents[:depth])), None)
        named = _MASK_FILE.fullmatch(path.stem.casefold())
        if inside:
            folders.add("/".join(parents[:inside]))
        elif named and named[1] in beside[(*parents, "")]:
            files.append(path)
        else:
            kept.append(index)
    notes = [f"folders: {printable(name)}: masks, left out" for name in sorted(folders, key=natural)]
    if files:
        notes.append(f"{len(files)} files ({printable(files[0])}, ...): masks of other pictures")
    return kept, tuple(notes)


def classes(paths: Sequence[PurePosixPath]) -> tuple[Classes, tuple[str, ...]]:
    """The class of each picture by the first folder in which the paths differ, and notes.

    Parts of a set (train, val, test) are joined. A picture has None where it lies in no such folder.
    """
    folders = [[unicodedata.normalize("NFC", part) for part in path.parts[:-1][:_DEEPEST]] for path in paths]
    notes: dict[str, None] = {}  # in order, each once
    loose = False  # whether some pictures lay beside a folder that is no class
    while True:
        firsts = [folder[0] if folder else None for folder in folders]
        counts = Counter(first for first in firsts if first is not None)
        parts = _parts_of_a_set(list(counts))
        if len(counts) > 1 and not parts:
            return firsts, tuple(notes)
        if parts:
            notes[f"folders: {', '.join(map(printable, parts))}: joined, they are no classes"] = None
        elif counts and None in firsts:
            loose = True
        if not counts or (len(counts) == 1 and 2 * counts.total() <= len(paths)):
            return [None] * len(paths), (*notes, *(_LESS if loose else ()))
        folders = [folder[1:] for folder in folders]


def strays(classes: Classes) -> set[int]:
    """Indices of the pictures without a class, where two or more classes hold the majority; else none."""
    without = {index for index, name in enumerate(classes) if name is None}
    several = len(set(classes) - {None}) > 1
    return without if several and 2 * len(without) < len(classes) else set()


def numbered(classes: Classes) -> tuple[NDArray[np.int64] | None, tuple[str, ...], tuple[str, ...]]:
    """Labels (N,) and the name of each in natural order, or None, none and perhaps a note why not."""
    found = sorted({name for name in classes if name is not None}, key=natural)
    if not found:
        return None, (), ()
    if None in classes:
        return None, (), _LESS
    numbers = {name: number for number, name in enumerate(found)}
    return np.array([numbers[name] for name in classes if name is not None], np.int64), _shown(found), ()


def _shown(names: Sequence[str]) -> tuple[str, ...]:
    """The names as they can be shown, with a number after those that would look like one before them."""
    seen: Counter[str] = Counter()
    shown = []
    for name in map(printable, names):
        seen[name] += 1
        shown.append(name if seen[name] == 1 else f"{name} ({seen[name]})")
    return tuple(shown)


def _parts_of_a_set(names: Sequence[str]) -> list[str]:
    """The names in order if most of them are parts of a set, of two kinds or more; else none."""
    found = {name: _PART.fullmatch(name.casefold()) for name in names}
    kinds = {name: next(filter(None, match.groups()))[:2] for name, match in found.items() if match}
    if len(set(kinds.values())) < 2 or 2 * len(kinds) <= len(names):
        return []
    order = {kind: number for number, kind in enumerate(_ORDER)}
    return sorted(names, key=lambda name: (order.get(kinds.get(name, ""), len(order)), natural(name)))


def _is_mask_folder(name: str, beside: set[str]) -> bool:
    match = _MASK_FOLDER.fullmatch(name)
    if not match:
        return False
    whose = match[1] or ""
    if whose in beside and _PART.fullmatch(whose):  # "train_masks" beside "train"
        return True
    pattern = re.compile(rf"{re.escape(whose)}[ _-]?(?:{_PICTURES})")
    return any(pattern.fullmatch(other) for other in beside)
