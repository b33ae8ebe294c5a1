"""A run in a process of its own is paused, stepped, changed, marked, branched from and stopped by wishes."""

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch
from PIL import Image

from attngan import data, events
from attngan.run import runs, wishes
from attngan.run.folder import RunFolder
from attngan.run.steering import Steering
from attngan.train.loop import train
from attngan.train.state import TrainState
from tests import tiny
from tests.tiny import assert_same

PATIENCE_SECONDS = 120
STEPS = 4001  # more than a test waits for; rates and variety follow from it
CHANGES = {"generator_rate": 0.0007, "r1_weight": 5.0, "discriminator_steps": 2, "gate": 0.5}


@pytest.fixture(scope="module")
def pictures(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of 29 pictures, enough for groups of look-alikes."""
    folder = tmp_path_factory.mktemp("pictures")
    noise = np.random.default_rng(3).integers(0, 256, (29, 16, 16, 3), np.uint8)
    for number, pixels in enumerate(noise):
        Image.fromarray(pixels).save(folder / f"{number}.png")
    return folder


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Callable[..., RunFolder]]:
    """Begins `python -m attngan train ...` in a process of its own; it is ended when the test is over."""
    children = []

    def begin(*arguments: object, run: str = "run") -> RunFolder:
        command = [sys.executable, "-m", "attngan", "train", *map(str, arguments), "--threads", "1"]
        environment = os.environ | {"PYTHONPATH": str(Path(__file__).parents[2])}
        with (tmp_path / f"{run}.log").open("wb") as log:
            children.append(subprocess.Popen(command, cwd=tmp_path, env=environment, stdout=log, stderr=log))
        return RunFolder(tmp_path / run)

    yield begin
    for child in children:
        child.kill()
        child.wait()


def wait_for(run: RunFolder, kind: type[events.Event], count: int = 1) -> Any:
    """The `count`th event of a kind, once the run has told it."""
    end = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < end:
        told = [event for event in run.read(0)[0] if isinstance(event, kind)]
        if len(told) >= count:
            return told[count - 1]
        time.sleep(0.02)
    pytest.fail(
        f"no {kind.__name__} in {PATIENCE_SECONDS} s: {next(run.path.parent.glob('*.log')).read_text()}"
    )


def ask(run: RunFolder, name: str, **values: Any) -> None:
    runs.ask(run.path, name, **values)


def reference(run: RunFolder) -> tuple[TrainState, Iterator[events.Event]]:
    """A training in this process, of the same settings, that nobody has asked for anything."""
    config = runs.read_config(run.path)
    state = TrainState(config.model, config.train)
    state.precision = wait_for(run, events.Started).precision
    return state, train(state, data.load(config.data, 16))


def go_to(state: TrainState, training: Iterator[events.Event], step: int) -> None:
    while state.step < step:
        next(training)


def assert_states_are_the_same(file: Path, state: TrainState) -> None:
    saved, expected = torch.load(file, weights_only=True), state.state_dict()
    for one in (saved, expected):
        one.pop("seconds")
    assert saved["step"] == state.step
    assert_same(saved, expected)


def begin(start: Callable[..., RunFolder], pictures: Path) -> RunFolder:
    options = ("--data", pictures, "--size", 16, "--attention", "4,8", "--steps", STEPS, "--no-meter")
    torch.set_num_threads(1)
    return start(*options, "--run-dir", "run")


def test_a_run_does_what_it_is_asked_and_comes_to_what_it_should_to_the_bit(
    start: Callable[..., RunFolder], pictures: Path
) -> None:
    run = begin(start, pictures)
    wait_for(run, events.StepDone)
    ask(run, "pause")
    paused = wait_for(run, events.Paused)
    ask(run, "mark")
    marked = wait_for(run, events.Marked)
    ask(run, "step", players="discriminator", count=2)
    ask(run, "step", players="generator")
    ask(run, "step", count=3)
    last = wait_for(run, events.Stepped, 6)
    ask(run, "change", changes=CHANGES)
    changed = wait_for(run, events.Changed)
    ask(run, "resume")
    resumed = wait_for(run, events.Resumed)
    wait_for(run, events.StepDone, len([*filter(is_step, run.read(0)[0])]) + 1)
    ask(run, "stop")
    stopped = wait_for(run, events.Finished)

    stepped = [event for event in run.read_all() if isinstance(event, events.Stepped)]
    assert [(one.players, one.left) for one in stepped] == [
        *(("discriminator", left) for left in (1, 0)),
        ("generator", 0),
        *(("both", left) for left in (2, 1, 0)),
    ]
    assert [one.step for one in stepped] == [*range(paused.step + 1, paused.step + 7)]
    assert (marked.step, last.step) == (paused.step, paused.step + 6)
    assert changed.after == CHANGES
    assert (paused.seconds, last.seconds) == (marked.seconds, resumed.seconds)  # time stands still
    assert stopped.reason == "stopped"
    assert stopped.step > resumed.step

    state, training = reference(run)
    go_to(state, training, paused.step)
    assert_states_are_the_same(run.states.of(marked.step), state)
    for players, count in (("discriminator", 2), ("generator", 1), ("both", 3)):
        state.players = players
        go_to(state, training, state.step + count)
    state.config = state.config.steered(CHANGES)
    go_to(state, training, stopped.step)
    assert_states_are_the_same(run.resume_file, state)

    branch = start("--branch", f"run@{marked.step}", "--run-dir", "branch", run="branch")
    wait_for(branch, events.StepDone)
    ask(branch, "stop")
    ended = wait_for(branch, events.Finished)
    state, training = reference(run)
    go_to(state, training, ended.step)
    assert_states_are_the_same(branch.resume_file, state)
    assert runs.read_config(branch.path).branched_from == f"run@{marked.step}"
    assert wait_for(branch, events.Started).step == marked.step


def test_a_step_says_who_learnt_in_it(tmp_path: Path) -> None:
    run, state = RunFolder(tmp_path), tiny.state(steps=9, discriminator_steps=3)
    run.wishes_file.write_text(wishes.Step(count=4).model_dump_json() + "\n")
    steering = Steering(
        state, wishes.Wishes(run, resumed=False), mark=pytest.fail, asked_to_stop=lambda: state.step == 4
    )
    told = list(steering.steer(train(state, tiny.pictures())))
    players = [event.players for event in told if isinstance(event, events.Stepped)]
    assert players == ["discriminator", "discriminator", "both", "discriminator"]


def is_step(event: events.Event) -> bool:
    return isinstance(event, events.StepDone)


def test_a_change_survives_a_stop_and_a_resumed_run_equals_one_that_went_through(
    start: Callable[..., RunFolder], pictures: Path
) -> None:
    run = begin(start, pictures)
    wait_for(run, events.StepDone)
    ask(run, "change", changes=CHANGES)
    changed = wait_for(run, events.Changed)
    ask(run, "stop")
    stopped = wait_for(run, events.Finished)
    start("--resume", "run", run="run")
    wait_for(run, events.StepDone, len([*filter(is_step, run.read(0)[0])]) + 1)
    ask(run, "stop")  # the wish of before is not for the resumed run
    end = time.monotonic() + PATIENCE_SECONDS
    while (ended := run.ending()) is None or ended.step <= stopped.step:
        assert time.monotonic() < end
        time.sleep(0.02)
    state, training = reference(run)
    go_to(state, training, changed.step)
    state.config = state.config.steered(CHANGES)
    go_to(state, training, ended.step)
    assert_states_are_the_same(run.resume_file, state)
    assert (
        json.loads(run.config_file.read_bytes())["train"]["r1_weight"] != CHANGES["r1_weight"]
    )  # as it was begun
