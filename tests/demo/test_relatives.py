"""Trainings that belong together: a race waits, runs and stops as one; a branch begins at a kept moment."""

import shlex
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from attngan.errors import AttnGanError
from attngan.run import runs
from attngan.run.folder import RunFolder
from demo.jobs import Jobs, Request, branch, draft, family, heats, race, race_again, shares, steer
from demo.jobs.crew import arguments, crew
from tests.demo.test_jobs import ENDLESS, PRETENDED, left, wait_for, wait_for_state

OWNER = "a" * 64
SMALL = {"data": "twins", "image_size": 16, "generator_attention": (8,), "seconds": 5}


@pytest.fixture
def pretended(tmp_path: Path) -> Iterator[Jobs]:
    jobs = Jobs(tmp_path / "runs", PRETENDED)
    yield jobs
    jobs.close()


@pytest.fixture
def jobs(tmp_path: Path) -> Iterator[Jobs]:
    jobs = Jobs(tmp_path / "runs")
    yield jobs
    jobs.close()


def begin(jobs: Jobs, seed: int = 0, owner: str = OWNER, **changes: object) -> list[str]:
    """The ids of the two of a race, the other one without attention."""
    requests = [
        Request.of(**SMALL | {"seed": seed} | changes),
        Request.of(**SMALL | {"seed": seed, "generator_attention": ()} | changes),
    ]
    return jobs.add(race(*[draft(one, owner=owner, name=str(place)) for place, one in enumerate(requests)]))


def test_a_race_is_one_process_with_a_folder_for_each(pretended: Jobs):
    one, other = begin(pretended)
    wait_for_state(pretended, one, "finished")
    wait_for_state(pretended, other, "finished")
    records = [pretended.find(run).record() for run in (one, other)]
    assert records[0].ticket == records[1].ticket is not None
    assert (records[0].corner, records[1].corner) == ("left", "right")
    assert (records[0].against, records[1].against) == (other, one)
    assert [pretended.find(run).log.exists() for run in (one, other)] == [True, False]
    assert {relative.run for relative in family(pretended, other)} == {one, other}


def test_what_both_are_asked_for_is_one_command(pretended: Jobs):
    blocking = pretended.start(Request.of(**SMALL | {"seed": ENDLESS}))
    one, other = begin(pretended)
    folder = pretended.find(one)
    assert [job.id for job in crew(folder)] == [job.id for job in crew(pretended.find(other))] == [one, other]
    words = arguments(crew(folder))
    assert words[0] == "race"
    arms = [shlex.split(words[place + 1]) for place, word in enumerate(words) if word == "--arm"]
    assert arms[0][-2:] == ["--run-dir", "run"]
    assert ["--run-dir", f"../{other}/run"] == arms[1][-2:]
    assert "none" in arms[1]
    pretended.stop(blocking)


def test_the_two_wait_in_one_place_are_stopped_as_one_and_given_back(pretended: Jobs):
    blocking = pretended.start(Request.of(**SMALL | {"seed": ENDLESS}))
    wait_for_state(pretended, blocking, "running")
    one, other = begin(pretended)
    assert [pretended.news(run).state for run in (one, other)] == ["waiting", "waiting"]
    assert [pretended.news(run).position for run in (one, other)] == [1, 1]
    with pytest.raises(AttnGanError, match="One of your trainings waits already"):
        begin(pretended)
    pretended.stop(other, OWNER)
    assert [pretended.news(run).state for run in (one, other)] == ["stopped", "stopped"]
    for _ in range(3):
        pair = begin(pretended, seconds=2400)
        pretended.stop(
            pair[0], OWNER
        )  # 14,400 seconds are a day's share: what was not trained does not count
    pretended.stop(blocking)


