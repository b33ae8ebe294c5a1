"""What a person sees of a run in the terminal: a progress bar, or one event a line as JSON."""

import shlex
from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path

import typer
from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

from attngan import vocabulary
from attngan.errors import AttnGanError
from attngan.events import (
    Changed,
    Event,
    Failed,
    Finished,
    Marked,
    Paused,
    QualityMeasured,
    Refused,
    Resumed,
    RolledBack,
    Started,
    StepDone,
)
from attngan.kinds.registry import kind_of, parse_config
from attngan.share import Share

Tell = Callable[[Event], None]
MOST_SKIPPED = 5  # notes on the pictures


def show(
    events: Generator[Event, None, None],
    folder: Path,
    as_json: bool,
    skipped: Sequence[str],
) -> None:
    """Tell the events of the run in `folder` until they end; raises AttnGanError where the run failed.

    Where they cannot be told any more (the terminal is gone), the run is saved before the error goes on.
    """
    last = None
    with closing(events), _json_lines(skipped) if as_json else _bar(folder, skipped) as tell:
        for last in events:
            tell(last)
    if isinstance(last, Failed):
        raise AttnGanError(last.reason)


@contextmanager
def _json_lines(skipped: Sequence[str]) -> Iterator[Tell]:
    if skipped:
        typer.echo(_note(skipped), err=True)  # standard output has events alone
    yield lambda event: typer.echo(event.model_dump_json())


@contextmanager
def _bar(folder: Path, skipped: Sequence[str]) -> Iterator[Tell]:
    console = Console(highlight=False, markup=False)
    if skipped:
        console.print(_note(skipped))
    columns = (
        TextColumn("step {task.fields[step]}"),
        BarColumn(),
        TimeElapsedColumn(),
        TextColumn(
            "{task.fields[speed]:.0f} {task.fields[items]}/s  G {task.fields[g]:.2f}  D {task.fields[d]:.2f}"
        ),
    )
    bar = Progress(*columns, console=console)
    task = bar.add_task("", total=1, step=0, speed=0, items="items", g=0, d=0)
    try:
        share = Share()

        def tell(event: Event) -> None:
            if not isinstance(event, Failed):
                bar.start()  # not before: a run that cannot begin shows none
            if isinstance(event, Started):
                console.print(_first_words(event))
                bar.update(task, items=kind_of(parse_config(event.model)).several)
            elif isinstance(event, StepDone):
                share.hear(event)
                bar.update(
                    task,
                    completed=event.progress,
                    step=event.step,
                    speed=event.images_per_second,
                    g=event.generator_loss,
                    d=event.discriminator_loss,
                )
            elif isinstance(event, QualityMeasured):
                values = (f"{vocabulary.title(key)} {value:.2f}" for key, value in event.values.items())
                console.print(f"Step {event.step}: {', '.join(values)}")
            elif isinstance(event, Paused | Resumed | Changed | Marked | Refused):
                console.print(_steered_words(event))
            elif isinstance(event, RolledBack):
                console.print(f"Step {event.step}: {event.reason} Back to step {event.to_step}.")
            elif isinstance(event, Finished):
                bar.update(task, step=event.step, completed=1 if event.reason == "budget" else None)
                bar.stop()
                if share.busy:
                    console.print(_busy_words(share))
                console.print(_last_words(event, folder), soft_wrap=True)

        yield tell
    finally:
        if bar.live.is_started:
            bar.stop()


def _note(skipped: Sequence[str]) -> str:
    more = f" and {len(skipped) - MOST_SKIPPED} more" if len(skipped) > MOST_SKIPPED else ""
    return f"Note: {'; '.join(skipped[:MOST_SKIPPED])}{more}"


def _first_words(event: Started) -> str:
    config = parse_config(event.model)
    where = event.device if event.device != "cpu" else f"the CPU, threads: {event.threads}"
    places = kind_of(config).attention(config) or "nowhere"
    return "\n".join(
        (
            f"{event.pictures} {kind_of(config).several} of {event.data} ({event.licence}). "
            f"{event.attribution}",
            f"Generator {event.generator_parameters:,} and discriminator {event.discriminator_parameters:,} "
            f"parameters, attention at {places}, {event.precision} on {where}.",
            *event.notes,
        )
    )


def _steered_words(event: Paused | Resumed | Changed | Marked | Refused) -> str:
    match event:
        case Paused():
            what = "paused."
        case Resumed():
            what = "goes on."
        case Marked():
            what = f"marked, kept in {event.path}."
        case Changed():
            what = (
                ", ".join(f"{name} {event.before[name]} -> {event.after[name]}" for name in event.after) + "."
            )
        case Refused():
            what = f"not done: {event.reason}"
    return f"Step {event.step}: {what}"


def _busy_words(share: Share) -> str:
    had = 1 - share.lost / share.seconds
    return (
        f"The machine was busy: this training got about {had:.0%} of it, so it learnt less. "
        f"About {share.lost:.0f} seconds more would make up for that."
    )


def _last_words(event: Finished, folder: Path) -> str:
    more = " --seconds MORE" if event.reason == "budget" else ""
    return (
        f"{'Finished' if event.reason == 'budget' else 'Stopped'} at step {event.step} after "
        f"{event.seconds:.0f} seconds; the model is in {folder / 'model'}. "
        f"Go on with: python -m attngan train --resume {shlex.quote(str(folder))}{more}"
    )
