"""One machine and many visitors: what each may ask for, and whose trainings make room."""

import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from attngan.errors import AttnGanError
from demo.jobs import Jobs, Request, queue, room, shares
from demo.jobs.folder import JobFolder, Record
from demo.jobs.room import make_room
from tests.demo.test_jobs import ENDLESS, PRETENDED, left, wait_for_state

OWN, OTHER, THIRD = ("a" * 64, "b" * 64, "c" * 64)


@pytest.fixture
def jobs(tmp_path: Path) -> Iterator[Jobs]:
    jobs = Jobs(tmp_path / "runs", PRETENDED)
    yield jobs
    jobs.close()


def kept(runs: Path, owner: str, age: float, model: bool = True, size: int = 0) -> str:
    """A job that ended so many seconds ago; its id."""
    folder = JobFolder.new(runs)
    folder.write(Record(request=Request(), data="faces", owner=owner, created=time.time() - age))
    if model:
        (folder.run.path / "model").mkdir(parents=True)
        for name in ("config.json", "model.safetensors"):
            (folder.run.path / "model" / name).write_bytes(b"0" * size)
    return folder.id


def spares_nothing(folder: JobFolder) -> bool:
    return False


def test_a_visitor_has_one_that_runs_and_one_that_waits_and_others_have_theirs(jobs: Jobs):
    runs = [jobs.start(Request(seconds=600, seed=ENDLESS), owner=OWN)]
    wait_for_state(jobs, runs[0], "running")
    runs.append(jobs.start(Request(seconds=600, seed=ENDLESS), owner=OWN))
    with pytest.raises(AttnGanError, match="One of your trainings waits already"):
        jobs.start(Request(seconds=600, seed=ENDLESS), owner=OWN)
    runs.append(jobs.start(Request(seconds=600, seed=ENDLESS), owner=OTHER))
    assert left(jobs) == set(runs), "what was refused left nothing"
    jobs.stop(runs[0], OWN)
    wait_for_state(jobs, runs[1], "running")
    jobs.start(Request(seconds=600, seed=ENDLESS), owner=OWN)


def test_a_day_s_seconds_are_counted_for_each_visitor_and_come_back(monkeypatch: pytest.MonkeyPatch):
    now = 1e9
    monkeypatch.setattr(shares.time, "time", lambda: now)
    day = shares.Day()

    def take(visitor: str, seconds: float) -> None:
        with day.taken(visitor, "a job", seconds):
            pass

    take(OWN, shares.MOST_A_DAY - 60)
    with pytest.raises(AttnGanError, match="4 hours within a day, and of yours 60 seconds are left"):
        take(OWN, 61)
    take(OTHER, shares.MOST_A_DAY)
    with pytest.raises(OSError, match="full"), day.taken(OWN, "another", 60):
        raise OSError("full")
    take(OWN, 60)
    with pytest.raises(AttnGanError, match="of yours 0 seconds"):
        take(OWN, 5)
    day.give_back("a job", 40)
    take(OWN, 40)
    now += shares.DAY_SECONDS + 1
    take(OWN, shares.MOST_A_DAY)
    for _ in range(3):
        take("", shares.MOST_A_DAY)


def test_what_is_cancelled_or_stopped_is_given_back_and_going_on_costs_nothing_anew(jobs: Jobs):
    jobs.start(Request(seconds=3600, seed=ENDLESS), owner=OTHER)
    for _ in range(7):
        run = jobs.start(Request(seconds=3600), owner=OWN)
        jobs.stop(run, OWN)
    assert jobs.news(run).state == "stopped"


def test_who_says_no_secret_is_counted_by_address_also_for_training_longer(jobs: Jobs):
    address = "192.0.2.7"
    run = jobs.start(Request(seconds=5), visitor=address)
    wait_for_state(jobs, run, "finished")
    jobs.start(Request(seconds=3600, seed=ENDLESS), owner=OTHER)
    for _ in range(3):
        jobs.start(Request(seconds=3600), visitor=address)
    with pytest.raises(AttnGanError, match="of yours 3595 seconds are left"):
        jobs.train_longer(run, 3600, visitor=address)
    jobs.train_longer(run, 3595, visitor=address)
    with pytest.raises(AttnGanError, match="seconds are left"):
        jobs.start(Request(seconds=60), visitor=address)
    jobs.stop(run)
    jobs.start(Request(seconds=3000), visitor=address)


