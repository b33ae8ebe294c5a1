"""What a model is asked for on the command line, and the file of what it made."""

import io
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from torch import Tensor

from attngan.command.options import class_of, whole_numbers
from attngan.data.own.encodings import decoded
from attngan.errors import AttnGanError
from attngan.model.checkpoints import Model
from attngan.model.sampling import Sample
from attngan.nn.places import Grid, Place, Words
from attngan.spreadsheet import csv_of
from attngan.storage import read_file

USUAL_COUNT = 16
MOST_NOTES = 8  # on words that are not known
MOST_BYTES = 64 * 2**20  # of a file of texts
MOST_TEXTS = 100_000


def asked(
    model: Model,
    seed: int,
    count: int | None = None,
    label: str | None = None,
    text: str | None = None,
    texts: Path | None = None,
) -> tuple[Sequence[int], list[Any] | None]:
    """The seed of each item, and what each is made from; None where the model may choose.

    All lines of `texts` have the same seed, so that a line gives the same wherever it stands.
    """
    if sum(given is not None for given in (label, text, texts)) > 1:
        raise AttnGanError("Give one of --label, --text and --texts.")
    if (text is not None or texts is not None) and (model.config.classes or not model.config.conditional):
        raise AttnGanError(f"This model makes {model.kind.name} from no text: leave --text and --texts out.")
    if texts is not None:
        if count is not None:
            raise AttnGanError("--texts says how many there are: leave --count out.")
        lines = _lines(texts)
        return [seed] * len(lines), lines
    count = count or (USUAL_COUNT if text is None else 1)
    seeds = range(seed, seed + count)
    if text is not None:
        return seeds, [text] * count
    return seeds, None if label is None else [class_of(model, label)] * count


def notes(model: Model, asked: Sequence[Any] | None) -> list[str]:
    """What to tell of words that the model does not know, MOST_NOTES at most, or does not read."""
    texts = dict.fromkeys(text for text in asked or () if isinstance(text, str))
    unknown = dict.fromkeys(pair for text in texts for pair in model.kind.unknown(model.config, text))
    told = [
        f"The model does not know {written!r:.60}"
        + (f": the nearest that it knows is {nearest!r}." if nearest else ".")
        for written, nearest in unknown
    ]
    more = len(told) - MOST_NOTES
    most = max((model.kind.unread(model.config, text) for text in texts), default=0)
    return [
        *told[:MOST_NOTES],
        *([f"Nor does it know {more} others."] if more > 0 else []),
        *([f"A text is too long: its last {most} words are not read."] if most else []),
    ]


def place_of(
    pixel: str | None, character: int | None, word: int | None, column: int | None = None
) -> Place | None:
    """The place that --pixel, --output-character or --column names; None with --word."""
    if sum(given is not None for given in (pixel, character, word, column)) != 1:
        raise AttnGanError(
            "Give --pixel for pictures, --word for pictures of captions, --output-character for texts, or "
            "--column for rows."
        )
    if pixel is None:
        return character if column is None else column
    x, y = whole_numbers(pixel, "--pixel", "X,Y", count=2)
    return x, y


def check_place(model: Model, drawn: Sample, pixel: Any, character: Any, column: Any) -> None:
    """Raises AttnGanError where what was given, of these options, does not suit what was drawn."""
    given = {"--pixel": pixel, "--output-character": character, "--column": column}
    in_rows = "--output-character" if model.kind.table(drawn.items) is None else "--column"
    worded = any(isinstance(layer.key_places, Words) for layer in drawn.attention)
    in_pictures = "--pixel or --word" if worded else "--pixel"
    fitting = in_pictures if isinstance(drawn.places, Grid) else in_rows
    for option, value in given.items():
        if value is not None and option not in fitting:
            raise AttnGanError(f"{option} is for other models: give {fitting}.")


def file_of(model: Model, items: Tensor, suffix: str) -> bytes:
    """The content of a .png, .npy, .txt or .csv of decoded items."""
    if suffix == ".png":
        return model.kind.preview(items)
    if suffix == ".npy":
        buffer = io.BytesIO()
        np.save(buffer, items.numpy())
        return buffer.getvalue()
    table = model.kind.table(items)
    texts = model.kind.texts(items) if table is None else None
    if suffix == ".csv" and table is not None:
        return csv_of(*table)
    if suffix == ".txt" and texts is not None:
        return "".join("".join(text) + "\n" for text in texts).encode()
    what = "rows" if suffix == ".csv" else "texts"
    more = ", .csv" if table is not None else ", .txt" if texts is not None else ""
    raise AttnGanError(f"A {suffix} holds {what}, not {model.kind.several}: give one of .png, .npy{more}.")


def _lines(file: Path) -> list[str]:
    try:
        lines = decoded(read_file(file, MOST_BYTES)).splitlines()
    except OSError as error:
        raise AttnGanError(f"{file} cannot be read: {error.strerror or error}.") from error
    if not 1 <= len(lines) <= MOST_TEXTS:
        raise AttnGanError(f"{file} must have from 1 to {MOST_TEXTS} lines, not {len(lines)}.")
    empty = [number for number, line in enumerate(lines, 1) if not line.strip()]
    if empty:
        raise AttnGanError(f"{file}: line {empty[0]} is empty, so there is nothing to read.")
    return lines
