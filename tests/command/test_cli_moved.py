"""Pictures that were moved, packed or changed since a run began: it goes on with the same ones alone."""

import shutil
import zipfile
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from attngan.model import checkpoints
from attngan.run import runs
from tests import tiny

Command = Callable[..., tuple[int, str, str]]  # tests/conftest.py


def draw(folder: Path, seed: int = 17, shape: tuple[int, int] = (16, 16), count: int = 11) -> Path:
    """A folder of two sub-folders with drawings of noise; the same seed gives the same ones."""
    rng = np.random.default_rng(seed)
    for index in range(count):
        file = folder / f"class {index % 2}" / f"{index}.png"
        file.parent.mkdir(parents=True, exist_ok=True)
        Image.fromarray(rng.integers(256, size=(*shape, 3), dtype=np.uint8)).save(file)
    return folder


def train(command: Command, data: object, *options: object) -> tuple[int, str, str]:
    new = ("train", "--data", data, "--preset", "tiny", "--size", 16, "--run-dir", "run", "--steps", 1)
    return command(*new, *options)


def go_on(command: Command, *options: object) -> tuple[int, str, str]:
    return command("train", "--resume", "run", *options)


def pack(folder: Path, file: Path) -> Path:
    with zipfile.ZipFile(file, "w") as packed:
        for picture in folder.rglob("*.png"):
            packed.write(picture, picture.relative_to(folder.parent))
    return file


def test_a_run_whose_pictures_are_gone_says_where_they_were_and_what_to_give(
    command: Command, tmp_path: Path
):
    draw(tmp_path / "here")
    assert train(command, "here")[0] == 0
    (tmp_path / "here").rename(tmp_path / "there")
    before = (tmp_path / "run" / "config.json").read_bytes()
    code, _, said = go_on(command, "--steps", 2)
    assert code == 1
    assert said == (
        f"Error: There is nothing at {tmp_path / 'here'} any more: say with --data where its data are.\n"
    )
    assert (tmp_path / "run" / "config.json").read_bytes() == before


@pytest.mark.parametrize("conditional", [False, True])
@pytest.mark.parametrize("place", ["there", "./there", "~/there", "there.zip"])
def test_a_run_goes_on_with_the_same_pictures_at_another_place(
    command: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, place: str, conditional: bool
):
    monkeypatch.setenv("HOME", str(tmp_path))
    draw(tmp_path / "here")
    assert train(command, "here", *(["--conditional"] if conditional else []))[0] == 0
    (tmp_path / "here").rename(tmp_path / "there")
    if place.endswith(".zip"):
        pack(tmp_path / "there", tmp_path / "there.zip")
    code, _, said = go_on(command, "--data", place, "--steps", 2)
    assert (code, said) == (0, "")
    config = runs.read_config(tmp_path / "run")
    assert config.data == str(tmp_path / place.removeprefix("~/"))
    assert (config.pictures, config.train.steps) == (11, 2)
    assert config.command.endswith(f"--resume run --data {place} --steps 2".replace("~/there", "'~/there'"))
    assert go_on(command, "--steps", 3)[0] == 0  # from now on it knows the place
    assert checkpoints.load(tmp_path / "run").about.steps == 3


@pytest.mark.parametrize(
    ("other", "said"),
    [
        ({"seed": 3}, "as many pictures, but other ones, in another order, or with other labels"),
        ({"count": 13}, "13 pictures now, 11 then"),
        ({"shape": (16, 15)}, "as many pictures, but other ones"),
    ],
)
def test_other_pictures_are_refused_and_nothing_is_lost(
    command: Command, tmp_path: Path, other: dict[str, int], said: str
):
    draw(tmp_path / "here")
    draw(tmp_path / "other", **other)  # type: ignore[arg-type]
    train(command, "here")
    before = {file: file.read_bytes() for file in (tmp_path / "run").rglob("*") if file.is_file()}
    code, printed, complaint = go_on(command, "--data", "other", "--steps", 2)
    assert (code, printed) == (1, "")
    assert complaint.startswith(f"Error: {tmp_path / 'other'} does not hold the pictures of this run ({said}")
    assert {file: file.read_bytes() for file in (tmp_path / "run").rglob("*") if file.is_file()} == before


