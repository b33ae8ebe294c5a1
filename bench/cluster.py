"""What a cluster gives: steps a second of 1, 2 and 4 runs at once, beside one run of this computer.

    python bench/cluster.py ray:http://HOST:8265 [--runs 1 2 4] [--data ring] [--seconds 20]

All runs of a row train at the same time for as long as is counted, each with one thread. Ratios are to the
run without a cluster, which is measured before and after, as a machine that does other things is not even.
"""

import argparse
import sys
import tempfile
import time
from pathlib import Path

from attngan.errors import AttnGanError
from attngan.run.addresses import backend_at
from attngan.run.backends import Backend, Ticket
from attngan.run.folder import RunFolder

LOOK_SECONDS = 0.2
WARM_SECONDS = 3.0  # of all runs together before it is counted
MOST_SECONDS = 300.0  # until all have begun


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
    alone = (rows[0][2] + rows[-1][2]) / 2
    print("| where | runs at once | steps/s of all | to one run here | first step after (s) |")
    print("|---|---|---|---|---|")
    for name, runs, rate, begun in rows:
        print(f"| {name} | {runs} | {rate:.0f} | {rate / alone:.2f} | {begun:.0f} |")


def measured(backend: Backend, runs: int, chosen: argparse.Namespace) -> tuple[float, float]:
    """Steps a second of so many runs together, and seconds until the last of them has told of a step."""
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


def counted(backend: Backend, tickets: list[Ticket], folders: list[Path], seconds: float) -> float:
    """Steps a second of all together, as their events come here within so many seconds."""
    begun, before = time.monotonic(), sum(map(steps, folders))
    while time.monotonic() < begun + seconds:
        look(backend, tickets)
    return (sum(map(steps, folders)) - before) / (time.monotonic() - begun)


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
