"""Folders of pictures, and single files: what is used, what is left out, and what is said of it."""

import os
import unicodedata
from pathlib import Path

import pytest

from attngan import data
from attngan.data import usable
from attngan.data.found import Wanted
from attngan.data.own import folders
from attngan.errors import AttnGanError
from tests.data.own.files import SIZE, fill
from tests.data.own.sets import picture


def _loaded(folder: Path) -> tuple[int, tuple[str, ...], tuple[str, ...]]:
    found = data.load(str(folder), SIZE)
    return len(found), found.label_names, found.skipped


def test_a_flat_folder_gives_its_pictures_in_order_without_labels(tmp_path: Path) -> None:
    pictures = data.load(str(fill(tmp_path / "holiday", 11)), SIZE)
    assert pictures.images.shape == (11, 3, SIZE, SIZE)
    assert pictures.labels is None
    assert (pictures.name, pictures.classes, pictures.skipped) == ("holiday", 0, ())
    one = data.load(str(fill(tmp_path / "again", 11)), SIZE).images
    assert pictures.images.equal(one)
    assert str(tmp_path) not in repr((pictures.name, pictures.source, pictures.licence))


def test_sub_folders_are_the_labels_at_whatever_depth_they_begin(tmp_path: Path) -> None:
    fill(tmp_path / "all" / "train" / "dog" / "big", 5, 50)
    fill(tmp_path / "all" / "train" / "cat", 7)
    pictures = data.load(str(tmp_path / "all"), SIZE)
    assert pictures.label_names == ("cat", "dog")
    assert pictures.labels is not None
    assert pictures.labels.tolist() == [0] * 7 + [1] * 5


def test_parts_of_a_set_are_joined(tmp_path: Path) -> None:
    for number, part in enumerate(("train", "val", "test")):
        fill(tmp_path / part / "cat", 3, 10 * number)
        fill(tmp_path / part / "dog", 2, 10 * number + 5)
    pictures = data.load(str(tmp_path), SIZE)
    assert pictures.skipped == ("folders: train, val, test: joined, they are no classes",)
    assert pictures.labels is not None
    assert pictures.labels.tolist() == [0, 0, 0, 1, 1] * 3  # in order of the paths: test, train, val


def test_numbered_classes_are_in_order_of_their_numbers_and_pictures_in_that_of_their_paths(
    tmp_path: Path,
) -> None:
    for number in (0, 2, 10):
        fill(tmp_path / str(number), 3, number)
    pictures = data.load(str(tmp_path), SIZE)
    assert pictures.label_names == ("0", "2", "10")
    assert pictures.labels is not None
    assert pictures.labels.tolist() == [0] * 3 + [2] * 3 + [1] * 3


def test_pictures_beside_a_sub_folder_have_no_labels_and_it_is_told(tmp_path: Path) -> None:
    fill(fill(tmp_path / "mixed", 5) / "cat", 5, 20)
    assert _loaded(tmp_path / "mixed") == (
        10,
        (),
        ("labels: some pictures lie in no sub-folder, so there are none",),
    )


def test_a_picture_beside_class_folders_costs_only_itself(tmp_path: Path) -> None:
    fill(tmp_path / "cat", 5)
    fill(tmp_path / "dog", 7)
    (tmp_path / "overview.png").write_bytes(picture(23))
    assert _loaded(tmp_path) == (12, ("cat", "dog"), ("overview.png: lies in no class folder",))


def test_where_most_pictures_lie_in_no_class_folder_all_are_used_without_labels(tmp_path: Path) -> None:
    fill(tmp_path, 13)
    fill(tmp_path / "cat", 5)
    fill(tmp_path / "dog", 7)
    note = "labels: some pictures lie in no sub-folder, so there are none"
    assert _loaded(tmp_path) == (25, (), (note,))


def test_what_cannot_be_read_beside_class_folders_does_not_cost_the_labels(tmp_path: Path) -> None:
    fill(tmp_path / "cat", 5)
    fill(tmp_path / "dog", 7)
    for number in range(13):
        (tmp_path / f"{number}.unknown").write_bytes(b"words")
    count, names, skipped = _loaded(tmp_path)
    assert (count, names, len(skipped)) == (12, ("cat", "dog"), 13)


