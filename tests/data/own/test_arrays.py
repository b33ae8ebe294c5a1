"""Pictures as NumPy arrays, read part by part, and what is told of those that are no pictures."""

import io
import os
import tracemalloc
import warnings
import zipfile
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from attngan import data
from attngan.data.found import Wanted
from attngan.data.own import archives, arrayfiles, arrays
from attngan.errors import AttnGanError
from tests.data.own.files import SIZE, greys, one_grey_each, values


def _packed(path: Path, content: bytes) -> None:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("images.npy", content)


@pytest.mark.parametrize("save", [np.savez, np.savez_compressed])
def test_an_npz_gives_its_pictures_and_labels(save: Callable[..., None], tmp_path: Path) -> None:
    images, labels = values(23, SIZE, SIZE, 3), np.arange(23) % 3 * 5 - 4
    save(tmp_path / "mine.npz", images=images, labels=labels)
    pictures = data.load(str(tmp_path / "mine.npz"), SIZE)
    assert np.array_equal(pictures.images.permute(0, 2, 3, 1).numpy(), images)
    assert pictures.label_names == ("-4", "1", "6")
    assert pictures.labels is not None
    assert pictures.labels.tolist() == [number % 3 for number in range(23)]


def test_labels_of_an_npz_may_be_texts(tmp_path: Path) -> None:
    np.savez(tmp_path / "mine.npz", images=values(11, 7, 7), labels=np.array(["b", "a"] * 5 + ["b"]))
    pictures = data.load(str(tmp_path / "mine.npz"), SIZE)
    assert pictures.label_names == ("a", "b")
    assert pictures.labels is not None
    assert pictures.labels.tolist() == [1, 0] * 5 + [1]


def test_an_npz_may_tell_the_names_of_its_labels(tmp_path: Path) -> None:
    names = np.array(["ten", "nine", "none", "caf\udce9"])
    np.savez(tmp_path / "mine.npz", images=values(12, 7, 7), labels=np.arange(12) % 5, label_names=names)
    pictures = data.load(str(tmp_path / "mine.npz"), SIZE)
    assert pictures.label_names == ("ten", "nine", "none", "caf?", "4")
    assert pictures.skipped == ()


@pytest.mark.parametrize(
    ("shape", "channels"), [((11, 7, 17), 1), ((11, 7, 17, 1), 1), ((11, 7, 17, 3), 3), ((11, 7, 17, 4), 3)]
)
def test_an_npy_of_any_allowed_shape_is_read(shape: tuple[int, ...], channels: int, tmp_path: Path) -> None:
    np.save(tmp_path / "mine.npy", values(*shape))
    pictures = data.load(str(tmp_path / "mine.npy"), SIZE)
    assert pictures.images.shape == (11, channels, SIZE, SIZE)
    assert pictures.labels is None


def test_an_array_stored_by_columns_is_read_the_right_way_round(tmp_path: Path) -> None:
    images = values(11, SIZE, SIZE)
    np.save(tmp_path / "mine.npy", np.asfortranarray(images))
    assert np.array_equal(data.load(str(tmp_path / "mine.npy"), SIZE).images[:, 0].numpy(), images)


@pytest.mark.parametrize(
    ("images", "told"),
    [
        (values(11, 7, 7, dtype=np.float32), r"float32: give uint8 \(N, H, W\)"),
        (values(11, 7, 7, dtype=np.int64), "int64: give uint8"),
        (values(11, 7, 7, dtype=np.bool_), "bool: give uint8"),
        (values(11, 49), r"the shape \(11, 49\): give uint8"),
        (values(11, 3, 17, 19), r"\(11, 3, 17, 19\) \(are the channels first\? move them last\)"),
        (values(11, 7, 7, 2), r"the shape \(11, 7, 7, 2\)"),
        (values(11, 7, 7, 3, 1), "the shape"),
        (values(11, 17, 3), "less than 4 pixels"),
        (values(11, 0, 0), "less than 4 pixels"),
        (values(0, 7, 7), "mine: 0 pictures, and at least 8 are needed"),
        (values(1, 7, 7), "mine: 1 picture, and at least 8 are needed"),
        (values(7, 7, 7), "mine: 7 pictures, and at least 8 are needed"),
        (np.full((11, 7, 7), 201, np.uint8), "all 11 pictures are the same"),
    ],
)
@pytest.mark.parametrize("kind", ["npy", "npz"])
def test_arrays_that_are_no_pictures_are_told(
    kind: str, images: np.ndarray, told: str, tmp_path: Path
) -> None:
    path = tmp_path / f"mine.{kind}"
    if kind == "npy":
        np.save(path, images)
    else:
        np.savez(path, images=images)
    with pytest.raises(AttnGanError, match=told):
        data.load(str(path))


