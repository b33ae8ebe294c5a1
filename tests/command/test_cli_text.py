"""Names that are no text, consoles that know few letters, classes by their names."""

import io
import json
import os
import sys
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from attngan import events
from attngan.model import checkpoints
from attngan.run import runs
from tests import tiny

Command = Callable[..., tuple[int, str, str]]  # tests/conftest.py
LATIN = os.fsdecode(b"caf\xe9")  # a name in Latin-1, as old disks and archives have them

only_linux = pytest.mark.skipif(sys.platform != "linux", reason="file systems here know no such names")


@pytest.fixture
def latin(tmp_path: Path) -> Path:
    """A folder of that name, with pictures in two folders below, of which one is named so too."""
    for index, pixels in enumerate(tiny.pictures().images.permute(0, 2, 3, 1).numpy()):
        file = tmp_path / LATIN / ("tea", LATIN)[index % 2] / f"{index}{LATIN}.png"
        file.parent.mkdir(parents=True, exist_ok=True)
        Image.fromarray(pixels).save(file)
    (tmp_path / LATIN / "tea" / f"{LATIN}.png").write_bytes(b"no picture")
    return tmp_path / LATIN


def train(command: Command, data: Path, *options: object) -> tuple[int, str, str]:
    return command("train", "--data", data, "--preset", "tiny", "--size", 16, "--steps", 1, *options)


@only_linux
@pytest.mark.parametrize("json_lines", [False, True])
def test_names_that_are_no_text_train_and_are_shown_with_a_question_mark(
    command: Command, latin: Path, json_lines: bool
):
    options = ("--run-dir", f"run {LATIN}", "--conditional", *(["--json"] if json_lines else []))
    code, printed, said = train(command, latin, *options)
    assert code == 0
    assert "Note: tea/caf?.png" in (said if json_lines else printed)
    if json_lines:
        started = events.parse(printed.splitlines()[0])
        assert isinstance(started, events.Started)
        assert (started.data, started.attribution) == ("caf?", "Own pictures: caf?")
    about = checkpoints.load(f"run {LATIN}").about
    assert (about.data, about.label_names) == ("caf?", ("caf?", "tea"))
    assert about.command.endswith("--run-dir 'run caf?' --conditional" + " --json" * json_lines)
    assert "caf?" in (Path(f"run {LATIN}") / "model" / "README.md").read_text("utf-8")


@only_linux
def test_a_path_that_is_no_text_is_found_again(command: Command, latin: Path, tmp_path: Path):
    assert train(command, latin, "--run-dir", "run")[0] == 0
    stored = json.loads((tmp_path / "run" / "config.json").read_text("utf-8"))
    assert stored["data"] == f"file://{tmp_path}/caf%E9"
    assert command("train", "--resume", "run", "--steps", 2)[0] == 0
    latin.rename(tmp_path / "plain")
    assert "caf%E9 any more: say with --data" in command("train", "--resume", "run", "--steps", 3)[2]
    assert command("train", "--resume", "run", "--steps", 3, "--data", "plain")[0] == 0
    assert runs.read_config(tmp_path / "run").data == str(tmp_path / "plain")


@only_linux
def test_a_model_below_such_a_name_is_drawn_from(command: Command, model: Path, tmp_path: Path):
    model.rename(tmp_path / LATIN)
    assert command("sample", LATIN, "--count", 3, "--out", f"{LATIN}/x.npy")[:2] == (
        0,
        "3 pictures in caf?/x.npy\n",
    )
    assert np.load(tmp_path / LATIN / "x.npy").shape == (3, 16, 16, 3)
    assert command("heatmap", LATIN, "--pixel", "0,0", "--out", f"{LATIN}.png")[0] == 0


@pytest.mark.parametrize("encoding", ["ascii", "cp1252", "latin-1"])
def test_a_console_that_knows_few_letters_is_no_reason_to_fail(
    command: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, encoding: str
):
    given = tiny.pictures()
    np.savez(tmp_path / "猫 Zoë.npz", images=given.images.permute(0, 2, 3, 1).numpy())
    streams = [io.TextIOWrapper(io.BytesIO(), encoding) for _ in range(2)]
    monkeypatch.setattr("sys.stdout", streams[0])
    monkeypatch.setattr("sys.stderr", streams[1])
    assert train(command, tmp_path / "猫 Zoë.npz", "--run-dir", "猫")[0] == 0
    assert train(command, tmp_path / "猫 Zoë.npz", "--run-dir", "猫")[0] == 1
    printed, said = (stream.buffer.getvalue().decode(encoding) for stream in streams)  # type: ignore[attr-defined]
    assert "13 pictures of ? Zo" in printed
    assert "Finished at step 1" in printed
    assert said == "Error: ? exists already: choose another --run-dir, or go on with --resume ?.\n"


@pytest.fixture
def named(tmp_path: Path) -> Path:
    """A model of 3 classes; the name of the first is the number of the last."""
    given = tiny.model(classes=3)
    about = given.about.with_(label_names=("2", "cat", "dog"))
    checkpoints.save(
        tmp_path / "named", checkpoints.Model(given.config, given.generator, given.discriminator, about)
    )
    return tmp_path / "named"


def drawn(command: Command, label: str | None) -> np.ndarray:
    options = () if label is None else ("--label", label)
    assert command("sample", "named", "--count", 3, "--out", "x.NPY", *options)[0] == 0
    return np.load("x.NPY").astype(int)


@pytest.mark.parametrize(("label", "number"), [("cat", 1), ("dog", 2), ("1", 1), ("0", 0), ("2", 0)])
def test_a_class_goes_by_its_name_or_else_by_its_number(
    command: Command, named: Path, label: str, number: int
):
    all_of_it, in_turn = drawn(command, label), drawn(command, None)
    differs = np.abs(all_of_it - in_turn).max((1, 2, 3)) > 1
    assert [index for index in range(3) if not differs[index]] == [number]


@pytest.mark.parametrize(
    ("label", "said"),
    [
        ("cta", "There is no class 'cta': did you mean 'cat'?"),
        ("3", "There is no class '3': give 2, cat, dog, or a number from 0 to 2."),
        ("-1", "There is no class '-1': give 2, cat, dog, or a number from 0 to 2."),
        ("", "There is no class '': give 2, cat, dog, or a number from 0 to 2."),
        ("9" * 5000, "a number from 0 to 2."),
    ],
)
def test_a_class_that_is_not_there_is_told_with_those_that_are(
    command: Command, named: Path, label: str, said: str
):
    for name in (("sample",), ("heatmap", "--pixel", "0,0")):
        code, printed, complaint = command(*name, "named", "--out", "x.png", f"--label={label}")
        assert (code, printed) == (1, "")
        assert said in complaint


def test_two_classes_of_one_name_go_by_their_numbers(command: Command, named: Path):
    text = (named / "config.json").read_text().replace('"dog"', '"cat"')
    (named / "config.json").write_text(text)
    code, _, said = command("sample", "named", "--out", "x.png", "--label", "cat")
    assert (code, said) == (1, "Error: 2 classes are named 'cat': give the number, 1 or another.\n")
    assert command("sample", "named", "--out", "x.png", "--label", 1)[0] == 0


@pytest.mark.parametrize("out", ["GRID.PNG", "Grid.Png", "grid.png"])
def test_a_name_ends_in_capitals_too(command: Command, model: Path, tmp_path: Path, out: str):
    for name in (("sample",), ("heatmap", "--pixel", "0,0")):
        assert command(*name, "model", "--out", out)[0] == 0
        with Image.open(tmp_path / out) as picture:
            assert picture.format == "PNG"
        (tmp_path / out).unlink()
