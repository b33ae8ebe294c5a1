"""The command `attngan`, also `python -m attngan`: train, steer, race, sample, heatmap, evaluate, ...

Each command imports what it needs when it is called: torch takes seconds, `--help` should not.
"""

import io
import os
import sys
import traceback
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from attngan.command import output
from attngan.command.arguments import Device, ModelPath
from attngan.command.complaints import complaint
from attngan.command.racing import race
from attngan.command.sharing import demo, export, push
from attngan.command.steering import steer
from attngan.command.training import train
from attngan.config import Square
from attngan.text import forgive_output, one_line
from attngan.tuning import tune_process

app = typer.Typer(
    help="Attention-GANs that learn on two CPU cores, and show where they look.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    add_completion=False,
)
OTHERS = [app.command()(command) for command in (train, steer, race, export, push, demo)]
INTERRUPTED = 130  # exit code after Ctrl-C, as shells have it


def main() -> None:
    """Run the command; whatever goes wrong ends in one sentence on standard error and exit code 1.

    Ctrl-C ends in exit code 130. ATTNGAN_DEBUG=1 in the environment shows the traceback too.
    """
    forgive_output()
    try:
        tune_process()
        app()
    except SystemExit as end:
        if end.code == INTERRUPTED:
            typer.echo("Stopped.", err=True)
        raise
    except Exception as error:  # noqa: BLE001 - no program's error is for a person as it is
        if os.environ.get("ATTNGAN_DEBUG"):
            traceback.print_exc()
        message = complaint(error)
    with suppress(OSError):  # nobody listens any more
        Console(stderr=True, highlight=False, soft_wrap=True).print(f"[red]Error:[/red] {escape(message)}")
    sys.exit(1)


@app.command(hidden=True)
def standby() -> None:
    """Get ready, and then do what a line of standard input asks for."""
    from attngan.command.standby import words

    if found := words():
        app(found)


@app.command()
def sample(
    model: ModelPath,
    out: Annotated[
        Path,
        typer.Option(
            help="A .png with all of them, or a .npy: of pictures uint8 (N, H, W, C), of texts their code "
            "points, of rows float32 (N, F, 1); or a .txt, a text a line; or a .csv of rows."
        ),
    ],
    count: Annotated[
        int | None,
        typer.Option(min=1, max=10_000, help="How many. [default: 16, or one a text]", show_default=False),
    ] = None,
    seed: Annotated[int, typer.Option(help="Of the first one; the others follow.")] = 0,
    label: Annotated[
        str | None,
        typer.Option(help="Class of all pictures, by its name or number; default: each class in turn."),
    ] = None,
    text: Annotated[str | None, typer.Option(help="What all of them are made from.")] = None,
    texts: Annotated[
        Path | None,
        typer.Option(help="A .txt with a text a line: each gives one, in their order, all of one noise."),
    ] = None,
    device: Device = "auto",
) -> None:
    """Draw pictures or rows from noise, pictures also for captions, or write texts for texts."""
    from attngan.command import asking
    from attngan.model import checkpoints, sampling
    from attngan.nn.device import device_of

    output.check(out, ".png", ".npy", ".txt", ".csv")
    loaded = checkpoints.load(model, device_of(device))
    seeds, labels = asking.asked(loaded, seed, count, label, text, texts)
    items = sampling.items(loaded, seeds, labels)
    for note in asking.notes(loaded, labels):
        typer.echo(note, err=True)
    output.write(out, asking.file_of(loaded, items, out.suffix.lower()))
    typer.echo(f"{len(items)} {loaded.kind.name if len(items) == 1 else loaded.kind.several} in {out}")


