"""Trainings kept in an account of the hub come back to a server that has forgotten them."""

import io
import os
import shutil
import time
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from attngan.errors import AttnGanError
from attngan.run.cluster import KEY
from demo.jobs.crew import delete
from demo.jobs.folder import JobFolder, Record
from demo.jobs.keeping import MEANWHILE_SECONDS, Keeper, tried, turn
from demo.jobs.place import KEEP, KEPT, is_fleeting
from demo.jobs.request import Request
from tests import tiny_runs

if TYPE_CHECKING:
    from tests.standin_hub import Hub

REPO = "owner/trainings"


def trained(runs: Path) -> JobFolder:
    folder = JobFolder.new(runs)
    folder.write(Record(request=Request(), data="noise", created=5.0, name="My own"))
    tiny_runs.recorded(folder.run.path)
    return folder


def files_of(folder: Path) -> dict[str, bytes]:
    return {str(file.relative_to(folder)): file.read_bytes() for file in folder.rglob("*") if file.is_file()}


def files_there(hub: "Hub") -> dict[str, bytes]:
    return hub.repos[f"models/{REPO}"].commits[-1][1]


def keeper(runs: Path) -> Keeper:
    runs.mkdir(exist_ok=True)
    found = Keeper(runs, REPO)
    found.bring()
    return found


def test_a_server_that_has_forgotten_all_has_its_trainings_again(there: "Hub", tmp_path: Path) -> None:
    one = keeper(tmp_path / "runs")
    folder = trained(one.runs)
    one.look()
    assert there.repos[f"models/{REPO}"].private
    before = files_of(folder.path)
    other = keeper(tmp_path / "other")
    assert files_of(other.runs / folder.id) == before
    assert JobFolder.find(other.runs, folder.id).record().name == "My own"
    assert {path.name for path in other.runs.iterdir()} == {folder.id}
    other.look()  # nothing is new
    assert len(there.repos[f"models/{REPO}"].commits) == 2


