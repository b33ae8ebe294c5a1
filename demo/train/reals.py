"""What the page shows of the data that can be chosen, and what of a person's own could not be used."""

import threading
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, TypedDict

from attngan.columns import are_points, names_of, written
from attngan.config import Square
from attngan.data import sources
from attngan.errors import AttnGanError
from demo import glimpse, sheet
from demo.glimpse import Glimpse
from demo.jobs import UPLOADED
from demo.uploads.sets import the_sets

if TYPE_CHECKING:
    from attngan.data import RowSet

_downloading = threading.Lock()


class Skipped(TypedDict, total=False):
    """What could not be used, or why nothing could."""

    problem: str
    seconds: tuple[int, int] | None  # the fewest and the most, where too few or too many were asked for
    asked: float  # when somebody wanted what it forbids, in seconds since 1970: it is then brought into sight
    skipped: list[str]
    count: int


def look(
    name: str, files: Sequence[str | Path], image_size: int, square: Square = "crop", visitor: str = ""
) -> tuple[Glimpse, Skipped | None, bool]:
    """What to show of a data set, what of it could not be used, and whether it has labels.

    `name` is a name of the catalogue, or UPLOADED for `files`, for which `square` and `visitor` are those of
    demo.uploads.sets. Raises AttnGanError as data.load() does.
    """
    if name != UPLOADED:
        shown, labelled = _known(name, image_size)
        return shown, None, labelled
    own = the_sets().read(files, image_size, square, visitor)
    skipped = Skipped(skipped=list(own.skipped), count=own.skipped_count) if own.skipped else None
    return own.glimpse, skipped, own.glimpse["classes"] > 0


@lru_cache(maxsize=64)
def _known(name: str, image_size: int) -> tuple[Glimpse, bool]:
    from attngan import data

    source = sources.find(name)
    if source is None:
        raise AttnGanError(f"There is no data set named {name[:80]!r} on this page.")
    with _downloading:  # torchvision must not fetch the same file twice at once
        found = data.load(name, image_size, max_pictures=sheet.MOST)
    if isinstance(found, data.PairSet):
        return glimpse.of_pairs(found.pairs, found.source, found.licence), False
    if isinstance(found, data.RowSet):
        return _of_rows(found), found.labels is not None
    assert isinstance(found, data.ImageSet)
    images, captions = found.images.permute(0, 2, 3, 1).numpy(), found.captions if source.captioned else ()
    return glimpse.of_pictures(images, captions, credit=found.source, licence=found.licence), source.labelled


def _of_rows(found: "RowSet") -> Glimpse:
    """Of points their plane, of a table its first rows."""
    from attngan.kinds.rows.config import RowsConfig
    from attngan.kinds.rows.kind import RowsKind

    names, cells = names_of(found.columns), written(found.columns, found.values.tolist())
    src = ""
    if are_points(found.columns):
        kind = RowsKind(RowsConfig(columns=found.columns))
        src = sheet.png_address(kind.preview(found.values[: kind.together, :, None]))
    return glimpse.of_rows(names, cells, src, len(found.label_names), found.source, found.licence)