@app.command()
def heatmap(
    model: ModelPath,
    out: Annotated[Path, typer.Option(help="The .png to write.")],
    pixel: Annotated[
        str | None, typer.Option(metavar="X,Y", help="The pixel whose attention is wanted; 0,0 is top left.")
    ] = None,
    output_character: Annotated[
        int | None,
        typer.Option(metavar="K", help="The written character whose attention is wanted; the first is 0."),
    ] = None,
    word: Annotated[
        int | None,
        typer.Option(metavar="K", help="The word of --text of which it is wanted who looks; the first is 0."),
    ] = None,
    column: Annotated[
        int | None,
        typer.Option(metavar="K", help="The column whose attention is wanted; the first is 0."),
    ] = None,
    text: Annotated[
        str | None, typer.Option(help="What is read: a text, or the caption of a picture.")
    ] = None,
    seed: Annotated[int, typer.Option(help="Of the noise.")] = 0,
    label: Annotated[
        str | None, typer.Option(help="Class of the picture, by its name or number; default: 0.")
    ] = None,
    layer: Annotated[
        str | None,
        typer.Option(help="Name of the layer, in pictures its size or words-SIZE; default: the last."),
    ] = None,
    head: Annotated[str, typer.Option(help="A head's number, or mean.")] = "mean",
    device: Device = "auto",
) -> None:
    """Show where one pixel, written character or column looked, or which pixels looked at a word."""
    from attngan.command import asking
    from attngan.command.options import whole_numbers
    from attngan.explain import heatmaps
    from attngan.model import checkpoints, sampling
    from attngan.nn.device import device_of

    output.check(out, ".png")
    place = asking.place_of(pixel, output_character, word, column)
    chosen = None if head == "mean" else whole_numbers(head, "--head", "a number or mean", count=1)[0]
    loaded = checkpoints.load(model, device_of(device))
    seeds, labels = asking.asked(loaded, seed, 1, label, text)
    drawn = sampling.sample(loaded, seeds, labels)
    shown = "mean of the heads" if chosen is None else f"head {chosen}"
    if place is None:
        attention = heatmaps.find_layer(heatmaps.of_words(drawn.attention), layer)
        places, heat = attention.query_places, heatmaps.word_map(attention, 0, word or 0, chosen)
        shown = f"word {word}, {shown}"
    else:
        asking.check_place(loaded, drawn, pixel, output_character, column)
        attention = heatmaps.find_layer(drawn.attention, layer)
        places, heat = attention.key_places, heatmaps.heatmap(attention, 0, place, drawn.places, chosen)
    title = f"seed {seed}, layer {attention.name}, {shown}"
    buffer = io.BytesIO()
    drawing = heatmaps.figure_of(drawn, heat, places, place or 0, title, loaded.about.credit)
    for note in asking.notes(loaded, labels):
        typer.echo(note, err=True)
    drawing.savefig(buffer, format="png", dpi=120)
    output.write(out, buffer.getvalue())
    typer.echo(f"Weights of {heat.size} cells, sum {heat.sum():.4f}, largest {heat.max():.4f}, in {out}")


@app.command()
def evaluate(
    model: ModelPath,
    data: Annotated[str, typer.Option(help="The data to measure against, as train takes them.")],
    count: Annotated[
        int, typer.Option(min=1, max=100_000, help="How many to draw or write; few read worse than many.")
    ] = 2000,
    seed: Annotated[int, typer.Option(help="Of the first picture; the others follow.")] = 0,
    square: Annotated[
        Square | None,
        typer.Option(help="How own pictures are made square; default: as they were for the training."),
    ] = None,
    inception: Annotated[
        bool, typer.Option("--inception", help="Also the published FID, whose weights are downloaded once.")
    ] = False,
    device: Device = "auto",
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
) -> None:
    """Measure how good and how varied a model's pictures are, or how often its texts are right."""
    import json

    from attngan import data as sets
    from attngan import vocabulary
    from attngan.measure import evaluation, metrics
    from attngan.model import checkpoints
    from attngan.nn.characters import PairedTexts
    from attngan.nn.device import device_of

    loaded = checkpoints.load(model, device_of(device))
    reading = loaded.kind.reading(loaded.config)
    real = sets.load(data, **reading, square=square or loaded.about.square)
    found = evaluation.evaluate(loaded, real, count, seed, inception)
    best = metrics.real_against_real(loaded.kind, real, count)
    if as_json:
        typer.echo(json.dumps(found | {"real": best}))
        return
    drawn = "" if isinstance(real, PairedTexts) else f"{count} {loaded.kind.several} drawn, "
    typer.echo(f"{drawn}{len(real)} {loaded.kind.several} of {real.name} to compare with")
    rows = (
        (
            vocabulary.title(key),
            f"{value:.4g}",
            f"{best[key]:.4g}" if key in best else "-",
            vocabulary.meaning(key),
        )
        for key, value in found.items()
    )
    _print_table(("measure", "model", "real", "meaning"), rows)


@app.command()
def info(model: ModelPath) -> None:
    """Tell what a model is and where it comes from."""
    from attngan.model import checkpoints
    from attngan.nn.players import gates

    loaded = checkpoints.load(model)
    said = loaded.config.model_dump() | loaded.about.model_dump() | {"gates": dict(gates(loaded.generator))}
    for name, network in (("generator", loaded.generator), ("discriminator", loaded.discriminator)):
        said[f"{name} parameters"] = f"{sum(parameter.numel() for parameter in network.parameters()):,}"
    _print_table((), ((name.replace("_", " "), _as_text(value)) for name, value in said.items()))


@app.command()
def datasets() -> None:
    """List the data sets known by name."""
    from attngan import data

    rows = (
        (
            source.name,
            source.title,
            "labels" if source.labelled else "captions" if source.captioned else "nothing",
            source.licence,
            "network once" if source.needs_network else "nothing",
        )
        for source in data.catalogue()
    )
    _print_table(("name", "what", "comes with", "licence", "needs"), rows)


def _as_text(value: Any) -> str:
    if isinstance(value, dict):
        return ", ".join(f"{name}: {number:.4g}" for name, number in value.items()) or "none"
    return (", ".join(map(str, value)) if isinstance(value, tuple) else str(value)) or "none"


def _print_table(titles: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> None:
    table = Table(*titles, show_header=bool(titles), box=None, pad_edge=False)
    for row in rows:
        table.add_row(*(escape(one_line(cell)) for cell in row))
    Console().print(table)
