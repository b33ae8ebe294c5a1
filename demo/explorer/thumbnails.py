"""A small picture of each model for the list of them: its first sample, of a training the newest."""

import io

from PIL import Image

from attngan.errors import AttnGanError
from attngan.kinds.pictures.config import PictureConfig
from attngan.kinds.registry import kind_of
from demo import shelf
from demo.explorer.studio import MOST_PICTURES, Selection, Studio

SHEET = "samples.png"  # of a bundled model: its first samples, which need no torch
COLUMNS = 4  # of that sheet, where it is of pictures
CORNER = 96  # pixels of its upper left corner, where it is of anything else


def thumbnail(studio: Studio, shelved: shelf.Shelved) -> bytes:
    """The PNG of a model's first sample, or of the first texts; raises AttnGanError where there are none."""
    sheet = shelved.folder / SHEET
    if sheet.is_file():
        return _first_of(sheet.read_bytes(), isinstance(shelved.config, PictureConfig))
    import torch

    from attngan.explain import frames

    steps = shelf.steps_of(shelved.key)
    if steps:
        stored = shelf.stored_frame(shelved.key, steps[-1]).read_bytes()
    else:
        stored = studio.frame(shelved, Selection(0, MOST_PICTURES))
    item = torch.from_numpy(frames.decode(stored).items[0].copy())
    return kind_of(shelved.config).png(item)


def _first_of(sheet: bytes, pictures: bool) -> bytes:
    try:
        with Image.open(io.BytesIO(sheet)) as whole:
            first = whole.crop((0, 0, CORNER, CORNER))
            if pictures:
                first = whole.crop((0, 0, whole.width // COLUMNS, whole.height // COLUMNS))
    except OSError as error:
        raise AttnGanError("The samples of this model cannot be read.") from error
    file = io.BytesIO()
    first.save(file, "png")
    return file.getvalue()
