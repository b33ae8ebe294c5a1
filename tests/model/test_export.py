"""A model taken along opens elsewhere as it was, and says how."""

import io
import zipfile
from pathlib import Path

import pytest

from attngan.errors import AttnGanError
from attngan.model import checkpoints, export, sampling
from tests import tiny


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    checkpoints.save(tmp_path / "model", tiny.model())
    return tmp_path / "model"


def unpacked(packed: bytes, place: Path) -> Path:
    with zipfile.ZipFile(io.BytesIO(packed)) as archive:
        archive.extractall(place)
    (only,) = place.iterdir()
    return only


def test_an_unpacked_model_draws_the_same_to_the_bit(folder: Path, tmp_path: Path):
    packed = export.zipped(folder, "Faces, 60 s", "train")
    there = unpacked(packed, tmp_path / "elsewhere")
    assert there.name == "Faces-60-s"
    assert sorted(file.name for file in there.iterdir()) == [
        "README.md",
        "README.txt",
        "config.json",
        "model.safetensors",
    ]
    before, after = (sampling.sample(checkpoints.load(one), [3, 7]) for one in (folder, there))
    assert (before.items == after.items).all()
    for old, new in zip(before.attention, after.attention, strict=True):
        assert (old.weights == new.weights).all()


def test_the_same_model_is_packed_into_the_same_bytes(folder: Path):
    assert export.zipped(folder, "one", "train") == export.zipped(folder, "one", "train")


def test_what_lies_beside_a_model_stays_at_home(folder: Path, tmp_path: Path):
    (folder / "samples.frame.gz").write_bytes(b"large")
    assert not (
        unpacked(export.zipped(folder, "one", "train"), tmp_path / "new") / "samples.frame.gz"
    ).exists()


def test_the_lines_in_the_readme_load_and_draw(folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    command = "python -m attngan train --data 'my {pictures}.npz'"
    there = unpacked(export.zipped(folder, "笑脸 8+16", command), tmp_path / "new")
    text = (there / "README.txt").read_text("utf-8")
    assert command in text
    code = [line.strip() for line in text.splitlines() if line.startswith("    ")][1:]
    monkeypatch.chdir(tmp_path / "new")
    exec("\n".join(code))
    model = checkpoints.load(folder)
    assert Path("drawn.png").read_bytes() == model.kind.preview(sampling.items(model, range(16)))


def test_a_packed_model_is_told_to_be_unpacked(folder: Path, tmp_path: Path):
    file = tmp_path / "one.zip"
    file.write_bytes(export.zipped(folder, "one", "train"))
    with pytest.raises(AttnGanError, match=r"one\.zip is packed: unpack it"):
        checkpoints.load(file)


def test_a_model_that_is_gone_cannot_be_packed(tmp_path: Path):
    with pytest.raises(AttnGanError, match=r"config\.json cannot be read: No such file"):
        export.zipped(tmp_path, "one", "train")


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("Smileys, attention 8+16, 60 s, 21:13", "Smileys-attention-8+16-60-s-21-13"),
        ("../../etc", "etc"),
        ("表情符号", "表情符号"),
        ("?*", "model"),
        ("x" * 83, "x" * 60),
    ],
)
def test_a_title_becomes_a_name_that_every_system_takes(title: str, name: str):
    assert export.plain_name(title) == name
