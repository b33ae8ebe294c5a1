"""Wishes: written as lines, read as they come, refused in a sentence."""

from pathlib import Path

import pytest

from attngan import events
from attngan.config import TrainConfig
from attngan.errors import AttnGanError
from attngan.run import recorder, runs, wishes
from attngan.run.folder import RunFolder
from attngan.run.wishes import Change, Mark, Pause, Step, Stop, Wishes
from tests import tiny, tiny_runs

TRAIN = tiny.train_config()


@pytest.fixture
def run(tmp_path: Path) -> RunFolder:
    return RunFolder(tmp_path)


def test_wishes_are_read_once_each_in_their_order(run: RunFolder):
    reader = Wishes(run, resumed=False)
    assert reader.new() == []
    wishes.append(run, Pause(), TRAIN)
    wishes.append(run, Step(players="generator", count=7), TRAIN)
    assert reader.new() == [Pause(), Step(players="generator", count=7)]
    assert reader.new() == []
    wishes.append(run, Mark(), TRAIN)
    assert reader.new() == [Mark()]


def test_half_a_line_is_left_until_it_is_whole(run: RunFolder):
    reader = Wishes(run, resumed=False)
    run.wishes_file.write_bytes(b'{"wish":"pause"}\n{"wish":"st')
    assert reader.new() == [Pause()]
    with run.wishes_file.open("ab") as file:
        file.write(b'op"}\n')
    assert reader.new() == [Stop()]


def test_what_was_wished_before_a_run_was_resumed_is_not_for_it(run: RunFolder):
    wishes.append(run, Stop(), TRAIN)
    reader = Wishes(run, resumed=True)
    wishes.append(run, Mark(), TRAIN)
    assert reader.new() == [Mark()]


@pytest.mark.parametrize(
    "line",
    [
        b"",
        b"{}",
        b"pause",
        b'{"wish":"fly"}',
        b'{"wish":"step","count":0}',
        b'{"wish":"mark","more":1}',
        b"\xff\xfe",
    ],
)
def test_a_line_that_is_no_wish_is_told_and_does_not_hide_the_next(run: RunFolder, line: bytes):
    run.wishes_file.write_bytes(line + b'\n{"wish":"pause"}\n')
    problem, after = Wishes(run, resumed=False).new()
    assert isinstance(problem, AttnGanError)
    assert "no wish" in str(problem)
    assert after == Pause()


def test_a_line_without_an_end_is_passed_over_once_it_is_too_long(run: RunFolder):
    run.wishes_file.write_bytes(b"x" * (wishes.LONGEST + 1))
    reader = Wishes(run, resumed=False)
    assert isinstance(reader.new()[0], AttnGanError)
    with run.wishes_file.open("ab") as file:
        file.write(b'\n{"wish":"pause"}\n')
    assert reader.new()[-1] == Pause()


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"generator_rat": 0.1}, "did you mean 'generator_rate'"),
        ({"seed": 3}, "'seed' cannot be changed"),
        ({"generator_rate": 7.0}, "less than or equal to 1"),
        ({"augmentations": ["shear"]}, "translation"),
    ],
)
def test_a_change_that_is_not_allowed_is_refused_before_it_is_written(
    run: RunFolder, changes: dict[str, object], said: str
):
    with pytest.raises(AttnGanError, match=said):
        wishes.append(run, Change.of(changes=changes), TRAIN)
    assert not run.wishes_file.exists()


def test_a_wish_that_is_too_long_and_one_for_a_run_that_has_ended_are_refused(run: RunFolder):
    with pytest.raises(AttnGanError, match="at most 10000 bytes"):
        wishes.append(run, Change.of(changes={"augmentations": ["translation"] * 3000}), TRAIN)
    ended = events.Finished(step=3, seconds=1.0, reason="budget")
    run.events_file.write_text(ended.model_dump_json() + "\n")
    with pytest.raises(AttnGanError, match="has ended: go on with --resume"):
        wishes.append(run, Pause(), TRAIN)
    assert not run.wishes_file.exists()


def test_an_unknown_wish_is_told_with_the_nearest():
    with pytest.raises(AttnGanError, match="did you mean 'resume'"):
        wishes.of("resumee")
    with pytest.raises(AttnGanError, match="Input should be 'both'"):
        wishes.of("step", players="nobody")


def test_a_change_that_only_the_run_knows_to_be_wrong_is_told_among_its_events(tmp_path: Path):
    settings = tiny_runs.config(steps=5)
    state = runs.create(tmp_path / "run", settings)
    run = RunFolder(tmp_path / "run")
    run.wishes_file.write_text('{"wish":"change","changes":{"steps":9}}\nnonsense\n')
    told = tiny_runs.recorded(run.path, settings, state)
    refused = [event.reason for event in told if isinstance(event, events.Refused)]
    assert len(refused) == 2
    assert "'steps' cannot be changed" in refused[0]
    assert "no wish" in refused[1]
    assert told[-1].step == 5


def test_a_branch_needs_a_marked_state_and_a_folder_of_its_own(tmp_path: Path):
    settings = tiny_runs.config(steps=5)
    state = runs.create(tmp_path / "run", settings)
    run = RunFolder(tmp_path / "run")
    wishes.append(run, Mark(), settings.train)
    tiny_runs.recorded(run.path, settings, state)
    assert run.states.steps() == [0]
    data = tiny.pictures()
    with pytest.raises(AttnGanError, match="no marked state of step 2; marked are: 0"):
        runs.branch(run.path, 2, tmp_path / "branch", settings, data)
    with pytest.raises(AttnGanError, match="exists already"):
        runs.branch(run.path, 0, run.path, settings, data)
    with pytest.raises(AttnGanError, match="has changed since the run began"):
        runs.branch(run.path, 0, tmp_path / "branch", settings, tiny.pictures(11))
    assert not (tmp_path / "branch").exists()
    new, branched = runs.branch(run.path, 0, tmp_path / "branch", settings, data, {"r1_weight": 7.0})
    assert (branched.step, branched.config.r1_weight) == (0, 7.0)
    wishes.append(RunFolder(tmp_path / "branch"), Mark(), new.train)
    told = tiny_runs.recorded(tmp_path / "branch", new, branched)
    assert any(isinstance(event, events.Marked) for event in told)  # asked for before it began
    assert runs.read_config(tmp_path / "branch").train.r1_weight == 7.0
    assert runs.read_config(run.path).train.r1_weight != 7.0


