"""From a name or a path to an ImageSet, with every wrong input told in one sentence."""

from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray

from attngan.config import nearest
from attngan.data import digits, letters, openmoji, own, sources, torchvision_sets, twins
from attngan.data.found import Found, Reader
from attngan.data.imageset import ImageSet
from attngan.data.pixels import spread, with_channels
from attngan.data.sources import Source
from attngan.errors import AttnGanError

MINIMUM_PICTURES = 8
SMALLEST_SIZE, LARGEST_SIZE = 4, 256  # pixels
MAXIMUM_CLASSES = 4096  # as ModelConfig.classes

_READERS: dict[str, Reader] = {
    sources.FACES.name: openmoji.faces,
    sources.EMOJI.name: openmoji.emoji,
    sources.DIGITS.name: digits.digits,
    sources.LETTERS.name: letters.letters,
    sources.TWINS.name: twins.twins,
    sources.MIRROR.name: twins.mirror,
    **torchvision_sets.READERS,
}


def load(
    name_or_path: str, image_size: int = 32, channels: int | None = None, max_pictures: int | None = None
) -> ImageSet:
    """The pictures of a known name, or of the person's own folder, .zip, .npz or .npy.

    Each becomes `image_size` pixels square: cut to its middle square, then resampled. `channels` is 1
    (grey) or 3 (RGB), None for the source's own. At most `max_pictures` are used, evenly spread over
    the set. A known name goes before a folder of that name; `./name` is always the folder. Labels
    that no model could learn from (all equal, or one picture each) are left out, and `skipped` says
    so. Raises AttnGanError for everything that cannot be learnt from.
    """
    _check(image_size, channels, max_pictures)
    source = sources.find(name_or_path)
    if source is not None:
        found = _READERS[source.name](image_size, max_pictures)
    else:
        path = _existing(name_or_path, tuple(source.name for source in sources.catalogue()))
        source, found = own.source(path), own.read(path, image_size, max_pictures)
    if channels is None:
        channels = found.images.shape[3]
    return _image_set(source, found, channels, max_pictures)


def _check(image_size: int, channels: int | None, max_pictures: int | None) -> None:
    if not SMALLEST_SIZE <= image_size <= LARGEST_SIZE:
        raise AttnGanError(f"image_size must be {SMALLEST_SIZE} to {LARGEST_SIZE} pixels, not {image_size}.")
    if channels not in (None, 1, 3):
        raise AttnGanError(f"channels must be 1 (grey) or 3 (RGB), not {channels}.")
    if max_pictures is not None and max_pictures < MINIMUM_PICTURES:
        raise AttnGanError(f"max_pictures must be {MINIMUM_PICTURES} or more, not {max_pictures}.")


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
    if "/" in text or "\\" in text or text.endswith(own.SUFFIXES):
        raise AttnGanError(
            f"There is nothing at {shown!r}: give a folder, .zip, .npz or .npy, or a known name."
        )
    raise AttnGanError(
        f"There is no data set named {shown!r}: {nearest(text, names)} Or give the path of your own pictures."
    )


def _image_set(source: Source, found: Found, channels: int, max_pictures: int | None) -> ImageSet:
    count = len(found.images)
    if count < MINIMUM_PICTURES:
        unread = _unread(found.skipped)
        there = "1 picture" if count == 1 else f"{count} pictures"
        raise AttnGanError(f"{source.name}: {there}, and at least {MINIMUM_PICTURES} are needed.{unread}")
    if (found.images == found.images[:1]).all():
        raise AttnGanError(f"{source.name}: all {count} pictures are the same, so there is nothing to learn.")
    keep = spread(count, max_pictures)
    images = with_channels(found.images[keep], channels)
    labels, label_names, note = _usable_labels(found, keep)
    return ImageSet(
        name=source.name,
        images=torch.from_numpy(np.ascontiguousarray(images.transpose(0, 3, 1, 2))),
        labels=None if labels is None else torch.from_numpy(labels),
        label_names=label_names,
        captions=tuple(found.captions[index] for index in keep) if found.captions else (),
        licence=source.licence,
        source=source.attribution,
        skipped=found.skipped + note,
    )


def _unread(skipped: tuple[str, ...]) -> str:
    """Up to three of the reasons why pictures were left out, as the end of a sentence."""
    if not skipped:
        return ""
    more = f" and {len(skipped) - 3} more" if len(skipped) > 3 else ""
    return f" Not used: {'; '.join(skipped[:3])}{more}."


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
