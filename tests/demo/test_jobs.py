"""A training of the page in its own process and folder (long: one story, from asking to clearing away)."""

import io
import json
import os
import signal
import subprocess
import sys
import time
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from attngan import data, events
from attngan.errors import AttnGanError
from attngan.run.backends import Local, Ticket
from demo.jobs import UPLOADED, Jobs, Request, place, queue, room, running, runs_folder, shares, shown_command
from demo.jobs.folder import JobFolder, Record
from demo.jobs.news import Point, averaged, news

PRETENDED = (sys.executable, str(Path(__file__).with_name("pretend_training.py")))
ENDLESS, FAILS, DIES, KILLED, DEAF = 1, 2, 3, 5, 7  # seeds of pretend_training.py


@pytest.fixture
def jobs(tmp_path: Path) -> Iterator[Jobs]:
    jobs = Jobs(tmp_path / "runs", PRETENDED)
    yield jobs
    jobs.close()


def wait_for(what: Callable[[], object]) -> None:
    """Returns when `what` is true; a test that waits for ever fails by this."""
    deadline = time.monotonic() + 300  # of trainings that stand back behind all else, on a slow machine
    while not what():
        assert time.monotonic() < deadline, "waited for five minutes"
        time.sleep(0.01)


def wait_for_state(jobs: Jobs, run: str, *states: str) -> None:
    wait_for(lambda: jobs.news(run).state in states)


def alive(jobs: Jobs, run: str) -> bool:
    return Local().state(jobs.find(run).record().ticket).running


def pid_of(jobs: Jobs, run: str) -> int:
    return int(jobs.find(run).record().ticket.job)


def left(jobs: Jobs) -> set[str]:
    """The ids of the jobs whose folders are there."""
    return {path.name for path in jobs.runs.iterdir() if path.name != ".lock"}


def picture(value: int, size: int = 13) -> bytes:
    noise = np.random.default_rng(value).integers(0, 256, (size, size, 3), dtype=np.uint8)
    file = io.BytesIO()
    Image.fromarray(noise).save(file, "png")
    return file.getvalue()


def pictures(folder: Path, count: int) -> list[Path]:
    folder.mkdir()
    paths = [folder / f"{index}.png" for index in range(count)]
    for index, path in enumerate(paths):
        path.write_bytes(picture(index))
    return paths


def test_a_job_runs_its_budget_and_leaves_a_model(jobs: Jobs):
    run = jobs.start(Request(seconds=5))
    wait_for_state(jobs, run, "finished")
    news = jobs.news(run)
    assert news.model
    assert not news.more
    assert (news.pictures, news.credit, news.precision) == (61, "Nobody, CC0", "float32")
    steps = [point.step for point in news.points]
    assert steps == sorted(steps)
    assert steps[0] == 1
    assert len(steps) == news.step == news.frame
    frames = jobs.find(run).run.frames
    assert frames.of(news.step).read_bytes() == b"pretended"
    assert frames.steps() == steps


def test_the_news_tell_which_frames_are_kept_also_after_training_went_back(tmp_path: Path):
    folder = JobFolder.new(tmp_path)
    folder.write(Record(request=Request(seconds=10), data="faces", created=0.0))
    folder.run.path.mkdir()
    frame = [events.FrameSaved(step=step, seconds=step, path="frame") for step in range(5)]
    step = events.StepDone(
        step=4, seconds=4, progress=1, images=1, images_per_second=1, generator_loss=1, discriminator_loss=1
    )
    back = events.RolledBack(step=4, to_step=2, cause="run_away", reason="It ran away.")
    told = [*frame, step, frame[4], back, frame[3]]
    folder.run.events_file.write_text("".join(event.model_dump_json() + "\n" for event in told))
    found = news(folder, "running", 0, 0)
    assert found.frames == (0, 1, 2, 3)
    assert found.progress == 0.4, "of what was asked for in all, although the budget of before was used up"


def test_the_news_after_a_cursor_go_on_where_the_last_ended(jobs: Jobs):
    run = jobs.start(Request(seed=ENDLESS))
    wait_for(lambda: len(jobs.news(run).points) > 3)
    first = jobs.news(run)
    wait_for(lambda: jobs.news(run, first.cursor).points)
    second = jobs.news(run, first.cursor)
    assert second.points[0].step == first.points[-1].step + 1
    jobs.stop(run)
    wait_for_state(jobs, run, "stopped")
    whole = jobs.news(run)
    assert [point.step for point in whole.points] == list(range(1, len(whole.points) + 1))
    assert jobs.news(run, whole.cursor).points == ()
    assert jobs.news(run, 10**12).points == whole.points
    assert jobs.news(run, -7).points == whole.points


