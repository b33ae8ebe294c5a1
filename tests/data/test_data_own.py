"""The person's own pictures: folders and zips, good and bad."""

import io
import os
import stat
import zipfile
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from attngan import data
from attngan.data import archives, folders
from attngan.errors import AttnGanError

SIZE = 13  # pixels


def _picture(seed: int, width: int = 17, height: int = 19) -> Image.Image:
    return Image.fromarray(np.random.default_rng(seed).integers(0, 256, (height, width, 3), np.uint8))


def _png(picture: Image.Image, kind: str = "PNG", **options: object) -> bytes:
    file = io.BytesIO()
    picture.save(file, kind, **options)
    return file.getvalue()


def _fill(folder: Path, count: int, first: int = 0) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    for number in range(first, first + count):
        (folder / f"{number:03}.png").write_bytes(_png(_picture(number)))
    return folder


def _zipped(path: Path, entries: dict[str, bytes], compression: int = zipfile.ZIP_DEFLATED) -> Path:
    with zipfile.ZipFile(path, "w", compression) as archive:
        for name, content in entries.items():
            archive.writestr(name, content)
    return path


def _pictures(count: int, prefix: str = "") -> dict[str, bytes]:
    return {f"{prefix}{number}.png": _png(_picture(number)) for number in range(count)}


# ---- folders ----


def test_a_flat_folder_gives_its_pictures_in_order_without_labels(tmp_path: Path) -> None:
    pictures = data.load(str(_fill(tmp_path / "holiday", 11)), SIZE)
    assert pictures.images.shape == (11, 3, SIZE, SIZE)
    assert pictures.labels is None
    assert (pictures.name, pictures.classes, pictures.skipped) == ("holiday", 0, ())
    one = data.load(str(_fill(tmp_path / "again", 11)), SIZE).images
    assert pictures.images.equal(one)
    assert str(tmp_path) not in repr((pictures.name, pictures.source, pictures.licence))


def test_sub_folders_are_the_labels_at_whatever_depth_they_begin(tmp_path: Path) -> None:
    _fill(tmp_path / "all" / "train" / "dog" / "big", 5, 50)
    _fill(tmp_path / "all" / "train" / "cat", 7)
    pictures = data.load(str(tmp_path / "all"), SIZE)
    assert pictures.label_names == ("cat", "dog")
    assert pictures.labels is not None
    assert pictures.labels.tolist() == [0] * 7 + [1] * 5


def test_pictures_beside_sub_folders_have_no_labels_and_it_is_told(tmp_path: Path) -> None:
    _fill(_fill(tmp_path / "mixed", 5) / "cat", 5, 20)
    pictures = data.load(str(tmp_path / "mixed"), SIZE)
    assert pictures.labels is None
    assert pictures.skipped == ("labels: some pictures lie in no sub-folder, so there are none",)


def test_a_single_sub_folder_is_no_label(tmp_path: Path) -> None:
    _fill(tmp_path / "outer" / "inner", 8)
    assert data.load(str(tmp_path / "outer"), SIZE).labels is None


def test_labels_with_one_picture_each_are_left_out_and_it_is_told(tmp_path: Path) -> None:
    for number in range(11):
        _fill(tmp_path / "each" / f"label{number:02}", 1, number)
    pictures = data.load(str(tmp_path / "each"), SIZE)
    assert (pictures.labels, pictures.classes) == (None, 0)
    assert pictures.skipped == ("labels: every picture has one of its own, so they are left out",)


def test_grey_pictures_give_one_channel_unless_three_are_asked_for(tmp_path: Path) -> None:
    for number in range(8):
        _picture(number).convert("L").save(tmp_path / f"{number}.png")
    assert data.load(str(tmp_path), SIZE).channels == 1
    assert data.load(str(tmp_path), SIZE, channels=3).channels == 3


def test_what_systems_put_beside_pictures_is_passed_over(tmp_path: Path) -> None:
    _fill(tmp_path, 8)
    for name in (".DS_Store", "Thumbs.db", "desktop.ini"):
        (tmp_path / name).write_bytes(b"junk")
    _fill(tmp_path / "__MACOSX", 3, 90)
    pictures = data.load(str(tmp_path), SIZE)
    assert (len(pictures), pictures.skipped) == (8, ())


def test_at_most_so_many_pictures_are_read_as_wanted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _fill(tmp_path, 23)
    assert len(data.load(str(tmp_path), SIZE, max_pictures=11)) == 11
    monkeypatch.setattr(folders, "MAXIMUM_FILES", 17)
    pictures = data.load(str(tmp_path), SIZE)
    assert (len(pictures), pictures.skipped) == (17, ("6 files: more than 17",))


