"""What a cluster gives: steps of 1, 2 and 4 runs at once, beside one run of this computer.

    python bench/cluster.py ray:http://HOST:8265 [--runs 1 2 4] [--data ring] [--seconds 20]

All runs of a row train at the same time for as long as is counted, each with one thread. Steps a second of
processor time tell what the way through a cluster costs, whatever else the machine does; steps a second tell
what one gets.
"""

import argparse
import sys
import tempfile
import time
from pathlib import Path
from typing import NamedTuple

from attngan.errors import AttnGanError
from attngan.events import StepDone
from attngan.run.addresses import backend_at
from attngan.run.backends import Backend, Ticket
from attngan.run.folder import RunFolder
from attngan.share import Share

LOOK_SECONDS = 0.2
WARM_SECONDS = 3.0  # of all runs together before it is counted
MOST_SECONDS = 300.0  # until all have begun


class Count(NamedTuple):
    """What some runs did at the same time."""

    rate: float  # steps a second of all together
    processors: float  # that they had together, by what their steps tell
    efficiency: float  # steps a second of processor time


def main() -> None:
    """Measure, and print a table in Markdown."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("where")
    parser.add_argument("--runs", type=int, nargs="+", default=[1, 2, 4])
    parser.add_argument("--data", default="ring")
    parser.add_argument("--seconds", type=float, default=20.0, help="that are counted")
    chosen = parser.parse_args()
    try:
        there, here = backend_at(chosen.where), backend_at("local")
        rows = [("this computer", 1, *measured(here, 1, chosen))]
        rows += [("cluster", runs, *measured(there, runs, chosen)) for runs in chosen.runs]
        rows += [("this computer", 1, *measured(here, 1, chosen))]
    except AttnGanError as error:
        raise SystemExit(f"cluster: {error}") from error
    alone = (rows[0][2].efficiency + rows[-1][2].efficiency) / 2
    print(
        "| where | runs at once | steps/s of all | processors had | steps/s of these, to here | begun (s) |"
    )
    print("|---|---|---|---|---|---|")
    for name, runs, count, begun in rows:
        cells = f"{count.rate:.1f} | {count.processors:.2f} | {count.efficiency / alone:.2f} | {begun:.0f}"
        print(f"| {name} | {runs} | {cells} |")


def measured(backend: Backend, runs: int, chosen: argparse.Namespace) -> tuple[Count, float]:
    """What so many runs do together, and seconds until the last of them has told of a step."""
    words = ["-m", "attngan", "train", "--data", chosen.data, "--steps", "10000000", "--threads", "1"]
    with tempfile.TemporaryDirectory() as place:
        folders = [Path(place) / f"run{number}" for number in range(runs)]
        for folder in folders:
            folder.mkdir()
        asked = time.monotonic()
        tickets = [backend.start(folder, [sys.executable, *words, "--run-dir", "run"]) for folder in folders]
        try:
            while not all(steps(folder) for folder in folders):
                look(backend, tickets)
                if time.monotonic() > asked + MOST_SECONDS:
                    raise AttnGanError(f"After {MOST_SECONDS:.0f} seconds not all {runs} runs have begun.")
            begun = time.monotonic() - asked
            counted(backend, tickets, folders, WARM_SECONDS)
            return counted(backend, tickets, folders, chosen.seconds), begun
        finally:
            for ticket in tickets:
                backend.stop(ticket)
            while any(backend.state(ticket).running for ticket in tickets):
                look(backend, tickets)


def counted(backend: Backend, tickets: list[Ticket], folders: list[Path], seconds: float) -> Count:
    """What all together do within so many seconds, as their events here tell."""
    read = {folder: RunFolder(folder / "run").events_file.stat().st_size for folder in folders}
    begun = time.monotonic()
    while time.monotonic() < begun + seconds:
        look(backend, tickets)
    steps, had, passed = 0, 0.0, 0.0
    for folder, cursor in read.items():
        share, first, last, more = Share(), None, None, True
        while more:
            found, cursor, more = RunFolder(folder / "run").read(cursor)
            for event in found:
                if isinstance(event, StepDone):
                    share.hear(event)
                    first, last = first or event, event
        if first and last:
            steps += last.step - first.step
            had += share.seconds - share.lost
            passed += share.seconds / len(folders)
    return Count(steps / passed, had / passed, steps / had) if had else Count(0, 0, 0)


def look(backend: Backend, tickets: list[Ticket]) -> None:
    """Bring what is new, then rest."""
    for ticket in tickets:
        backend.fetch(ticket)
    time.sleep(LOOK_SECONDS)


def steps(folder: Path) -> int:
    """The last step that a run has told of."""
    return RunFolder(folder / "run").step()


if __name__ == "__main__":
    main()
