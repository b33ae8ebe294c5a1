"""Another checkout's training speed against this one's: a process of each, some steps by turns, and ratios.

    git worktree add ../before COMMIT
    python bench/versus.py ../before [--rounds 14] [--only "no attention" sagan-2018]

Variants are those of bench/speed.py, which both checkouts must have; both use this Python's packages. To take
turns with whole runs would measure the machine, whose speed changes by a fifth from one run to the next.
Nothing else should run.
"""

import argparse
import os
import statistics
import subprocess
import sys
import time
from pathlib import Path

HOME = Path(__file__).parents[1]
STEPS = 16  # a turn


def serve(names: list[str]) -> None:
    """Prepare the variants of the checkout on the path; for each line, a variant's number, print seconds."""
    sys.path.pop(0)  # this file's folder, whose speed.py is this checkout's
    import speed

    precision, _ = speed.chosen_precision()
    prepared = [speed.prepared(speed.VARIANTS[name], precision) for name in names]
    for state, pictures in prepared:
        speed.train_step(state, pictures)
    print("ready", flush=True)
    for line in sys.stdin:
        state, pictures = prepared[int(line)]
        start = time.perf_counter()
        for _ in range(STEPS):
            speed.train_step(state, pictures)
        print(time.perf_counter() - start, flush=True)


class Served:
    """A checkout's process."""

    def __init__(self, checkout: Path, names: list[str]) -> None:
        path = os.pathsep.join(map(str, (checkout, checkout / "bench")))
        self.process = subprocess.Popen(
            [sys.executable, str(Path(__file__).resolve()), "--serve", "--only", *names],
            env=os.environ | {"PYTHONPATH": path},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        self.answer()

    def answer(self) -> str:
        """The next line that it prints."""
        assert self.process.stdout
        if not (line := self.process.stdout.readline()):
            raise SystemExit(f"versus: the process of a checkout ended with {self.process.wait()}")
        return line

    def seconds(self, number: int) -> float:
        """How long a turn of a variant takes."""
        assert self.process.stdin
        self.process.stdin.write(f"{number}\n")
        self.process.stdin.flush()
        return float(self.answer())


def main() -> None:
    """One line a variant."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("before", type=Path, nargs="?", default=HOME)
    parser.add_argument("--rounds", type=int, default=14)
    parser.add_argument("--only", nargs="+", default=["default", "no attention", "64 pixels"])
    parser.add_argument("--serve", action="store_true", help=argparse.SUPPRESS)
    chosen = parser.parse_args()
    if chosen.serve:
        serve(chosen.only)
        return
    both = [Served(checkout, chosen.only) for checkout in (chosen.before.resolve(), HOME)]
    for number, name in enumerate(chosen.only):
        found: list[list[float]] = [[], []]
        for turn in range(chosen.rounds):
            for one in (0, 1) if turn % 2 else (1, 0):  # nobody is always the first
                found[one].append(both[one].seconds(number))
        ratio = statistics.median(was / now for was, now in zip(*found, strict=True))
        was, now = (64 * STEPS / statistics.median(seconds) for seconds in found)
        print(f"{name:20} {was:6.0f} images/s before, {now:6.0f} after; median of the ratios {ratio:.3f}")
    for one in both:
        one.process.kill()
        one.process.wait()


if __name__ == "__main__":
    main()
