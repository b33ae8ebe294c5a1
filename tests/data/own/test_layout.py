"""What folders mean: classes, parts of a set, masks."""

from pathlib import PurePosixPath

import pytest

from attngan.data.own.layout import classes, numbered, strays, without_masks


def _paths(text: str) -> list[PurePosixPath]:
    return [PurePosixPath(path) for path in text.split()]


@pytest.mark.parametrize(
    ("paths", "found"),
    [
        ("a.png b.png", [None, None]),
        ("cat/1 cat/2 dog/3", ["cat", "cat", "dog"]),
        ("all/mine/cat/big/1 all/mine/dog/2", ["cat", "dog"]),
        ("only/1 only/2", [None, None]),
        ("car/1 train/2 plane/3", ["car", "train", "plane"]),
        ("train/1 car/2", ["train", "car"]),
        ("cat/train/1 cat/test/2 dog/train/3 dog/test/4", ["cat", "cat", "dog", "dog"]),
        ("cafe\u0301/1 dog/2", ["caf\u00e9", "dog"]),
    ],
)
def test_the_first_folders_that_differ_are_the_classes(paths: str, found: list[str | None]) -> None:
    assert classes(_paths(paths)) == (found, ())


@pytest.mark.parametrize(
    ("paths", "found", "told"),
    [
        ("train/cat/1 val/cat/2 test/dog/3", ["cat", "cat", "dog"], "train, val, test"),
        ("chest/Testing/N/1 chest/Training/P/2", ["N", "P"], "Training, Testing"),
        ("train/xray/N/1 test/xray/P/2", ["N", "P"], "train, test"),
        ("seg_train/seg_train/sea/1 seg_test/seg_test/ice/2", ["sea", "ice"], "seg_train, seg_test"),
        ("train2017/a/1 val2017/b/2", ["a", "b"], "train2017, val2017"),
        ("train/1 test1/2", [None, None], "train, test1"),
        ("VALID/a/1 test_set/b/2 dev/b/3", ["a", "b", "b"], "VALID, dev, test_set"),
        ("fold_1/a/1 fold_2/b/2 fold_10/b/3", ["a", "b", "b"], "fold_1, fold_2, fold_10"),
        ("训练集/a/1 测试集/b/2", ["a", "b"], "训练集, 测试集"),
        ("train/a/1 test/b/2 extra/b/3", ["a", "b", "b"], "train, test, extra"),
        ("train/1 test/2", [None, None], "train, test"),
        ("cat/train/1 cat/test/2", [None, None], "train, test"),
    ],
)
def test_parts_of_a_set_are_joined_and_it_is_told(paths: str, found: list[str | None], told: str) -> None:
    assert classes(_paths(paths)) == (found, (f"folders: {told}: joined, they are no classes",))


def test_pictures_beside_a_single_folder_have_no_classes_and_it_is_told() -> None:
    note = ("labels: some pictures lie in no sub-folder, so there are none",)
    assert classes(_paths("1 2 3 cat/4 cat/5")) == ([None] * 5, note)
    assert classes(_paths("1 2 cat/3 cat/4 cat/5")) == ([None] * 5, note)


def test_a_few_pictures_beside_class_folders_are_strays() -> None:
    for paths in ("overview cat/1 dog/2", "overview all/cat/1 all/dog/2"):
        found, _ = classes(_paths(paths))
        assert found == [None, "cat", "dog"]
        assert strays(found) == {0}
    found, _ = classes(_paths("train/cat/1 train/dog/2 test/3"))
    assert (found, strays(found)) == (["cat", "dog", None], {2})


@pytest.mark.parametrize("found", [[None, None, "a", "b"], [None, "a", "a", "a"], ["a", "b"], []])
def test_there_are_no_strays_without_several_classes_that_hold_the_majority(found: list[str | None]) -> None:
    assert strays(found) == set()


def test_classes_are_numbered_in_natural_order() -> None:
    labels, names, note = numbered(["10", "2", "b", "A", "2"])
    assert (names, note) == (("2", "10", "A", "b"), ())
    assert labels is not None
    assert labels.tolist() == [1, 0, 3, 2, 0]


def test_without_a_class_for_every_picture_there_are_no_labels() -> None:
    assert numbered([None, None]) == (None, (), ())
    assert numbered(["a", None]) == (
        None,
        (),
        ("labels: some pictures lie in no sub-folder, so there are none",),
    )


def test_classes_that_look_alike_once_shown_stay_apart() -> None:
    assert numbered(["caf\udce8", "caf\udce9", "b"])[1] == ("b", "caf?", "caf? (2)")


@pytest.mark.parametrize(
    ("paths", "kept", "notes"),
    [
        ("images/1 masks/1", [0], ("folders: masks: masks, left out",)),
        ("train/images/1 train/masks/1 test/images/2", [0, 2], ("folders: train/masks: masks, left out",)),
        ("images/train/1 labels/train/1", [0], ("folders: labels: masks, left out",)),
        ("JPEGImages/1 SegmentationClass/1", [0], ("folders: SegmentationClass: masks, left out",)),
        (
            "a/img/1 a/GT/1 b/img/2 b/gt/3",
            [0, 2],
            ("folders: a/GT: masks, left out", "folders: b/gt: masks, left out"),
        ),
        ("train/1 train_masks/1", [0], ("folders: train_masks: masks, left out",)),
        ("train_images/1 train_labels/1", [0], ("folders: train_labels: masks, left out",)),
        ("train/1 trainannot/1", [0], ("folders: trainannot: masks, left out",)),
        (
            "a/1.jpg a/1_mask.png a/1_mask_1.png",
            [0],
            ("2 files (a/1_mask.png, ...): masks of other pictures",),
        ),
        ("with_mask/1 without_mask/2", [0, 1], ()),
        ("face/1 mask/2", [0, 1], ()),
        ("cat/1 labels/2", [0, 1], ()),
        ("face_mask.png hair_mask.png", [0, 1], ()),
    ],
)
def test_masks_beside_pictures_are_left_out(paths: str, kept: list[int], notes: tuple[str, ...]) -> None:
    assert without_masks(_paths(paths)) == (kept, notes)
