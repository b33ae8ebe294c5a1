"""What a full disk, weights that are not finite and a stop from outside leave of a run."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch

from attngan.errors import AttnGanError
from attngan.events import Failed, Finished, RolledBack, StepDone
from attngan.model import checkpoints
from attngan.run import recorder, runs
from tests import tiny
from tests.tiny_runs import config, fill_disk, full, kinds, recorded, run_to_a_snapshot


@pytest.fixture(autouse=True)
def every_step_is_reported(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(recorder, "REPORT_SECONDS", 0)


@pytest.mark.parametrize("what", ["frames", "resume.pt", "snapshots", "events.jsonl"])
def test_a_disk_that_fills_ends_in_failed_and_keeps_what_was_saved(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, what: str
):
    _, events = run_to_a_snapshot(tmp_path, monkeypatch)
    with monkeypatch.context() as patch:
        fill_disk(patch, what)
        rest = list(events)
    assert isinstance(rest[-1], Failed)
    assert rest[-1].full
    assert "No space left on device" in rest[-1].reason
    assert f"--resume {tmp_path}" in rest[-1].reason
    if what != "events.jsonl":
        assert runs.read_events(tmp_path)[-1] == rest[-1]
    assert checkpoints.load(tmp_path).about.steps == 1
    state = runs.resume(tmp_path, config(steps=3))
    assert state.step == (2 if what == "snapshots" else 1)
    recorded(tmp_path, config(steps=3), state)
    assert checkpoints.load(tmp_path).about.steps == 3


@pytest.mark.parametrize("what", ["frames", "resume.pt", "model", "events.jsonl"])
def test_a_disk_that_is_full_when_the_run_is_stopped_is_told_and_can_be_gone_on_from(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, what: str
):
    _, events = run_to_a_snapshot(tmp_path, monkeypatch)
    with monkeypatch.context() as patch:
        fill_disk(patch, what)
        with pytest.raises(AttnGanError, match="No space left on device"):
            events.close()
    if what != "events.jsonl":
        assert kinds(runs.read_events(tmp_path))[-1] == "failed"
    assert checkpoints.load(tmp_path).about.steps == 1
    assert runs.resume(tmp_path, config(steps=3)).step == 1


def test_half_a_line_is_not_left_in_the_log(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    events = runs.record(tmp_path, config(), runs.create(tmp_path, config()), tiny.pictures())
    next(events)
    before = (tmp_path / "events.jsonl").read_bytes()
    whole_open = Path.open

    def half_open(self: Path, mode: str = "r", *args: Any, **options: Any) -> Any:
        if mode != "ab":
            return whole_open(self, mode, *args, **options)
        with whole_open(self, mode) as log:
            log.write(b'{"event":"st')
        return full()

    monkeypatch.setattr(Path, "open", half_open)
    assert isinstance(list(events)[-1], Failed)
    assert (tmp_path / "events.jsonl").read_bytes() == before


def test_weights_that_are_not_finite_are_never_saved(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    state, events = run_to_a_snapshot(tmp_path, monkeypatch)
    state.ema.paint.bias.data.fill_(torch.nan)
    with pytest.raises(AttnGanError, match="not finite"):
        events.close()
    assert kinds(runs.read_events(tmp_path))[-1] == "failed"
    assert checkpoints.load(tmp_path).about.steps == 1
    assert runs.resume(tmp_path, config()).step == 1


def test_a_loss_that_is_not_finite_is_taken_back_from_the_folder_too(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    state, events = run_to_a_snapshot(tmp_path, monkeypatch, step=13)
    state.discriminator.judge.bias.data.fill_(torch.nan)
    back, frame, snapshot = (next(events) for _ in range(3))
    assert isinstance(back, RolledBack)
    assert (back.step, back.to_step, state.step) == (13, 10, 10)
    assert (frame.path, snapshot.path) == ("frames/00000010.frame.gz", "snapshots/00000010")
    assert max(path.name for path in (tmp_path / "frames").iterdir()) == "00000010.frame.gz"
    assert max(path.name for path in (tmp_path / "snapshots").iterdir()) == "00000010"
    events.close()
    assert checkpoints.load(tmp_path).about.steps == 10
    going_on = runs.resume(tmp_path, config(steps=1000))
    assert going_on.step == 10
    assert going_on.config.generator_rate == config().train.generator_rate / 2


def test_a_training_that_goes_wrong_again_and_again_keeps_the_good_model(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    settings = config(steps=1000, rollbacks=2)
    state = runs.create(tmp_path, settings)
    told = []
    for event in runs.record(tmp_path, settings, state, tiny.pictures()):
        told.append(event)
        if isinstance(event, StepDone) and event.step == 43:
            state.generator.paint.bias.data.fill_(torch.nan)
    assert [event.to_step for event in told if isinstance(event, RolledBack)] == [40, 20]
    assert runs.read_events(tmp_path) == told
    assert isinstance(told[-1], Failed)
    assert (told[-1].cause, told[-1].step) == ("not_finite", 40)
    assert checkpoints.find(tmp_path).name == "model"
    assert checkpoints.load(tmp_path).about.steps == 40
    assert runs.resume(tmp_path, settings).step == 40


CHILD = """
from attngan.command import cli
from attngan.kinds.pictures.presets import PRESETS, PicturePreset
PRESETS["tiny"] = PicturePreset(
    "tiny", "tiny", "tiny", {"width": 4, "latent_size": 7}, {"batch": 4, "precision": "float32"}
)
cli.main()
"""


def start_child(folder: Path, *options: str) -> subprocess.Popen[str]:
    """A real training, which has done at least two steps."""
    np.savez(folder / "pictures.npz", images=tiny.pictures().images.permute(0, 2, 3, 1).numpy())
    arguments = ("--data", "pictures.npz", "--preset", "tiny", "--size", "16", "--steps", "1000000")
    child = subprocess.Popen(
        [sys.executable, "-c", CHILD, "train", *arguments, "--run-dir", "run", *options],
        cwd=folder,
        env=os.environ | {"PYTHONPATH": str(Path(__file__).parents[2])},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    log = folder / "run" / "events.jsonl"
    while child.poll() is None and not (log.exists() and log.read_text().count('"event":"step"') >= 2):
        time.sleep(0.05)
    assert child.poll() is None, child.communicate()
    return child


@pytest.mark.skipif(sys.platform == "win32", reason="there are no such signals on Windows")
def test_a_real_training_has_its_folder_alone_and_stops_and_saves_when_asked_to(tmp_path: Path):
    run = tmp_path / "run"
    child = start_child(tmp_path, "--json")
    try:
        with pytest.raises(AttnGanError, match="Another process is training"):
            list(runs.record(run, runs.read_config(run), tiny.state(), tiny.pictures()))
    finally:
        child.send_signal(signal.SIGINT)
        said, complaint = child.communicate(timeout=60)
    assert (child.returncode, complaint) == (0, "")
    events = runs.read_events(run)
    assert isinstance(events[-1], Finished)
    assert events[-1].reason == "stopped"
    assert checkpoints.load(run).about.steps == events[-1].step
    assert said.splitlines()[-1] == events[-1].model_dump_json()
    assert runs.read_config(run).data == str(tmp_path / "pictures.npz")  # found from any folder
    assert runs.resume(run, runs.read_config(run)).step == events[-1].step


@pytest.mark.skipif(sys.platform == "win32", reason="there are no such signals on Windows")
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_training_that_is_stopped_while_it_imports_ends_at_once_without_a_traceback(
    tmp_path: Path, number: signal.Signals
):
    # A module that torch or numpy imports in its midst says that it is there, and waits.
    (tmp_path / "fractions.py").write_text("print('importing', flush=True)\nimport time\ntime.sleep(600)\n")
    child = subprocess.Popen(
        [sys.executable, "-m", "attngan", "train", "--data", "faces", "--seconds", "60", "--run-dir", "run"],
        cwd=tmp_path,
        env=os.environ | {"PYTHONPATH": os.pathsep.join([str(tmp_path), str(Path(__file__).parents[2])])},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert child.stdout is not None
    assert child.stdout.readline() == "importing\n"
    child.send_signal(number)
    said, complaint = child.communicate(timeout=60)
    assert (child.returncode, said, complaint) == (-number, "", "")
    assert not (tmp_path / "run").exists()
