"""The commands that take one elsewhere: to the page, or a model into a file, or to the hub."""

import os
import subprocess
import sys
from pathlib import Path
from typing import Annotated

import typer

import attngan
from attngan.command import output
from attngan.command.arguments import ModelPath


def export(
    model: ModelPath,
    out: Annotated[Path, typer.Option(help="The .zip to write.")],
) -> None:
    """Pack a model to take along: weights, settings, card, and how to load and draw with it.

    Unpacked, its folder is a MODEL for every command.
    """
    from attngan.model import checkpoints
    from attngan.model import export as packing

    output.check(out, ".zip")
    folder = checkpoints.find(model)
    about = checkpoints.load(folder).about  # nothing broken is taken along
    output.write(out, packing.zipped(folder, out.stem, about.command))
    typer.echo(f"The model of {folder} in {out}")


def demo() -> None:
    """Open the page, on GRADIO_SERVER_PORT or the first free port from 7860 on."""
    os.environ.setdefault("GRADIO_ANALYTICS_ENABLED", "False")
    sys.stdout.flush()
    library = str(Path(attngan.__file__).parents[1])  # and not what is called so where one happens to be
    os.environ["PYTHONPATH"] = os.pathsep.join([library, os.environ.get("PYTHONPATH", "")])
    command = [sys.executable, "-P", "-m", "demo"]  # the page stands above the command
    if sys.platform == "win32":
        sys.exit(subprocess.call(command))
    os.execv(sys.executable, command)


def push(
    model: ModelPath,
    name: Annotated[str, typer.Argument(metavar="OWNER/NAME", help="What it is to be called on the hub.")],
    private: Annotated[bool, typer.Option("--private", help="For nobody else to read.")] = False,
    update: Annotated[
        bool, typer.Option("--update", help="Add a version to a model that is there already.")
    ] = False,
) -> None:
    """Put a model on the Hugging Face hub, with its card and samples.

    Log in before with `hf auth login`, or set HF_TOKEN. Everybody then finds it as hf:OWNER/NAME.
    """
    from attngan.model import checkpoints

    typer.echo(checkpoints.load(model).push_to_hub(name, private=private, update=update))