def test_what_was_given_back_of_a_stopped_one_is_paid_when_it_goes_on(
    jobs: Jobs, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(shares, "MOST_A_DAY", 7000)
    run = jobs.start(Request(seconds=3600, seed=ENDLESS), owner=OWN)
    wait_for_state(jobs, run, "running")
    jobs.stop(run, OWN)
    wait_for_state(jobs, run, "stopped")
    jobs.train_longer(run, 3600, OWN)
    wait_for_state(jobs, run, "running")
    with pytest.raises(AttnGanError, match="seconds are left"):
        jobs.start(Request(seconds=3600), owner=OWN)
    jobs.start(Request(seconds=3300), owner=OWN)


def test_what_is_left_of_one_that_took_too_long_is_given_back(jobs: Jobs, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(shares, "MOST_A_DAY", 7000)
    monkeypatch.setattr(queue, "EXTRA_SECONDS", -4 * 3600)
    run = jobs.start(Request(seconds=3600, seed=ENDLESS), owner=OWN)
    wait_for_state(jobs, run, "stopped")
    jobs.start(Request(seconds=3600), owner=OWN)


def test_what_is_stopped_is_given_back_to_whoever_asked_for_it(jobs: Jobs, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(shares, "MOST_A_DAY", 100)
    wait_for_state(jobs, jobs.start(Request(seconds=60, seed=ENDLESS), owner=OWN), "running")
    run = jobs.start(Request(seconds=90), visitor="192.0.2.7")
    jobs.stop(run, OWN)
    with pytest.raises(AttnGanError, match="of yours 40 seconds are left"):
        jobs.start(Request(seconds=60), owner=OWN)
    jobs.start(Request(seconds=90), visitor="192.0.2.7")


def test_nobody_gets_more_back_than_was_asked_for_and_each_at_its_time(monkeypatch: pytest.MonkeyPatch):
    now = 1e9
    monkeypatch.setattr(shares.time, "time", lambda: now)
    day = shares.Day()
    with day.taken(OWN, "first", 3600):
        pass
    now += shares.DAY_SECONDS - 9
    with day.taken(OWN, "second", 5):
        pass
    day.give_back("first", 5000)
    now += 10
    for _ in range(2):
        day.give_back("second", 7)
    with day.taken(OWN, "third", shares.MOST_A_DAY):
        pass
    with pytest.raises(AttnGanError, match="of yours 0 seconds"), day.taken(OWN, "fourth", 1):
        pass


def test_who_starts_and_stops_without_end_takes_nobody_else_s_model(tmp_path: Path):
    others = {kept(tmp_path, owner, age) for owner in (OTHER, THIRD) for age in (5000, 50)}
    own = [kept(tmp_path, OWN, age=60 - number, model=number % 2 == 0) for number in range(55)]
    make_room(tmp_path, spares_nothing)
    there = {path.name for path in tmp_path.iterdir()}
    assert others <= there
    assert len(there) == room.MOST_RUNS
    assert own[-1] in there, "the newest stays"
    gone = [run for run in own if run not in there]
    assert gone == own[1:19:2], "the oldest that left no model"


def test_of_models_those_of_whoever_has_most_make_room_the_oldest_first(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(room, "MOST_RUNS", 4)
    old = kept(tmp_path, OTHER, age=9000)
    own = [kept(tmp_path, OWN, age) for age in (800, 700, 30)]
    kept(tmp_path, THIRD, age=20)
    make_room(tmp_path, spares_nothing)
    assert {path.name for path in tmp_path.iterdir()} >= {old, *own[1:]}
    assert not (tmp_path / own[0]).exists()


def test_a_young_model_goes_only_where_bytes_are_short(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(room, "MOST_RUNS", 1)
    runs = {kept(tmp_path, owner, age, size=1009) for owner, age in ((OWN, 9), (OTHER, 8), (THIRD, 7))}
    make_room(tmp_path, spares_nothing)
    assert {path.name for path in tmp_path.iterdir()} == runs
    monkeypatch.setattr(room, "MOST_BYTES", 6000)
    make_room(tmp_path, spares_nothing)
    assert len(list(tmp_path.iterdir())) == 2


def test_where_bytes_are_short_they_are_taken_from_whoever_has_most_bytes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(room, "MOST_BYTES", 30_000)
    large = kept(tmp_path, OTHER, age=900, size=10_000)
    small = {kept(tmp_path, OWN, age, size=1000) for age in (800, 700, 600, 500, 400)}
    kept(tmp_path, THIRD, age=1)
    make_room(tmp_path, spares_nothing)
    there = {path.name for path in tmp_path.iterdir()}
    assert small <= there
    assert large not in there


def test_the_spared_stay_whatever_is_short(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(room, "MOST_RUNS", 1)
    first, second = (kept(tmp_path, OWN, age, model=False) for age in (9000, 8000))
    make_room(tmp_path, lambda folder: folder.id == first)
    assert {path.name for path in tmp_path.iterdir()} == {first, second}
