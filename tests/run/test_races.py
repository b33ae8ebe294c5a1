"""A race of runs: each has a folder of its own; equal ones are equal to the bit, and so is what they keep."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from attngan.command.cli import app
from attngan.errors import AttnGanError
from attngan.events import Finished, QualityMeasured, StepDone
from attngan.run import races, runs
from attngan.run.folder import RunFolder
from tests import tiny, tiny_runs
from tests.tiny_runs import kinds


def entry(folder: Path, **train: object) -> races.Entry:
    config = tiny_runs.config(**{"steps": None, "seconds": 2, "meter": True} | train)
    return races.Entry(folder, config, runs.create(folder, config), tiny.pictures())


def test_equal_runs_of_a_race_keep_equal_frames_states_and_models(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr("attngan.train.race._cost", lambda racer: 0.05)  # not what a stall makes of it
    entries = [entry(tmp_path / name) for name in ("left", "right")]
    events = list(races.record(entries))
    left, right = (RunFolder(tmp_path / name) for name in ("left", "right"))
    assert left.frames.steps() == right.frames.steps() != []
    for step in left.frames.steps():
        assert left.frames.of(step).read_bytes() == right.frames.of(step).read_bytes()
    model = Path("model/model.safetensors")
    assert (left.path / model).read_bytes() == (right.path / model).read_bytes()
    for number, folder in enumerate((left, right)):
        told = [event for one, event in events if one == number]
        assert isinstance(told[-1], Finished)
        steps = [event.step for event in told if isinstance(event, StepDone)]
        assert steps == [*range(1, told[-1].step + 1)], "every step is passed on"
        logged = folder.read_all()
        assert sum(isinstance(event, StepDone) for event in logged) < len(steps)
        assert [event for event in logged if isinstance(event, QualityMeasured)][-1].step == told[-1].step


def test_who_stops_a_race_has_both_saved(tmp_path: Path):
    entries = [entry(tmp_path / name, seconds=600) for name in ("left", "right")]
    events = races.record(entries)
    for _, event in events:
        if isinstance(event, StepDone) and event.step == 3:
            break
    events.close()
    for one in entries:
        assert kinds(runs.read_events(one.folder))[-1] == "finished"
        assert RunFolder(one.folder).model() is not None


def test_a_race_in_which_one_cannot_begin_saves_the_other(tmp_path: Path):
    entries = [entry(tmp_path / name, seconds=600) for name in ("left", "right")]
    entries[1] = entries[1]._replace(items=tiny.pictures(12))  # the data have changed
    with pytest.raises(AttnGanError, match="12 pictures now, 13 then"):
        list(races.record(entries))
    assert kinds(runs.read_events(entries[0].folder))[-1] == "finished"


def test_the_command_trains_what_each_arm_says_and_tells_no_more_than_it_knows(tmp_path: Path):
    arms = [f"--run-dir {tmp_path / 'with'}", f"--run-dir {tmp_path / 'bare'} --attention none"]
    words = ["--data", "twins", "--steps", "3", "--seed", "4"]
    given = [word for arm in arms for word in ("--arm", f"{arm} --size 16")]
    told = CliRunner().invoke(app, ["race", *words, *given])
    assert told.exit_code == 0, told.output
    configs = [runs.read_config(tmp_path / name) for name in ("with", "bare")]
    assert [config.model.attention_layers for config in configs] == [("8",), ()]
    assert [config.train.seed for config in configs] == [4, 4]
    assert "3 steps in" in told.output
    assert "too little was measured to compare them" in told.output


def test_the_command_s_json_says_of_which_run(tmp_path: Path):
    given = [word for name in "ab" for word in ("--arm", f"--run-dir {tmp_path / name} --size 16 --no-meter")]
    told = CliRunner().invoke(app, ["race", "--data", "twins", "--steps", "2", "--json", *given])
    lines = [json.loads(line) for line in told.stdout.splitlines()]
    assert {line["arm"] for line in lines} == {1, 2}
    assert [line["event"] for line in lines if line["arm"] == 2][-1] == "finished"


def test_the_command_refuses_what_is_no_race(tmp_path: Path):
    one = CliRunner().invoke(
        app, ["race", "--data", "twins", "--steps", "2", "--arm", f"--run-dir {tmp_path}/a"]
    )
    assert isinstance(one.exception, AttnGanError)
    assert "2 to 8 runs" in str(one.exception)
    both = ["--arm", f"--run-dir {tmp_path}/a", "--arm", f"--run-dir {tmp_path}/b --nothing"]
    other = CliRunner().invoke(app, ["race", "--data", "twins", "--steps", "2", *both])
    assert other.exit_code == 2
    assert "--nothing" in other.output
    shared = ("--data", "twins", "--arm", f"--run-dir {tmp_path}/a")
    for more, said in (
        (f"--run-dir {tmp_path}/a", f"Two arms have the folder {tmp_path}/a"),
        (f"--run-dir {tmp_path}/b --data mirror", "leave --data out, it is for all runs"),
        (f"--run-dir {tmp_path}/b --steps 5", "leave --steps out"),
        (f"--run-dir {tmp_path}/b --seed 1", "leave --seed out"),
        (f"--run-dir {tmp_path}/b --threads 1", "leave --threads out, a race decides that itself"),
        (f"--run-dir {tmp_path}/b --json", "leave --json out"),
        (f"--run-dir {tmp_path}/b --device cpu", "leave --device out"),
        (f"--run-dir {tmp_path}/b --preset none-such", "no preset 'none-such'"),  # when a is there already
    ):
        wrong = CliRunner().invoke(
            app,
            ["race", "--steps", "2", "--seed", "0", *shared, "--arm", more],
        )
        assert isinstance(wrong.exception, AttnGanError)
        assert said in str(wrong.exception)
    assert not [*tmp_path.iterdir()], "nothing half-made is left"


def test_the_command_compares_no_runs_of_other_data_or_seeds(tmp_path: Path):
    arms = [
        f"--run-dir {tmp_path}/{name} --no-meter --data {data} --seed {seed} --size {size}"
        for name, data, seed, size in (
            ("a", "twins", 1, 16),
            ("b", "mirror", 1, 16),
            ("c", "twins", 2, 16),
            ("d", "twins", 1, 32),
            ("e", "twins", 1, 16),
        )
    ]
    told = CliRunner().invoke(
        app, ["race", "--steps", "2", *(word for arm in arms for word in ("--arm", arm))]
    )
    assert told.exit_code == 0, told.output
    words = " ".join(told.output.split())
    for other, said in (
        ("b", "not compared, one learnt from other data, or in another size"),
        ("c", "not compared, one learnt with another seed"),
        ("d", "not compared, one learnt from other data, or in another size"),
        ("e", "too little was measured"),
    ):
        assert f"{tmp_path}/a, {tmp_path}/{other}: {said}" in words