def test_a_state_that_has_used_its_budget_cannot_be_branched_from_without_more(tmp_path: Path):
    settings = tiny_runs.config(steps=5)
    state = runs.create(tmp_path / "run", settings)
    wishes.append(RunFolder(tmp_path / "run"), Mark(), settings.train)
    tiny_runs.recorded(tmp_path / "run", settings, state)
    RunFolder(tmp_path / "run").resume_file.replace(RunFolder(tmp_path / "run").states.of(5))
    with pytest.raises(AttnGanError, match="has used its budget"):
        runs.branch(tmp_path / "run", 5, tmp_path / "branch", settings, tiny.pictures())
    assert not (tmp_path / "branch").exists()
    more = settings.with_(train=settings.train.with_(steps=7).model_dump())
    new, _ = runs.branch(tmp_path / "run", 5, tmp_path / "branch", more, tiny.pictures())
    assert new.train.steps == 7


def test_only_what_steers_can_be_steered():
    assert set(TrainConfig.STEERABLE) < set(TrainConfig.model_fields)
    for name in ("seconds", "steps", "batch", "seed", "loss", "precision"):
        with pytest.raises(AttnGanError, match="cannot be changed on the way"):
            TRAIN.steered({name: getattr(TRAIN, name)})


def steered(tmp_path: Path, lines: str, **train: object) -> list[events.Event]:
    """The events of a run that was asked for these lines before it began."""
    settings = tiny_runs.config(**train)
    state = runs.create(tmp_path / "run", settings)
    RunFolder(tmp_path / "run").wishes_file.write_text(lines)
    return tiny_runs.recorded(tmp_path / "run", settings, state)


def test_a_run_that_was_stopped_before_its_first_step_can_go_on(tmp_path: Path):
    told = steered(tmp_path, '{"wish":"stop"}\n', steps=5)
    assert (told[-1].step, told[-1].reason) == (0, "stopped")
    settings = runs.read_config(tmp_path / "run")
    again = tiny_runs.recorded(tmp_path / "run", settings, runs.resume(tmp_path / "run", settings))
    assert (again[-1].step, again[-1].reason) == (5, "budget")


def test_who_wants_it_to_end_does_not_wait_for_the_steps_that_were_asked_for(tmp_path: Path):
    told = steered(tmp_path, '{"wish":"step","count":9999}\n{"wish":"stop"}\n', steps=10_000)
    assert (told[-1].step, told[-1].reason) == (0, "stopped")


def test_many_asked_steps_leave_one_frame_at_their_end(tmp_path: Path):
    told = steered(tmp_path, '{"wish":"step","count":13}\n{"wish":"resume"}\n', steps=13)
    assert [event.left for event in told if isinstance(event, events.Stepped)] == [*range(12, -1, -1)]
    assert len({event.step for event in told if isinstance(event, events.FrameSaved)}) < 6


def test_what_was_asked_too_late_is_told(tmp_path: Path):
    told = steered(tmp_path, '{"wish":"step","count":9}\n{"wish":"mark"}\n{"wish":"resume"}\n', steps=3)
    assert [event.reason for event in told if isinstance(event, events.Refused)] == [
        "The run had come to its end before this wish."
    ] * 2
    assert isinstance(told[-1], events.Finished)


def test_a_line_that_is_too_long_is_refused_in_few_words(tmp_path: Path):
    changes = {"augmentations": ["shear"] * 5000}
    told = steered(tmp_path, Change.of(changes=changes).model_dump_json() + "\n", steps=3)
    (refused,) = [event for event in told if isinstance(event, events.Refused)]
    assert len(refused.reason) <= 500


def test_no_more_than_so_many_states_are_marked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(recorder, "MOST_MARKS", 2)
    one = '{"wish":"mark"}\n{"wish":"step"}\n'
    told = steered(tmp_path, one * 3 + '{"wish":"resume"}\n', steps=7)
    assert [event.step for event in told if isinstance(event, events.Marked)] == [0, 1]
    refused = [event.reason for event in told if isinstance(event, events.Refused)]
    assert ["2 states are marked already" in reason for reason in refused] == [True]
    assert RunFolder(tmp_path / "run").states.steps() == [0, 1]


def test_nobody_can_be_asked_where_nobody_trains(tmp_path: Path):
    settings = tiny_runs.config(steps=1000)
    state = runs.create(tmp_path / "run", settings)
    recording = runs.record(tmp_path / "run", settings, state, tiny.pictures())
    next(recording)
    runs.ask(tmp_path / "run", "mark")
    recording.close()
    run = RunFolder(tmp_path / "run")
    lines = run.events_file.read_bytes().splitlines(keepends=True)
    run.events_file.write_bytes(b"".join(lines[:-1]))  # as a killed run leaves it
    with pytest.raises(AttnGanError, match="Nobody trains in"):
        runs.ask(run.path, "mark")


def test_a_number_is_no_switch():
    with pytest.raises(AttnGanError, match="generator_rate is a number, or names, not True"):
        TRAIN.steered({"generator_rate": True})
