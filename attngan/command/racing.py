"""The command `race`: several trainings in turns, for equal time each, and what that allows to say.

What they need is imported when they are called: torch takes seconds, `--help` should not.
"""

import shlex
import shutil
from collections.abc import Mapping
from typing import TYPE_CHECKING, Annotated, Any

import typer

from attngan.command.arguments import Device
from attngan.command.training import asked_to_stop, context_of, prepared
from attngan.errors import AttnGanError

if TYPE_CHECKING:
    from attngan.events import Event
    from attngan.run.races import Entry
    from attngan.run.runs import RunConfig

LEAST, MOST = 2, 8  # runs in a race
TRAIN = "python -m attngan train"  # whose options an arm has


def race(
    arm: Annotated[
        list[str],
        typer.Option(
            metavar="OPTIONS",
            help="What train is given for one of the runs, besides the shared options, such as '--run-dir "
            "bare --attention none'; give it once for each run.",
        ),
    ],
    data: Annotated[str | None, typer.Option(help="As for train, of all runs.")] = None,
    seconds: Annotated[float | None, typer.Option(help="Training time in all, of each run.")] = None,
    steps: Annotated[int | None, typer.Option(help="Training steps in all, of each run.")] = None,
    seed: Annotated[
        int | None, typer.Option(help="Of weights, batches and noise, of all runs.", show_default="0")
    ] = None,
    device: Device = "auto",
    as_json: Annotated[
        bool, typer.Option("--json", help="Print one event a line as JSON, each with the number of its run.")
    ] = False,
) -> None:
    """Train several runs side by side: they take turns, on the same batches and noise, for equal time.

    python -m attngan race --data twins --seconds 30 --arm '--run-dir with' --arm '--run-dir without
    --attention none'
    """
    if not LEAST <= len(arm) <= MOST:
        raise AttnGanError(
            f"A race has {LEAST} to {MOST} runs: give --arm once for each, not {len(arm)} times."
        )
    from attngan.nn.threads import set_threads
    from attngan.run import races
    from attngan.run.folder import RunFolder

    shared = {"data": data, "seconds": seconds, "steps": steps, "seed": seed, "device": device}
    shared = {name: value for name, value in shared.items() if value is not None}
    asked_for = [_asked(shared, one) for one in arm]
    _check_folders(asked_for)
    entries: list[Entry] = []
    try:
        for one in asked_for:
            entries.append(prepared(one))
    except BaseException:
        for entry in entries:  # nothing half-made is left
            if not RunFolder(entry.folder).events_file.exists():
                shutil.rmtree(entry.folder, ignore_errors=True)
        raise
    set_threads(None, entries[0].state.kind.threads)
    failed = ""
    with asked_to_stop() as asked:
        for number, event in races.record(entries, asked.is_set):
            failed = _tell(number, event, as_json) or failed
    if not as_json:
        _conclude(entries)
    if failed:
        raise AttnGanError(failed)


def _asked(shared: Mapping[str, Any], arm: str) -> typer.Context:
    """What one arm asks of train, besides the options that all share; raises AttnGanError."""
    try:
        words = shlex.split(arm)
    except ValueError as error:
        raise AttnGanError(f"--arm {arm!r:.80} cannot be read: {error}.") from error
    own = context_of(TRAIN, words)
    if own.params["threads"] is not None:
        raise AttnGanError(f"--arm {arm!r:.80}: leave --threads out, a race decides that itself.")
    for name in (*shared, "as_json"):
        source = own.get_parameter_source(name)
        if source is not None and source.name == "COMMANDLINE":
            option = "--" + name.removeprefix("as_")
            raise AttnGanError(f"--arm {arm!r:.80}: leave {option} out, it is for all runs of the race.")
    if own.params["where"] != "local":
        raise AttnGanError(f"--arm {arm!r:.80}: a race is one process, so all of it runs here.")
    common = [word for name, value in shared.items() for word in (f"--{name}", str(value))]
    return context_of(TRAIN, [*common, *words])


def _check_folders(asked_for: list[typer.Context]) -> None:
    """Raises AttnGanError where two arms name one folder."""
    folders = [one.params["resume"] or one.params["run_dir"] for one in asked_for]
    for folder in folders:
        if folder is not None and folders.count(folder) > 1:
            raise AttnGanError(f"Two arms have the folder {folder}: give each a --run-dir of its own.")


def _tell(number: int, event: "Event", as_json: bool) -> str:
    """Print an event of a run; the reason where it failed."""
    from attngan.events import Failed, Finished, QualityMeasured, RolledBack

    if as_json:
        typer.echo(f'{{"arm": {number + 1}, {event.model_dump_json()[1:]}')
    elif isinstance(event, QualityMeasured | RolledBack | Finished):
        typer.echo(f"{number + 1}: step {event.step}: {_words(event)}")
    return f"Run {number + 1}: {event.reason}" if isinstance(event, Failed) else ""


def _words(event: Any) -> str:
    from attngan import vocabulary

    if hasattr(event, "values"):
        return ", ".join(f"{vocabulary.title(key)} {value:.3f}" for key, value in event.values.items())
    return str(event.reason)


def _difference(one: "RunConfig", other: "RunConfig") -> str:
    """Why two runs cannot be compared, "" where they can."""
    if one.fingerprint != other.fingerprint:
        return "from other data, or in another size"
    return "" if one.train.seed == other.train.seed else "with another seed"


def _conclude(entries: "list[Entry]") -> None:
    """Print what the race came to."""
    from attngan import vocabulary
    from attngan.measure.standing import Heat, compare, standing
    from attngan.run import runs

    found = [standing(runs.read_events(entry.folder)) for entry in entries]
    for entry, one in zip(entries, found, strict=True):
        typer.echo(f"{entry.folder}: {one.step} steps in {one.seconds:.1f} seconds")
    for entry, one in [*zip(entries, found, strict=True)][1:]:
        if why := _difference(entries[0].config, entry.config):
            typer.echo(f"{entries[0].folder}, {entry.folder}: not compared, one learnt {why}.")
            continue
        told = compare([Heat(found[0], one)])
        if told is None:
            typer.echo(f"{entries[0].folder}, {entry.folder}: too little was measured to compare them.")
        else:
            typer.echo(
                f"{vocabulary.title(told.key)}, {entries[0].folder} minus {entry.folder}: "
                f"{told.in_equal_time[0]:+.3f} in equal time, {told.in_equal_steps[0]:+.3f} in equal steps; "
                f"{told.word}, so race with other seeds too."
            )
