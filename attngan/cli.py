"""The command `attngan`, also `python -m attngan`: train, sample, heatmap, info, datasets."""

import signal
import sys
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.table import Table

from attngan.config import ModelConfig, TrainConfig
from attngan.errors import AttnGanError

app = typer.Typer(
    help="Attention-GANs that learn on two CPU cores, and show where they look.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    add_completion=False,
)
ModelPath = Annotated[Path, typer.Argument(metavar="MODEL", help="A checkpoint folder or a run folder.")]


def main() -> None:
    """Run the command; a person's mistake ends in one sentence on standard error and exit code 1."""
    try:
        app()
    except AttnGanError as error:
        Console(stderr=True, highlight=False, soft_wrap=True).print(f"[red]Error:[/red] {_plain(str(error))}")
        sys.exit(1)


@app.command()
def train(
    data: Annotated[
        str | None, typer.Option(help="A data set's name (see `datasets`), or a folder, .zip, .npz or .npy.")
    ] = None,
    run_dir: Annotated[Path | None, typer.Option(help="The new folder of this run.")] = None,
    seconds: Annotated[float | None, typer.Option(help="Time budget in seconds.")] = None,
    steps: Annotated[int | None, typer.Option(help="Budget in steps, instead of --seconds.")] = None,
    size: Annotated[int, typer.Option(help="Side of a picture in pixels: 16, 32 or 64.")] = 32,
    attention: Annotated[
        str | None, typer.Option(help="Feature-map sizes with attention, such as 8,16, or none.")
    ] = None,
    conditional: Annotated[bool, typer.Option(help="Learn the classes, where the data has some.")] = False,
    preset: Annotated[str, typer.Option(help="A named recipe.")] = "default",
    seed: Annotated[int, typer.Option(help="Of weights, batches and noise.")] = 0,
    threads: Annotated[int | None, typer.Option(help="CPU threads; default: one a core.")] = None,
    resume: Annotated[
        Path | None, typer.Option(help="Go on with this run folder exactly where it was left.")
    ] = None,
    json: Annotated[bool, typer.Option("--json", help="Print one event a line as JSON.")] = False,
) -> None:
    """Train a GAN with attention. Ctrl-C stops and saves."""
    import torch

    from attngan import progress, runs

    if threads is not None:
        if not 1 <= threads <= 256:
            raise AttnGanError(f"--threads must be 1 to 256, not {threads}.")
        torch.set_num_threads(threads)
    stop = _StopRequest()
    if resume is not None:
        folder, config = resume, _longer(runs.read_config(resume), seconds, steps)
        pictures = _load(config.data, config.model.image_size, config.model.channels, folder)
        state = runs.resume(folder, config)
    else:
        if data is None or run_dir is None:
            raise AttnGanError("Give --data and --run-dir for a new run, or --resume for an old one.")
        folder = run_dir
        recipe = _train_config(preset, seconds, steps, seed)
        pictures = _load(data, size, None)
        model = _model_config(preset, size, pictures, attention, conditional)
        config = runs.RunConfig(model=model, train=recipe, data=data, command=_command_line())
        state = runs.create(folder, config)
    events = runs.record(folder, config, state, pictures)
    progress.show(events, folder, stop, as_json=json, skipped=pictures.skipped)


@app.command()
def sample(
    model: ModelPath,
    out: Annotated[
        Path, typer.Option(help="A .png with all pictures in a grid, or a .npy, uint8 (N, H, W, C).")
    ],
    count: Annotated[int, typer.Option(help="How many pictures.")] = 16,
    seed: Annotated[int, typer.Option(help="Of the first picture; the others follow.")] = 0,
    label: Annotated[
        int | None, typer.Option(help="Class of all pictures; default: each class in turn.")
    ] = None,
) -> None:
    """Draw pictures from noise."""
    import numpy as np

    from attngan import checkpoints, sampling
    from attngan.pictures import grid

    _check_ending(out, ".png", ".npy")
    if not 1 <= count <= sampling.MOST_PICTURES:
        raise AttnGanError(f"--count must be 1 to {sampling.MOST_PICTURES}, not {count}.")
    loaded = checkpoints.load(model)
    labels = None if label is None else [label] * count
    images = sampling.pictures(loaded, range(seed, seed + count), labels).numpy()
    out.parent.mkdir(parents=True, exist_ok=True)
    if out.suffix == ".npy":
        np.save(out, images)
    else:
        grid(images).save(out)
    typer.echo(f"{count} pictures in {out}")


