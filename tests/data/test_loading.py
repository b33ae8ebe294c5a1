"""From a name or a path to pictures: what is found there, and what is told where nothing is."""

import io
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from attngan import data
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


def test_grey_pictures_give_one_channel_unless_three_are_asked_for(tmp_path: Path) -> None:
    for number in range(8):
        _picture(number).convert("L").save(tmp_path / f"{number}.png")
    assert data.load(str(tmp_path), SIZE).channels == 1
    assert data.load(str(tmp_path), SIZE, channels=3).channels == 3


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