def test_pictures_that_were_changed_in_their_place_are_told(command: Command, tmp_path: Path):
    here = draw(tmp_path / "here")
    train(command, "here")
    shutil.copy(here / "class 0" / "2.png", here / "class 0" / "0.png")
    code, _, said = go_on(command, "--steps", 2)
    assert code == 1
    assert "here has changed since the run began (as many pictures, but other ones" in said


def test_other_labels_are_other_pictures(command: Command, tmp_path: Path):
    here = draw(tmp_path / "here")
    train(command, "here", "--conditional")
    (here / "class 1" / "1.png").rename(here / "class 0" / "99.png")
    assert "has changed since the run began" in go_on(command, "--steps", 2)[2]


def test_a_run_of_before_fingerprints_goes_on_with_as_many_pictures_and_has_one_then(
    command: Command, tmp_path: Path
):
    draw(tmp_path / "here")
    draw(tmp_path / "other", count=13)
    train(command, "here")
    config = runs.read_config(tmp_path / "run")
    assert len(config.fingerprint) == 32
    text = config.model_dump_json(exclude={"fingerprint", "square"})
    (tmp_path / "run" / "config.json").write_text(text)
    (tmp_path / "here").rename(tmp_path / "there")
    assert "13 pictures now, 11 then" in go_on(command, "--data", "other", "--steps", 2)[2]
    assert go_on(command, "--data", "there", "--steps", 2)[0] == 0
    assert runs.read_config(tmp_path / "run").fingerprint == config.fingerprint


def test_a_branch_finds_the_moved_pictures_too(command: Command, tmp_path: Path):
    draw(tmp_path / "here")
    train(command, "here")
    states = tmp_path / "run" / "states"
    states.mkdir()
    shutil.copy(tmp_path / "run" / "resume.pt", states / "00000001.pt")
    (tmp_path / "here").rename(tmp_path / "there")
    branch = ("train", "--branch", "run@1", "--run-dir", "new", "--steps", 2)
    assert "There is nothing at" in command(*branch)[2]
    assert not (tmp_path / "new").exists()
    assert command(*branch, "--data", "there")[0] == 0
    assert runs.read_config(tmp_path / "new").data == str(tmp_path / "there")
    assert runs.read_config(tmp_path / "run").data == str(tmp_path / "here")


def test_how_pictures_are_made_square_belongs_to_the_run_and_its_model(command: Command, tmp_path: Path):
    draw(tmp_path / "here", shape=(16, 23))
    assert train(command, "here", "--square", "stretch")[0] == 0
    assert runs.read_config(tmp_path / "run").square == "stretch"
    assert checkpoints.load(tmp_path / "run").about.square == "stretch"
    assert go_on(command, "--steps", 2)[0] == 0
    assert checkpoints.load(tmp_path / "run").about.square == "stretch"


@pytest.mark.parametrize(("options", "square"), [((), "pad"), (("--square", "stretch"), "stretch")])
def test_a_model_is_measured_against_pictures_made_square_as_its_own_were(
    command: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, options: tuple[str, ...], square: str
):
    model = tiny.model()
    about = model.about.with_(square="pad")
    checkpoints.save(
        tmp_path / "model", checkpoints.Model(model.config, model.generator, model.discriminator, about)
    )
    asked = {}
    monkeypatch.setattr("attngan.data.load", lambda name, **wanted: asked.update(wanted) or tiny.pictures())
    assert command("evaluate", "model", "--data", "own", "--count", 11, *options)[0] == 0
    assert asked == {"kind": "pictures", "image_size": 16, "square": square}
