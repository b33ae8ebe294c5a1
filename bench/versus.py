"""Another checkout's training speed against this one's: bench/speed.py in both by turns, and the ratios.

    git worktree add ../before COMMIT
    python bench/versus.py ../before [--rounds 5] [--only "no attention" sagan-2018]

Both use this Python's packages. Nothing else should run.
"""

import argparse
import json
import os
import statistics
import subprocess
import sys
from pathlib import Path
from typing import Any

HOME = Path(__file__).parents[1]


def measured(checkout: Path, only: list[str]) -> dict[str, Any]:
    """What bench/speed.py of a checkout prints as JSON, of one round and one start."""
    names = ["--only", *only] if only else []
    command = [sys.executable, "bench/speed.py", "--rounds", "1", "--starts", "1", "--memory-seconds", "0"]
    done = subprocess.run(
        [*command, "--json", *names],
        cwd=checkout,
        env=os.environ | {"PYTHONPATH": str(checkout)},
        capture_output=True,
        text=True,
        check=True,
    )
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return found


def main() -> None:
    """One line a variant, and one for the first step."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("before", type=Path)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--only", nargs="+", default=["no attention"], help="variants beside the default")
    chosen = parser.parse_args()
    checkouts = (chosen.before.resolve(), HOME)
    found: dict[Path, list[dict[str, Any]]] = {checkout: [] for checkout in checkouts}
    for turn in range(chosen.rounds):
        for checkout in checkouts[:: 1 if turn % 2 else -1]:  # nobody is always the first
            found[checkout].append(measured(checkout, chosen.only))
    before, after = (found[checkout] for checkout in checkouts)
    for name in before[0]["images_per_second"]:
        speeds = [[one["images_per_second"][name] for one in those] for those in (before, after)]
        was, now = map(statistics.median, speeds)
        print(f"{name:34} {was:7.0f} images/s before, {now:7.0f} after: {now / was:.3f} times")
    starts = [[one["first_step_seconds"] for one in those] for those in (before, after)]
    was, now = map(statistics.median, starts)
    print(f"first step after {was:.2f} s before, {now:.2f} s after: {now - was:+.2f} s")


if __name__ == "__main__":
    main()
