"""The state that a kill leaves to go on from: kept from the beginning on, in even times, never half of it."""

import os
from pathlib import Path

import pytest
import torch

from attngan import storage
from attngan.events import StepDone
from attngan.run import recorder, runs
from attngan.run.folder import RunFolder
from tests import tiny, tiny_runs


def steps_kept(folder: Path, monkeypatch: pytest.MonkeyPatch, seconds: float) -> list[int]:
    """The steps of which the state was kept, of a run of 9 in which each is said to take `seconds`."""
    kept = []
    write = storage.write_file

    def noted(file: Path, data: bytes, lasting: bool = False) -> None:
        write(file, data, lasting)
        if file.name == "resume.pt":
            assert lasting
            kept.append(torch.load(file, weights_only=True)["step"])

    monkeypatch.setattr(storage, "write_file", noted)
    monkeypatch.setattr(recorder, "REPORT_SECONDS", 0.0)
    settings = tiny_runs.config(steps=9)
    state = runs.create(folder, settings)
    for event in runs.record(folder, settings, state, tiny.pictures()):
        if isinstance(event, StepDone):
            state.seconds = event.step * seconds
    return kept


def test_the_state_is_kept_before_the_first_step_and_then_every_so_many_seconds(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(recorder.Recorder, "_save_snapshot", lambda self: next(self._keep_moment()))
    kept = steps_kept(tmp_path / "run", monkeypatch, seconds=recorder.RESUME_SECONDS / 2.9)
    assert kept == [0, 3, 6, 9, 9], "the last with the model"


def test_a_state_that_cannot_be_written_leaves_the_one_before(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = RunFolder(tmp_path).resume_file
    storage.write_file(file, b"first", lasting=True)
    monkeypatch.setattr(os, "fsync", tiny_runs.full)
    with pytest.raises(OSError, match="No space left"):
        storage.write_file(file, b"second", lasting=True)
    assert file.read_bytes() == b"first"
    assert tiny_runs.names(tmp_path) == {file.name}
