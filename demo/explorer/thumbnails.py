"""A small picture of each model for the list of them: its first sample, of a training the newest."""

import io

from PIL import Image

from attngan.errors import AttnGanError
from attngan.kinds.registry import kind_of
from demo import shelf
from demo.explorer.studio import MOST_PICTURES, Selection, Studio

SHEET = "samples.png"  # of a bundled model: its first samples, which need no torch
COLUMNS = 4  # of that sheet


def thumbnail(studio: Studio, shelved: shelf.Shelved) -> bytes:
    """The PNG of a model's first sample; raises AttnGanError where there is none."""
    sheet = shelved.folder / SHEET
    if sheet.is_file():
        return _first_of(sheet.read_bytes())
    import torch

    from attngan.explain import frames

    steps = shelf.steps_of(shelved.key)
    if steps:
        stored = shelf.stored_frame(shelved.key, steps[-1]).read_bytes()
    else:
        stored = studio.frame(shelved, Selection(0, MOST_PICTURES))
    item = torch.from_numpy(frames.decode(stored).items[0].copy())
    return kind_of(shelved.config).png(item)


def _first_of(sheet: bytes) -> bytes:
    try:
        with Image.open(io.BytesIO(sheet)) as whole:
            first = whole.crop((0, 0, whole.width // COLUMNS, whole.height // COLUMNS))
    except OSError as error:
        raise AttnGanError("The samples of this model cannot be read.") from error
    file = io.BytesIO()
    first.save(file, "png")
    return file.getvalue()
