"""From a name or a path to an ImageSet, with every wrong input told in one sentence."""

from pathlib import Path

import numpy as np
import torch

from attngan.config import Square, nearest
from attngan.data import digits, letters, openmoji, own, sources, torchvision_sets, twins
from attngan.data.found import Found, Reader, Wanted
from attngan.data.imageset import ImageSet
from attngan.data.pixels import with_channels
from attngan.data.sources import Source
from attngan.data.usable import MINIMUM_PICTURES, usable
from attngan.errors import AttnGanError

SMALLEST_SIZE, LARGEST_SIZE = 4, 256  # pixels

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
    name_or_path: str,
    image_size: int = 32,
    channels: int | None = None,
    max_pictures: int | None = None,
    square: Square = "crop",
) -> ImageSet:
    """The pictures of a known name, or of the person's own folder, .zip, .npz or .npy.

    Each becomes `image_size` pixels square. `square` says how an own one that is not square is made so: cut
    to its middle ("crop"), with bars beside it ("pad") or stretched. `channels` is 1 (grey) or 3 (RGB), None
    for the source's own. At most `max_pictures` are used, evenly spread over the set. A known name goes
    before a folder of that name; `./name` is always the folder. What is left out `skipped` tells: files that
    cannot be read, labels that no model could learn from. Raises AttnGanError for everything that cannot be
    learnt from.
    """
    _check(image_size, channels, max_pictures)
    source = sources.find(name_or_path)
    if source is not None:
        found = _READERS[source.name](image_size, max_pictures)
    else:
        path = _existing(name_or_path, tuple(source.name for source in sources.catalogue()))
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


def _image_set(source: Source, found: Found, channels: int) -> ImageSet:
    images = with_channels(found.images, channels)
    return ImageSet(
        name=source.name,
        images=torch.from_numpy(np.ascontiguousarray(images.transpose(0, 3, 1, 2))),
        labels=None if found.labels is None else torch.from_numpy(found.labels),
        label_names=found.label_names,
        captions=found.captions,
        licence=source.licence,
        source=source.attribution,
        skipped=found.skipped,
        check=found.check,
    )