def test_linked_folders_are_not_followed_and_pipes_not_opened(tmp_path: Path) -> None:
    _fill(tmp_path / "own", 8)
    _fill(tmp_path / "other", 5, 30)
    (tmp_path / "own" / "link").symlink_to(tmp_path / "other", target_is_directory=True)
    (tmp_path / "own" / "loop").symlink_to(tmp_path / "own", target_is_directory=True)
    os.mkfifo(tmp_path / "own" / "pipe.png")
    assert len(data.load(str(tmp_path / "own"), SIZE)) == 8


def test_an_empty_folder_is_told(tmp_path: Path) -> None:
    (tmp_path / "nothing" / "within").mkdir(parents=True)
    with pytest.raises(AttnGanError, match="The folder nothing is empty"):
        data.load(str(tmp_path / "nothing"))


def test_fewer_than_eight_pictures_are_told_with_what_could_not_be_read(tmp_path: Path) -> None:
    _fill(tmp_path / "few", 7)
    for name in "abcde":
        (tmp_path / "few" / f"{name}.txt").write_text("words")
    with pytest.raises(AttnGanError, match=r"few: 7 pictures.*at least 8.*a\.txt: not a picture.*and 2 more"):
        data.load(str(tmp_path / "few"))


def test_one_picture_many_times_is_told(tmp_path: Path) -> None:
    for number in range(11):
        (tmp_path / f"{number}.png").write_bytes(_png(_picture(3)))
    with pytest.raises(AttnGanError, match="all 11 pictures are the same"):
        data.load(str(tmp_path))


@pytest.mark.parametrize("name", ["no/where", "missing.zip", "missing.npz", "missing.npy", "C:\\pictures"])
def test_a_path_that_does_not_exist_is_told(name: str) -> None:
    with pytest.raises(AttnGanError, match="There is nothing at"):
        data.load(name)


def test_a_file_of_another_kind_is_told(tmp_path: Path) -> None:
    (tmp_path / "one.png").write_bytes(_png(_picture(0)))
    with pytest.raises(AttnGanError, match=r"one\.png is no data set: give a folder"):
        data.load(str(tmp_path / "one.png"))


def test_a_known_name_goes_before_a_folder_of_that_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _fill(tmp_path / "faces", 8)
    monkeypatch.chdir(tmp_path)
    assert "OpenMoji" in data.load("faces", 16).source
    assert len(data.load("./faces", 16)) == 8


def test_names_that_cannot_be_shown_are_told_with_question_marks(tmp_path: Path) -> None:
    _fill(tmp_path, 8)
    (tmp_path / os.fsdecode(b"b\xff\nd.png")).write_bytes(b"junk")
    (told,) = data.load(str(tmp_path), SIZE).skipped
    assert told.startswith("b??d.png: not a picture")


# ---- zips ----


def test_a_zip_of_folders_gives_the_same_as_the_folders(tmp_path: Path) -> None:
    entries = _pictures(7, "photos/cat/") | _pictures(5, "photos/dog/") | {"__MACOSX/photos/._x": b"junk"}
    from_zip = data.load(str(_zipped(tmp_path / "photos.zip", entries)), SIZE)
    with zipfile.ZipFile(tmp_path / "photos.zip") as archive:
        archive.extractall(tmp_path / "out")
    from_folder = data.load(str(tmp_path / "out"), SIZE)
    assert from_zip.images.equal(from_folder.images)
    assert from_zip.label_names == ("cat", "dog")
    assert from_zip.labels is not None
    assert from_zip.labels.tolist() == [0] * 7 + [1] * 5
    assert (from_zip.name, from_zip.skipped) == ("photos", ())


def test_nothing_of_a_zip_is_written_to_the_disk(tmp_path: Path) -> None:
    path = _zipped(tmp_path / "photos.zip", _pictures(8))
    data.load(str(path), SIZE)
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.parametrize(
    "entries", [{}, {"folder/": b""}, {".hidden": b"x"}], ids=["none", "folder", "hidden"]
)
def test_an_empty_zip_is_told(entries: dict[str, bytes], tmp_path: Path) -> None:
    with pytest.raises(AttnGanError, match=r"empty\.zip is empty"):
        data.load(str(_zipped(tmp_path / "empty.zip", entries)))