@app.command()
def heatmap(
    model: ModelPath,
    pixel: Annotated[str, typer.Option(metavar="X,Y", help="The pixel whose attention is wanted.")],
    out: Annotated[Path, typer.Option(help="The .png to write.")],
    seed: Annotated[int, typer.Option(help="Of the picture.")] = 0,
    label: Annotated[int | None, typer.Option(help="Class of the picture.")] = None,
    layer: Annotated[
        str | None, typer.Option(help="Feature-map size of the layer; default: the finest.")
    ] = None,
    head: Annotated[str, typer.Option(help="A head's number, or mean.")] = "mean",
) -> None:
    """Show where one pixel looked: the picture, its heatmap, and both in one."""
    from attngan import checkpoints, heatmaps, sampling

    _check_ending(out, ".png")
    x, y = _whole_numbers(pixel, "--pixel", "X,Y", count=2)
    chosen = None if head == "mean" else _whole_numbers(head, "--head", "a number or mean", count=1)[0]
    drawn = sampling.sample(checkpoints.load(model), [seed], None if label is None else [label])
    attention = heatmaps.find_layer(drawn.attention, layer)
    image = drawn.images[0].numpy()
    heat = heatmaps.heatmap(attention, 0, (x, y), (image.shape[0], image.shape[1]), chosen)
    out.parent.mkdir(parents=True, exist_ok=True)
    title = (
        f"seed {seed}, layer {attention.name}, {'mean of the heads' if chosen is None else f'head {chosen}'}"
    )
    heatmaps.figure(image, heat, (x, y), title).savefig(out, dpi=120)
    typer.echo(f"Weights of {heat.size} cells, sum {heat.sum():.4f}, largest {heat.max():.4f}, in {out}")


@app.command()
def info(model: ModelPath) -> None:
    """Tell what a model is and where it comes from."""
    from attngan import checkpoints
    from attngan.networks import gates

    loaded = checkpoints.load(model)
    about = loaded.config.model_dump() | loaded.about.model_dump()
    rows = {name: _as_text(value) for name, value in about.items()}
    rows["gates"] = ", ".join(f"{name}: {gate:.3f}" for name, gate in gates(loaded.generator))
    for part in ("generator", "discriminator"):
        rows[f"{part} parameters"] = f"{sum(p.numel() for p in getattr(loaded, part).parameters()):,}"
    _print_rows(("", ""), rows.items())


@app.command()
def datasets() -> None:
    """List the data sets known by name."""
    from attngan import data

    _print_rows(
        ("name", "what", "labels", "licence", "needs"),
        (
            (
                source.name,
                source.title,
                "yes" if source.labelled else "no",
                source.licence,
                "network once" if source.needs_network else "nothing",
            )
            for source in data.catalogue()
        ),
    )


class _StopRequest:
    """True from the first SIGINT or SIGTERM on; a second one ends the program at once."""

    def __init__(self) -> None:
        self.asked = False
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, self._ask)

    def _ask(self, number: int, frame: Any) -> None:
        if self.asked:
            raise KeyboardInterrupt
        self.asked = True

    def __bool__(self) -> bool:
        return self.asked


def _load(name: str, size: int, channels: int | None, run: Path | None = None) -> Any:
    from attngan import data

    return data.load(name, image_size=size, channels=channels)


def _train_config(preset: str, seconds: float | None, steps: int | None, seed: int) -> TrainConfig:
    from attngan import presets

    return TrainConfig.of(**presets.find(preset).train, seconds=seconds, steps=steps, seed=seed)


def _model_config(
    preset: str, size: int, pictures: Any, attention: str | None, conditional: bool
) -> ModelConfig:
    from attngan import presets

    values = dict(presets.find(preset).model)
    values |= {"image_size": size, "channels": pictures.channels}
    if attention is not None:
        sizes = (
            ()
            if attention == "none"
            else _whole_numbers(attention, "--attention", "sizes such as 8,16, or none")
        )
        values["generator_attention"] = sizes
    elif "generator_attention" not in values:
        default = ModelConfig.model_fields["generator_attention"].default
        values["generator_attention"] = tuple(place for place in default if place < size)
    if conditional:
        if pictures.labels is None:
            raise AttnGanError(
                f"{pictures.name} has no labels: leave --conditional out, or sort the pictures into sub-folders."
            )
        values["classes"] = pictures.classes
    return ModelConfig.of(**values)


def _longer(config: Any, seconds: float | None, steps: int | None) -> Any:
    """The settings of a run with a new total budget, where one was given."""
    if seconds is None and steps is None:
        return config
    return config.with_(train=config.train.with_(seconds=seconds, steps=steps).model_dump())


def _command_line() -> str:
    import shlex

    return shlex.join(["python", "-m", "attngan", *sys.argv[1:]])


def _whole_numbers(text: str, option: str, form: str, count: int | None = None) -> tuple[int, ...]:
    try:
        numbers = tuple(int(part) for part in text.split(","))
    except ValueError:
        numbers = ()
    if not numbers or count not in (None, len(numbers)):
        raise AttnGanError(f"{option} must be {form}, not {text!r}.")
    return numbers


def _check_ending(out: Path, *endings: str) -> None:
    if out.suffix not in endings:
        raise AttnGanError(f"--out must end in {' or '.join(endings)}, not {out.name!r}.")


def _as_text(value: Any) -> str:
    if isinstance(value, dict):
        return ", ".join(f"{name}: {number}" for name, number in value.items())
    return ", ".join(map(str, value)) if isinstance(value, tuple | list) else str(value)


def _plain(text: str) -> str:
    from rich.markup import escape

    return escape(text)


def _print_rows(titles: tuple[str, ...], rows: Any) -> None:
    table = Table(*titles, show_header=any(titles), box=None, pad_edge=False)
    for row in rows:
        table.add_row(*(_plain(str(cell)) for cell in row))
    Console().print(table)