@pytest.mark.parametrize(
    ("labels", "told"),
    [
        (np.arange(7), r"shape \(7,\): give one a picture, \(11,\)"),
        (np.zeros((11, 2), np.int64), r"shape \(11, 2\)"),
        (np.int64(3), r"shape \(\)"),
        (np.linspace(0, 1, 11), "float64: give whole numbers or texts"),
    ],
)
def test_labels_that_do_not_fit_are_told(labels: np.ndarray, told: str, tmp_path: Path) -> None:
    np.savez(tmp_path / "mine.npz", images=values(11, 7, 7), labels=labels)
    with pytest.raises(AttnGanError, match=told):
        data.load(str(tmp_path / "mine.npz"))


def test_labels_that_are_all_equal_are_left_out_and_it_is_told(tmp_path: Path) -> None:
    np.savez(tmp_path / "mine.npz", images=values(11, 7, 7), labels=np.full(11, 3))
    pictures = data.load(str(tmp_path / "mine.npz"), SIZE)
    assert (pictures.labels, pictures.label_names) == (None, ())
    assert pictures.skipped == ("labels: all pictures have the same one, so they are left out",)


def test_an_npz_without_pictures_is_told_with_what_it_has(tmp_path: Path) -> None:
    np.savez(tmp_path / "mine.npz", numbers=values(11, 49), other=np.arange(3))
    with pytest.raises(AttnGanError, match=r"no array `images` \(it has: numbers, other\)"):
        data.load(str(tmp_path / "mine.npz"))


@pytest.mark.parametrize("kind", ["npy", "npz"])
def test_pickles_are_refused_and_never_opened(kind: str, tmp_path: Path) -> None:
    class Trap:
        def __reduce__(self) -> tuple[Callable[[str], None], tuple[str]]:
            return os.mkdir, (str(tmp_path / "sprung"),)

    trap = np.array([Trap()] * 11, dtype=object)
    path = tmp_path / f"mine.{kind}"
    if kind == "npy":
        np.save(path, trap, allow_pickle=True)
    else:
        np.savez(path, images=trap)
    with pytest.raises(AttnGanError, match=r"Python objects \(a pickle\), which are not read.*all one shape"):
        data.load(str(path))
    assert not (tmp_path / "sprung").exists()


@pytest.mark.parametrize(
    "content", [b"", b"words", b"\x93NUMPY\x01\x00", b"\x93NUMPY\x01\x00\x09\x00(1, 2, 3)"]
)
def test_a_file_that_is_no_array_is_told(content: bytes, tmp_path: Path) -> None:
    (tmp_path / "broken.npy").write_bytes(content)
    with pytest.raises(AttnGanError, match=r"broken\.npy is not a NumPy array"):
        data.load(str(tmp_path / "broken.npy"))
    _packed(tmp_path / "broken.npz", content)
    with pytest.raises(AttnGanError, match=r"images of broken\.npz is not a NumPy array"):
        data.load(str(tmp_path / "broken.npz"))


def test_an_array_that_claims_more_than_it_has_is_told_before_memory_is_taken(tmp_path: Path) -> None:
    file = io.BytesIO()
    header = {"descr": "|u1", "fortran_order": False, "shape": (10**9, 10**4, 10**4)}
    np.lib.format.write_array_header_1_0(file, header)
    (tmp_path / "huge.npy").write_bytes(file.getvalue() + b"x" * 99)
    with pytest.raises(AttnGanError, match=r"huge\.npy is cut off"):
        data.load(str(tmp_path / "huge.npy"))
    _packed(tmp_path / "huge.npz", file.getvalue())
    with pytest.raises(AttnGanError, match=r"images of huge\.npz is cut off"):
        data.load(str(tmp_path / "huge.npz"))


def test_a_damaged_npz_is_told(tmp_path: Path) -> None:
    path = tmp_path / "mine.npz"
    np.savez(path, images=values(11, 31, 31))
    content = bytearray(path.read_bytes())
    content[999:1019] = b"x" * 20
    path.write_bytes(bytes(content))
    with pytest.raises(AttnGanError, match=r"images of mine\.npz is broken or cut off"):
        data.load(str(path))


def test_a_file_that_may_not_be_read_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    np.save(tmp_path / "mine.npy", values(11, 7, 7))

    def refuse(*_: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "open", refuse)
    with pytest.raises(AttnGanError, match=r"mine\.npy may not be read"):
        data.load(str(tmp_path / "mine.npy"))


