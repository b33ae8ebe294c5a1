"""The command `steer`: ask a run that is under way for something.

What it needs is imported when it is called: `--help` should not wait for torch.
"""

from pathlib import Path
from typing import Annotated, Any

import typer

from attngan.config import TrainConfig
from attngan.errors import AttnGanError


def steer(
    run: Annotated[Path, typer.Argument(metavar="RUN", help="The folder of a run that is under way.")],
    wish: Annotated[str, typer.Argument(metavar="WISH", help="pause, resume, step, change, mark or stop.")],
    settings: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[NAME=VALUE]...",
            help=f"For change, such as r1_weight=3; out of {', '.join(TrainConfig.STEERABLE)}.",
        ),
    ] = None,
    players: Annotated[
        str, typer.Option(help="For step: who learns, discriminator, generator or both.")
    ] = "both",
    count: Annotated[int, typer.Option(min=1, help="For step: how many.")] = 1,
) -> None:
    """Ask a run that is under way, here or in another process, for something.

    python -m attngan steer my-faces step --players discriminator --count 5
    """
    from attngan.command import elsewhere, options
    from attngan.run import runs

    if settings and wish != "change":
        raise AttnGanError(f"Only change takes settings; {wish!r:.40} was given {settings[0]!r:.40}.")
    if wish == "change" and not settings:
        raise AttnGanError(f"Say which changes, such as r1_weight=3: {', '.join(TrainConfig.STEERABLE)}.")
    if wish != "step" and (players, count) != ("both", 1):
        raise AttnGanError(f"Only step takes --players and --count, not {wish!r:.40}.")
    more: dict[str, Any] = {"players": players, "count": count} if wish == "step" else {}
    if wish == "change":
        more = {"changes": options.changes_of(settings or ())}
    with elsewhere.reached(run):
        runs.ask(run, wish, **more)
    typer.echo(f"{run} was asked to {wish}; its events say what it made of it.")
