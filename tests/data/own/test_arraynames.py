"""Pictures and labels of a .npz under the names, and in the kinds, that programs give them."""

from pathlib import Path

import numpy as np
import pytest

from attngan import data
from attngan.data.own.classes import flat, numbered
from attngan.errors import AttnGanError
from tests.data.own.files import SIZE, greys, one_grey_each, values


def _load(tmp_path: Path, **kept: np.ndarray) -> data.ImageSet:
    np.savez(tmp_path / "mine.npz", **kept)
    return data.load(str(tmp_path / "mine.npz"), SIZE)


LABELS = np.arange(11) % 3


@pytest.mark.parametrize(
    ("pictures", "labels"),
    [
        ("images", "labels"),
        ("images", "y"),
        ("Images", "Labels"),
        ("x", "y"),
        ("X", "y"),
        ("X", "Y"),
        ("data", "target"),
        ("data", "labels"),
        ("x_train", "y_train"),
        ("X_train", "Y_train"),
        ("train_images", "train_labels"),
        ("test_data", "test_labels"),
        ("arr_0", "arr_1"),
    ],
)
def test_pictures_and_labels_are_found_by_the_names_that_programs_give(
    pictures: str, labels: str, tmp_path: Path
) -> None:
    found = _load(tmp_path, **{labels: LABELS, pictures: one_grey_each(5, 11)})
    assert greys(found) == list(range(5, 16))
    assert found.labels is not None
    assert found.labels.tolist() == LABELS.tolist()
    assert found.skipped == ()


@pytest.mark.parametrize("names", [("x_{}", "y_{}"), ("{}_images", "{}_labels")], ids=["keras", "medmnist"])
def test_the_parts_of_a_set_are_joined_and_it_is_told(names: tuple[str, str], tmp_path: Path) -> None:
    pictures, labels = names
    kept = {}
    for split, first, count in (("test", 40, 5), ("val", 20, 3), ("train", 0, 11)):
        kept[pictures.format(split)] = one_grey_each(first, count)
        kept[labels.format(split)] = np.arange(count)[:, None] % 2
    found = _load(tmp_path, **kept)
    assert greys(found) == [*range(11), 20, 21, 22, *range(40, 45)]
    assert found.labels is not None
    assert found.labels.tolist() == [*(np.arange(11) % 2), 0, 1, 0, 0, 1, 0, 1, 0]
    assert found.skipped == (
        ", ".join(pictures.format(split) for split in ("train", "val", "test")) + ": joined",
    )


def test_parts_of_another_shape_or_without_labels_are_left_out_and_named(tmp_path: Path) -> None:
    found = _load(
        tmp_path,
        x_train=one_grey_each(0, 11),
        y_train=LABELS,
        x_val=one_grey_each(50, 5),
        x_test=values(7, 5, 5),
    )
    assert greys(found) == list(range(11))
    assert found.skipped == ("arrays that are not used: x_val, x_test",)


def test_the_only_array_that_can_be_pictures_is_taken_and_the_others_are_named(tmp_path: Path) -> None:
    found = _load(tmp_path, faces=one_grey_each(3, 11), mean=np.float32(0.5), size=np.arange(2))
    assert greys(found) == list(range(3, 14))
    assert found.skipped == ("arrays that are not used: mean, size",)


@pytest.mark.parametrize("other", [np.linspace(0, 1, 11), np.arange(7), np.array([{}] * 11, dtype=object)])
def test_what_may_be_something_else_than_labels_is_left_out(other: np.ndarray, tmp_path: Path) -> None:
    for names in (("arr_0", "arr_1"), ("images", "y")):
        found = _load(tmp_path, **dict(zip(names, (one_grey_each(0, 11), other), strict=True)))
        assert found.labels is None
        assert found.skipped == (f"arrays that are not used: {names[1]}",)


def test_labels_that_are_objects_are_told_with_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(
        AttnGanError, match=r"labels of mine\.npz are Python objects .* labels\.astype\(str\), or leave"
    ):
        _load(tmp_path, images=one_grey_each(0, 11), labels=np.array(["a", "b"] * 5 + ["a"], dtype=object))


# ---- labels ----


@pytest.mark.parametrize(
    ("labels", "names"),
    [
        (np.array([[10], [2], [10]]), ("2", "10")),
        (np.array(["10", "2", "10"]), ("2", "10")),
        (np.array(["cat 10", "cat 9", "cat 10"]), ("cat 9", "cat 10")),
        (np.array([b"b", b"a", b"b"]), ("a", "b")),
        (np.array(["d\u00e9".encode(), b"a", "d\u00e9".encode()]), ("a", "d\u00e9")),
        (np.array([3.0, -1.0, 3.0], np.float32), ("-1", "3")),
        (np.array([True, False, True]), ("False", "True")),
        (np.eye(7, dtype=np.uint8)[[5, 2, 5]], ("2", "5")),
        (np.eye(7, dtype=np.float64)[[5, 2, 5]], ("2", "5")),
        (np.eye(7, dtype=np.bool_)[[5, 2, 5]], ("2", "5")),
    ],
)
def test_labels_of_every_kind_become_numbers_and_names(labels: np.ndarray, names: tuple[str, ...]) -> None:
    numbers, found = numbered(flat(labels, 3, "labels"))
    assert (numbers.tolist(), found) == ([1, 0, 1], names)
