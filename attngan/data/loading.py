"""From a name or a path to a data set, with every wrong input told in one sentence."""

from collections.abc import Sequence
from functools import partial
from pathlib import Path

import numpy as np
import torch

from attngan.config import Square, nearest
from attngan.data import digits, letters, openmoji, own, sources, torchvision_sets, twins
from attngan.data.found import Found, Reader, Wanted
from attngan.data.imageset import ImageSet
from attngan.data.pixels import with_channels
from attngan.data.rows import loading as rows
from attngan.data.rows.rowset import RowSet
from attngan.data.scenes import made
from attngan.data.sources import Source
from attngan.data.texts import loading as texts
from attngan.data.texts.pairset import PairSet
from attngan.data.usable import MINIMUM_PICTURES, usable
from attngan.errors import AttnGanError
from attngan.nn.batch import DataSet
from attngan.nn.places import Words
from attngan.tokeniser import Tokeniser

SMALLEST_SIZE, LARGEST_SIZE = 4, 256  # pixels

_READERS: dict[str, Reader] = {
    sources.FACES.name: openmoji.faces,
    sources.EMOJI.name: openmoji.emoji,
    sources.EMOJI_WORDS.name: openmoji.emoji_words,
    sources.DIGITS.name: digits.digits,
    sources.LETTERS.name: letters.letters,
    sources.TWINS.name: twins.twins,
    sources.MIRROR.name: twins.mirror,
    **{name: partial(made.scenes, layout) for name, layout in made.LAYOUT_OF.items()},
    **torchvision_sets.READERS,
}


def load(
    name_or_path: str,
    image_size: int = 32,
    channels: int | None = None,
    max_pictures: int | None = None,
    square: Square = "crop",
    kind: str | None = None,
) -> DataSet:
    """What has this name or lies at this path: `pictures`, `pairs` of texts, or a `table` of rows, as the
    name says, or else `kind`, or else the file's first lines.

    A known name goes before a folder or file of that name; `./name` is always the latter. Only pictures care
    for what else follows the name. Raises AttnGanError for everything that cannot be learnt from.
    """
    if kind is None or sources.find(name_or_path) is not None:
        kind = sources.kind_at(name_or_path)
    if kind == PairSet.kind:
        return pairs(name_or_path)
    if kind == RowSet.kind:
        return table(name_or_path)
    return pictures(name_or_path, image_size, channels, max_pictures, square)


def pairs(name_or_path: str) -> PairSet:
    """The pairs of texts of a known name, or of an own .csv, .tsv or .jsonl; raises AttnGanError."""
    source = sources.find(name_or_path)
    return texts.of_file(_existing(name_or_path, _names())) if source is None else texts.bundled(source)


def table(name_or_path: str) -> RowSet:
    """The points or the table of a known name, or of an own .csv or .tsv; raises AttnGanError."""
    source = sources.find(name_or_path)
    return rows.of_file(_existing(name_or_path, _names())) if source is None else rows.bundled(source)


def pictures(
    name_or_path: str,
    image_size: int = 32,
    channels: int | None = None,
    max_pictures: int | None = None,
    square: Square = "crop",
) -> ImageSet:
    """The pictures of a known name, or of the person's own folder, .zip, .npz or .npy.

    Each becomes `image_size` pixels square. `square` says how an own one that is not square is made so: cut
    to its middle ("crop"), with bars beside it ("pad") or stretched. `channels` is 1 (grey) or 3 (RGB), None
    for the source's own. At most `max_pictures` are used, evenly spread over the set. What is left out
    `skipped` tells: files that cannot be read, labels that no model could learn from. Raises AttnGanError
    for everything that cannot be learnt from.
    """
    _check(image_size, channels, max_pictures)
    source = sources.find(name_or_path)
    if source is not None:
        found = _READERS[source.name](image_size, max_pictures)
    else:
        path = _existing(name_or_path, _names())
        source, found = own.source(path), own.read(path, Wanted(image_size, max_pictures, square))
    found = usable(source.name, found, max_pictures)
    return _image_set(source, found, channels or found.images.shape[3])


def _check(image_size: int, channels: int | None, max_pictures: int | None) -> None:
    if not SMALLEST_SIZE <= image_size <= LARGEST_SIZE:
        raise AttnGanError(f"image_size must be {SMALLEST_SIZE} to {LARGEST_SIZE} pixels, not {image_size}.")
    if channels not in (None, 1, 3):
        raise AttnGanError(f"channels must be 1 (grey) or 3 (RGB), not {channels}.")
    if max_pictures is not None and max_pictures < MINIMUM_PICTURES:
        raise AttnGanError(f"max_pictures must be {MINIMUM_PICTURES} or more, not {max_pictures}.")


def _names() -> tuple[str, ...]:
    return tuple(source.name for source in sources.catalogue())


def _existing(text: str, names: tuple[str, ...]) -> Path:
    """The path of this text; a text that is neither path nor name is told with the nearest name."""
    shown = text if len(text) <= 80 else text[:77] + "..."
    try:
        path = Path(text).expanduser()
        exists = bool(text.strip()) and path.exists()
    except (OSError, RuntimeError, ValueError):  # too long, no home, or a null character
        exists = False
    if exists:
        return path
    if "/" in text or "\\" in text or text.endswith(own.SUFFIXES + sources.TABLES):
        raise AttnGanError(
            f"There is nothing at {shown!r}: give a folder, .zip, .npz or .npy of pictures, a .csv or .tsv "
            "of numbers, a .csv, .tsv or .jsonl of pairs of texts, or a known name."
        )
    raise AttnGanError(
        f"There is no data set named {shown!r}: {nearest(text, names)} Or give the path of your own data."
    )


def _image_set(source: Source, found: Found, channels: int) -> ImageSet:
    images = with_channels(found.images, channels)
    return ImageSet(
        name=source.name,
        images=torch.from_numpy(np.ascontiguousarray(images.transpose(0, 3, 1, 2))),
        labels=None if found.labels is None else torch.from_numpy(found.labels),
        label_names=found.label_names,
        captions=found.captions,
        words=_words(found.captions) if source.captioned and found.captions else None,
        licence=source.licence,
        source=source.attribution,
        skipped=found.skipped,
        check=found.check,
        changed=found.changed,
    )


def _words(captions: Sequence[str]) -> Words:
    tokeniser = Tokeniser.of(captions)
    return Words.of_texts([tokeniser.tokens(caption) for caption in captions], tokeniser.vocabulary)
