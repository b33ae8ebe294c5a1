"""What part of the processor a training says that it gets: alone, beside busy programs, and nice to them.

    python bench/share.py [--seconds 12] [--data faces]

One line each: steps a second, and the part told at the end of each quarter. Nothing else should run.
"""

import argparse
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager

from attngan.tuning import tune_process

tune_process()  # as the command does, before torch is imported

from attngan import data
from attngan.data.sources import kind_at
from attngan.events import StepDone
from attngan.kinds.registry import KINDS, kind_of
from attngan.nn.batch import DataSet
from attngan.train.loop import train
from attngan.train.state import TrainState

BUSY = "while True: pass"


@contextmanager
def busy(programs: int) -> Iterator[None]:
    """So many programs that each keep a core busy, as long as the block runs."""
    started = [subprocess.Popen([sys.executable, "-c", BUSY]) for _ in range(programs)]
    try:
        yield
    finally:
        for one in started:
            one.kill()
            one.wait()


def told(name: str, items: DataSet, seconds: float) -> str:
    """What a training of so many seconds told."""
    preset = KINDS[kind_at(name)].presets["default"]
    plain = preset.model_config()
    model = preset.suited(kind_of(plain).fit(plain, items, conditional=False))
    state = TrainState(model, preset.train_config(seconds, None).with_(precision="float32"))
    steps = [event for event in train(state, items) if isinstance(event, StepDone)]
    parts = [steps[len(steps) * quarter // 4 - 1].processor for quarter in (1, 2, 3, 4)]
    rate = state.step / state.seconds
    return f"{rate:.2f} steps a second, {' '.join(f'{part:.2f}' for part in parts if part is not None)}"


def main() -> None:
    """One line a situation."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--seconds", type=float, default=12)
    parser.add_argument("--data", default="faces")
    chosen = parser.parse_args()
    items = data.load(chosen.data)
    for programs in (0, 1, 2):
        with busy(programs):
            print(f"beside {programs}: {told(chosen.data, items, chosen.seconds)}", flush=True)
    with busy(2):
        os.nice(6)  # as trainings of the page are
        print(f"beside 2, and nice: {told(chosen.data, items, chosen.seconds)}", flush=True)


if __name__ == "__main__":
    main()
