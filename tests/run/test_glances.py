"""While a run of points goes on its glances say where they lie, as the averaged generator draws them."""

from pathlib import Path

import numpy as np
import pytest

from attngan import data
from attngan.config import About, TrainConfig
from attngan.events import Finished, Started, StepDone
from attngan.kinds.registry import kind_of
from attngan.kinds.rows.config import RowsConfig
from attngan.model.checkpoints import Model
from attngan.model.sampling import sample
from attngan.run import glances, runs
from attngan.run.folder import RunFolder


def begun(tmp_path: Path, name: str, steps: int):  # type: ignore[no-untyped-def]
    items = data.load(name)
    config = kind_of(RowsConfig()).fit(RowsConfig(width=8, tokens=4), items, conditional=False)
    recipe = TrainConfig.of(steps=steps, batch=16, precision="float32", meter=False)
    settings = runs.RunConfig(model=config, train=recipe, data=name)
    state = runs.create(tmp_path / "run", settings)
    return state, runs.record(tmp_path / "run", settings, state, items)


def test_they_are_the_points_of_the_step_that_they_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(glances, "APART_SECONDS", 0.0)
    monkeypatch.setattr(glances, "WRITTEN_SECONDS", 0.0)
    monkeypatch.setattr(glances, "WATCHED_SECONDS", 600.0)
    state, events = begun(tmp_path, "ring", steps=40)
    run = RunFolder(tmp_path / "run")
    file, seen = run.glances_file, 0
    for event in events:
        if isinstance(event, Started):
            assert run.watched_file.exists(), "who started it watches how it begins"
        if isinstance(event, StepDone) and file.exists():
            numbers = np.frombuffer(run.glances_after(0), "<u4").reshape(-1, 1 + 2 * state.model.shown)
            assert len(numbers) <= glances.KEPT
            assert numbers[:, 0].tolist() == sorted(numbers[:, 0].tolist())
            assert numbers[-1, 0] == state.step
            model = Model(state.model, state.ema.eval(), state.discriminator, About())
            points = sample(model, range(state.model.shown)).items
            np.testing.assert_array_equal(numbers[-1, 1:].copy().view("<f4"), points.flatten())
            later = np.frombuffer(run.glances_after(state.step - 1), "<u4")
            np.testing.assert_array_equal(later, numbers[-1])
            assert run.glances_after(state.step) == b""
            seen += 1
        if isinstance(event, Finished):
            assert not file.exists(), "nobody watches any more"
            assert not run.watched_file.exists()
    assert seen
    assert state.step == 40


def test_nobody_asks_any_more_and_none_are_made(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(glances, "WRITTEN_SECONDS", 0.0)
    monkeypatch.setattr(glances, "WATCHED_SECONDS", -1.0)  # it is long since somebody asked
    _, events = begun(tmp_path, "ring", steps=5)
    run = RunFolder(tmp_path / "run")
    for _ in events:
        assert not run.glances_file.exists()
    RunFolder(tmp_path / "nowhere").ask_for_glances()
    assert not (tmp_path / "nowhere").exists()


def test_a_file_that_cannot_be_written_ends_no_training(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(glances, "APART_SECONDS", 0.0)
    monkeypatch.setattr(glances, "WRITTEN_SECONDS", 0.0)
    _, events = begun(tmp_path, "ring", steps=9)
    run = RunFolder(tmp_path / "run")
    run.glances_file.mkdir()
    last = None
    for event in events:
        run.ask_for_glances()
        last = event
    assert isinstance(last, Finished)
    assert last.reason == "budget"
    assert run.model() is not None


def test_a_run_of_a_table_has_none(tmp_path: Path) -> None:
    state, events = begun(tmp_path, "iris", steps=2)
    assert not state.model.are_points
    run = RunFolder(tmp_path / "run")
    for _ in events:
        run.ask_for_glances()
        assert not run.glances_file.exists()
