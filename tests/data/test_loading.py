"""From a name or a path to pictures: what is found there, and what is told where nothing is."""

from pathlib import Path

import pytest

from attngan import data
from attngan.errors import AttnGanError
from tests.data.own.files import SIZE, fill, noise, saved


def test_grey_pictures_give_one_channel_unless_three_are_asked_for(tmp_path: Path) -> None:
    for number in range(8):
        noise(number).convert("L").save(tmp_path / f"{number}.png")
    assert data.load(str(tmp_path), SIZE).channels == 1
    assert data.load(str(tmp_path), SIZE, channels=3).channels == 3


@pytest.mark.parametrize("name", ["no/where", "missing.zip", "missing.npz", "missing.npy", "C:\\pictures"])
def test_a_path_that_does_not_exist_is_told(name: str) -> None:
    with pytest.raises(AttnGanError, match="There is nothing at"):
        data.load(name)


def test_a_file_of_another_kind_is_told(tmp_path: Path) -> None:
    (tmp_path / "one.png").write_bytes(saved(noise(0)))
    with pytest.raises(AttnGanError, match=r"one\.png is no data set: give a folder"):
        data.load(str(tmp_path / "one.png"))


def test_a_known_name_goes_before_a_folder_of_that_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill(tmp_path / "faces", 8)
    monkeypatch.chdir(tmp_path)
    assert "OpenMoji" in data.load("faces", 16).source
    assert len(data.load("./faces", 16)) == 8
