"""Trainings kept in an account of the hub come back to a server that has forgotten them."""

import io
import os
import time
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from attngan.errors import AttnGanError
from demo.jobs.folder import JobFolder, Record
from demo.jobs.keeping import MEANWHILE_SECONDS, Keeper, start
from demo.jobs.place import KEEP, is_fleeting
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


def test_what_is_deleted_here_is_deleted_there_with_its_history(there: "Hub", tmp_path: Path) -> None:
    one = keeper(tmp_path / "runs")
    folder, stays = trained(one.runs), trained(one.runs)
    one.look()
    assert files_there(there).keys() == {f"{folder.id}.zip", f"{stays.id}.zip"}
    for file in sorted(folder.path.rglob("*"), reverse=True):
        file.unlink() if file.is_file() else file.rmdir()
    folder.path.rmdir()
    one.look()
    (only,) = there.repos[f"models/{REPO}"].commits
    assert only[1].keys() == {f"{stays.id}.zip"}


def test_one_that_goes_on_is_kept_now_and_then(there: "Hub", tmp_path: Path) -> None:
    one = keeper(tmp_path / "runs")
    folder = trained(one.runs)
    whole = folder.run.events_file.read_bytes()
    folder.run.events_file.write_bytes(b"\n".join(whole.splitlines()[:-1]) + b"\n")
    assert folder.run.ending() is None
    one.look()
    commits = there.repos[f"models/{REPO}"].commits
    now = time.time()
    for later, kept in ((MEANWHILE_SECONDS / 2, 2), (MEANWHILE_SECONDS + 9, 3)):
        os.utime(folder.run.resume_file, (now + later, now + later))
        one.look()
        assert len(commits) == kept
    folder.run.events_file.write_bytes(whole)
    os.utime(folder.run.events_file, (now + later + 1, now + later + 1))
    one.look()
    assert len(commits) == 4


def test_what_cannot_be_unpacked_leaves_nothing(
    there: "Hub", tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    there.made(REPO, {f"{'a' * 32}.zip": b"no zip", "README.md": b"", "other.zip": b""})
    with pytest.raises(AttnGanError, match="damaged: it stays there"):
        keeper(tmp_path / "runs")
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("job.json", "x" * 100)
    there.made(REPO, {f"{'b' * 32}.zip": packed.getvalue()})
    monkeypatch.setattr("demo.jobs.keeping.MOST_BYTES", 99)
    with pytest.raises(AttnGanError, match="holds more than 99 bytes"):
        keeper(tmp_path / "runs")
    assert not [*(tmp_path / "runs").iterdir()]


def test_a_hub_that_refuses_is_told_in_the_log_without_the_token(
    there: "Hub", tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv(KEEP, REPO)
    monkeypatch.setenv("HF_TOKEN", "nobody")
    assert not is_fleeting()
    start(tmp_path / "runs")
    told = capfd.readouterr().err
    assert told.startswith(f"{KEEP}: The hub does not know your token: log in with ")
    assert told.count("\n") == 1
    assert "nobody" not in told
