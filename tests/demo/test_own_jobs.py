"""What a person does with trainings of their own: go on with one, name it, delete it."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from attngan import events
from attngan.errors import AttnGanError
from demo.jobs import Jobs, Request
from demo.jobs.folder import JobFolder
from tests.demo.test_jobs import ENDLESS, PRETENDED, wait_for, wait_for_state


@pytest.fixture
def jobs(tmp_path: Path) -> Iterator[Jobs]:
    jobs = Jobs(tmp_path / "runs", PRETENDED)
    yield jobs
    jobs.close()


def finished(jobs: Jobs) -> str:
    run = jobs.start(Request(seconds=5), name="Smileys")
    wait_for_state(jobs, run, "finished")
    return run


def test_a_finished_job_goes_on_in_its_folder_for_so_many_seconds_more(jobs: Jobs):
    run = finished(jobs)
    before = jobs.news(run)
    assert before.longer
    jobs.train_longer(run, 7)
    assert jobs.news(run).state in ("waiting", "starting")
    assert not jobs.news(run).longer
    wait_for_state(jobs, run, "finished")
    news = jobs.news(run)
    assert news.budget == before.seconds + 7
    steps = [point.step for point in news.points]
    assert steps == list(range(1, len(steps) + 1))
    assert steps[: len(before.points)] == [point.step for point in before.points]
    assert len(steps) > len(before.points)
    record = jobs.find(run).record()
    assert [wish.seconds for wish in record.longer] == [news.budget]
    assert record.request.seconds == 5
    assert record.arguments(goes_on=True) == ["train", "--resume", "run", "--seconds", f"{news.budget:.2f}"]


def test_a_stopped_job_goes_on_and_can_be_stopped_again(jobs: Jobs):
    run = jobs.start(Request(seed=ENDLESS))
    for _ in range(2):
        wait_for_state(jobs, run, "running")
        known = jobs.news(run).step or 0
        wait_for(lambda: (jobs.news(run).step or 0) > known)  # noqa: B023 - waited for within the turn
        jobs.stop(run)
        wait_for_state(jobs, run, "stopped")
        assert (jobs.news(run).step or 0) > known
        jobs.train_longer(run, 60)
    jobs.stop(run)
    wait_for_state(jobs, run, "stopped")


def test_a_job_that_goes_on_waits_behind_those_that_wait(jobs: Jobs):
    run = finished(jobs)
    first, second = jobs.start(Request(seed=ENDLESS)), jobs.start(Request())
    wait_for_state(jobs, first, "running")
    jobs.train_longer(run, 5)
    assert (jobs.news(run).state, jobs.news(run).position) == ("waiting", 2)
    with pytest.raises(AttnGanError, match="not ended yet"):
        jobs.train_longer(run, 5)
    later = Jobs(jobs.runs, PRETENDED)  # another server of the same folder
    assert later.news(run).position == 2
    jobs.stop(run)
    assert jobs.news(run).state == "finished"
    jobs.stop(second)
    jobs.stop(first)


def test_a_job_that_cannot_go_on_says_so_and_keeps_its_model(jobs: Jobs):
    run = finished(jobs)
    (jobs.find(run).run.events_file).write_text(
        events.Finished(step=3, seconds=2, reason="budget").model_dump_json() + "\n"
    )  # nothing that the training could begin with
    jobs.train_longer(run, 5)
    wait_for_state(jobs, run, "failed")
    news = jobs.news(run)
    assert "IndexError" in (news.reason or "")
    assert (news.model, news.longer) == (True, True)


@pytest.mark.parametrize("seconds", [4, 3601, float("nan"), "60", True, None])
def test_a_job_goes_on_within_the_bounds_of_the_page(jobs: Jobs, seconds: object):
    run = finished(jobs)
    with pytest.raises(AttnGanError, match="go on for 5 to 3600 seconds"):
        jobs.train_longer(run, seconds)  # type: ignore[arg-type]


def test_a_job_without_a_state_cannot_go_on(jobs: Jobs):
    run = finished(jobs)
    jobs.find(run).run.resume_file.unlink()
    assert not jobs.news(run).longer
    with pytest.raises(AttnGanError, match="nothing to go on from"):
        jobs.train_longer(run, 60)


def test_a_name_is_kept_and_can_be_another(jobs: Jobs):
    run = finished(jobs)
    assert jobs.news(run).name == "Smileys"
    jobs.rename(run, "  My   first\nmodel ")
    assert jobs.news(run).name == JobFolder(jobs.find(run).path).record().name == "My first model"


@pytest.mark.parametrize("name", ["", "  ", "x" * 81, "bell \x07", None, 3])
def test_what_is_no_name_changes_nothing(jobs: Jobs, name: object):
    run = finished(jobs)
    with pytest.raises(AttnGanError, match=r"^(Give the training a name|A name has at most 80)"):
        jobs.rename(run, name)
    assert jobs.news(run).name == "Smileys"


def test_a_deleted_job_is_gone_with_all_that_was_in_it(jobs: Jobs):
    run, other = finished(jobs), finished(jobs)
    jobs.delete(run)
    assert not (jobs.runs / run).exists()
    with pytest.raises(AttnGanError, match="not here any more"):
        jobs.news(run)
    with pytest.raises(AttnGanError, match="not here any more"):
        jobs.delete(run)
    assert jobs.news(other).model


def test_a_job_that_waits_can_be_deleted_and_one_that_runs_cannot(jobs: Jobs):
    first, second = jobs.start(Request(seed=ENDLESS)), jobs.start(Request())
    wait_for_state(jobs, first, "running")
    with pytest.raises(AttnGanError, match="still runs: stop it"):
        jobs.delete(first)
    jobs.delete(second)
    assert not (jobs.runs / second).exists()
    jobs.stop(first)
    wait_for_state(jobs, first, "stopped")