def test_a_day_s_share_counts_both(pretended: Jobs, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(shares, "MOST_A_DAY", 12)
    one, _ = begin(pretended)
    wait_for_state(pretended, one, "finished")
    with pytest.raises(AttnGanError, match="of yours 2 seconds are left"):
        begin(pretended)


def test_a_race_that_waits_is_deleted_as_one_and_one_that_ended_one_by_one(pretended: Jobs):
    one, other = begin(pretended)
    wait_for_state(pretended, other, "finished")
    wait_for_state(pretended, one, "finished")
    blocking = pretended.start(Request.of(**SMALL | {"seed": ENDLESS}))
    pair = begin(pretended)
    pretended.delete(pair[1], OWNER)
    assert not left(pretended) & set(pair)
    pretended.delete(one, OWNER)
    assert other in left(pretended)
    assert [relative.run for relative in family(pretended, other)] == [other]
    pretended.stop(blocking)


def test_another_server_finds_the_race_that_waits_and_the_one_that_runs(tmp_path: Path):
    first = Jobs(tmp_path / "runs", PRETENDED)
    running = begin(first, seed=ENDLESS, owner="b" * 64)
    waiting = begin(first)
    wait_for_state(first, running[0], "running")
    second = Jobs(tmp_path / "runs", PRETENDED)
    try:
        assert [second.news(run).state for run in waiting] == ["waiting", "waiting"]
        second.stop(running[1], "b" * 64)
        wait_for(lambda: second.news(running[0]).state == "stopped")
    finally:
        second.close()
        first.close()


def test_two_more_seeds_run_as_one_and_only_an_owner_may_ask_for_them(pretended: Jobs):
    one, other = begin(pretended, seed=20)
    wait_for_state(pretended, other, "finished")
    with pytest.raises(AttnGanError, match="Only the browser"):
        race_again(pretended, one, "c" * 64)
    new = race_again(pretended, other, OWNER)
    wait_for_state(pretended, new, "finished")
    found = family(pretended, one)
    assert sorted(relative.seed for relative in found) == [20, 20, 21, 21, 22, 22]
    told, comparison = heats(pretended, other)
    assert [heat["seed"] for heat in told] == [20, 21, 22]
    assert comparison is None, "the pretended ones measure nothing"
    alone = pretended.start(Request.of(**SMALL))
    with pytest.raises(AttnGanError, match="races nobody"):
        heats(pretended, alone)


def test_a_real_race_between_equals_is_equal_to_the_bit_and_told_as_no_difference(jobs: Jobs):
    same = Request.of(**SMALL)
    one, other = jobs.add(race(draft(same, owner=OWNER), draft(same, owner=OWNER)))
    wait_for(lambda: jobs.news(one).points)
    with pytest.raises(AttnGanError, match="single steps are for a training alone"):
        steer(jobs, other, "step", {"players": "both", "count": 1}, OWNER)
    steer(jobs, other, "pause", {}, OWNER)
    wait_for(lambda: jobs.news(one).paused)
    steps = [jobs.news(run).step for run in (one, other)]
    time.sleep(1)
    assert [jobs.news(run).step for run in (one, other)] == steps, "who has one wait has both wait"
    assert jobs.news(other).paused
    with pytest.raises(AttnGanError, match="The race is paused"):
        steer(jobs, other, "mark", {}, OWNER)
    steer(jobs, one, "resume", {}, OWNER)
    wait_for_state(jobs, one, "finished")
    wait_for_state(jobs, other, "finished")
    models = [(jobs.find(run).run.finished / "model.safetensors").read_bytes() for run in (one, other)]
    assert models[0] == models[1]
    told, comparison = heats(jobs, one)
    assert told[0]["mine"] == told[0]["other"]
    assert comparison is not None
    assert comparison["in_equal_time"] == (0.0, None)
    assert comparison["word"] == "one seed tells nothing"


def test_a_branch_begins_at_a_kept_moment_with_other_settings(jobs: Jobs):
    run = jobs.start(Request.of(**SMALL | {"seconds": 600}), owner=OWNER)
    wait_for(lambda: jobs.news(run).points)
    steer(jobs, run, "pause", {}, OWNER)
    wait_for(lambda: jobs.news(run).paused)
    steer(jobs, run, "change", {"changes": {"gate": 0.5}}, OWNER)
    steer(jobs, run, "mark", {}, OWNER)
    wait_for(lambda: jobs.news(run).marked)
    jobs.stop(run, OWNER)
    wait_for_state(jobs, run, "stopped")
    (step,) = jobs.news(run).marked
    folder = jobs.find(run)
    before = runs.read_config(folder.run.path).train
    rate = before.generator_rate / 4
    settings = {"generator_rate": rate, "r1_weight": before.r1_weight, "gate": None}
    (other,) = jobs.add([branch(folder, step, 5, settings, "a branch", OWNER)])
    wait_for_state(jobs, other, "finished")
    record = jobs.find(other).record()
    assert record.branch is not None
    assert record.branch.changes == {"generator_rate": rate, "gate": None}, "what is the same is left out"
    config = runs.read_config(jobs.find(other).run.path)
    assert config.branched_from == f"origin@{step}"
    assert (config.train.generator_rate, config.train.gate) == (rate, None)
    assert RunFolder(jobs.find(other).run.path).frames.steps()[0] == step
    parent, child = family(jobs, other, OWNER)
    assert (parent.run, child.run) == (run, other)
    assert [mark.step for mark in parent.marks] == [step]
    assert (child.parent, child.step, child.name) == (run, step, "a branch")


def test_a_branch_needs_its_parent_no_more_and_gives_back_what_it_took(
    jobs: Jobs, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(shares, "MOST_A_DAY", 650)
    run = jobs.start(Request.of(**SMALL | {"seconds": 600}), owner=OWNER)
    wait_for(lambda: jobs.news(run).points)
    steer(jobs, run, "mark", {}, OWNER)
    wait_for(lambda: jobs.news(run).marked)
    (step,) = jobs.news(run).marked
    (other,) = jobs.add([branch(jobs.find(run), step, 40, {}, "", OWNER)])
    jobs.stop(other, OWNER)
    with pytest.raises(AttnGanError, match="of yours 50 seconds are left"):
        jobs.start(Request.of(**SMALL | {"seconds": 60}), owner=OWNER)
    (other,) = jobs.add([branch(jobs.find(run), step, 5, {}, "", OWNER)])
    jobs.stop(run, OWNER)
    wait_for(lambda: jobs.news(run).state == "stopped")
    jobs.delete(run, OWNER)
    wait_for_state(jobs, other, "finished")
    assert [relative.run for relative in family(jobs, other)] == [other]


def test_what_was_kept_twice_is_branched_from_as_it_was_kept_last(jobs: Jobs):
    run = jobs.start(Request.of(**SMALL | {"seconds": 600}), owner=OWNER)
    wait_for(lambda: jobs.news(run).points)
    steer(jobs, run, "pause", {}, OWNER)
    steer(jobs, run, "mark", {}, OWNER)
    steer(jobs, run, "change", {"changes": {"r1_weight": 7.0}}, OWNER)
    steer(jobs, run, "mark", {}, OWNER)
    wait_for(lambda: len(jobs.news(run).marked) == 2)
    step = jobs.news(run).marked[0]
    told = branch(jobs.find(run), step, 5, {"r1_weight": 7.0}, "", OWNER).record.branch
    assert told is not None
    assert told.changes == {}
    jobs.stop(run, OWNER)
    wait_for_state(jobs, run, "stopped")


def test_a_rider_that_went_on_alone_stays_away_from_what_its_leader_does(pretended: Jobs):
    one, other = begin(pretended, seed=20)
    wait_for_state(pretended, other, "finished")
    wait_for_state(pretended, one, "finished")
    blocking = pretended.start(Request.of(**SMALL | {"seed": ENDLESS}))
    pretended.train_longer(other, 5, OWNER)
    pretended.stop(other, OWNER)
    pretended.train_longer(one, 5, OWNER)
    assert [job.id for job in crew(pretended.find(one))] == [one]
    assert pretended.news(other).state == "finished", "as it was before"
    pretended.delete(one, OWNER)
    assert other in left(pretended)
    pretended.stop(blocking)


def test_what_cannot_be_branched_from_is_told(jobs: Jobs):
    run = jobs.start(Request.of(**SMALL))
    wait_for_state(jobs, run, "finished")
    folder = jobs.find(run)
    with pytest.raises(
        AttnGanError, match="Step 3 of this training is not kept: mark a moment while it runs"
    ):
        branch(folder, 3, 10, {}, "", OWNER)
    folder.run.states.of(7).parent.mkdir()
    folder.run.states.of(7).touch()
    with pytest.raises(AttnGanError, match=r"Step 3 of this training is not kept: branch from 7\.$"):
        branch(folder, 3, 10, {}, "", OWNER)
    folder.run.events_file.unlink()
    with pytest.raises(AttnGanError, match="No moment of this training is kept that could be read"):
        branch(folder, 3, 10, {}, "", OWNER)
    with pytest.raises(AttnGanError, match="5 to 3600 seconds"):
        branch(folder, 3, 1e9, {}, "", OWNER)
