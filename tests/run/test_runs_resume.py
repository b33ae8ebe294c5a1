"""A run goes on exactly where it was left, or says why it cannot."""

from pathlib import Path

import pytest
import torch

from attngan.errors import AttnGanError
from attngan.events import Failed, Finished, Started, StepDone
from attngan.model import checkpoints
from attngan.run import recorder, runs
from tests import tiny
from tests.tiny_runs import config, fill_disk, kinds, names, recorded, stop_after


@pytest.fixture(autouse=True)
def every_step_is_reported(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(recorder, "REPORT_SECONDS", 0)


def test_going_on_gives_the_weights_of_never_having_stopped(tmp_path: Path):
    settings = config(steps=5, r1_interval=2)
    whole = runs.create(tmp_path / "whole", settings)
    recorded(tmp_path / "whole", settings, whole)
    stop_after(tmp_path / "parts", 2, settings)
    state = runs.resume(tmp_path / "parts", settings)
    assert state.step == 2
    recorded(tmp_path / "parts", settings, state)
    tiny.assert_same(state.state_dict() | {"seconds": 0}, whole.state_dict() | {"seconds": 0})
    weights = [(tmp_path / name / "model" / "model.safetensors").read_bytes() for name in ("whole", "parts")]
    assert weights[0] == weights[1]


def test_going_on_leaves_one_story_in_the_log(tmp_path: Path):
    stop_after(tmp_path, 2, config(steps=4))
    state = runs.resume(tmp_path, config(steps=4))
    recorded(tmp_path, config(steps=4), state)
    events = runs.read_events(tmp_path)
    assert [event.step for event in events if isinstance(event, StepDone)] == [1, 2, 3, 4]
    assert [event.step for event in events if isinstance(event, Started)] == [0, 2]
    assert kinds(events).count("finished") == 1
    seconds = [event.seconds for event in events if isinstance(event, StepDone)]
    assert seconds == sorted(seconds)


def test_a_finished_run_goes_on_with_a_longer_budget_which_it_remembers(tmp_path: Path):
    first = recorded(tmp_path)
    with pytest.raises(AttnGanError, match="has used its budget"):
        runs.resume(tmp_path, config())
    longer = config(steps=5)
    events = runs.record(tmp_path, longer, runs.resume(tmp_path, longer), tiny.pictures())
    assert isinstance(started := next(events), Started)
    assert started.step == 3
    # While it goes on there is no finished model, but what was there is kept as a snapshot.
    assert not (tmp_path / "model").exists()
    assert checkpoints.find(tmp_path) == tmp_path / "snapshots" / "00000003"
    rest = list(events)
    assert isinstance(rest[-1], Finished)
    assert isinstance(first[-1], Finished)
    assert rest[-1].step == 5
    assert rest[-1].seconds > first[-1].seconds
    assert runs.read_config(tmp_path).train.steps == 5
    assert checkpoints.find(tmp_path) == tmp_path / "model"


@pytest.mark.parametrize("what", ["killed", "full"])
def test_a_run_that_had_done_its_last_step_and_was_not_saved_yet_is_saved(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, what: str
):
    settings = config()
    recorded(tmp_path / "whole", settings)
    with monkeypatch.context() as patch:
        fill_disk(patch, "model")
        told = recorded(tmp_path / "parts", settings)
    assert isinstance(told[-1], Failed)
    if what == "killed":
        events = runs.read_events(tmp_path / "parts")[:-1]
        lines = "".join(event.model_dump_json() + "\n" for event in events)
        (tmp_path / "parts" / "events.jsonl").write_text(lines)
    state = runs.resume(tmp_path / "parts", settings)
    assert state.progress == 1
    assert kinds(recorded(tmp_path / "parts", settings, state)) == ["started", "frame", "frame", "finished"]
    weights = [(tmp_path / name / "model" / "model.safetensors").read_bytes() for name in ("whole", "parts")]
    assert weights[0] == weights[1]


def test_a_run_that_was_stopped_in_its_last_step_can_be_gone_on_with_to_its_end(tmp_path: Path):
    settings = config()
    recorded(tmp_path / "whole", settings)
    stop_after(tmp_path / "parts", settings.train.steps, settings)
    ending = runs.read_events(tmp_path / "parts")[-1]
    assert isinstance(ending, Finished)
    assert ending.reason == "stopped"
    told = recorded(tmp_path / "parts", settings, runs.resume(tmp_path / "parts", settings))
    assert isinstance(told[-1], Finished)
    assert told[-1].reason == "budget"
    weights = [(tmp_path / name / "model" / "model.safetensors").read_bytes() for name in ("whole", "parts")]
    assert weights[0] == weights[1]


def test_what_a_killed_run_did_after_its_last_save_is_taken_away(tmp_path: Path):
    stop_after(tmp_path, 2, config(steps=4))
    kept = runs.read_events(tmp_path)[:-1]
    last = next(event for event in kept if isinstance(event, StepDone)).with_(step=3)
    with (tmp_path / "events.jsonl").open("a") as log:
        log.write(last.model_dump_json() + "\n" + last.model_dump_json()[:20])
    (tmp_path / "frames" / "00000003.frame.gz").touch()
    checkpoints.save(tmp_path / "snapshots" / "00000003", tiny.model())
    (tmp_path / ".resume.pt.x.new").touch()
    (tmp_path / "snapshots" / ".00000004.x.new").mkdir()
    assert runs.read_events(tmp_path)[-1] == last  # half a line is no event yet

    state = runs.resume(tmp_path, config(steps=4))
    events = runs.record(tmp_path, config(steps=4), state, tiny.pictures())
    started = next(events)
    assert runs.read_events(tmp_path) == [*kept, started]
    assert not (tmp_path / "frames" / "00000003.frame.gz").exists()
    assert not (tmp_path / ".resume.pt.x.new").exists()
    assert names(tmp_path / "snapshots") == {"00000002"}  # the model of the stop
    list(events)
    steps = [event.step for event in runs.read_events(tmp_path) if isinstance(event, StepDone)]
    assert steps == [1, 2, 3, 4]


@pytest.mark.parametrize("content", [b"", b"no state", b"PK\x03\x04" + bytes(97), None, "half"])
def test_a_state_that_cannot_be_read_is_refused(tmp_path: Path, content: bytes | str | None):
    stop_after(tmp_path, 1, config())
    file = tmp_path / "resume.pt"
    if content is None:
        file.unlink()
    else:
        file.write_bytes(file.read_bytes()[:-997] if isinstance(content, str) else content)
    said = "holds no resume.pt" if content is None else "resume.pt is broken or cut short"
    with pytest.raises(AttnGanError, match=said):
        runs.resume(tmp_path, config())
    assert checkpoints.load(tmp_path).about.steps == 1


def test_a_state_is_read_without_running_code(tmp_path: Path):
    stop_after(tmp_path, 1, config())
    torch.save({"generator": print}, tmp_path / "resume.pt")
    with pytest.raises(AttnGanError, match=r"resume\.pt is broken"):
        runs.resume(tmp_path, config())


def test_a_state_of_another_model_is_refused(tmp_path: Path):
    stop_after(tmp_path, 1, config())
    other = config().with_(model=tiny.model_config(width=8).model_dump())
    with pytest.raises(AttnGanError, match=r"resume\.pt: .*does not fit"):
        runs.resume(tmp_path, other)


def test_data_that_changed_meanwhile_are_refused(tmp_path: Path):
    stop_after(tmp_path, 1, config())
    before = (tmp_path / "events.jsonl").read_bytes()
    for data, said in (
        (tiny.pictures(11), "11 pictures now, 13 then"),
        (tiny.pictures(channels=1), "draws RGB 16 x 16 pictures, but noise has grey 16 x 16"),
    ):
        with pytest.raises(AttnGanError, match=said):
            list(runs.record(tmp_path, config(), runs.resume(tmp_path, config()), data))
    assert (tmp_path / "events.jsonl").read_bytes() == before


def test_a_folder_that_is_no_run_is_refused(tmp_path: Path):
    with pytest.raises(AttnGanError, match="is no run folder"):
        runs.read_config(tmp_path)
    (tmp_path / "config.json").write_text('{"model": {}, "train": {"steps": 3}, "data": "x", "more": 1}')
    with pytest.raises(AttnGanError, match=r"config\.json: RunConfig: more: Extra"):
        runs.read_config(tmp_path)
    with pytest.raises(AttnGanError, match=r"events\.jsonl cannot be read"):
        runs.read_events(tmp_path)


@pytest.mark.parametrize(
    ("name", "value"), [("step", "x"), ("step", -5), ("seconds", float("nan")), ("images", None)]
)
def test_a_state_of_impossible_numbers_is_told(tmp_path: Path, name: str, value: object):
    recorded(tmp_path)
    state = torch.load(tmp_path / "resume.pt", weights_only=True)
    torch.save(state | {name: value}, tmp_path / "resume.pt")
    with pytest.raises(AttnGanError, match=r"resume\.pt is broken: begin a new run\."):
        runs.resume(tmp_path, config(steps=5))