def test_what_a_person_deletes_is_deleted_there_with_its_history(
    there: "Hub", tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(KEEP, REPO)
    one = keeper(tmp_path / "runs")
    folder, stays, made_room = (trained(one.runs) for _ in range(3))
    one.look()
    assert files_there(there).keys() == {f"{job.id}.zip" for job in (folder, stays, made_room)}
    delete([folder])
    shutil.rmtree(made_room.path)
    there.refusing_commits = 500
    with pytest.raises(AttnGanError, match="status 500"):
        one.look()
    there.refusing_commits = None
    assert folder.id not in {path.name for path in keeper(one.runs).runs.iterdir()}, "it does not come back"
    one.look()
    history = [files.keys() for _, files in there.repos[f"models/{REPO}"].commits]
    assert {*history[0]} == {f"{job.id}.zip" for job in (stays, made_room)} == {*history[-1]}
    asked = len(there.asked)
    one.look()
    assert len(there.asked) == asked, "nothing is left to do"


def test_one_that_goes_on_is_kept_now_and_then(
    there: "Hub", tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    one = keeper(tmp_path / "runs")
    folder = trained(one.runs)
    whole = folder.run.events_file.read_bytes()
    folder.run.events_file.write_bytes(b"\n".join(whole.splitlines()[:-1]) + b"\n")
    assert folder.run.ending() is None
    one.look()
    commits = there.repos[f"models/{REPO}"].commits
    now = time.time()
    clock = Clock(now)
    monkeypatch.setattr("demo.jobs.keeping.time", clock)
    for later, kept in ((MEANWHILE_SECONDS / 2, 2), (MEANWHILE_SECONDS + 9, 3)):
        clock.now = now + later
        os.utime(folder.run.resume_file, (now + later, now + later))
        one.look()
        assert len(commits) == kept
    folder.run.events_file.write_bytes(whole)
    os.utime(folder.run.events_file, (now + later + 1, now + later + 1))
    one.look()
    assert len(commits) == 4


class Clock:
    """In the place of the module `time`."""

    def __init__(self, now: float) -> None:
        self.now = now

    def time(self) -> float:
        return self.now


def zipped(**files: str) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for name, text in files.items():
            archive.writestr(name, text)
    return packed.getvalue()


def test_what_cannot_be_unpacked_leaves_nothing_and_keeps_nobody_else_away(
    there: "Hub", tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("demo.jobs.keeping.MOST_BYTES", 99)
    damaged, large, well = ("a" * 32, "b" * 32, "c" * 32)
    there.made(
        REPO,
        {
            f"{damaged}.zip": b"no zip",
            f"{large}.zip": zipped(long="x" * 100),
            f"{well}.zip": zipped(short="x"),
            "README.md": b"",
            "other.zip": b"",
        },
        private=True,
    )
    one = keeper(tmp_path / "runs")
    assert {path.name for path in one.runs.iterdir()} == {well}
    told = capfd.readouterr().err
    assert f"{damaged}.zip is damaged: it stays there." in told
    assert f"{large}.zip holds more than 99 bytes" in told


def test_one_that_is_too_large_is_told_once_and_all_others_are_kept(
    there: "Hub", tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    one = keeper(tmp_path / "runs")
    jobs = [trained(one.runs) for _ in range(3)]
    large = JobFolder(next(path for path in one.runs.iterdir() if JobFolder.is_id(path.name)))  # the first
    (large.path / "more").write_bytes(b"0" * 2**20)
    monkeypatch.setattr("demo.jobs.keeping.MOST_BYTES", 2**20)
    for _ in range(2):
        assert turn(one, brought=True)
        assert (one.runs / KEPT).exists()
    told = capfd.readouterr().err
    assert told == f"{KEEP}: {large.id} holds more than 1,048,576 bytes: it is not kept.\n"
    assert files_there(there).keys() == {f"{job.id}.zip" for job in jobs if job.id != large.id}


def test_nothing_goes_to_a_public_repository(there: "Hub", tmp_path: Path) -> None:
    there.made(REPO, {"model.safetensors": b""})
    with pytest.raises(AttnGanError, match="owner/trainings is public"):
        keeper(tmp_path / "runs")


def test_the_key_of_a_run_on_a_cluster_stays_here(there: "Hub", tmp_path: Path) -> None:
    one = keeper(tmp_path / "runs")
    folder = trained(one.runs)
    (folder.path / KEY).write_text("secret")
    one.look()
    with zipfile.ZipFile(io.BytesIO(files_there(there)[f"{folder.id}.zip"])) as archive:
        assert "job.json" in archive.namelist()
        assert not [name for name in archive.namelist() if KEY in name]


def test_a_hub_that_refuses_is_told_in_the_log_without_the_token_and_nobody_says_that_it_keeps(
    there: "Hub", tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv(KEEP, REPO)
    monkeypatch.setenv("SPACE_ID", "owner/page")
    monkeypatch.setenv("HF_TOKEN", "nobody")
    monkeypatch.setattr("demo.jobs.place._usual", lambda _: tmp_path / "runs")
    (tmp_path / "runs").mkdir()
    one = Keeper(tmp_path / "runs", REPO)
    assert not turn(one, brought=None)
    told = capfd.readouterr().err
    assert told.startswith(f"{KEEP}: The hub does not know your token: log in with ")
    assert told.count("\n") == 1
    assert "nobody" not in told
    assert is_fleeting()
    monkeypatch.setenv("HF_TOKEN", "owner")
    trained(one.runs)
    assert turn(one, brought=False)
    assert not is_fleeting()
    assert len(files_there(there)) == 1
    there.refusing = 500
    trained(one.runs)
    assert turn(one, brought=True), "what was brought stays so"
    assert is_fleeting()


def test_whatever_the_client_raises_stops_nothing(capfd: pytest.CaptureFixture[str]) -> None:
    def act() -> None:
        raise RuntimeError("https://host?token=secret")

    assert not tried(act)
    assert capfd.readouterr().err == f"{KEEP}: RuntimeError\n"
