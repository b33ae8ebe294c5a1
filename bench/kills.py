"""Kills trainings, and the page that started them, at random moments, and tells what was lost: a table.

    python bench/kills.py [--moments 5] [--seed 0] [--only worker server both end full bits] [--seconds 12]

worker, server, both: kill -9 of the training, of the page's server, of both. end: SIGTERM of the server.
full: a drive that others fill, a small one of memory, which needs `unshare` and `mount`. One training runs
then and one waits. bits: `train --steps` killed and gone on with, and branched from a mark, against one that
nobody killed, to the bit. Ends with code 1 where more was lost than is promised. tests/demo/test_killed.py
does it in small.
"""

import argparse
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import urllib.error
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

from exact import Blow, branched, killed, seconds_in, unharmed
from mortal import Page, environment, kill_worker, page_in, until

from attngan.storage import FULL
from demo.jobs.folder import JobFolder, Record
from demo.jobs.request import Request

KILLS = ("worker", "server", "both", "end")
MOST_LOST = 60.0  # seconds of training, as docs/page.md promises
ENDED = ("finished", "stopped", "failed", "interrupted")
DRIVE, OLD = 100 * 2**20, 50 * 2**20  # bytes of the small drive, and of an old training on it
PIECE = 64 * 1024  # bytes
SLACK_SECONDS = 4  # of a training, before which it is killed: a server takes its time to end
STEPS_A_SECOND = 4  # about, on two cores