def test_a_single_sub_folder_is_no_label(tmp_path: Path) -> None:
    fill(tmp_path / "outer" / "inner", 8)
    assert data.load(str(tmp_path / "outer"), SIZE).labels is None


def test_labels_with_one_picture_each_are_left_out_and_it_is_told(tmp_path: Path) -> None:
    for number in range(11):
        fill(tmp_path / "each" / f"label{number:02}", 1, number)
    pictures = data.load(str(tmp_path / "each"), SIZE)
    assert (pictures.labels, pictures.classes) == (None, 0)
    assert pictures.skipped == ("labels: every picture has one of its own, so they are left out",)


def test_masks_are_left_out(tmp_path: Path) -> None:
    fill(tmp_path / "images", 11)
    fill(tmp_path / "masks", 11, 50)
    assert _loaded(tmp_path) == (11, (), ("folders: masks: masks, left out",))


def test_what_systems_put_beside_pictures_is_passed_over(tmp_path: Path) -> None:
    fill(tmp_path, 8)
    for name in (".DS_Store", "Thumbs.db", "desktop.ini"):
        (tmp_path / name).write_bytes(b"junk")
    for name in ("__MACOSX", "@eaDir", "thumbnails"):
        fill(tmp_path / name, 3, 90)
    assert _loaded(tmp_path) == (8, (), ())


def test_small_copies_are_used_where_there_is_nothing_else(tmp_path: Path) -> None:
    fill(tmp_path / "thumbnails", 8)
    (tmp_path / "about.txt").write_text("words")
    assert _loaded(tmp_path) == (8, (), ("about.txt: not a picture",))


