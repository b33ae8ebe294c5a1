"""What a person sees of a run in the terminal: a progress bar, or one event a line as JSON."""

from collections.abc import Generator, Sequence
from pathlib import Path
from typing import Any

import typer
from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

from attngan.errors import AttnGanError
from attngan.events import Event, Failed, Finished, RolledBack, Started, StepDone


def show(
    events: Generator[Event, None, None], folder: Path, stop: Any, as_json: bool, skipped: Sequence[str]
) -> None:
    """Take the events until they end or `stop` is true, and tell them; raises AttnGanError if the run failed."""
    follow = _print_json if as_json else _follow
    last = follow(events, stop, skipped)
    if isinstance(last, Failed):
        raise AttnGanError(last.reason)
    if isinstance(last, Finished):
        done = "Finished"
    else:
        events.close()
        done = "Stopped"
        if as_json:
            typer.echo((folder / "events.jsonl").read_text(encoding="utf-8").splitlines()[-1])
    if not as_json:
        typer.echo(
            f"{done}; the model is in {folder / 'model'}. Go on with: python -m attngan train --resume {folder}"
        )


def _print_json(events: Generator[Event, None, None], stop: Any, skipped: Sequence[str]) -> Event | None:
    event = None
    for event in events:
        typer.echo(event.model_dump_json())
        if stop:
            break
    return event


def _follow(events: Generator[Event, None, None], stop: Any, skipped: Sequence[str]) -> Event | None:
    console = Console(highlight=False)
    if skipped:
        console.print(
            f"Left out {len(skipped)}: {'; '.join(skipped[:5])}{' ...' if len(skipped) > 5 else ''}",
            markup=False,
        )
    columns = (
        TextColumn("step {task.fields[step]}"),
        BarColumn(),
        TimeElapsedColumn(),
        TextColumn("{task.fields[speed]:.0f} images/s  G {task.fields[g]:.2f}  D {task.fields[d]:.2f}"),
    )
    event = None
    with Progress(*columns, console=console) as bar:
        task = bar.add_task("", total=1, step=0, speed=0, g=0, d=0)
        for event in events:
            if isinstance(event, Started):
                console.print(_first_words(event), markup=False)
            elif isinstance(event, StepDone):
                bar.update(
                    task,
                    completed=event.progress,
                    step=event.step,
                    speed=event.images_per_second,
                    g=event.generator_loss,
                    d=event.discriminator_loss,
                )
            elif isinstance(event, RolledBack):
                console.print(
                    f"Step {event.step}: {event.reason} Back to step {event.to_step}.", markup=False
                )
            if stop:
                break
        if isinstance(event, Finished):
            bar.update(task, completed=1)
    return event


def _first_words(event: Started) -> str:
    places = ", ".join(map(str, event.model.generator_attention)) or "nowhere"
    return "\n".join(
        (
            f"{event.pictures} pictures of {event.data} ({event.licence}). {event.attribution}",
            f"Generator {event.generator_parameters:,} and discriminator {event.discriminator_parameters:,} "
            f"parameters, attention at {places}, {event.precision}, {event.threads} threads.",
            *event.notes,
        )
    )
