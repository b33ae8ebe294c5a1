"""A run that is trained in shifts, as where an accelerator is lent, is the run that it would have been."""

import math
from collections.abc import Iterator
from itertools import islice, pairwise
from pathlib import Path

import pytest
import torch

from attngan import events
from attngan.run import runs
from attngan.run.folder import RunFolder
from attngan.run.lock import alone_in
from attngan.run.runs import RunConfig
from attngan.run.shift import Handover, Shift, Steered
from tests import tiny, tiny_runs
from tests.tiny import assert_same

AT_ONCE = -math.inf  # until when a shift lasts that takes one step
HELD = ("generator", "ema", "discriminator", "generator_optimiser", "discriminator_optimiser", "step")


def put_down(folder: Path, settings: RunConfig) -> None:
    runs.make_ready(folder, settings, runs.create(folder, settings), tiny.pictures())


def shifts(folder: Path, settings: RunConfig, until: float = AT_ONCE) -> Iterator[Handover | None]:
    """What each tells the next, until there is nothing to go on with."""
    with alone_in(RunFolder(folder)):
        told: Handover | None = Handover.first(RunFolder(folder))
        while told is not None:
            shift, state = Shift(until, told), runs.resume(folder, settings)
            list(runs.record(folder, settings, state, tiny.pictures(), shift=shift))
            yield (told := shift.tells)


def test_it_equals_one_in_one_piece(tmp_path: Path) -> None:
    settings = tiny_runs.config(steps=6)
    put_down(tmp_path / "shifts", settings)
    steps = len([*shifts(tmp_path / "shifts", settings)])
    assert steps == 7  # the last one finds that there is nothing to do, and saves
    tiny_runs.recorded(tmp_path / "whole", settings)
    both = [RunFolder(tmp_path / name) for name in ("shifts", "whole")]
    states = [torch.load(run.resume_file, weights_only=True) for run in both]
    assert_same(*({name: state[name] for name in HELD} for state in states))
    files = [(run.finished / "model.safetensors").read_bytes() for run in both]
    assert files[0] == files[1]
    told = tiny_runs.kinds(both[0].read_all())
    assert told.count("started") == told.count("finished") == 1
    assert both[0].read_all()[-1].event == "finished"


def test_a_pause_and_steps_outlast_a_shift_and_wishes_wait_their_turn(tmp_path: Path) -> None:
    settings, run = tiny_runs.config(steps=99), tmp_path / "run"
    put_down(run, settings)
    runs.ask(run, "step", players="discriminator", count=3)  # before it begins
    runs.ask(run, "mark")
    working = shifts(run, settings)
    waiting = [(told.steered.steps, len(told.steered.pending)) for told in islice(working, 3) if told]
    assert waiting == [(2, 1), (1, 1), (0, 0)]
    told = runs.read_events(run)
    assert [one.players for one in told if isinstance(one, events.Stepped)] == ["discriminator"] * 3
    assert [one.step for one in told if isinstance(one, events.Marked)] == [3]
    paused = next(working)
    assert paused is not None
    assert paused.steered.waits
    assert runs.read_events(run)[-1].step == 3
    runs.ask(run, "resume")
    next(working)
    assert RunFolder(run).read_all()[-1].step == 4
    runs.ask(run, "stop")
    assert next(working) is None
    assert runs.read_events(run)[-1].reason == "stopped"  # type: ignore[union-attr]


def test_moments_are_as_far_apart_as_in_one_piece(tmp_path: Path) -> None:
    settings = tiny_runs.config(steps=9)
    put_down(tmp_path / "run", settings)
    list(shifts(tmp_path / "run", settings))
    told = RunFolder(tmp_path / "run").read_all()
    times = [one.seconds for one in told if isinstance(one, events.FrameSaved)]
    assert all(later - earlier >= 0.5 for earlier, later in pairwise(times[:-1]))  # the last is of the end
    assert all(one.seconds >= 5 for one in told if isinstance(one, events.SnapshotSaved))


@pytest.mark.parametrize(("before", "event"), [(0, "rolled_back"), (99, "failed")])
def test_rollbacks_of_earlier_shifts_count(tmp_path: Path, before: int, event: str) -> None:
    settings = tiny_runs.config(steps=30)
    state = runs.create(tmp_path / "run", settings)
    with torch.no_grad():
        next(state.generator.parameters()).fill_(math.inf)
    told = Handover(Steered(heard=0), began=True, attempt=state.attempt - before)
    recording = runs.record(tmp_path / "run", settings, state, tiny.pictures(), shift=Shift(math.inf, told))
    assert next(one.event for one in recording if one.event in ("rolled_back", "failed")) == event


def test_a_drive_that_is_full_ends_the_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    settings, run = tiny_runs.config(steps=99), tmp_path / "run"
    put_down(run, settings)
    working = shifts(run, settings)
    assert next(working) is not None
    tiny_runs.fill_disk(monkeypatch, "resume")
    assert next(working) is None
    assert isinstance(runs.read_events(run)[-1], events.Failed)
