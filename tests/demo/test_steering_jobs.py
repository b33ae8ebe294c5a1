"""A training of the page is paused, stepped, changed, kept and let go on, as its page asks."""

import os
import signal
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from attngan import events
from attngan.config import TrainConfig
from attngan.errors import AttnGanError
from attngan.run.folder import RunFolder
from demo.jobs import Jobs, Request, running, steer
from demo.jobs.news import News
from tests.demo.test_jobs import ENDLESS, PRETENDED, wait_for, wait_for_state


@pytest.fixture
def jobs(tmp_path: Path) -> Iterator[Jobs]:
    jobs = Jobs(tmp_path / "runs")
    yield jobs
    jobs.close()


def news_when(jobs: Jobs, run: str, what: Callable[[News], Any]) -> News:
    """The whole news of a run once `what` holds of it."""
    wait_for(lambda: what(jobs.news(run)))
    return jobs.news(run)


def test_a_real_training_does_what_it_is_asked_and_tells_so(jobs: Jobs):
    run = jobs.start(Request(data="letters", image_size=16, generator_attention=(8,), seconds=600))
    begun = news_when(jobs, run, lambda news: news.points)
    assert begun.paused is False
    assert begun.settings.keys() == {*TrainConfig.STEERABLE, "loss"}

    steer(jobs, run, "pause", {})
    at_rest = news_when(jobs, run, lambda news: news.paused and news.frame == news.step)
    steer(jobs, run, "step", {"players": "discriminator", "count": 2})
    stepped = news_when(jobs, run, lambda news: news.stepped and news.stepped.left == 0)
    assert stepped.step == at_rest.step + 2
    assert stepped.stepped.players == "discriminator"
    assert stepped.paused

    rate = begun.settings["generator_rate"]
    steer(jobs, run, "change", {"changes": {"generator_rate": rate / 4}})
    changed = news_when(jobs, run, lambda news: news.changed)
    assert [(one.before, one.after) for one in changed.changed] == [
        ({"generator_rate": rate}, {"generator_rate": rate / 4})
    ]
    assert changed.settings == begun.settings | {"generator_rate": rate / 4}

    steer(jobs, run, "change", {"changes": {"gate": 0.5}})
    steer(jobs, run, "step", {})
    assert news_when(jobs, run, lambda news: news.gates == {"8": 0.5}).settings["gate"] == 0.5
    steer(jobs, run, "change", {"changes": {"gate": None}})
    assert news_when(jobs, run, lambda news: len(news.changed) == 3).settings["gate"] is None

    steer(jobs, run, "mark", {})
    assert news_when(jobs, run, lambda news: news.marked).marked == (stepped.step + 1,)
    steer(jobs, run, "resume", {})
    news_when(jobs, run, lambda news: news.paused is False and news.step > stepped.step + 2)
    jobs.stop(run)
    wait_for_state(jobs, run, "stopped")
    with pytest.raises(AttnGanError, match="does not run now"):
        steer(jobs, run, "pause", {})


@pytest.mark.parametrize(
    ("wish", "values", "told"),
    [
        ("stop", {}, "cannot be asked to 'stop'"),
        ("puase", {}, "did you mean 'pause'"),
        ("step", {"players": "both", "count": 101}, "At most 100 steps"),
        ("step", {"players": "nobody", "count": 1}, "players"),
        ("change", {"changes": {"seed": 3}}, "cannot be changed on the way"),
        ("change", {"changes": {"generator_rate": 7.0}}, "generator_rate"),
        ("change", {"changes": {}}, "changes"),
    ],
)
def test_what_cannot_be_asked_for_is_told_and_never_noted(
    tmp_path: Path, wish: str, values: dict[str, Any], told: str
):
    jobs = Jobs(tmp_path / "runs", PRETENDED)
    try:
        run = jobs.start(Request(seconds=600, seed=ENDLESS))
        wait_for_state(jobs, run, "running")
        with pytest.raises(AttnGanError, match=told):
            steer(jobs, run, wish, values)
        assert not jobs.find(run).run.wishes_file.exists()
    finally:
        jobs.close()


def test_one_that_waits_cannot_be_steered(tmp_path: Path):
    jobs = Jobs(tmp_path / "runs", PRETENDED)
    try:
        wait_for_state(jobs, jobs.start(Request(seconds=600, seed=ENDLESS)), "running")
        waits = jobs.start(Request(seconds=600))
        with pytest.raises(AttnGanError, match="waits or is just starting"):
            steer(jobs, waits, "pause", {})
    finally:
        jobs.close()


def test_a_pause_of_which_nobody_makes_use_is_counted_and_what_is_asked_begins_it_anew(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    run, now = RunFolder(tmp_path), 1000.0
    monkeypatch.setattr(running.time, "monotonic", lambda: now)
    clock = running.Clock(run, time.time())

    def tell(event: events.Event) -> None:
        with run.events_file.open("a") as file:
            file.write(event.model_dump_json() + "\n")

    def idle_after(seconds: float) -> float:
        nonlocal now
        now += seconds
        clock.seconds()
        return clock.idle

    tell(events.Paused(step=3, seconds=1.5))
    assert idle_after(1) == 0, "seen only now"
    assert idle_after(70) == 70
    tell(events.Stepped(step=4, seconds=1.7, players="both", left=0))
    assert idle_after(5) == 0
    assert idle_after(11) == 11
    tell(events.Resumed(step=4, seconds=1.7))
    assert idle_after(1) == 0
    assert idle_after(500) == 0
    assert clock.rested == 87
    tell(events.Paused(step=5, seconds=1.9))
    assert idle_after(1) == 0
    tell(events.Started(model={}, train=TrainConfig(steps=9), data="faces", pictures=7, precision="float32",
                        threads=1, generator_parameters=1, discriminator_parameters=1))  # fmt: skip
    idle_after(3)
    assert not clock.paused, "it was killed in its pause and goes on"


def test_a_pause_that_nobody_makes_use_of_ends(jobs: Jobs, monkeypatch: pytest.MonkeyPatch):
    run = jobs.start(Request(data="letters", image_size=16, generator_attention=(8,), seconds=600))
    news_when(jobs, run, lambda news: news.points)
    monkeypatch.setattr(running, "PAUSE_SECONDS", 0.5)
    steer(jobs, run, "pause", {})
    told = jobs.find(run).run.read_all
    wait_for(lambda: any(isinstance(event, events.Resumed) for event in told()))
    (paused,) = [event for event in told() if isinstance(event, events.Paused)]
    news_when(jobs, run, lambda news: news.paused is False and news.step > paused.step)


def test_a_killed_training_was_interrupted_and_goes_on_to_its_end(jobs: Jobs):
    run = jobs.start(Request(data="letters", image_size=16, generator_attention=(8,), seconds=600))
    folder = jobs.find(run)
    wait_for(folder.run.resume_file.exists)
    before = news_when(jobs, run, lambda news: news.step)
    os.kill(int(folder.record().ticket.job), signal.SIGKILL)
    wait_for_state(jobs, run, "interrupted")
    left = jobs.news(run)
    assert left.longer
    assert left.reason is None
    assert left.step >= before.step
    folder.write(folder.record().with_(request=folder.record().request.with_(seconds=6.0)))
    jobs.train_longer(run, 3600)
    assert jobs.news(run).budget == max(6.0, jobs.news(run).budget) < 60, "to what was asked for"
    wait_for_state(jobs, run, "finished")
    assert [event.step for event in folder.run.read_all() if isinstance(event, events.StepDone)] == sorted(
        {event.step for event in folder.run.read_all() if isinstance(event, events.StepDone)}
    ), "no step is told twice"
