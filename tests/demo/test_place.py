"""Trainings are kept where they can be: named, usual, or among temporary files, which is told."""

import os
import tempfile
from pathlib import Path

import pytest

from attngan.errors import AttnGanError
from demo.jobs import place


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.delenv(place.SETTING, raising=False)
    monkeypatch.delenv("SPACE_ID", raising=False)
    monkeypatch.setattr(place, "user_data_path", lambda name, appauthor: tmp_path / "home" / name)
    (tmp_path / "temp").mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "temp"))
    place._usual.cache_clear()
    return tmp_path / "home"


def test_the_usual_folder_lasts_and_a_space_does_not(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert place.runs_folder() == home / "attngan" / "runs"
    assert not place.is_fleeting()
    monkeypatch.setenv("SPACE_ID", "owner/page")
    assert place.is_fleeting()
    monkeypatch.setenv(place.SETTING, "/data/runs")
    assert place.runs_folder() == Path("/data/runs")
    assert not place.is_fleeting()


def test_where_the_home_cannot_be_written_temporary_files_are_beside(
    home: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    home.write_text("no folder can be made here")
    folder = place.runs_folder()
    assert folder.parents[1] == tmp_path / "temp"
    assert folder.is_dir()
    assert folder.parent.stat().st_mode & 0o77 == 0, "it is nobody else's"
    assert place.is_fleeting()
    said = capsys.readouterr().err
    assert said.count("\n") == 1
    assert "lost with the computer's next start" in said
    assert place.runs_folder() == folder
    assert capsys.readouterr().err == "", "it is told once"


def test_where_nothing_can_be_written_that_is_told(home: Path, tmp_path: Path) -> None:
    home.write_text("")
    (tmp_path / "temp").rmdir()
    (tmp_path / "temp").write_text("")
    with pytest.raises(AttnGanError, match=r"Neither .* is this user.s to write: .* by ATTNGAN_RUNS"):
        place.runs_folder()


def test_a_folder_that_others_may_have_made_is_not_taken(home: Path, tmp_path: Path) -> None:
    home.write_text("")
    theirs = tmp_path / "temp" / f"attngan-{os.getuid()}"
    theirs.mkdir(mode=0o777)
    theirs.chmod(0o777)
    with pytest.raises(AttnGanError, match="is this user's to write"):
        place.runs_folder()
    theirs.rmdir()
    theirs.symlink_to(tmp_path)
    with pytest.raises(AttnGanError, match="is this user's to write"):
        place.runs_folder()