def test_a_stopped_job_has_saved_its_model(jobs: Jobs):
    run = jobs.start(Request(seed=ENDLESS))
    wait_for_state(jobs, run, "running")
    wait_for(lambda: jobs.news(run).step)
    jobs.stop(run)
    assert jobs.news(run).state in ("stopping", "stopped")
    jobs.stop(run)
    wait_for_state(jobs, run, "stopped")
    assert jobs.news(run).model
    jobs.stop(run)
    assert jobs.news(run).state == "stopped"


def test_a_child_that_does_not_stop_is_ended(jobs: Jobs, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(running, "GRACE_SECONDS", 0.2)
    run = jobs.start(Request(seed=DEAF))
    wait_for(lambda: jobs.news(run).step)
    jobs.stop(run)
    wait_for_state(jobs, run, "stopped")
    assert not alive(jobs, run)


@pytest.mark.skipif(sys.platform == "win32", reason="there are no such signals on Windows")
def test_a_child_that_does_not_listen_yet_ends_when_asked_to_also_in_the_background_of_a_shell(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(running, "GRACE_SECONDS", 10_000)
    importing = Jobs(tmp_path / "runs", (sys.executable, "-c", "import time; time.sleep(600)"))
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)  # as in a process that `sh -c "... &"` starts
    try:
        run = importing.start(Request())
        wait_for(lambda: importing.news(run).state == "starting" and alive(importing, run))
        importing.stop(run)
        wait_for_state(importing, run, "stopped")
        assert not alive(importing, run)
    finally:
        signal.signal(signal.SIGINT, before)
        importing.close()


def test_a_child_that_takes_far_too_long_is_stopped(jobs: Jobs, monkeypatch: pytest.MonkeyPatch):
    run = jobs.start(Request(seed=ENDLESS, seconds=5))
    wait_for(lambda: jobs.news(run).step)
    assert jobs.news(run).state == "running"
    monkeypatch.setattr(queue, "EXTRA_SECONDS", -15)
    wait_for_state(jobs, run, "stopped")


@pytest.mark.parametrize(
    ("seed", "told"),
    [
        (FAILS, "The losses are not finite."),
        (DIES, "error: these pictures are not good enough."),
    ],
)
def test_a_job_that_fails_says_why(jobs: Jobs, seed: int, told: str):
    run = jobs.start(Request(seed=seed))
    wait_for_state(jobs, run, "failed")
    assert told in jobs.news(run).reason
    assert told in jobs.news(run, jobs.news(run).cursor).reason, "also for a page that has read all events"


def test_a_job_whose_process_is_killed_was_interrupted(jobs: Jobs):
    run = jobs.start(Request(seed=KILLED))
    wait_for_state(jobs, run, "interrupted")
    news = jobs.news(run)
    assert (news.step, news.longer, news.reason) == (3, True, None)


def test_a_job_that_was_interrupted_before_it_had_saved_anything_begins_anew(jobs: Jobs):
    run = jobs.start(Request(seed=KILLED, seconds=7))
    wait_for_state(jobs, run, "interrupted")
    first, left = jobs.find(run).record().ticket, jobs.find(run).run.path / "left"
    left.touch()
    jobs.train_longer(run, 60)
    wait_for(lambda: jobs.find(run).record().ticket not in (None, first))
    wait_for_state(jobs, run, "interrupted")
    assert (jobs.news(run).budget, jobs.news(run).step, left.exists()) == (7, 3, False)
    (jobs.find(run).run.path / "model").mkdir()
    for name in ("config.json", "model.safetensors"):
        (jobs.find(run).run.path / "model" / name).touch()
    assert not jobs.news(run).longer, "a model would be lost by that"


def test_a_command_that_is_not_there_is_a_failure_in_words(tmp_path: Path):
    jobs = Jobs(tmp_path, ("/nowhere/python",))
    run = jobs.start(Request())
    wait_for_state(jobs, run, "failed")
    assert "could not be started" in jobs.news(run).reason
    jobs.close()


def test_jobs_run_one_after_the_other_and_the_queue_is_bounded(jobs: Jobs, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(shares, "MOST_WAITING", 2)
    first = jobs.start(Request(seed=ENDLESS, seconds=600))
    wait_for_state(jobs, first, "running")
    second, third = jobs.start(Request(seed=ENDLESS)), jobs.start(Request(seed=ENDLESS))
    assert [(jobs.news(run).state, jobs.news(run).position) for run in (second, third)] == [
        ("waiting", 1),
        ("waiting", 2),
    ]
    ahead = [jobs.news(run).wait for run in (first, second, third)]
    assert ahead[0] == 0
    assert 500 < ahead[1] <= 600, "what the one that runs still has"
    assert ahead[2] == pytest.approx(ahead[1] + 60, abs=50)
    with pytest.raises(AttnGanError, match="2 trainings wait already"):
        jobs.start(Request())
    assert len(left(jobs)) == 3, "a refused job leaves nothing"
    jobs.stop(second)
    assert jobs.news(second).state == "stopped"
    assert jobs.news(third).position == 1
    jobs.stop(first)
    wait_for_state(jobs, third, "running")
    assert jobs.news(first).state == "stopped"
    assert not jobs.news(second).points


def test_a_server_that_starts_again_finds_the_ended_and_takes_over_the_running(jobs: Jobs):
    ended, running = jobs.start(Request(seconds=5)), jobs.start(Request(seed=ENDLESS))
    wait_for(lambda: jobs.news(running).step)
    again = Jobs(jobs.runs, PRETENDED)
    assert again.news(ended) == jobs.news(ended)
    assert again.news(running).state == "running"
    waiting = again.start(Request(seconds=5))
    assert again.news(waiting).state == "waiting"
    before = again.news(running)
    wait_for(lambda: again.news(running, before.cursor).points)
    again.stop(running)
    wait_for_state(again, running, "stopped")
    wait_for_state(again, waiting, "finished")
    again.close()


def test_what_a_dead_server_left_without_an_ending_was_interrupted(tmp_path: Path):
    folder = JobFolder.new(tmp_path)
    gone = Ticket(backend="local", job=str(2**22 + 1), began=7.0)
    folder.write(Record(request=Request(), data="faces", created=time.time(), ticket=gone))
    assert Jobs(tmp_path).news(folder.id).state == "interrupted"


def test_a_record_of_before_there_were_tickets_is_read_and_its_child_adopted(tmp_path: Path):
    folder = JobFolder.new(tmp_path)
    child = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(600)"])
    old = {"request": {"seconds": 7}, "data": "faces", "created": 3.0, "pid": child.pid}
    try:
        (folder.path / "job.json").write_text(json.dumps(old | {"started": time.time()}))
        again = Jobs(tmp_path, PRETENDED)
        assert again.news(folder.id).state == "starting"
        again.stop(folder.id)
        child.wait(60)
        wait_for_state(again, folder.id, "stopped")
        again.close()
        (folder.path / "job.json").write_text(json.dumps(old | {"started": None, "pid": None}))
        assert folder.record().ticket is None
    finally:
        child.kill()
        child.wait()


def test_waiting_jobs_outlive_their_server_and_run_in_their_order(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(queue, "EXIT_SECONDS", 300)
    first = Jobs(tmp_path / "runs", PRETENDED)
    running = first.start(Request(seed=ENDLESS))
    wait_for(lambda: first.news(running).step)
    waiting = [first.start(Request(seconds=seconds)) for seconds in (5, 7, 11)]
    withdrawn = first.start(Request(seconds=13))
    first.stop(withdrawn)
    first.close()
    assert [first.news(run).state for run in waiting] == ["waiting"] * 3, "nothing is begun while it ends"

    second = Jobs(tmp_path / "runs", PRETENDED)
    assert (second.news(running).state, second.news(running).longer) == ("interrupted", True)
    assert second.news(withdrawn).state == "stopped"
    assert second.news(waiting[2]).state == "waiting"
    wait_for_state(second, waiting[2], "finished")
    began = [second.find(run).record().ticket.began for run in waiting]
    assert began == sorted(began)
    assert [second.news(run).state for run in waiting] == ["finished"] * 3
    second.close()


SERVER = """
import sys, time
from pathlib import Path
from demo.jobs import Jobs, Request
jobs = Jobs(Path(sys.argv[1]), sys.argv[2:])
runs = [jobs.start(Request(seed=1)), jobs.start(Request(seconds=7)), jobs.start(Request(seconds=5))]
while not jobs.news(runs[0]).step:
    time.sleep(0.01)
print(*runs, flush=True)
time.sleep(600)
"""


def test_a_server_that_is_killed_leaves_its_run_and_its_queue_to_the_next(tmp_path: Path):
    runs = tmp_path / "runs"
    server = subprocess.Popen(
        [sys.executable, "-c", SERVER, str(runs), *PRETENDED], stdout=subprocess.PIPE, text=True
    )
    with server:
        assert server.stdout is not None
        running, *waiting = server.stdout.readline().split()
        server.kill()
    again = Jobs(runs, PRETENDED)
    assert again.news(running).state == "running"
    assert [again.news(run).position for run in waiting] == [1, 2]
    before = again.news(running)
    wait_for(lambda: again.news(running, before.cursor).points)
    again.stop(running)
    wait_for_state(again, waiting[1], "finished")
    assert [again.news(run).state for run in (running, waiting[0])] == ["stopped", "finished"]
    again.close()


def test_jobs_that_wait_for_a_server_that_lives_are_not_begun_by_another(jobs: Jobs):
    running = jobs.start(Request(seed=ENDLESS))
    wait_for_state(jobs, running, "running")
    waiting = [jobs.start(Request(seed=ENDLESS)) for _ in range(2)]
    other = Jobs(jobs.runs, PRETENDED)
    assert [(other.news(run).state, other.news(run).position) for run in waiting] == [
        ("waiting", 1),
        ("waiting", 2),
    ]
    own = other.start(Request(seconds=5))
    assert other.news(own).position == 1, "behind what runs, not behind what waits for the first"
    other.stop(waiting[0])
    assert jobs.news(waiting[0]).state == "stopped"
    other.stop(running)
    wait_for_state(jobs, waiting[1], "running")
    assert jobs.news(waiting[0]).state == "stopped"
    wait_for_state(other, own, "finished")
    other.close()
    assert jobs.news(waiting[1]).state in ("running", "stopping", "stopped")


def test_a_waiting_job_that_had_begun_when_its_server_died_is_not_begun_again(tmp_path: Path):
    folder = JobFolder.new(tmp_path)
    folder.write(Record(request=Request(), data="faces", created=3.0, waiting=True))
    folder.run.path.mkdir()
    jobs = Jobs(tmp_path, PRETENDED)
    assert jobs.news(folder.id).state == "interrupted"
    jobs.close()


def test_closing_saves_and_leaves_no_process(jobs: Jobs, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(queue, "EXIT_SECONDS", 300)
    run = jobs.start(Request(seed=ENDLESS))
    wait_for(lambda: jobs.news(run).step)
    pid = pid_of(jobs, run)
    jobs.close()
    assert jobs.news(run).model
    with pytest.raises(ProcessLookupError):
        os.kill(pid, 0)
    with pytest.raises(AttnGanError, match="ending"):
        jobs.start(Request())


def test_the_child_is_nice_and_leads_its_own_session(jobs: Jobs):
    run = jobs.start(Request(seed=ENDLESS))
    wait_for(lambda: jobs.news(run).step)
    pid = pid_of(jobs, run)
    assert os.getpriority(os.PRIO_PROCESS, pid) >= place.NICENESS
    assert os.getsid(pid) == pid != os.getsid(0)
    shares = Path(f"/proc/{pid}/autogroup")
    if shares.exists():
        assert int(shares.read_text().rpartition(" ")[2]) == place.NICENESS


def test_old_runs_make_room_but_never_one_that_runs(jobs: Jobs, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(room, "MOST_RUNS", 3)
    running = jobs.start(Request(seed=ENDLESS))
    wait_for_state(jobs, running, "running")
    cancelled = []
    for _ in range(5):
        cancelled.append(jobs.start(Request()))
        jobs.stop(cancelled[-1])
    waiting = jobs.start(Request())
    assert left(jobs) == {running, waiting, cancelled[-1]}
    with pytest.raises(AttnGanError, match="not here any more"):
        jobs.news(cancelled[0])


def test_old_runs_make_room_by_their_size(jobs: Jobs, monkeypatch: pytest.MonkeyPatch):
    first = jobs.start(Request(seconds=5))
    wait_for_state(jobs, first, "finished")
    (jobs.find(first).path / "large").write_bytes(b"0" * 100_003)
    monkeypatch.setattr(room, "MOST_BYTES", 100_000)
    second = jobs.start(Request(seconds=5))
    wait_for(lambda: left(jobs) == {second})
    wait_for_state(jobs, second, "finished")


@pytest.mark.parametrize(
    "run", ["", "x", "..", "../..", "/etc", "0" * 31, "g" * 32, "0" * 32, None, 7, ["0" * 32]]
)
def test_an_id_that_is_not_one_of_ours_finds_nothing(jobs: Jobs, run: object):
    jobs.runs.mkdir()
    with pytest.raises(AttnGanError, match="not here any more"):
        jobs.news(run)
    with pytest.raises(AttnGanError, match="not here any more"):
        jobs.stop(run)


def test_long_histories_are_averaged():
    points = [Point(step, step / 2, 1.0, step % 2) for step in range(1, 12)]
    assert averaged(points, 11) == tuple(points)
    assert averaged(points, 3) == (Point(2.5, 1.25, 1, 0.5), Point(6.5, 3.25, 1, 0.5), Point(10, 5, 1, 2 / 3))


@pytest.mark.parametrize(
    ("values", "named"),
    [
        ({"seconds": 4}, "seconds"),
        ({"seconds": 3601}, "seconds"),
        ({"seconds": float("nan")}, "seconds"),
        ({"seconds": float("inf")}, "seconds"),
        ({"seconds": None}, "seconds"),
        ({"seconds": "soon"}, "seconds"),
        ({"seed": -1}, "seed"),
        ({"seed": 2**63}, "seed"),
        ({"seed": 0.5}, "seed"),
        ({"seed": None}, "seed"),
        ({"image_size": 31}, "image_size"),
        ({"image_size": 16, "generator_attention": (16,)}, "generator_attention"),
        ({"generator_attention": (7,)}, "generator_attention"),
        ({"generator_attention": (8, 8)}, "generator_attention"),
        ({"generator_attention": "8"}, "generator_attention"),
        ({"conditional": "perhaps"}, "conditional"),
        ({"data": "faxes"}, "did you mean 'faces'"),
        ({"data": "/etc"}, "not known"),
        ({"data": "."}, "not known"),
        ({"preset": "best"}, "preset"),
    ],
)
def test_a_wish_that_cannot_be_met_is_refused_by_name(values: dict[str, object], named: str):
    assert Request.of().seconds == 60
    with pytest.raises(AttnGanError, match=named):
        Request.of(**values)


def test_the_shown_command_is_the_one_that_runs(jobs: Jobs):
    request = Request(
        data="emoji", image_size=16, generator_attention=(8, 4), conditional=True, seconds=7.5, seed=11
    )
    assert shown_command(request, "my pictures.zip") == (
        "python -m attngan train --data 'my pictures.zip' --seconds 7.5 --size 16 --attention 4,8 "
        "--conditional --seed 11 --run-dir run"
    )
    plain = Request(generator_attention=(), seed=ENDLESS, seconds=60)
    assert "--attention none --seed" in shown_command(plain, "faces")
    run = jobs.start(plain)
    wait_for(lambda: jobs.news(run).step)
    process = Path(f"/proc/{pid_of(jobs, run)}")
    if process.exists():
        ran = (process / "cmdline").read_bytes().decode().strip("\0").split("\0")
        assert ran[len(PRETENDED) :] == shown_command(plain, "faces").split()[3:]


def test_own_pictures_are_trained_on_from_the_jobs_folder(jobs: Jobs, tmp_path: Path):
    run = jobs.start(Request(data=UPLOADED, seconds=5), pictures(tmp_path / "own", 11))
    assert jobs.find(run).record().data == "pictures.npz"
    archive = tmp_path / "own.zip"
    with zipfile.ZipFile(archive, "w") as file:
        for index in range(11):
            file.writestr(f"{'ab'[index % 2]}/{index}.png", picture(index))
    labelled = jobs.start(Request(data=UPLOADED, seconds=5, conditional=True), [archive])
    assert jobs.find(labelled).record().data == "own.npz"
    assert len(data.load(str(jobs.find(run).path / "pictures.npz"), 32)) == 11
    wait_for_state(jobs, labelled, "finished")


def test_a_name_of_an_upload_is_never_taken_for_an_option(jobs: Jobs, tmp_path: Path):
    archive = tmp_path / "--run-dir=;x 猫.zip"
    with zipfile.ZipFile(archive, "w") as file:
        for index in range(11):
            file.writestr(f"{index}.png", picture(index))
    run = jobs.start(Request(data=UPLOADED, seconds=5), [archive])
    assert jobs.find(run).record().data == "run-dir_x_猫.npz"


@pytest.mark.parametrize(
    ("count", "extra", "told"),
    [
        (7, {}, "at least 8"),
        (0, {}, "Nothing of your own"),
        (11, {"conditional": True}, "no classes"),
    ],
)
def test_own_pictures_that_cannot_be_learnt_from_are_refused_and_leave_nothing(
    jobs: Jobs, tmp_path: Path, count: int, extra: dict[str, bool], told: str
):
    with pytest.raises(AttnGanError, match=told):
        jobs.start(Request(data=UPLOADED, **extra), pictures(tmp_path / "own", count))
    assert list(jobs.runs.glob("*")) == []


def test_the_runs_folder_can_be_named_by_the_environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("ATTNGAN_RUNS", str(tmp_path / "here"))
    assert runs_folder() == tmp_path / "here"
    monkeypatch.delenv("ATTNGAN_RUNS")
    assert runs_folder().name == "runs"
