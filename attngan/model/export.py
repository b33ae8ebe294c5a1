"""A model as one file to take along: a .zip of its folder and how it is used. Knows no torch."""

import io
import re
import zipfile
from pathlib import Path

from attngan.errors import AttnGanError
from attngan.model.folder import CARD, CONFIG, WEIGHTS
from attngan.text import writable

HOW_TO = "README.txt"
WRITTEN = (
    1980,
    1,
    1,
    0,
    0,
    0,
)  # of every file, the earliest that a .zip knows: one model gives the same bytes
README = """{name}

A generator and the discriminator that taught it, made with attngan (Python 3.11 or newer).
{card} says what it is, what it learnt from and under which licence; {weights} are its
weights, {config} its settings.

The command that trained it:

    {command}

Python that loads it and draws, beside this folder:

    from pathlib import Path
    from attngan.model import checkpoints, sampling

    model = checkpoints.load("{folder}")
    drawn = sampling.items(model, range(16))
    Path("drawn.png").write_bytes(model.kind.preview(drawn))

The commands `python -m attngan sample`, `heatmap`, `evaluate` and `info` take this folder too.
"""


def plain_name(title: str) -> str:
    """A title as the name of a file or a folder that every system takes, of at most 60 characters."""
    return re.sub(r"[^\w.+-]+", "-", title).strip("-.")[:60].rstrip("-.") or "model"


def zipped(folder: Path, title: str, command: str) -> bytes:
    """The .zip of a model's folder, in which lies one folder that opens as it does.

    `title` names it, `command` is the one that trained it. The same model gives the same bytes. Raises
    AttnGanError where its files cannot be read.
    """
    name = plain_name(title)
    text = README.format(
        name=writable(title),
        command=writable(command) or "not recorded",
        folder=name,
        card=CARD,
        weights=WEIGHTS,
        config=CONFIG,
    )
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for file in (CONFIG, WEIGHTS, CARD):
            try:
                data = (folder / file).read_bytes()
            except OSError as error:
                raise AttnGanError(f"{folder / file} cannot be read: {error.strerror}.") from error
            _add(archive, f"{name}/{file}", data)
        _add(archive, f"{name}/{HOW_TO}", text.encode())
    return packed.getvalue()


def _add(archive: zipfile.ZipFile, name: str, data: bytes) -> None:
    """Add a file that anybody may read; not packed, since weights are noise to a packer."""
    entry = zipfile.ZipInfo(name, WRITTEN)
    entry.external_attr = 0o644 << 16
    archive.writestr(entry, data)
