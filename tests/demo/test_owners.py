"""Whose a training is: only who began it may change it, by a secret that no answer tells."""

import hashlib
import json
from collections.abc import Iterator
from http.cookies import SimpleCookie
from pathlib import Path

import httpx
import pytest

from attngan.errors import AttnGanError
from demo import visitors, web
from demo.jobs import Jobs, Request, steer
from demo.visitors import COOKIE, HEADER
from tests.browser.serving import make_model, served
from tests.demo.test_jobs import ENDLESS, PRETENDED, wait_for_state

OWN, OTHER = ("a secret of one visitor", "a secret of another one")


@pytest.fixture
def jobs(tmp_path: Path) -> Iterator[Jobs]:
    jobs = Jobs(tmp_path / "runs", PRETENDED)
    yield jobs
    jobs.close()


def fingerprint(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()


def test_only_the_owner_may_change_a_training_and_all_may_watch(jobs: Jobs):
    own, other = fingerprint(OWN), fingerprint(OTHER)
    run = jobs.start(Request(seconds=600, seed=ENDLESS), owner=own)
    wait_for_state(jobs, run, "running")
    assert jobs.news(run, owner=own).own
    for stranger in (other, ""):
        assert not jobs.news(run, owner=stranger).own
        for change in (
            lambda who: jobs.stop(run, who),
            lambda who: jobs.rename(run, "Mine now", who),
            lambda who: jobs.delete(run, who),
            lambda who: jobs.train_longer(run, 60, who),
            lambda who: steer(jobs, run, "pause", {}, who),
        ):
            with pytest.raises(AttnGanError, match="Only the browser that started"):
                change(stranger)
    assert jobs.news(run).state == "running"
    jobs.rename(run, "My own", own)
    assert jobs.news(run).name == "My own"
    jobs.stop(run, own)
    wait_for_state(jobs, run, "stopped")
    jobs.delete(run, own)
    with pytest.raises(AttnGanError, match="not here any more"):
        jobs.find(run)


def test_what_nobody_owns_is_of_all_who_know_it(jobs: Jobs):
    run = jobs.start(Request(seconds=600, seed=ENDLESS))
    wait_for_state(jobs, run, "running")
    assert jobs.news(run, owner=fingerprint(OTHER)).own
    jobs.stop(run, fingerprint(OTHER))
    wait_for_state(jobs, run, "stopped")


@pytest.mark.parametrize("secret", ["", "short", "x" * (visitors.LEAST_CHARACTERS - 1)])
def test_a_secret_that_is_none_owns_nothing(secret: str):
    scope = {"type": "http", "headers": [(HEADER.encode(), secret.encode())]}
    assert visitors.owner_of(visitors.HTTPConnection(scope)) == ""


def test_the_page_gives_each_browser_a_secret_once_and_nobody_hears_of_it(tmp_path: Path):
    make_model(tmp_path / "models" / "faces", generator_attention=(8,))
    environment = {"ATTNGAN_CHECKPOINTS": str(tmp_path / "models"), "ATTNGAN_RUNS": str(tmp_path / "runs")}
    log = tmp_path / "log.txt"
    with served(environment, log) as address, httpx.Client(base_url=address, timeout=120) as own:
        first = own.get("/")
        cookie = SimpleCookie(first.headers["set-cookie"])[COOKIE]
        assert cookie["httponly"]
        assert cookie["samesite"] == "Lax"
        assert len(cookie.value) >= visitors.LEAST_CHARACTERS
        assert "set-cookie" not in own.get("/").headers
        assert httpx.get(address).cookies[COOKIE] != cookie.value

        asked = own.post(
            "/gradio_api/call/train_start", json={"data": ["letters", 16, [8], False, 600, 7, "default"]}
        )
        answer = own.get(f"/gradio_api/call/train_start/{asked.json()['event_id']}").text
        run = json.loads(answer.split("data: ")[1])[0]
        news = f"{web.ROOT}/news/{run}"
        assert own.get(news).json()["own"]
        with httpx.Client(base_url=address, timeout=120) as other:
            other.get("/")
            assert not other.get(news).json()["own"]
            told = other.post(f"{web.ROOT}/steer/{run}?wish=pause").json()["problem"]
            assert told.startswith("Only the browser that started")
        kept = (tmp_path / "runs" / run / "job.json").read_text()
        assert json.loads(kept)["owner"] == fingerprint(cookie.value)
        for told in (kept, own.get(news).text, log.read_text(), first.text):
            assert cookie.value not in told
        stopped = own.post("/gradio_api/call/train_stop", json={"data": [run]})
        assert "error" not in own.get(f"/gradio_api/call/train_stop/{stopped.json()['event_id']}").text
