"""Arguments that several commands take."""

from pathlib import Path
from typing import Annotated

import typer

from attngan.tuning import DEVICE

ModelPath = Annotated[
    Path,
    typer.Argument(
        metavar="MODEL", help="A checkpoint or run folder, or hf:OWNER/NAME[@REVISION] of the hub."
    ),
]

Device = Annotated[
    str,
    typer.Option(
        envvar=DEVICE,
        help="Where networks compute: cpu, cuda or mps; or auto, an accelerator where there is one.",
        show_default=True,
    ),
]
