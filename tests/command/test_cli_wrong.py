"""Whatever is asked wrongly of the command gets one sentence and a failing exit code, and loses nothing."""

import os
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from attngan.model import checkpoints
from tests import tiny, tiny_runs

Command = Callable[..., tuple[int, str, str]]  # tests/conftest.py


FACES = ("--data", "faces", "--run-dir", "run", "--steps", 3)
PLAIN = ("--data", "plain.npz", "--run-dir", "run", "--steps", 3)


def assert_one_sentence(told: tuple[int, str, str], said: str) -> None:
    """It failed, printed nothing but the one line of the error, and no traceback."""
    code, printed, complaint = told
    assert code == 1
    assert said in complaint
    assert complaint.startswith("Error: ")
    assert complaint.count("\n") == 1
    assert complaint[-2] in ".?"
    assert len(complaint) < 400
    assert "Traceback" not in complaint
    assert printed == ""


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ((), "Give --data and --run-dir"),
        (("--data", "faces", "--steps", 3), "Give --data and --run-dir"),
        (("--data", "faces", "--run-dir", "run"), "--seconds or --steps, one of the two"),
        ((*FACES, "--seconds", 3), "--seconds or --steps, one of the two"),
        (("--data", "facse", "--run-dir", "run", "--steps", 3), "did you mean 'faces'"),
        (("--data", "./none", "--run-dir", "run", "--steps", 3), "There is nothing at './none'"),
        (("--data", "empty", "--run-dir", "run", "--steps", 3), "empty"),
        (("--data", "faces", "--run-dir", "run", "--seconds", 0), "--seconds must be 1 or more, not 0."),
        (
            ("--data", "faces", "--run-dir", "run", "--seconds", "nan"),
            "--seconds must be 1 or more, not nan.",
        ),
        (
            ("--data", "faces", "--run-dir", "run", "--seconds", "inf"),
            "--seconds must be 1 or more, not inf.",
        ),
        (("--data", "faces", "--run-dir", "run", "--steps", 0), "--steps must be 1 or more, not 0."),
        ((*FACES, "--seed", -1), "seed: "),
        ((*FACES, "--size", 48), "one of (16, 32, 64), not 48"),
        ((*FACES, "--attention", "x"), "--attention must be"),
        ((*FACES, "--attention", ""), "--attention must be"),
        ((*FACES, "--attention", "32"), "generator_attention"),
        ((*FACES, "--preset", "defualt"), "did you mean 'default'"),
        ((*PLAIN, "--conditional"), "has no labels"),
        ((*PLAIN, "--run-dir", "empty.txt"), "empty.txt exists already"),
        ((*PLAIN, "--run-dir", "full"), "full exists already"),
        ((*PLAIN, "--run-dir", "empty.txt/run"), "empty.txt/run cannot be written"),
        (("--resume", "none"), "none is no run folder"),
        (("--resume", "full", "--seconds", "nan"), "--seconds must be 1 or more, not nan."),
        (("--resume", "full", "--square", "pad"), "leave --square out"),
        (("--resume", "full", "--seed", 0), "leave --seed out"),
        (("--resume", "full", "--unconditional"), "leave --conditional out"),
    ],
)
def test_a_training_that_cannot_be_is_told_in_a_sentence_and_leaves_nothing(
    command: Command, tmp_path: Path, options: tuple[object, ...], said: str
):
    (tmp_path / "empty").mkdir()
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "thesis.txt").touch()
    (tmp_path / "empty.txt").touch()
    np.savez(tmp_path / "plain.npz", images=tiny.pictures().images.permute(0, 2, 3, 1).numpy())
    before = sorted(tmp_path.rglob("*"))
    assert_one_sentence(command("train", *options), said)
    assert sorted(tmp_path.rglob("*")) == before


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("sample", "none", "--out", "x.png"), "There is no folder none"),
        (("sample", "empty", "--out", "x.png"), "config.json is missing"),
        (("sample", "cut", "--out", "x.png"), "broken or cut short"),
        (("sample", "model", "--out", "x.jpg"), "--out must end in .png or .npy"),
        (("sample", "model", "--out", "x.png", "--label", 0), "no classes: leave --label out."),
        (("sample", "model", "--out", "x.txt"), "A .txt holds texts, not pictures: give one of .png, .npy."),
        (
            ("heatmap", "model", "--column", 1, "--out", "x.png"),
            "--column is for other models: give --pixel.",
        ),
        (("heatmap", "model", "--word", 1, "--out", "x.png"), "look at no words, so a word has no heatmap"),
        (
            ("train", "--resume", "model", "--steps", 3),
            "model is a model, not a run that can go on: begin a new run.",
        ),
        (("steer", "model", "pause"), "model is a model, not a run that can go on: begin a new run."),
        (("sample", "classes", "--out", "x.png", "--label", 3), "from 0 to 2"),
        (("sample", "model", "--out", "x.png", "--seed", -1), "A seed is"),
        (("sample", "model", "--out", "model/config.json/x.png"), "model/config.json"),
        (("heatmap", "model", "--pixel", "16,0", "--out", "x.png"), "x is 0 to 15"),
        (("heatmap", "model", "--pixel", "3", "--out", "x.png"), "--pixel must be X,Y"),
        (("heatmap", "model", "--pixel", "a,b", "--out", "x.png"), "--pixel must be X,Y"),
        (("heatmap", "model", "--pixel", "3,3", "--out", "x.npy"), "--out must end in .png"),
        (("heatmap", "model", "--pixel", "3,3", "--out", "x.png", "--layer", 16), "has 4, 8"),
        (("heatmap", "model", "--pixel", "3,3", "--out", "x.png", "--head", 3), "heads 0 to 2, not 3"),
        (("heatmap", "model", "--pixel", "3,3", "--out", "x.png", "--head", "all"), "--head must be"),
        (("heatmap", "blind", "--pixel", "3,3", "--out", "x.png"), "without attention"),
        (("evaluate", "none", "--data", "faces"), "There is no folder none"),
        (("evaluate", "model", "--data", "facse"), "did you mean 'faces'"),
        (("evaluate", "model", "--data", "letters"), "RGB 16 x 16 pictures, but letters has grey 16 x 16"),
        (("evaluate", "classes", "--data", "faces"), "knows 3 classes, but faces has none"),
        (("evaluate", "model", "--data", "faces", "--count", 7), "7 generated pictures are too few"),
        (("evaluate", "model", "--data", "faces", "--seed", -1), "A seed is"),
        (("info", "none"), "There is no folder none"),
    ],
)
def test_a_drawing_that_cannot_be_is_told_in_a_sentence(
    command: Command, model: Path, classes: Path, tmp_path: Path, arguments: tuple[object, ...], said: str
):
    (tmp_path / "empty").mkdir()
    checkpoints.save(tmp_path / "cut", tiny.model())
    checkpoints.save(tmp_path / "blind", tiny.model(generator_block="convolution"))
    os.truncate(tmp_path / "cut" / "model.safetensors", 997)
    assert_one_sentence(command(*arguments), said)
    assert not (tmp_path / "x.png").exists()


