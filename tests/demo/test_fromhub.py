"""Models of the hub on the page: pinned to a commit, brought when it starts, shown like bundled ones."""

from pathlib import Path

import pytest

from attngan.errors import AttnGanError
from attngan.model import checkpoints
from demo import fromhub, shelf
from tests import tiny
from tests.standin_hub import OWNER, Hub

SMILE = f"{OWNER}/smile"


@pytest.fixture
def commit(there: Hub, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> str:
    checkpoints.save(tmp_path / "saved", tiny.model())
    commit = there.made(SMILE, {file.name: file.read_bytes() for file in (tmp_path / "saved").iterdir()})
    monkeypatch.setenv(fromhub.SETTING, f"hf:{SMILE}@{commit} {SMILE}2@{commit}")
    return commit


def test_those_that_are_there_are_shown_the_others_told(
    commit: str, there: Hub, capsys: pytest.CaptureFixture[str]
) -> None:
    assert "owner-smile" not in shelf.bundled()
    fromhub.bring()
    assert "There is no owner/smile2" in capsys.readouterr().err
    assert "owner-smile" in shelf.bundled()
    assert "owner-smile2" not in shelf.bundled()
    asked = len(there.asked)
    model = checkpoints.load(shelf.take("owner-smile").folder)
    assert model.config == tiny.model().config
    assert len(there.asked) == asked, "the hub is asked when the page starts, not later"


@pytest.mark.parametrize("name", ["owner/smile", "owner/smile@main", "owner/smile@abcdef0"])
def test_a_name_without_its_commit_is_refused(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(fromhub.SETTING, name)
    with pytest.raises(AttnGanError, match="must name a commit"):
        fromhub.bring()