@pytest.mark.parametrize(
    "name", ["../evil.png", "/evil.png", "a/../../evil.png", "..\\evil.png", "C:\\evil.png", "C:evil.png"]
)
def test_a_zip_with_a_path_that_escapes_is_refused(name: str, tmp_path: Path) -> None:
    path = _zipped(tmp_path / "bad.zip", _pictures(8) | {name: _png(_picture(0))})
    with pytest.raises(AttnGanError, match=r"bad\.zip is refused.*leads out of the zip"):
        data.load(str(path))


def test_a_zip_with_a_link_is_refused(tmp_path: Path) -> None:
    path = _zipped(tmp_path / "bad.zip", _pictures(8))
    with zipfile.ZipFile(path, "a") as archive:
        link = zipfile.ZipInfo("link.png")
        link.external_attr = (stat.S_IFLNK | 0o777) << 16
        archive.writestr(link, "/etc/passwd")
    with pytest.raises(AttnGanError, match=r"'link\.png' is a link"):
        data.load(str(path))


def test_a_zip_with_too_many_entries_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archives, "MAXIMUM_FILES", 11)
    with pytest.raises(AttnGanError, match="13 entries, more than 11"):
        data.load(str(_zipped(tmp_path / "many.zip", _pictures(13))))


def test_a_zip_whose_list_of_entries_would_fill_the_memory_is_refused_before_it_is_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = _zipped(tmp_path / "many.zip", _pictures(13))
    monkeypatch.setattr(archives, "_LARGEST_TABLE_BYTES", 500)
    monkeypatch.setattr(zipfile, "ZipFile", lambda *_: pytest.fail("read"))
    with pytest.raises(AttnGanError, match="entries: use fewer"):
        data.load(str(path))


def test_a_zip_that_unpacks_to_too_much_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archives, "MAXIMUM_BYTES", 4999)
    with pytest.raises(AttnGanError, match="unpacks to"):
        data.load(str(_zipped(tmp_path / "large.zip", _pictures(13))))


def test_a_zip_bomb_is_refused_by_its_ratio(tmp_path: Path) -> None:
    entries = _pictures(8) | {"bomb.png": bytes(3 * 2**20)}
    with pytest.raises(AttnGanError, match=r"'bomb\.png' unpacks to more than 200 times its size"):
        data.load(str(_zipped(tmp_path / "bomb.zip", entries)))


def test_an_entry_too_large_is_named_and_the_rest_is_used(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    entries = _pictures(8) | {"large.bmp": _png(_picture(0, 101, 103), "BMP")}
    monkeypatch.setattr(archives, "MAXIMUM_ENTRY_BYTES", 9999)
    pictures = data.load(str(_zipped(tmp_path / "photos.zip", entries)), SIZE)
    assert len(pictures) == 8
    assert pictures.skipped[0].startswith("large.bmp: larger than")


@pytest.mark.parametrize("content", [b"", b"words", b"PK\x05\x06", b"PK\x03\x04" + b"x" * 99])
def test_a_file_that_is_no_zip_is_told(content: bytes, tmp_path: Path) -> None:
    (tmp_path / "broken.zip").write_bytes(content)
    with pytest.raises(AttnGanError, match=r"broken\.zip is not a whole zip file"):
        data.load(str(tmp_path / "broken.zip"))


def test_a_cut_off_zip_is_told(tmp_path: Path) -> None:
    path = _zipped(tmp_path / "cut.zip", _pictures(11))
    path.write_bytes(path.read_bytes()[:-99])
    with pytest.raises(AttnGanError, match=r"cut\.zip is not a whole zip file"):
        data.load(str(path))


def test_a_damaged_entry_of_a_zip_is_named_and_the_rest_is_used(tmp_path: Path) -> None:
    path = _zipped(tmp_path / "photos.zip", _pictures(11), zipfile.ZIP_STORED)
    content = bytearray(path.read_bytes())
    middle = content.index(b"IDAT") + 30
    content[middle : middle + 20] = b"x" * 20
    path.write_bytes(bytes(content))
    pictures = data.load(str(path), SIZE)
    assert (len(pictures), pictures.skipped) == (10, ("0.png: broken or cut off",))


def test_an_encrypted_entry_is_named(tmp_path: Path) -> None:
    path = _zipped(tmp_path / "photos.zip", _pictures(11))
    content = bytearray(path.read_bytes())
    start = content.index(b"PK\x01\x02")
    content[start + 8] |= 1  # the flag of encryption in the list of entries
    path.write_bytes(bytes(content))
    pictures = data.load(str(path), SIZE)
    assert (len(pictures), pictures.skipped) == (10, ("0.png: it is encrypted",))
