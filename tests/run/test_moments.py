"""Kept moments stay within their bound: which go, that it is told, and that a run that goes on tells true."""

from pathlib import Path

import pytest

from attngan import events
from attngan.run import moments, recorder, runs
from attngan.run.folder import RunFolder
from tests import tiny, tiny_runs


@pytest.mark.parametrize(
    ("most", "marked", "gone"),
    [
        (60, (), ()),
        (50, (), (44,)),  # which leaves 40 of 80; without 20, 40 or 80 are left 30 of 40, 24 of 44, 56 of 100
        (40, (), (44, 80)),  # then 30 of 40, 60 of 80 and 60 of 100
        (30, (), (20, 44, 80)),  # and then 30 of 40, and 80 of 100
        (50, (44, 80), (40,)),
        (5, (), (20, 40, 44, 80)),  # the first and the newest stay, whatever they take
        (5, (44,), (20, 40, 80)),
    ],
)
def test_those_go_first_that_leave_the_smallest_gap(
    most: int, marked: tuple[int, ...], gone: tuple[int, ...]
) -> None:
    sizes = dict.fromkeys((10, 20, 40, 44, 80, 100), 10)
    assert moments.superfluous(sizes, marked, most) == gone


def kept_and_told(run: RunFolder) -> tuple[list[int], list[int]]:
    """Steps whose frames are there, and those that the events tell of."""
    told: list[int] = []
    for event in run.read_all():
        if isinstance(event, events.FrameSaved) and event.step not in told:
            told.append(event.step)
        if isinstance(event, events.Thinned):
            told = [step for step in told if step not in event.dropped]
    return run.frames.steps(), told


def test_a_run_keeps_as_many_moments_as_fit_and_tells_which_went(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tiny_runs.snapshot_at_once(monkeypatch)
    monkeypatch.setattr(recorder, "REPORT_SECONDS", 0.0)
    tiny_runs.recorded(tmp_path / "whole", tiny_runs.config(steps=7))
    sizes = [file.stat().st_size for file in RunFolder(tmp_path / "whole").frames.path.iterdir()]
    assert len(sizes) == 8
    monkeypatch.setattr(moments, "MOST_FRAME_BYTES", 5 * max(sizes))
    tiny_runs.recorded(tmp_path / "run", tiny_runs.config(steps=7))
    kept, told = kept_and_told(RunFolder(tmp_path / "run"))
    assert kept == told
    assert len(kept) in (5, 6)
    assert (kept[0], kept[-1]) == (0, 7)


def test_a_run_taken_back_to_before_it_said_what_went_tells_it_anew(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tiny_runs.snapshot_at_once(monkeypatch)
    monkeypatch.setattr(recorder, "REPORT_SECONDS", 0.0)
    settings = tiny_runs.config(steps=7)
    tiny_runs.stop_after(tmp_path / "run", 5, settings)
    run = RunFolder(tmp_path / "run")
    assert 2 in run.frames.steps()
    moments.Moments(run, tiny.pictures()).drop([2])  # the line that told of it was of a later step
    state = runs.resume(run.path, settings)
    list(runs.record(run.path, settings, state, tiny.pictures()))
    kept, told = kept_and_told(run)
    assert kept == told
    assert 2 not in kept
    assert [event.dropped for event in run.read_all() if isinstance(event, events.Thinned)] == [(2,)]


def test_moments_asked_for_by_hand_are_bounded_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(moments, "MOST_FRAME_BYTES", 1)
    monkeypatch.setattr(recorder, "REPORT_SECONDS", 0.0)
    settings = tiny_runs.config(steps=99)
    state = runs.create(tmp_path / "run", settings)
    told = []
    for event in runs.record(tmp_path / "run", settings, state, tiny.pictures()):
        told.append(event)
        if isinstance(event, events.StepDone) and event.step == 1:
            runs.ask(tmp_path / "run", "step", count=1)
        if isinstance(event, events.Stepped) and event.step < 6:
            runs.ask(tmp_path / "run", "step", count=1)
        if isinstance(event, events.Stepped) and event.step == 6:
            runs.ask(tmp_path / "run", "stop")
    saved = {event.step for event in told if isinstance(event, events.FrameSaved)}
    assert saved >= {2, 3, 4, 5, 6}
    assert RunFolder(tmp_path / "run").frames.steps() == [0, 6]