@pytest.mark.parametrize(
    "arguments",
    [
        ("sample", "model"),
        ("sample", "model", "--out", "x.png", "--count", "0"),
        ("sample", "model", "--out", "x.png", "--count", "10001"),
        ("sample", "model", "--out", "x.png", "--count", "many"),
        ("evaluate", "model"),
        ("evaluate", "model", "--data", "faces", "--count", "0"),
        ("train", "--threads", "0"),
        ("train", "--nonsense"),
        ("paint",),
    ],
)
def test_what_is_no_option_is_told_with_how_to_get_help(command: Command, arguments: tuple[str, ...]):
    code, printed, complaint = command(*arguments)
    assert (code, printed) == (2, "")
    assert "--help" in complaint
    assert "Traceback" not in complaint


def test_a_wide_error_stays_on_one_line_and_is_not_read_as_markup(command: Command):
    assert_one_sentence(command("info", "[bold]" + "x" * 200), "[bold]xxx")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("steer", "nowhere", "pause"), "is no run folder"),
        (("steer", "run/model", "pause"), "run/model is a model, not a run that can go on: give "),
        (("steer", "run", "fly"), "Nobody can wish for 'fly'"),
        (("steer", "run", "pause", "r1_weight=3"), "Only change takes settings"),
        (("steer", "run", "change"), "Say which changes, such as r1_weight=3: generator_rate, "),
        (("steer", "run", "change", "r1_weight"), "NAME=VALUE"),
        (("steer", "run", "change", "seed=3"), "cannot be changed"),
        (("steer", "run", "change", "r1_weight=none"), "r1_weight: Input should be a valid number"),
        (
            ("steer", "run", "change", "gate=wide"),
            "gate: Input should be a valid number, unable to parse string as a number (given: 'wide')",
        ),
        (("steer", "run", "step", "--players", "nobody"), "players"),
        (("steer", "run", "mark"), "has ended"),
        (("train", "--branch", "run", "--run-dir", "new", "--steps", 9), "RUN@STEP"),
        (("train", "--branch", "run@2", "--steps", 9), "Give --run-dir"),
        (("train", "--branch", "run@2", "--run-dir", "new", "--steps", 9), "no marked state of step 2"),
        (("train", "--branch", "run@2", "--run-dir", "new", "--seed", 3), "leave --seed out"),
        (("train", "--branch", "run@2", "--resume", "run"), "not both"),
        (("train", "--resume", "run", "--steps", 9, "--change", "batch=8"), "cannot be changed"),
    ],
)
def test_steering_and_branching_tell_what_is_wrong(
    command: Command, tmp_path: Path, arguments: tuple[object, ...], said: str
):
    tiny_runs.recorded(tmp_path / "run")
    code, _, error = command(*arguments)
    assert (code, said in error) == (1, True), error
    assert not (tmp_path / "new").exists()
    assert not (tmp_path / "run" / "wishes.jsonl").exists()
