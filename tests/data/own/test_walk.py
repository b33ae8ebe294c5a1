"""The files of a folder: links followed, loops cut, and what may not be listed."""

import os
from pathlib import Path, PurePosixPath

import pytest

from attngan import data
from attngan.data.own import walk
from attngan.errors import AttnGanError
from tests.data.own.files import SIZE, fill


def _walked(folder: Path) -> list[str]:
    paths, notes = walk.walked(folder)
    assert notes == ()
    return [str(path) for path in paths]


def _touch(path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.touch()


def test_files_come_in_order_of_their_paths(tmp_path: Path) -> None:
    for name in ("b/1", "a.x", "a/10", "a/2", "B"):
        _touch(tmp_path / name)
    assert _walked(tmp_path) == [
        str(path) for path in sorted(map(PurePosixPath, ["B", "a.x", "a/10", "a/2", "b/1"]))
    ]


def test_class_folders_that_are_links_are_followed(tmp_path: Path) -> None:
    for kind, first in (("cats", 0), ("dogs", 5)):
        fill(tmp_path / "store" / kind, 5, first)
        (tmp_path / "mine" / kind).parent.mkdir(exist_ok=True)
        (tmp_path / "mine" / kind).symlink_to(Path("..") / "store" / kind)
    pictures = data.load(str(tmp_path / "mine"), SIZE)
    assert (len(pictures), pictures.label_names, pictures.skipped) == (10, ("cats", "dogs"), ())


def test_linked_files_and_links_to_links_are_followed(tmp_path: Path) -> None:
    _touch(tmp_path / "store" / "1")
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "one").symlink_to(tmp_path / "store" / "1")
    (tmp_path / "mine" / "two").symlink_to(tmp_path / "mine" / "one")
    assert _walked(tmp_path / "mine") == ["one", "two"]


def test_two_links_to_one_folder_both_count_and_loops_are_cut(tmp_path: Path) -> None:
    _touch(tmp_path / "store" / "1")
    mine = tmp_path / "mine"
    mine.mkdir()
    for name in ("a", "b"):
        (mine / name).symlink_to(tmp_path / "store")
    (mine / "loop").symlink_to(mine)
    (tmp_path / "store" / "back").symlink_to(mine)
    assert _walked(mine) == ["a/1", "b/1"]


def test_folders_that_all_link_to_each_other_are_listed_in_bounded_time(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in range(11):
        _touch(tmp_path / f"{name}" / "file")
        for other in range(11):
            (tmp_path / f"{name}" / f"to{other}").symlink_to(tmp_path / f"{other}")
    monkeypatch.setattr(walk, "MOST_REPEATS", 101)
    assert 11 <= len(_walked(tmp_path)) <= 11 + 101


def test_links_that_lead_nowhere_are_named(tmp_path: Path) -> None:
    (tmp_path / "gone.png").symlink_to(tmp_path / "nothing")
    (tmp_path / "self.png").symlink_to(tmp_path / "self.png")
    assert walk.walked(tmp_path) == (
        [],
        ("gone.png: a link that leads nowhere", "self.png: a link that leads nowhere"),
    )
    with pytest.raises(
        AttnGanError, match=r"0 pictures.*2 files \(gone\.png, \.\.\.\): a link that leads nowhere"
    ):
        data.load(str(tmp_path))


def test_pipes_are_not_opened(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.png")
    assert _walked(tmp_path) == []


def _locked(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    scandir = os.scandir

    def refuse(path: Path) -> object:
        if Path(path).name == name:
            raise PermissionError(13, "Permission denied")
        return scandir(path)

    monkeypatch.setattr(os, "scandir", refuse)


def test_a_folder_that_may_not_be_read_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _touch(tmp_path / "dogs" / "1")
    _touch(tmp_path / "cats" / "1")
    _locked(monkeypatch, "cats")
    assert walk.walked(tmp_path) == (
        [PurePosixPath("dogs/1")],
        ("cats: may not be read: change its permissions",),
    )


def test_a_folder_in_which_nothing_may_be_read_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _touch(tmp_path / "mine" / "cats" / "1")
    _locked(monkeypatch, "cats")
    with pytest.raises(
        AttnGanError, match=r"mine: 0 pictures.*cats: may not be read: change its permissions"
    ):
        data.load(str(tmp_path / "mine"))
    _locked(monkeypatch, "mine")
    with pytest.raises(AttnGanError, match=r"^mine may not be read: change its permissions"):
        data.load(str(tmp_path / "mine"))


def test_hidden_folders_are_not_entered(tmp_path: Path) -> None:
    _touch(tmp_path / "@eaDir" / "a" / "x.jpg")
    _touch(tmp_path / "a.jpg")
    assert _walked(tmp_path) == ["@eaDir", "a.jpg"]
