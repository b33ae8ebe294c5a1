"""A run is its folder: what lies in it, whose it is, and what stopping leaves there."""

import errno
import io
import math
from pathlib import Path

import pytest
import torch
from PIL import Image

from attngan.errors import AttnGanError
from attngan.events import Finished, FrameSaved, SnapshotSaved, Started, StepDone
from attngan.explain import frames
from attngan.model import checkpoints, judging
from attngan.run import moments, recorder, runs
from tests import tiny
from tests.tiny_runs import config, full, kinds, names, recorded, snapshot_at_once, stop_after


@pytest.fixture(autouse=True)
def every_step_is_reported(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(recorder, "REPORT_SECONDS", 0)


def test_a_finished_run_has_its_files_and_no_others(tmp_path: Path):
    folder = tmp_path / "a" / "run"
    events = recorded(folder)
    assert names(folder) - {".lock"} == {
        "config.json", "events.jsonl", "frames", "model", "reals.png", "resume.pt",
    }  # fmt: skip
    assert runs.read_config(folder) == config()
    assert runs.read_events(folder) == events
    assert isinstance(events[0], Started)
    assert isinstance(events[-1], Finished)
    assert (events[-1].step, events[-1].reason) == (3, "budget")
    assert [event.step for event in events if isinstance(event, StepDone)] == [1, 2, 3]
    drawn = {event.path for event in events if isinstance(event, FrameSaved)}
    assert drawn == {f"frames/{path.name}" for path in (folder / "frames").iterdir()}
    assert {"frames/00000000.frame.gz", "frames/00000003.frame.gz"} <= drawn
    with Image.open(folder / "reals.png") as reals:
        assert reals.size == (8 * 16 * 4, 2 * 16 * 4)  # 13 pictures in rows of 8, enlarged


def test_frames_draw_the_same_noise_and_say_their_step(tmp_path: Path):
    recorded(tmp_path / "run")
    for step in (0, 3):
        frame = frames.decode((tmp_path / "run" / "frames" / f"{step:08d}.frame.gz").read_bytes())
        assert frame.header["step"] == step
        assert frame.header["seeds"] == list(range(16))
        assert [layer.name for layer in frame.layers] == ["4", "8"]


def test_frames_have_the_discriminator_s_scores_of_what_is_drawn_and_of_reals(tmp_path: Path):
    recorded(tmp_path / "run")
    model = checkpoints.load(tmp_path / "run")
    frame = frames.decode((tmp_path / "run" / "frames" / "00000003.frame.gz").read_bytes())
    reals = tiny.pictures().batch(torch.linspace(0, 12, 16).long()).items
    made = model.kind.encode(torch.from_numpy(frame.items.copy()))
    for name, items in {"made": made, "reals": reals}.items():
        assert frame.header["scores"][name] == pytest.approx(judging.scores(model, items, None), abs=1e-3)
    assert frame.header["scores"]["made"] != frame.header["scores"]["reals"]


def test_a_frame_of_logits_that_are_not_finite_has_none(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(judging, "scores", lambda *_: [math.nan] * 16)
    recorded(tmp_path / "run")
    frame = frames.decode((tmp_path / "run" / "frames" / "00000003.frame.gz").read_bytes())
    assert "scores" not in frame.header


def test_the_step_that_uses_the_time_up_is_always_reported(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(recorder, "REPORT_SECONDS", 1e9)
    steps = [event for event in recorded(tmp_path / "run") if isinstance(event, StepDone)]
    assert [(event.step, event.progress) for event in steps] == [(1, 1 / 3), (3, 1)]


def test_large_attention_is_kept_for_the_first_pictures_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    one = 3 * (16 * 16 + 64 * 64)  # weights of one picture
    monkeypatch.setattr(moments, "FRAME_WEIGHTS", 5 * one + 1)
    recorded(tmp_path / "run")
    frame = frames.decode((tmp_path / "run" / "frames" / "00000003.frame.gz").read_bytes())
    assert (len(frame.items), len(frame.layers[0].weights)) == (16, 5)


def test_the_model_is_the_averaged_one_and_tells_where_it_is_from(tmp_path: Path):
    state = runs.create(tmp_path / "run", config())
    recorded(tmp_path / "run", state=state)
    loaded = checkpoints.load(tmp_path / "run")
    tiny.assert_same(loaded.generator.state_dict(), state.ema.state_dict())
    about = loaded.about
    assert (about.data, about.licence, about.attribution) == ("noise", "CC0 1.0", "Nobody's noise")
    assert (about.steps, about.images, about.seed, about.command) == (3, 12, 5, "train")


def test_a_snapshot_is_a_model_and_what_is_needed_to_go_on(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    snapshot_at_once(monkeypatch)
    events = recorded(tmp_path / "run")
    saved = [event for event in events if isinstance(event, SnapshotSaved)]
    assert [event.path for event in saved] == [f"snapshots/{step:08d}" for step in (0, 1, 2, 3)]
    assert checkpoints.load(tmp_path / "run" / saved[2].path).about.steps == 2


def test_a_folder_in_which_something_lies_is_refused_and_left_alone(tmp_path: Path):
    (tmp_path / "run").mkdir()
    (tmp_path / "run" / "thesis.txt").touch()
    with pytest.raises(AttnGanError, match=r"run exists already: choose another --run-dir"):
        runs.create(tmp_path / "run", config())
    with pytest.raises(AttnGanError, match="exists already"):
        runs.create(tmp_path / "run" / "thesis.txt", config())
    with pytest.raises(AttnGanError, match="cannot be written"):
        runs.create(tmp_path / "run" / "thesis.txt" / "run", config())
    assert names(tmp_path / "run") == {"thesis.txt"}


def test_an_empty_folder_will_do(tmp_path: Path):
    runs.create(tmp_path, config())
    assert names(tmp_path) == {"config.json"}
    with pytest.raises(AttnGanError, match="exists already"):
        runs.create(tmp_path, config())


@pytest.mark.parametrize("there", [False, True])
def test_a_start_that_fails_leaves_the_place_as_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, there: bool
):
    folder = tmp_path / "new" / "run"
    if there:
        folder.mkdir(parents=True)
    before = sorted(tmp_path.rglob("*"))

    def half_written(self: Path, mode: str = "r") -> io.BufferedWriter:
        self.touch(exist_ok=False)
        return io.BufferedWriter(FullDisk())

    class FullDisk(io.RawIOBase):
        def writable(self) -> bool:
            return True

        def write(self, _: object) -> int:
            raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(Path, "open", half_written)
        with pytest.raises(AttnGanError, match="run cannot be written: No space left on device"):
            runs.create(folder, config())
    assert sorted(tmp_path.rglob("*")) == before
    with monkeypatch.context() as patch:
        patch.setattr(runs, "TrainState", full)
        with pytest.raises(OSError, match="No space left"):
            runs.create(folder, config())
    assert sorted(tmp_path.rglob("*")) == before
    assert kinds(recorded(folder))[-1] == "finished"


@pytest.mark.parametrize(
    "refusal", [OSError(errno.ENOLCK, "No locks available"), NotImplementedError("flock")]
)
def test_a_drive_that_knows_no_locks_will_do(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, refusal: Exception
):
    def refuse(*_: object) -> None:
        raise refusal

    monkeypatch.setattr("filelock.FileLock._acquire", refuse)
    events = runs.record(tmp_path, config(), runs.create(tmp_path, config()), tiny.pictures())
    next(events)
    runs.ask(tmp_path, "stop")  # who asks takes it for under way
    assert kinds(events)[-1] == "finished"


def test_two_runs_cannot_write_in_one_folder(tmp_path: Path):
    state = runs.create(tmp_path / "run", config())
    first = runs.record(tmp_path / "run", config(), state, tiny.pictures())
    next(first)
    before = (tmp_path / "run" / "events.jsonl").read_bytes()
    with pytest.raises(AttnGanError, match="Another process is training in"):
        recorded(tmp_path / "run", state=tiny.state())
    assert (tmp_path / "run" / "events.jsonl").read_bytes() == before
    assert kinds(first)[-1] == "finished"


def test_stopping_saves_the_model_and_says_so_in_the_log(tmp_path: Path):
    stop_after(tmp_path / "run", 2, config(steps=1000))
    events = runs.read_events(tmp_path / "run")
    assert isinstance(events[-1], Finished)
    assert (events[-1].step, events[-1].reason) == (2, "stopped")
    assert checkpoints.load(tmp_path / "run").about.steps == 2
    assert (tmp_path / "run" / "frames" / "00000002.frame.gz").is_file()


def test_stopping_before_the_first_step_saves_too(tmp_path: Path):
    events = runs.record(tmp_path, config(), runs.create(tmp_path, config()), tiny.pictures())
    next(events)
    events.close()
    assert checkpoints.load(tmp_path).about.steps == 0
    assert kinds(runs.read_events(tmp_path)) == ["started", "frame", "finished"]


def test_a_run_that_has_ended_is_not_ended_again_by_closing_it(tmp_path: Path):
    events = runs.record(tmp_path, config(), runs.create(tmp_path, config()), tiny.pictures())
    while not isinstance(next(events), Finished):
        pass
    events.close()
    assert kinds(runs.read_events(tmp_path)).count("finished") == 1


def test_a_run_that_is_closed_while_it_ends_is_saved_and_says_that_it_ended(tmp_path: Path):
    settings = config(steps=3)
    state = runs.create(tmp_path / "run", settings)
    recording = runs.record(tmp_path / "run", settings, state, tiny.pictures())
    while not isinstance(event := next(recording), FrameSaved) or event.step < 3:
        pass
    recording.close()
    assert isinstance(runs.read_events(tmp_path / "run")[-1], Finished)
    assert checkpoints.load(tmp_path / "run" / "model").about.steps == 3
