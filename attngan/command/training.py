"""The command `train`: begin a run, go on with one, or branch from one.

What it needs is imported when it is called: torch takes seconds, `--help` should not.
"""

import signal
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, cast

import typer

from attngan.command.arguments import Device
from attngan.config import Square
from attngan.errors import AttnGanError
from attngan.kinds.registry import KINDS
from attngan.signals import HANGUP, endings

if TYPE_CHECKING:
    from attngan.run.cluster import Ray
    from attngan.run.races import Entry

NEW, BUDGET, SHOWN = "A new run", "How long, one of the two", "How it runs"


def train(
    context: typer.Context,
    data: Annotated[
        str | None,
        typer.Option(
            help="A data set's name (see datasets); a folder, .zip, .npz or .npy of pictures; a .csv or .tsv "
            "with numbers; or a .csv, .tsv or .jsonl of pairs of texts. With --resume or --branch: where the "
            "same data are now.",
            rich_help_panel=NEW,
        ),
    ] = None,
    kind: Annotated[
        str,
        typer.Option(
            help="What own data are: pictures, text or rows; or auto, by their first lines.",
            rich_help_panel=NEW,
        ),
    ] = "auto",
    run_dir: Annotated[Path | None, typer.Option(help="Its folder.", rich_help_panel=NEW)] = None,
    size: Annotated[
        int | None,
        typer.Option(help="Side of a picture in pixels: 16, 32 or 64. [default: 32]", rich_help_panel=NEW),
    ] = None,
    square: Annotated[
        Square,
        typer.Option(
            help="How own pictures that are not square are made so: cut to the middle, with bars beside "
            "them, or stretched.",
            rich_help_panel=NEW,
        ),
    ] = "crop",
    attention: Annotated[
        str,
        typer.Option(
            help="Feature-map sizes with attention, such as 8,16; or none, or auto.", rich_help_panel=NEW
        ),
    ] = "auto",
    discriminator_attention: Annotated[
        str, typer.Option(help="The same for the discriminator.", rich_help_panel=NEW)
    ] = "auto",
    conditional: Annotated[
        bool,
        typer.Option(
            "--conditional/--unconditional",
            help="Whether to learn the classes of the data, to be chosen when drawing.",
            rich_help_panel=NEW,
        ),
    ] = False,
    preset: Annotated[
        str,
        typer.Option(
            help="A named recipe: "
            + "; ".join(f"of {name} {', '.join(one.presets)}" for name, one in KINDS.items())
            + ".",
            rich_help_panel=NEW,
        ),
    ] = "default",
    seed: Annotated[int, typer.Option(help="Of weights, batches and noise.", rich_help_panel=NEW)] = 0,
    seconds: Annotated[
        float | None, typer.Option(help="Training time in all.", rich_help_panel=BUDGET)
    ] = None,
    steps: Annotated[int | None, typer.Option(help="Training steps in all.", rich_help_panel=BUDGET)] = None,
    resume: Annotated[
        Path | None,
        typer.Option(
            metavar="DIR",
            help="Go on with this run exactly where it was left, or further with a larger budget.",
            rich_help_panel=SHOWN,
        ),
    ] = None,
    branch: Annotated[
        str | None,
        typer.Option(
            metavar="RUN@STEP",
            help="Begin a new run at a marked state of another one (see steer).",
            rich_help_panel=SHOWN,
        ),
    ] = None,
    change: Annotated[
        list[str] | None,
        typer.Option(
            metavar="NAME=VALUE",
            help="A setting that may be changed (steer --help lists them); may be given several times.",
            rich_help_panel=SHOWN,
        ),
    ] = None,
    meter: Annotated[
        bool,
        typer.Option(
            "--meter/--no-meter",
            help="Measure quality now and then, in < 5 % of the time.",
            rich_help_panel=NEW,
        ),
    ] = True,
    threads: Annotated[
        int | None,
        typer.Option(
            min=1,
            max=256,
            help="CPU threads; default: one a core, less ATTNGAN_SPARED_CORES, for rows one.",
            rich_help_panel=SHOWN,
        ),
    ] = None,
    device: Device = "auto",
    where: Annotated[
        str,
        typer.Option(
            metavar="PLACE",
            help="local, or ray:http://HOST:PORT, the dashboard of a Ray cluster (docs/scaling.md).",
            rich_help_panel=SHOWN,
        ),
    ] = "local",
    as_json: Annotated[
        bool, typer.Option("--json", help="Print one event a line as JSON.", rich_help_panel=SHOWN)
    ] = False,
) -> None:
    """Train a GAN with attention. Ctrl-C stops after the step and saves.

    python -m attngan train --data faces --seconds 60 --run-dir my-faces

    torchrun --nproc-per-node 2 -m attngan train ... has two processes share each batch.
    """
    from attngan.command import elsewhere, progress
    from attngan.run import addresses

    if cluster := addresses.cluster_at(where, cpus=threads or 1):
        _train_elsewhere(context, cluster)
        return None
    if resume is not None:
        elsewhere.check_here(resume)
    from attngan.nn import ranks
    from attngan.nn.device import device_of
    from attngan.nn.threads import set_threads
    from attngan.run import follower, runs
    from attngan.train import orders

    place = device_of(device)
    with ranks.joined(place.type) as first:
        if not first:
            with asked_to_stop(ranks.known()):  # the first process is asked too, and ends all
                return follower.follow(place, threads)
        try:
            entry = prepared(context)
            set_threads(threads, entry.state.kind.threads)
            follower.invite(entry.config)
            if ranks.known() > 1:  # torchrun asks all to end when one is lost: that is then to be said first
                signal.signal(signal.SIGTERM, signal.SIG_IGN)
            with asked_to_stop(ranks.known()) as asked:
                events = runs.record(entry.folder, entry.config, entry.state, entry.items, asked.is_set)
                progress.show(events, entry.folder, as_json, entry.items.skipped)
        finally:
            orders.dismiss()


