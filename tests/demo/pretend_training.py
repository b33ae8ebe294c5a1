"""Stands in for `python -m attngan` in the tests of the page: writes a run folder without learning anything.

The seed says how it behaves: 0 runs its budget, 1 never ends by itself, 2 says Failed, 3 dies with a word on
its log, 5 ends without a word, 7 does not heed SIGTERM, 11 heeds wishes alone. Of a race it runs one arm
after the other, until one is stopped.
"""

import os
import shlex
import shutil
import signal
import sys
import time
from pathlib import Path

from filelock import FileLock

from attngan import events
from attngan.config import TrainConfig
from attngan.kinds.pictures.config import AttnganConfig

TICK_SECONDS = 0.02


def option(name: str, usual: str = "") -> str:
    return sys.argv[sys.argv.index(name) + 1] if name in sys.argv or not usual else usual


def main() -> bool:
    """Run one training; whether it was stopped."""
    seconds, stopped = float(option("--seconds")), False
    if longer := "--resume" in sys.argv:
        run = Path(option("--resume"))
        before = [events.parse(line) for line in (run / "events.jsonl").read_bytes().splitlines()][:-1]
        seed = before[0].train.seed
    else:
        run, before, seed = Path(option("--run-dir")), [], int(option("--seed"))

    def stop(*_: object) -> None:
        nonlocal stopped
        stopped = True

    signal.signal(signal.SIGTERM, signal.SIG_IGN if seed in (7, 11) else stop)
    if seed == 3:
        print("error: these pictures are not good enough.", file=sys.stderr)
        sys.exit(2)
    (run / "frames").mkdir(parents=True, exist_ok=longer)
    alone = FileLock(run / ".lock")
    alone.acquire()

    def tell(event: events.Event) -> None:
        with (run / "events.jsonl").open("a") as file:
            file.write(event.model_dump_json() + "\n")

    if longer:
        lines = [event.model_dump_json() + "\n" for event in before]
        (run / "events.jsonl").write_text("".join(lines))
        shutil.rmtree(run / "model")
    tell(
        before[0]
        if longer
        else events.Started(
            model=AttnganConfig(image_size=int(option("--size", "32")), generator_attention=()).model_dump(
                mode="json"
            ),
            train=TrainConfig(seconds=seconds, seed=seed),
            data=option("--data"),
            pictures=61,
            precision="float32",
            threads=1,
            generator_parameters=1009,
            discriminator_parameters=2003,
            licence="CC0",
            attribution="Nobody",
        )
    )
    step = before[-1].step if longer else 0
    while not stopped and (seed in (1, 7, 11) or step * TICK_SECONDS < seconds / 10):
        time.sleep(TICK_SECONDS)
        step += 1
        stopped = stopped or (seed == 11 and (run / "wishes.jsonl").exists())
        frame = f"frames/{step:08d}.frame.gz"
        (run / frame).write_bytes(b"pretended")
        tell(
            events.StepDone(
                step=step,
                seconds=step * TICK_SECONDS,
                progress=min(1.0, step * TICK_SECONDS / seconds),
                images=step * 64,
                images_per_second=3200,
                generator_loss=1 / step,
                discriminator_loss=0.5,
                gates={"8": 0.25},
                processor=0.25,
            )
        )
        tell(events.FrameSaved(step=step, seconds=step * TICK_SECONDS, path=frame))
        if seed == 2 and step == 3:
            tell(events.Failed(step=step, seconds=step * TICK_SECONDS, reason="The losses are not finite."))
            sys.exit(1)
        if seed == 5 and step == 3:
            os.kill(os.getpid(), signal.SIGKILL)
    (run / "resume.pt").write_bytes(b"pretended")
    (run / "model").mkdir()
    (run / "model" / "config.json").write_text("{}")
    (run / "model" / "model.safetensors").write_bytes(b"")
    tell(events.Finished(step=step, seconds=step * TICK_SECONDS, reason="stopped" if stopped else "budget"))
    return stopped


if "race" in sys.argv:
    arms = [sys.argv[place + 1] for place, word in enumerate(sys.argv) if word == "--arm"]
    for arm in arms:
        sys.argv = [sys.argv[0], "train", *shlex.split(arm)]
        if main():
            break
else:
    main()
