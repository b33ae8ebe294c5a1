"""The command `attngan`, also `python -m attngan`: train, steer, sample, heatmap, evaluate, info, export, ...

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
from attngan.command.complaints import complaint
from attngan.command.training import steer, train
from attngan.config import Square
from attngan.text import forgive_output, one_line
from attngan.tuning import tune_process

app = typer.Typer(
    help="Attention-GANs that learn on two CPU cores, and show where they look.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    add_completion=False,
)
TRAINING = [app.command()(command) for command in (train, steer)]
INTERRUPTED = 130  # exit code after Ctrl-C, as shells have it
ModelPath = Annotated[Path, typer.Argument(metavar="MODEL", help="A checkpoint folder or a run folder.")]


def main() -> None:
    """Run the command; whatever goes wrong ends in one sentence on standard error and exit code 1.

    Ctrl-C ends in exit code 130. ATTNGAN_DEBUG=1 in the environment shows the traceback too.
    """
    tune_process()
    forgive_output()
    try:
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


@app.command()
def sample(
    model: ModelPath,
    out: Annotated[
        Path, typer.Option(help="A .png with all pictures in a grid, or a .npy, uint8 (N, H, W, C).")
    ],
    count: Annotated[int, typer.Option(min=1, max=10_000, help="How many pictures.")] = 16,
    seed: Annotated[int, typer.Option(help="Of the first picture; the others follow.")] = 0,
    label: Annotated[
        str | None,
        typer.Option(help="Class of all pictures, by its name or number; default: each class in turn."),
    ] = None,
) -> None:
    """Draw pictures from noise."""
    import numpy as np

    from attngan.command.options import class_of
    from attngan.model import checkpoints, sampling

    output.check(out, ".png", ".npy")
    loaded = checkpoints.load(model)
    labels = None if label is None else [class_of(loaded, label)] * count
    items = sampling.items(loaded, range(seed, seed + count), labels)
    if out.suffix.lower() == ".npy":
        buffer = io.BytesIO()
        np.save(buffer, items.numpy())
        output.write(out, buffer.getvalue())
    else:
        output.write(out, loaded.kind.preview(items))
    typer.echo(f"{count} {loaded.kind.name} in {out}")


@app.command()
def heatmap(
    model: ModelPath,
    pixel: Annotated[
        str, typer.Option(metavar="X,Y", help="The pixel whose attention is wanted; 0,0 is top left.")
    ],
    out: Annotated[Path, typer.Option(help="The .png to write.")],
    seed: Annotated[int, typer.Option(help="Of the picture.")] = 0,
    label: Annotated[
        str | None, typer.Option(help="Class of the picture, by its name or number; default: 0.")
    ] = None,
    layer: Annotated[
        str | None, typer.Option(help="Feature-map size of the layer; default: the finest.")
    ] = None,
    head: Annotated[str, typer.Option(help="A head's number, or mean.")] = "mean",
) -> None:
    """Show where one pixel looked: the picture, its heatmap, and both in one."""
    from attngan.command.options import class_of, whole_numbers
    from attngan.explain import heatmaps
    from attngan.model import checkpoints, sampling

    output.check(out, ".png")
    x, y = whole_numbers(pixel, "--pixel", "X,Y", count=2)
    chosen = None if head == "mean" else whole_numbers(head, "--head", "a number or mean", count=1)[0]
    loaded = checkpoints.load(model)
    drawn = sampling.sample(loaded, [seed], None if label is None else [class_of(loaded, label)])
    attention = heatmaps.find_layer(drawn.attention, layer)
    image = drawn.items[0].numpy()
    heat = heatmaps.heatmap(attention, 0, (x, y), drawn.places, chosen)
    shown = "mean of the heads" if chosen is None else f"head {chosen}"
    title = f"seed {seed}, layer {attention.name}, {shown}"
    buffer = io.BytesIO()
    heatmaps.figure(image, heat, (x, y), title, credit=loaded.about.credit).savefig(
        buffer, format="png", dpi=120
    )
    output.write(out, buffer.getvalue())
    typer.echo(f"Weights of {heat.size} cells, sum {heat.sum():.4f}, largest {heat.max():.4f}, in {out}")


@app.command()
def evaluate(
    model: ModelPath,
    data: Annotated[str, typer.Option(help="The pictures to measure against, as train takes them.")],
    count: Annotated[
        int, typer.Option(min=1, max=100_000, help="How many pictures to draw; few read worse than many.")
    ] = 2000,
    seed: Annotated[int, typer.Option(help="Of the first picture; the others follow.")] = 0,
    square: Annotated[
        Square | None,
        typer.Option(help="How own pictures are made square; default: as they were for the training."),
    ] = None,
    inception: Annotated[
        bool, typer.Option("--inception", help="Also the published FID, whose weights are downloaded once.")
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
) -> None:
    """Measure how good and how varied a model's pictures are."""
    import json

    from attngan import data as sets
    from attngan import vocabulary
    from attngan.measure import evaluation, metrics
    from attngan.model import checkpoints

    loaded = checkpoints.load(model)
    reading = loaded.kind.reading(loaded.config)
    real = sets.load(data, **reading, square=square or loaded.about.square)
    found = evaluation.evaluate(loaded, real, count, seed, inception)
    best = metrics.real_against_real(loaded.kind, real, count)
    if as_json:
        typer.echo(json.dumps(found | {"real": best}))
        return
    typer.echo(f"{count} pictures drawn, {len(real)} of {real.name} to compare with")
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


@app.command()
def datasets() -> None:
    """List the data sets known by name."""
    from attngan import data

    rows = (
        (
            source.name,
            source.title,
            "yes" if source.labelled else "no",
            source.licence,
            "network once" if source.needs_network else "nothing",
        )
        for source in data.catalogue()
    )
    _print_table(("name", "what", "labels", "licence", "needs"), rows)


def _as_text(value: Any) -> str:
    if isinstance(value, dict):
        return ", ".join(f"{name}: {number:.4g}" for name, number in value.items()) or "none"
    return (", ".join(map(str, value)) if isinstance(value, tuple) else str(value)) or "none"


def _print_table(titles: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> None:
    table = Table(*titles, show_header=bool(titles), box=None, pad_edge=False)
    for row in rows:
        table.add_row(*(escape(one_line(cell)) for cell in row))
    Console().print(table)
