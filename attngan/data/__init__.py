"""Pictures to learn from, by name or from a path: `load` gives an ImageSet, `catalogue` the names."""

import numpy as np

from attngan.data.imageset import ImageSet, Source
from attngan.errors import AttnGanError

__all__ = ["ImageSet", "Source", "catalogue", "load"]


def catalogue() -> tuple[Source, ...]:
    """All sources known by name, those that need no network first."""
    from attngan.data import digits, openmoji

    return (openmoji.FACES, openmoji.EMOJI, digits.DIGITS)


def load(
    name_or_path: str, image_size: int = 32, channels: int | None = None, max_pictures: int | None = None
) -> ImageSet:
    import torch

    from attngan.data import digits, openmoji
    from attngan.data.pictures import spread, with_channels

    labels = None
    label_names = ()
    captions = ()
    if name_or_path == "faces":
        images, captions = openmoji.faces(image_size)
    elif name_or_path == "emoji":
        images, captions = openmoji.emoji(image_size)
    elif name_or_path == "digits":
        images, labels = digits.digits(image_size)
        label_names = tuple("0123456789")
    else:
        raise AttnGanError(f"no {name_or_path}")
    source = next(s for s in catalogue() if s.name == name_or_path)
    keep = spread(len(images), max_pictures)
    images = with_channels(images[keep], channels or source.default_channels)
    return ImageSet(
        name=name_or_path,
        images=torch.from_numpy(np.ascontiguousarray(images.transpose(0, 3, 1, 2))),
        labels=None if labels is None else torch.from_numpy(labels[keep]),
        label_names=label_names,
        captions=tuple(captions[i] for i in keep) if captions else (),
        licence=source.licence,
        source=source.attribution,
    )