def _train_elsewhere(context: typer.Context, cluster: "Ray") -> None:
    """Send the run that `train` was asked for to a cluster, or find it again there, and follow it."""
    from attngan.command import elsewhere, progress

    given = context.params
    folder: Path = given["resume"]
    skipped: Sequence[str] = ()
    cluster.check()
    ticket = elsewhere.still_runs(folder) if folder is not None else None
    if ticket is None:
        entry = prepared(context)
        folder, skipped = entry.folder, entry.items.skipped
        ticket = elsewhere.send(cluster, entry, given["device"], given["threads"])
    elif ticket.backend != cluster.name:
        elsewhere.check_here(folder)
    with asked_to_stop() as asked:
        progress.show(elsewhere.follow(folder, cluster, ticket, asked), folder, given["as_json"], skipped)


def context_of(name: str, words: Sequence[str]) -> typer.Context:
    """What `train` is given by these words, which somebody else than a person at a terminal writes."""
    app = typer.Typer(add_completion=False)
    app.command()(train)
    return cast(typer.Context, typer.main.get_command(app).make_context(name, [*words]))


def prepared(context: typer.Context) -> "Entry":
    """The run that `train` was asked for: a new one, one to go on with, or a branch; raises AttnGanError."""
    from attngan.command import options
    from attngan.nn.device import CPU, device_of
    from attngan.run import runs
    from attngan.run.races import Entry

    given = context.params
    device = device_of(given["device"]) if given["where"] == "local" else CPU
    changes = options.changes_of(given["change"] or ())
    data, seconds, steps = given["data"], given["seconds"], given["steps"]
    if given["resume"] is not None and given["branch"] is not None:
        raise AttnGanError("Give --resume or --branch, not both.")
    if given["resume"] is not None:
        _refuse_settings_of_a_new_run(context, "--resume", "run_dir")
        folder, config, items = options.old_run(given["resume"], data, seconds, steps, changes)
        return Entry(folder, config, runs.resume(folder, config, changes, device), items)
    if given["branch"] is not None:
        _refuse_settings_of_a_new_run(context, "--branch")
        folder = given["run_dir"]
        parent, step, config, items = options.branched_run(
            given["branch"], folder, data, seconds, steps, changes
        )
        config, state = runs.branch(parent, step, folder, config, items, changes, device)
        return Entry(folder, config, state, items)
    names = ("run_dir", "kind", "preset", "size", "square", "conditional", "seed", "meter")
    folder, config, items = options.new_run(
        data,
        attention=(given["attention"], given["discriminator_attention"]),
        seconds=seconds,
        steps=steps,
        changes=changes,
        **{name: given[name] for name in names},
    )
    return Entry(folder, config, runs.create(folder, config, device), items)


@contextmanager
def asked_to_stop(processes: int = 1) -> Iterator[threading.Event]:
    """Set by the first Ctrl-C or other signal to end; a second one ends the program at once.

    But not a second one that tells of a closed terminal: systems often send two of these. Nor where several
    processes train one run: torchrun sends two, and kills those that have not ended after half a minute.
    """
    asked = threading.Event()

    def ask(number: int, frame: object) -> None:
        if asked.is_set() and number != HANGUP and processes == 1:
            raise KeyboardInterrupt
        asked.set()

    before = {number: signal.signal(number, ask) for number in (signal.SIGINT, *endings())}
    try:
        yield asked
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _refuse_settings_of_a_new_run(context: typer.Context, what: str, *more: str) -> None:
    new = (
        "kind",
        "size",
        "square",
        "attention",
        "discriminator_attention",
        "conditional",
        "preset",
        "seed",
        "meter",
    )
    for name in (*new, *more):
        source = context.get_parameter_source(name)
        if source is not None and source.name != "DEFAULT":
            option = "--" + name.replace("_", "-")
            raise AttnGanError(f"{what} keeps the settings of its run: leave {option} out.")
