"""What is written is whole or not there, and nothing half is left behind."""

import errno
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from attngan import storage


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def no_space(*_: object) -> None:
    raise OSError(errno.ENOSPC, "No space left on device")


def test_a_file_is_replaced_and_its_folders_are_made(tmp_path: Path):
    file = tmp_path / "a" / "b"
    storage.write_file(file, b"old")
    storage.write_file(file, b"new")
    assert file.read_bytes() == b"new"
    assert names(tmp_path / "a") == ["b"]


def test_a_file_that_cannot_be_moved_to_its_place_leaves_the_old(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    file = tmp_path / "b"
    file.write_bytes(b"old")
    monkeypatch.setattr(Path, "replace", no_space)
    with pytest.raises(OSError, match="No space"):
        storage.write_file(file, b"new")
    assert file.read_bytes() == b"old"
    assert names(tmp_path) == ["b"]


def test_a_folder_is_replaced_whole(tmp_path: Path):
    for content in ("old", "new"):
        with storage.new_folder(tmp_path / "a" / "b") as new:
            (new / content).touch()
            assert content == "old" or names(tmp_path / "a" / "b") == ["old"]
    assert names(tmp_path / "a" / "b") == ["new"]
    assert names(tmp_path / "a") == ["b"]


def fill(folder: Path, then: Callable[[], None]) -> None:
    with storage.new_folder(folder) as new:
        (new / "new").touch()
        then()


def test_a_folder_that_could_not_be_filled_leaves_the_old(tmp_path: Path):
    (tmp_path / "b").mkdir()
    (tmp_path / "b" / "old").touch()
    with pytest.raises(OSError, match="No space"):
        fill(tmp_path / "b", then=no_space)
    assert names(tmp_path) == ["b"]
    assert names(tmp_path / "b") == ["old"]


def test_a_folder_that_cannot_be_moved_to_its_place_leaves_the_old(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    (tmp_path / "b").mkdir()
    (tmp_path / "b" / "old").touch()
    move, moves = Path.replace, []

    def second_fails(self: Path, target: Path) -> Path:
        moves.append(target)
        if len(moves) == 2:
            no_space()
        return move(self, target)

    monkeypatch.setattr(Path, "replace", second_fails)
    with pytest.raises(OSError, match="No space"):
        fill(tmp_path / "b", then=lambda: None)
    assert len(moves) == 3  # the old away, the new to its place, the old back
    assert names(tmp_path) == ["b"]
    assert names(tmp_path / "b") == ["old"]


def test_what_a_killed_process_left_is_swept_away_and_nothing_else(tmp_path: Path):
    (tmp_path / ".model.x1.new").mkdir()
    (tmp_path / ".model.x1.new" / "half").touch()
    (tmp_path / ".resume.pt.x2.new").touch()
    (tmp_path / ".lock").touch()
    (tmp_path / "resume.pt").touch()
    storage.sweep(tmp_path)
    storage.sweep(tmp_path / "not there")
    assert names(tmp_path) == [".lock", "resume.pt"]


@pytest.mark.parametrize("refusal", [errno.EEXIST, errno.EPERM, errno.EACCES, errno.ENOTSUP, errno.ENOSYS])
def test_a_drive_that_moves_nothing_over_what_is_there_will_do(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, refusal: int
):
    move = Path.replace

    def refused_over_a_file(self: Path, target: Path) -> Path:
        if target.exists():
            raise OSError(refusal, os.strerror(refusal))
        return move(self, target)

    monkeypatch.setattr(Path, "replace", refused_over_a_file)
    for content in (b"old", b"new"):
        storage.write_file(tmp_path / "b", content)
        assert (tmp_path / "b").read_bytes() == content
    assert names(tmp_path) == ["b"]


def test_a_drive_that_knows_no_permissions_will_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(errno.EPERM, "Operation not permitted")

    for name in ("chmod", "fchmod"):
        monkeypatch.setattr(os, name, refuse)
    storage.write_file(tmp_path / "file", b"new")
    with storage.new_folder(tmp_path / "folder") as new:
        (new / "new").touch()
    assert names(tmp_path) == ["file", "folder"]


def test_a_name_as_long_as_a_name_can_be_will_do(tmp_path: Path):
    storage.write_file(tmp_path / ("x" * 255), b"new")
    assert names(tmp_path) == ["x" * 255]


def test_a_file_is_read_up_to_a_size(tmp_path: Path):
    (tmp_path / "b").write_bytes(b"seven!!")
    assert storage.read_file(tmp_path / "b", 7) == b"seven!!"
    with pytest.raises(OSError, match="too large"):
        storage.read_file(tmp_path / "b", 5)
