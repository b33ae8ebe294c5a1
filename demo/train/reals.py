"""Real pictures of a data set as one picture for the page, with whose they are."""

import base64
import io
import threading
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, TypedDict

import numpy as np
from PIL import Image

from attngan.data import sources
from attngan.errors import AttnGanError
from demo.jobs import UPLOADED, stage

if TYPE_CHECKING:
    from attngan.data import ImageSet

COLUMNS, ROWS = 8, 3
MOST_TOLD = 20  # files that could not be used, by name
WEBP_QUALITY = 92

_downloading = threading.Lock()


class Shown(TypedDict):
    """What the page shows of a data set."""

    src: str  # a data: address of a sheet of COLUMNS x ROWS pictures
    count: int  # of all pictures; 0 where only a few were read
    classes: int
    credit: str
    licence: str


class Skipped(TypedDict, total=False):
    """What could not be used, or why nothing could."""

    problem: str
    skipped: list[str]
    count: int


def look(name: str, files: Sequence[str | Path], image_size: int) -> tuple[Shown, Skipped | None, bool]:
    """What to show of a data set, what of it could not be used, and whether it has labels.

    `name` is a name of the catalogue, or UPLOADED for `files`. Raises AttnGanError as data.load() does.
    """
    if name == UPLOADED:
        return _own(files, image_size)
    shown, labelled = _known(name, image_size)
    return shown, None, labelled


@lru_cache(maxsize=64)
def _known(name: str, image_size: int) -> tuple[Shown, bool]:
    from attngan import data

    source = sources.find(name)
    if source is None:
        raise AttnGanError(f"There is no data set named {name[:80]!r} on this page.")
    with _downloading:  # torchvision must not fetch the same file twice at once
        found = data.load(name, image_size, max_pictures=COLUMNS * ROWS)
    return _shown(found, 0), source.labelled


def _own(files: Sequence[str | Path], image_size: int) -> tuple[Shown, Skipped | None, bool]:
    from attngan import data

    with TemporaryDirectory(prefix="attngan-") as folder:
        found = data.load(str(Path(folder) / stage(files, Path(folder))), image_size)
    count = len(found.skipped)
    skipped = Skipped(skipped=list(found.skipped[:MOST_TOLD]), count=count) if count else None
    return _shown(found, len(found)), skipped, found.labels is not None


def _shown(found: "ImageSet", count: int) -> Shown:
    own = count > 0
    return Shown(
        src=sheet(found),
        count=count,
        classes=found.classes if own else 0,
        credit="" if own else found.source,
        licence="" if own else found.licence,
    )


def sheet(found: "ImageSet") -> str:
    """Up to COLUMNS x ROWS pictures, evenly spread over the set, as a WebP in a data: address."""
    shown = min(len(found), COLUMNS * ROWS)
    keep = np.linspace(0, len(found) - 1, shown).round().astype(int)
    pictures = found.images[keep].permute(0, 2, 3, 1).numpy()
    if found.channels == 1:
        pictures = pictures.repeat(3, axis=3)
    size = found.image_size
    gap = max(1, size // 16)
    rows = -(-shown // COLUMNS)
    height, width = (count * (size + gap) - gap for count in (rows, COLUMNS))
    whole = np.zeros((height, width, 4), np.uint8)  # transparent between the pictures
    for index, picture in enumerate(pictures):
        top, left = (place * (size + gap) for place in divmod(index, COLUMNS))
        whole[top : top + size, left : left + size, :3] = picture
        whole[top : top + size, left : left + size, 3] = 255
    file = io.BytesIO()
    Image.fromarray(whole).save(file, "webp", lossless=size < 64, quality=WEBP_QUALITY)
    return "data:image/webp;base64," + base64.b64encode(file.getvalue()).decode()