def main() -> None:
    """Print a line a blow, and in the end whether all was kept."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--moments", type=int, default=5)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--seconds", type=float, default=12)
    parser.add_argument("--only", nargs="+", default=[*KILLS, "full", "bits"])
    parser.add_argument("--drive", type=Path, help="A small drive that may be filled: what `full` makes.")
    asked = parser.parse_args()
    numbers = ["--moments", str(asked.moments), "--seed", str(asked.seed), "--seconds", str(asked.seconds)]
    worst = 0.0
    for what in asked.only:
        if what == "full" and asked.drive is None:
            with tempfile.TemporaryDirectory() as drive:
                again = [sys.executable, __file__, *numbers, "--only", "full", "--drive", drive]
                subprocess.run(on_a_small_drive(Path(drive), again), env=environment(), check=True)
            continue
        for row in rows_of(what, asked.moments, asked.seed, asked.seconds, asked.drive):
            kept = f"lost {row.lost:4.1f} s, kept {row.told}, then {row.state}"
            print(f"{row.what:8} after {row.trained:5.1f} s: {kept}", flush=True)
            worst = max(worst, row.lost)
    sys.exit(worst > MOST_LOST)


def rows_of(what: str, moments: int, seed: int, seconds: float, drive: Path | None = None) -> Iterator[Blow]:
    """Each blow of one sort at so many random moments; a full drive is the one given, which is small."""
    chance = random.Random(f"{what} {seed}")
    for _ in range(moments if what != "bits" else 1):
        with tempfile.TemporaryDirectory() as folder:
            home = Path(folder)
            if what == "bits":
                steps = round(seconds * STEPS_A_SECOND)
                whole, marked = unharmed(home, steps)
                yield branched(home, whole, marked, steps)
                for _ in range(moments):
                    yield killed(home, whole, steps, chance)
                continue
            runs = (drive or home) / "runs"
            if drive:
                shutil.rmtree(runs, ignore_errors=True)
                (drive / "of others").unlink(missing_ok=True)
                old_training(runs)
            with page_in(home, runs) as page:
                yield from survive(page, [what], chance, seconds)


def survive(page: Page, blows: Sequence[str], chance: random.Random, seconds: float) -> list[Blow]:
    """What each blow cost one of two trainings of so many seconds, dealt while one runs and the other waits.

    Fails where something is lost that the page had told, or where one cannot go on from there to its end.
    """
    pair = [page.train(seconds, seed) for seed in (3, 7)]
    rows = []
    for what in blows:
        run = until(lambda: the_running(page, pair), "one that runs while one waits")
        await_a_moment(page, run, chance, seconds)
        told = {one: page.news(one) for one in pair}
        deal(what, page, run, chance)
        if what != "server":
            until(lambda: page.news(run)["state"] in ENDED, f"the end after {what}")  # noqa: B023 - now
        kept, lost, now = check(page, told), lost_of(page, told[run]), page.news(run)
        if now["state"] in ENDED:  # where machines are slow it may have come to its end by itself
            assert now["state"] in ("interrupted", "finished"), now
            assert now["longer"], now
            assert now["state"] == "finished" or now["full"] == (what == "full"), now
            page.call("train_longer", run, 5)
        else:
            lost = 0.0
        rows.append(Blow(what, told[run]["seconds"] or 0.0, lost, kept, now["state"]))
    for run in pair:
        until(lambda: page.news(run)["state"] in ENDED, "the end")  # noqa: B023 - waited for within the turn
        assert (page.news(run)["state"], page.news(run)["model"]) == ("finished", True), page.news(run)
    return rows


def the_running(page: Page, pair: Sequence[str]) -> str | None:
    """The training that has begun while the other waits."""
    states = {page.news(run)["state"]: run for run in pair}
    return states.get("running") or states.get("starting") if "waiting" in states else None


def await_a_moment(page: Page, run: str, chance: random.Random, seconds: float) -> None:
    """Return while it starts, or somewhere in its training, in which a moment was marked."""
    until(lambda: JobFolder(page.runs / run).record().ticket, "its process")
    if chance.random() < 0.2:
        time.sleep(chance.uniform(0, 3))
        return
    until(lambda: page.news(run)["state"] == "running", "the first step")
    with suppress(AssertionError):  # it has ended just now
        page.call("train_steer", run, "mark", "both", 1, {})
    moment = chance.uniform(0, seconds - SLACK_SECONDS)
    until(lambda: (page.news(run)["seconds"] or 0) >= moment, "the moment")
    time.sleep(chance.uniform(0, 0.3))


def deal(what: str, page: Page, run: str, chance: random.Random) -> None:
    """The blow; afterwards the page serves again."""
    folder = JobFolder(page.runs / run)
    if what == "full":
        fill(page.runs.parent / "of others")
        return
    parts: dict[str, Callable[[], None]] = {
        "worker": lambda: kill_worker(folder),
        "server": lambda: page.kill(signal.SIGKILL),
        "end": lambda: page.kill(signal.SIGTERM),
    }
    chosen = ["worker", "server"] if what == "both" else [what]
    for part in chance.sample(chosen, len(chosen)):
        parts[part]()
    if what != "worker":
        page.start()


def check(page: Page, told: dict[str, dict[str, Any]]) -> int:
    """How much of what the page had told is to be had; fails where not all of it is, or where litter lies."""
    count = 0
    for run, news in told.items():
        folder = JobFolder(page.runs / run).run
        for step in news["frames"]:
            assert is_kept(page, run, step)
        for step in news["marked"]:
            assert folder.states.of(step).is_file()
        assert not news["model"] or page.get(f"attngan/zip/run-{run}")
        count += len(news["frames"]) + len(news["marked"]) + news["model"]
    assert len([*page.temporary.glob("attngan-page-*")]) == 1, "of dead servers nothing is left"
    return count


def is_kept(page: Page, run: str, step: int) -> bool:
    """Whether a moment is to be had, or its training has gone on from before it meanwhile."""
    try:
        return bool(page.get(f"attngan/step/run-{run}/{step}"))
    except urllib.error.HTTPError:
        record = JobFolder(page.runs / run).record()
        return bool(record.longer and record.begun) and step not in page.news(run)["frames"]


def lost_of(page: Page, told: dict[str, Any]) -> float:
    """Seconds of training that were told and are in no state that can be gone on from."""
    trained, run = told["seconds"] or 0.0, JobFolder(page.runs / told["run"]).run
    return max(0.0, trained - seconds_in(run))


def fill(file: Path) -> None:
    """Write until the drive is full."""
    with file.open("wb", buffering=0) as others:
        try:
            while True:
                others.write(bytes(PIECE))
        except OSError as error:
            if error.errno not in FULL:
                raise


def old_training(runs: Path) -> None:
    """One that ended long ago, and is large."""
    folder = JobFolder.new(runs)
    folder.write(Record(request=Request(), data="digits", created=7.0))
    (folder.path / "large").write_bytes(bytes(OLD))


def on_a_small_drive(drive: Path, command: Sequence[str]) -> list[str]:
    """The command, with a small drive of memory at an empty folder that it alone sees."""
    mount = 'mount -t tmpfs -o size=$0 none "$1" && shift && exec "$@"'
    return ["unshare", "-rm", "sh", "-c", mount, str(DRIVE), str(drive), *command]


if __name__ == "__main__":
    main()
