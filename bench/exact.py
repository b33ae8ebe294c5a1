"""Runs of the command that are killed and gone on with, and branches: to the bit as one that lived on."""

import random
import subprocess
import sys
import time
from pathlib import Path
from typing import NamedTuple, TypeVar

import torch
from mortal import PATIENCE, environment, until

from attngan.config import TrainConfig
from attngan.events import Event, Marked, Started, StepDone, Stepped
from attngan.run import wishes
from attngan.run.folder import RunFolder

E = TypeVar("E", bound=Event)

SMALL = ("--data", "digits", "--size", "16", "--attention", "none")


class Blow(NamedTuple):
    """What happened, and what it cost."""

    what: str
    trained: float  # seconds before it
    lost: float  # seconds of these that have to be trained again
    told: int  # frames, marks and models that the page had told, all of them still to be had
    state: str  # in which it was afterwards


def unharmed(home: Path, steps: int) -> tuple[RunFolder, int]:
    """A run that nobody kills, and a step that was marked on its way."""
    run = RunFolder(home / "whole")
    with command(home, "train", *SMALL, "--steps", steps, "--run-dir", "whole") as child:
        until(run.config_file.exists, "its folder")
        # not by the command, which takes longer to begin than so short a run to end
        wishes.append(run, wishes.Step(count=steps // 3), TrainConfig(steps=steps))  # and then it waits
        until(lambda: [one for one in events_of(run, Stepped) if not one.left], "the steps")
        for wish in ("mark", "resume"):
            done(home, "steer", "whole", wish)
        assert child.wait(PATIENCE) == 0
    return run, events_of(run, Marked)[0].step


def killed(home: Path, whole: RunFolder, steps: int, chance: random.Random) -> Blow:
    """What kill -9 costs a run of so many steps, which then goes on to the same weights to the bit."""
    run = RunFolder(home / f"killed {time.time_ns()}")
    with command(home, "train", *SMALL, "--steps", steps, "--run-dir", run.path) as child:
        moment = chance.randrange(steps)
        until(lambda: [one for one in events_of(run, StepDone) if one.step >= moment], "the moment")
        time.sleep(chance.uniform(0, 0.3))
        child.kill()
    told = run.seconds()
    lost = told - seconds_in(run)
    if run.ending() is None:
        done(home, "train", "--resume", run.path)
    check_same(run, whole)
    return Blow("bits", told, lost, 1, "same")


def branched(home: Path, whole: RunFolder, step: int, steps: int) -> Blow:
    """A branch with the settings of its parent goes on to its weights to the bit."""
    run = RunFolder(home / "branched")
    done(home, "train", "--branch", f"whole@{step}", "--run-dir", "branched", "--steps", steps)
    check_same(run, whole)
    return Blow("branch", run.seconds(), 0.0, 1, "same")


def check_same(run: RunFolder, whole: RunFolder) -> None:
    """Both ended with the same weights."""
    precisions = {one.precision for each in (run, whole) for one in events_of(each, Started)}
    assert len(precisions) == 1, f"{precisions}: which is faster is measured, so try again on a quiet machine"
    assert weights(run) == weights(whole)


def weights(run: RunFolder) -> bytes:
    """Those of the model that it ended with."""
    return (run.finished / "model.safetensors").read_bytes()


def seconds_in(run: RunFolder) -> float:
    """Seconds of training in the state that a run would go on from."""
    if not run.resume_file.exists():
        return 0.0
    return float(torch.load(run.resume_file, weights_only=True)["seconds"])


def command(folder: Path, *arguments: object) -> "subprocess.Popen[bytes]":
    """`python -m attngan`, begun in a folder."""
    with (folder / "log.txt").open("ab") as log:
        return subprocess.Popen(
            [sys.executable, "-m", "attngan", *map(str, arguments)],
            cwd=folder,
            env=environment(),
            stdout=log,
            stderr=log,
        )


def done(folder: Path, *arguments: object) -> None:
    """Have a command end well."""
    with command(folder, *arguments) as child:
        assert child.wait(PATIENCE) == 0, (folder / "log.txt").read_text("utf-8")[-2000:]


def events_of(run: RunFolder, kind: type[E]) -> list[E]:
    """The events of a kind that a run has written so far."""
    return [event for event in run.read(0)[0] if isinstance(event, kind)]