def test_files_that_are_no_pictures_by_their_names_are_not_opened(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill(tmp_path, 11)
    for name in ("a.txt", "b.XML", "more.zip"):
        (tmp_path / name).write_bytes(picture(0))
    monkeypatch.setattr(folders, "MAXIMUM_FILES", 11)
    zips = "more.zip: a zip among other files: give it alone"
    assert _loaded(tmp_path) == (11, (), ("a.txt: not a picture", "b.XML: not a picture", zips))


def test_at_most_so_many_pictures_are_read_as_wanted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fill(tmp_path, 23)
    assert len(data.load(str(tmp_path), SIZE, max_pictures=11)) == 11
    monkeypatch.setattr(folders, "MAXIMUM_FILES", 17)
    assert _loaded(tmp_path) == (17, (), ("6 files: more than 17",))


def test_an_empty_folder_is_told(tmp_path: Path) -> None:
    (tmp_path / "nothing" / "within").mkdir(parents=True)
    with pytest.raises(AttnGanError, match="The folder nothing is empty"):
        data.load(str(tmp_path / "nothing"))


def test_a_folder_of_hidden_files_alone_is_told(tmp_path: Path) -> None:
    fill(tmp_path / "mine" / ".cache", 8)
    with pytest.raises(AttnGanError, match=r"The folder mine has only what is hidden, such as '\.cache'"):
        data.load(str(tmp_path / "mine"))


def test_fewer_than_eight_pictures_are_told_with_what_could_not_be_read(tmp_path: Path) -> None:
    fill(tmp_path / "few", 7)
    for name in "abcde":
        (tmp_path / "few" / f"{name}.txt").write_text("words")
    (tmp_path / "few" / "gone.png").symlink_to("nowhere")
    with pytest.raises(AttnGanError) as caught:
        data.load(str(tmp_path / "few"))
    assert str(caught.value) == (
        "few: 7 pictures, and at least 8 are needed. Not used: gone.png: a link that leads nowhere; "
        "5 files (a.txt, ...): not a picture."
    )


def test_reasons_are_told_once_though_names_and_reasons_have_colons() -> None:
    notes = (
        "A: calm/1.png: packed (x): pack it anew",
        "labels: from a.csv",
        "b.png: packed (x): pack it anew",
    )
    assert usable._unread((*notes, "c.png: a: b")) == (
        " Not used: 2 files (A: calm/1.png, ...): packed (x): pack it anew; c.png: a: b."
    )
    assert usable._unread(notes[1:2]) == ""


def test_a_pipe_in_place_of_a_zip_is_not_opened(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "set.zip")
    with pytest.raises(AttnGanError, match=r"^set\.zip is no data set"):
        data.load(str(tmp_path / "set.zip"))


def test_one_picture_many_times_is_told(tmp_path: Path) -> None:
    for number in range(11):
        (tmp_path / f"{number}.png").write_bytes(picture(3))
    with pytest.raises(AttnGanError, match="all 11 pictures are the same"):
        data.load(str(tmp_path))


def test_names_that_are_no_utf_8_are_read_and_shown_with_question_marks(tmp_path: Path) -> None:
    root = Path(os.fsdecode(os.fsencode(tmp_path) + b"/mus\xe9e"))
    fill(root / os.fsdecode(b"caf\xe9"), 5)
    fill(root / "dog", 7)
    (root / "dog" / os.fsdecode(b"b\xff\nd.png")).write_bytes(b"junk")
    pictures = data.load(str(root), SIZE)
    assert (pictures.name, pictures.label_names) == ("mus?e", ("caf?", "dog"))
    (told,) = pictures.skipped
    assert told.startswith("dog/b??d.png: not a picture")
    assert "\udce9" not in repr(pictures)


def test_one_name_written_in_two_ways_is_one_class(tmp_path: Path) -> None:
    fill(tmp_path / "train" / unicodedata.normalize("NFC", "café"), 5)
    fill(tmp_path / "test" / unicodedata.normalize("NFD", "café"), 5, 20)
    fill(tmp_path / "test" / "dog", 5, 30)
    assert data.load(str(tmp_path), SIZE).label_names == ("café", "dog")


# ---- single files ----


def test_single_files_are_read_and_two_of_one_name_both_count(tmp_path: Path) -> None:
    fill(tmp_path / "a", 5)
    fill(tmp_path / "b", 3, 2)
    paths = [*(tmp_path / "b").iterdir(), *(tmp_path / "a").iterdir()]
    found = folders.read_loose(paths, Wanted(SIZE))
    assert (len(found.images), found.labels, found.skipped) == (8, None, ())


def test_a_zip_among_single_files_is_named_and_a_table_gives_labels(tmp_path: Path) -> None:
    fill(tmp_path, 8)
    (tmp_path / "more.zip").write_bytes(b"PK")
    (tmp_path / "labels.csv").write_text(
        "file,label\n" + "".join(f"{n:03},{'ab'[n % 2]}\n" for n in range(8))
    )
    found = folders.read_loose(list(tmp_path.iterdir()), Wanted(SIZE))
    assert found.label_names == ("a", "b")
    assert found.labels is not None
    assert found.labels.tolist() == [0, 1] * 4
    told = ("more.zip: a zip among other files: give it alone", "labels: from labels.csv")
    assert found.skipped == told


def test_nothing_uploaded_is_told() -> None:
    with pytest.raises(AttnGanError, match="The upload is empty"):
        folders.read_loose([], Wanted(SIZE))


# ---- time ----


def test_after_the_wanted_seconds_no_further_file_is_begun(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill(tmp_path / "a", 8)
    fill(tmp_path / "b", 8, 20)
    ticks = iter(range(1000))
    monkeypatch.setattr(folders.time, "monotonic", lambda: next(ticks))
    found = folders.read(tmp_path, Wanted(SIZE, seconds=7))
    assert found.skipped == ("10 files: reading took longer than 7 seconds",)
    assert found.labels is not None
    assert found.labels.tolist() == [0, 0, 0, 1, 1, 1]  # as many of each class, in order


def test_a_limit_of_time_that_is_kept_changes_nothing(tmp_path: Path) -> None:
    fill(tmp_path, 11)
    slow, quick = (folders.read(tmp_path, Wanted(SIZE, seconds=seconds)) for seconds in (997, float("inf")))
    assert (slow.images == quick.images).all()