# ---- parts ----


@pytest.mark.parametrize("kind", ["npy", "npz"])
@pytest.mark.parametrize("shape", [(23, 17, 13), (23, 17, 13, 3), (23, 17, 13, 4)])
def test_pictures_read_in_parts_are_those_read_at_once(
    kind: str, shape: tuple[int, ...], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / f"mine.{kind}"
    if kind == "npy":
        np.save(path, values(*shape))
    else:
        np.savez_compressed(path, images=values(*shape), labels=np.arange(23) % 5)
    whole = data.load(str(path), 11), data.load(str(path), 11, max_pictures=9)
    monkeypatch.setattr(arrayfiles, "PART_BYTES", 5 * 17 * 13)
    for once, parts in zip(
        whole, (data.load(str(path), 11), data.load(str(path), 11, max_pictures=9)), strict=True
    ):
        assert parts.images.equal(once.images)
        assert (parts.labels is None) == (kind == "npy")
        if parts.labels is not None:
            assert parts.labels.equal(once.labels)


def test_large_pictures_are_never_all_in_memory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    np.save(tmp_path / "mine.npy", np.zeros((61, 499, 503, 3), np.uint8))  # 46 MB
    monkeypatch.setattr(arrayfiles, "PART_BYTES", 2**20)
    tracemalloc.start()
    arrays.read_npy(tmp_path / "mine.npy", Wanted(7))
    most = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert most < 10 * 2**20


def test_what_there_was_no_time_for_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    np.savez(tmp_path / "mine.npz", images=one_grey_each(0, 23), labels=np.arange(23) % 3)
    monkeypatch.setattr(arrayfiles, "PART_BYTES", 11 * SIZE * SIZE)
    found = arrays.read_npz(tmp_path / "mine.npz", Wanted(SIZE, seconds=-1.5))
    assert found.images[:, 0, 0, 0].tolist() == list(range(11))
    assert found.labels is not None
    assert found.labels.tolist() == [number % 3 for number in range(11)]
    assert found.skipped == ("12 pictures: reading took longer than -1.5 seconds",)


def test_arrays_that_are_too_large_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "mine.npy"
    np.save(path, np.asfortranarray(values(11, 31, 31)))
    monkeypatch.setattr(arrayfiles, "WHOLE_BYTES", 9999)
    with pytest.raises(AttnGanError, match=r"stored by columns .* numpy\.ascontiguousarray"):
        data.load(str(path))
    np.save(path, values(11, 31, 31))
    monkeypatch.setattr(arrays, "MAXIMUM_RESULT_BYTES", 9999)
    with pytest.raises(AttnGanError, match="11 pictures of 37 pixels are more than"):
        data.load(str(path), 37)
    monkeypatch.setattr(arrays, "MAXIMUM_PIXELS", 960)
    with pytest.raises(AttnGanError, match="31 x 31 pixels, more than"):
        data.load(str(path), SIZE)
    monkeypatch.setattr(archives, "MAXIMUM_BYTES", 9999)
    with pytest.raises(AttnGanError, match="larger than"):
        data.load(str(path), SIZE)


def test_a_header_that_python_2_wrote_is_read(tmp_path: Path) -> None:
    images = one_grey_each(0, 11)
    header = b"{'descr': '|u1', 'fortran_order': False, 'shape': (11L, 13L, 13L), }"
    header = header.ljust(117) + b"\n"
    content = b"\x93NUMPY\1\0" + len(header).to_bytes(2, "little") + header + images.tobytes()
    (tmp_path / "old.npy").write_bytes(content)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert greys(data.load(str(tmp_path / "old.npy"), SIZE)) == list(range(11))


@pytest.mark.parametrize("square", ["crop", "pad", "stretch"])
def test_arrays_are_made_square_as_wanted(square: str, tmp_path: Path) -> None:
    images = np.full((11, SIZE, 3 * SIZE), 9, np.uint8)
    images[:, :, SIZE : 2 * SIZE] = 10 + np.arange(11)[:, None, None]  # the middle square
    np.save(tmp_path / "mine.npy", images)
    found = data.load(str(tmp_path / "mine.npy"), 3 * SIZE, square=square)
    side = found.images[3, 0, 1, 1].item()
    middle = found.images[3, 0, 3 * SIZE // 2, 3 * SIZE // 2].item()
    assert (side, middle) == ((13, 13) if square == "crop" else (9, 13))
