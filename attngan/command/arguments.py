"""Arguments that several commands take."""

from pathlib import Path
from typing import Annotated

import typer

ModelPath = Annotated[
    Path,
    typer.Argument(
        metavar="MODEL", help="A checkpoint or run folder, or hf:OWNER/NAME[@REVISION] of the hub."
    ),
]
