"""Names of files and folders: shown, ordered, and those that belong to no picture."""

import random
from pathlib import Path, PurePosixPath

import pytest

from attngan.data.own import source
from attngan.data.own.names import hidden, natural, no_picture, thumbnail


@pytest.mark.parametrize(
    "ordered",
    [
        ["0", "1", "2", "3", "10", "11"],
        ["img9", "img10", "img0100"],
        ["a", "B", "c"],
        ["2 cats", "2 dogs", "10 cats"],
        ["v1.2.9", "v1.2.10", "v1.10"],
        ["007", "7", "7b", "8"],  # of one number: in order of their letters
        ["第2章", "第１０章"],
        ["Cat", "cat"],
    ],
)
def test_names_are_ordered_as_people_count(ordered: list[str]) -> None:
    for seed in range(7):
        mixed = random.Random(seed).sample(ordered, len(ordered))
        assert sorted(mixed, key=natural) == ordered


def test_a_number_of_any_length_can_be_ordered() -> None:
    assert sorted(["9" * 5003, "1" + "0" * 5003, "8"], key=natural)[0] == "8"


@pytest.mark.parametrize(
    "path",
    [
        *(
            ".DS_Store",
            "a/._x.png",
            "__MACOSX/a.png",
            "__macosx 2/x",
            "Thumbs.db",
            "THUMBS.DB",
            "desktop.ini",
        ),
        *("@eaDir/a.jpg/SYNOPHOTO_THUMB_M.jpg", "a/@EADIR/x", "#recycle/a.png", "@Recycle/a.png", "a/Icon\r"),
        *(
            "$RECYCLE.BIN/x",
            "System Volume Information/x",
            "lost+found/x",
            ".git/x",
            "@__thumb/x",
            "ehthumbs.db",
        ),
    ],
)
def test_what_systems_put_beside_pictures_is_hidden(path: str) -> None:
    assert hidden(PurePosixPath(path))


@pytest.mark.parametrize(
    "path", ["thumbs/a.png", "#1/a.png", "@home/a.png", "icon/a.png", "a.b/c", "recycle/a"]
)
def test_what_people_call_their_folders_is_not_hidden(path: str) -> None:
    assert not hidden(PurePosixPath(path))
    assert not thumbnail(PurePosixPath(path))


def test_files_are_known_by_their_suffix_only_where_they_are_no_pictures() -> None:
    assert no_picture(PurePosixPath("a/NOTES.TXT")) == "not a picture"
    assert no_picture(PurePosixPath("more.zip")) == "a zip among other files: give it alone"
    for name in ("a.png", "a.JFIF", "IMG_0010", "a.heic", "a.unknown", "a.bin"):
        assert no_picture(PurePosixPath(name)) is None


def test_pictures_without_a_name_of_their_own_are_not_credited_by_it(tmp_path: Path):
    assert source(tmp_path / "cats.npz").attribution == "Own pictures: cats"
    assert source(tmp_path / "pictures.npz").attribution == "Own pictures"
