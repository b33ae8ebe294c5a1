"""What lies where in a run is said in one place, which reads it without torch."""

import subprocess
import sys
from pathlib import Path

import pytest

from attngan import events
from attngan.errors import AttnGanError
from attngan.run import folder as room
from attngan.run.folder import RunFolder, StepFolder, timeline_of


def frame_saved(step: int) -> str:
    return events.FrameSaved(step=step, seconds=1, path=f"frames/{step}").model_dump_json()


def make_model(folder: Path) -> None:
    folder.mkdir(parents=True)
    for name in ("config.json", "model.safetensors"):
        (folder / name).touch()


def test_every_name_of_a_run_is_where_it_always_was() -> None:
    run = RunFolder("a/run")
    assert [
        run.inside(path)
        for path in (
            run.config_file, run.events_file, run.wishes_file, run.reals_file, run.resume_file, run.lock_file,
            run.finished, run.frames.of(3), run.snapshots.of(100_003), run.states.of(17),
        )
    ] == [
        "config.json", "events.jsonl", "wishes.jsonl", "reals.png", "resume.pt", ".lock",
        "model", "frames/00000003.frame.gz", "snapshots/00100003", "states/00000017.pt",
    ]  # fmt: skip
    assert timeline_of(Path("faces")).of(11) == Path("faces/timeline/00000011.frame.gz")


def test_steps_are_told_in_order_and_what_is_no_step_is_passed_over(tmp_path: Path) -> None:
    kept = StepFolder(tmp_path / "frames", ".frame.gz")
    assert kept.steps() == []
    kept.path.mkdir()
    for name in (
        "00000013.frame.gz", "00000007.frame.gz", "123456789.frame.gz", "7x.frame.gz", "00000019.pt",
        ".00000023.frame.gz.x.new",
    ):  # fmt: skip
        (kept.path / name).touch()
    assert kept.steps() == [7, 13, 123456789]


def test_what_is_of_later_steps_goes_files_and_folders(tmp_path: Path) -> None:
    for suffix in ("", ".pt"):
        kept = StepFolder(tmp_path / f"kept{suffix}", suffix)
        for step in (3, 5, 7):
            place = kept.of(step)
            if suffix:
                place.parent.mkdir(exist_ok=True)
                place.touch()
            else:
                (place / "inner").mkdir(parents=True)
        kept.drop_after(5)
        assert kept.steps() == [3, 5]


def test_the_model_is_the_finished_one_else_the_newest_snapshot_that_is_whole(tmp_path: Path) -> None:
    run = RunFolder(tmp_path)
    assert run.model() is None
    for step in (5, 30):
        make_model(run.snapshots.of(step))
    run.snapshots.of(31).mkdir()
    assert run.model() == run.snapshots.of(30)
    make_model(run.finished)
    assert run.model() == run.finished


def test_the_ending_is_told_from_the_last_line_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    run = RunFolder(tmp_path)
    finished = events.Finished(step=7, seconds=1, reason="budget")
    monkeypatch.setattr(room, "TAIL_BYTES", 101)
    for text, ending in (
        (None, None),
        ("", None),
        (f"{frame_saved(3)}\n" * 11, None),
        (f"{frame_saved(3)}\n" * 11 + finished.model_dump_json() + "\n", finished),
        (f"{finished.model_dump_json()}\n{frame_saved(9)}\n", None),
        (f"{finished.model_dump_json()}\n"[:31], None),
    ):
        if text is not None:
            run.events_file.write_text(text)
        assert run.ending() == ending


def test_the_seconds_trained_are_those_of_the_last_event_that_tells_them(tmp_path: Path) -> None:
    run = RunFolder(tmp_path)
    assert run.seconds() == 0
    back = events.RolledBack(step=9, to_step=7, cause="run_away", reason="It ran away.").model_dump_json()
    lines = [events.FrameSaved(step=7, seconds=17, path="a").model_dump_json(), back, back[:11]]
    run.events_file.write_text("\n".join(lines))
    assert run.seconds() == 17


def test_a_half_written_line_waits_and_a_broken_one_is_passed_over(tmp_path: Path) -> None:
    run = RunFolder(tmp_path)
    lines = [frame_saved(step) for step in (3, 5, 7)]
    run.events_file.write_text(f"{lines[0]}\nnonsense\n{lines[1]}\n{lines[2][:11]}")
    found, cursor, more = run.read(0)
    assert [event.step for event in found] == [3, 5]
    assert not more
    assert run.read(cursor) == ([], cursor, False)
    with pytest.raises(AttnGanError, match="not an event"):
        run.read_all()
    run.events_file.write_text(f"{lines[0]}\nnonsense\n{lines[1]}\n{lines[2]}\n")
    assert [event.step for event in run.read(cursor)[0]] == [7]


def test_long_histories_come_in_parts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(room, "READ_BYTES", 211)
    run = RunFolder(tmp_path)
    run.events_file.write_text("".join(f"{frame_saved(step)}\n" for step in range(23)))
    steps, cursor, more = [], 0, True
    while more:
        found, cursor, more = run.read(cursor)
        assert 1 <= len(found) < 23
        steps += [event.step for event in found]
    assert steps == list(range(23)) == [event.step for event in run.read_all()]


def test_a_run_is_read_without_torch_and_numpy() -> None:
    probe = (
        "import sys, attngan.run.folder, attngan.model.folder; "
        "sys.exit(str({'torch', 'numpy'} & sys.modules.keys() or '') or 0)"
    )
    done = subprocess.run([sys.executable, "-c", probe], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")


def test_a_line_longer_than_what_is_read_at_a_time_does_not_hide_what_follows(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(room, "READ_BYTES", 1000)
    run = RunFolder(tmp_path)
    run.events_file.write_text(f"{frame_saved(3)}\n{'x' * 3001}\n{frame_saved(5)}\n")
    found, cursor, more = [], 0, True
    while more:
        read, cursor, more = run.read(cursor)
        found += read
    assert [event.step for event in found] == [3, 5]
