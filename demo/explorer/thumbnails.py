"""A small picture of each model for the list of them: its first sample, of a training the newest."""

import io

from PIL import Image, ImageFilter

from attngan.errors import AttnGanError
from attngan.kinds.pictures.config import PictureConfig
from attngan.kinds.registry import kind_of
from demo import shelf
from demo.explorer.studio import MOST_PICTURES, Selection, Studio

SHEET = "samples.png"  # of a bundled model: its first samples, which need no torch
COLUMNS = 4  # of that sheet, where it is of pictures
CORNER = 96  # pixels of its upper left corner, where it is of anything else, and of a plane of points
BOLD = 9  # pixels of the sheet by which points grow, to be seen in small


def thumbnail(studio: Studio, shelved: shelf.Shelved) -> bytes:
    """The PNG of a model's first sample, or of the first texts; raises AttnGanError where there are none."""
    sheet, points = shelved.folder / SHEET, shelved.config.are_points
    if sheet.is_file():
        return _first_of(sheet.read_bytes(), isinstance(shelved.config, PictureConfig), points)
    import torch

    from attngan.explain import frames

    steps = shelf.steps_of(shelved.key)
    if steps:
        stored = shelf.stored_frame(shelved.key, steps[-1]).read_bytes()
    else:
        stored = studio.frame(shelved, Selection(0, MOST_PICTURES))
    items = torch.from_numpy(frames.decode(stored).items.copy())
    kind = kind_of(shelved.config)
    return kind.preview(items) if points else kind.png(items[0])


def _first_of(sheet: bytes, pictures: bool, points: bool) -> bytes:
    try:
        with Image.open(io.BytesIO(sheet)) as whole:
            first = whole.crop((0, 0, CORNER, CORNER))
            if points:
                bold = whole.convert("L").filter(ImageFilter.MinFilter(BOLD))
                first = bold.resize((CORNER, CORNER), Image.Resampling.LANCZOS)
            if pictures:
                first = whole.crop((0, 0, whole.width // COLUMNS, whole.height // COLUMNS))
    except OSError as error:
        raise AttnGanError("The samples of this model cannot be read.") from error
    file = io.BytesIO()
    first.save(file, "png")
    return file.getvalue()
