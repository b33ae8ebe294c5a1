"""Rows on the command line: from a table to a model to a table that is safe to open."""

import csv
import io
import json
from pathlib import Path

import numpy as np
import pytest

from attngan.kinds.rows.presets import PRESETS
from attngan.run import runs
from tests.conftest import Command


@pytest.fixture
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    for preset in PRESETS.values():
        monkeypatch.setitem(preset.model, "width", 13)
        monkeypatch.setitem(preset.train, "batch", 16)


def table(folder: Path) -> str:
    lines = (f"{row / 4},{row * row % 97},{('=red', 'blue')[row // 3 % 2]}\n" for row in range(211))
    (folder / "own.csv").write_text("length (mm),count,colour\n" + "".join(lines))
    return "own.csv"


@pytest.mark.usefixtures("small")
def test_from_a_table_to_a_table(command: Command, tmp_path: Path):
    code, _, wrong = command(
        "train", "--data", table(tmp_path), "--steps", 3, "--run-dir", "run", "--conditional"
    )
    assert code == 0, wrong
    config = runs.read_config(tmp_path / "run")
    assert (config.model.architecture, config.model.classes) == ("rows", 2)
    assert command("sample", "run", "--out", "drawn.csv", "--count", 7, "--label", "blue")[0] == 0
    names, *rows = csv.reader(io.StringIO((tmp_path / "drawn.csv").read_text(), newline=""))
    assert names == ["length (mm)", "count", "colour"]
    assert len(rows) == 7
    assert all(
        float(length) <= 52.5 and count.isdecimal() and colour in ("'=red", "blue")
        for length, count, colour in rows
    )
    assert command("sample", "run", "--out", "drawn.npy", "--count", 5)[0] == 0
    assert np.load(tmp_path / "drawn.npy").shape == (5, 3, 1)
    assert command("sample", "run", "--out", "drawn.png")[0] == 0
    code, said, _ = command("evaluate", "run", "--data", "own.csv", "--count", 64, "--json")
    found = json.loads(said)
    assert code == 0
    assert {"two_sample", "correlation_error", "copying", "kd", "class_recall"} <= found.keys()
    assert 0.5 <= found["two_sample"] <= 1
    assert "two_sample" not in found["real"]
    code, said, _ = command("heatmap", "run", "--column", 1, "--layer", "columns", "--out", "looks.png")
    assert (code, said.split(" in ")[0].split(",")[0]) == (0, "Weights of 3 cells")
    assert command("info", "run")[0] == 0


@pytest.mark.usefixtures("small")
def test_points_are_measured_exactly_and_have_one_layer(command: Command):
    assert command("train", "--data", "ring", "--steps", 2, "--run-dir", "run", "--attention", "auto")[0] == 0
    code, said, _ = command("evaluate", "run", "--data", "ring", "--count", 100, "--json")
    found = json.loads(said)
    assert code == 0
    assert found["real"]["modes"] == 8
    assert found["real"]["near"] > 0.97
    assert 0 <= found["modes"] <= 8
    assert command("heatmap", "run", "--column", 0, "--out", "looks.png")[1].startswith("Weights of 32 cells")
    assert (
        command("train", "--data", "ring", "--steps", 2, "--run-dir", "twin", "--preset", "perceptron")[0]
        == 0
    )


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("train", "--data", "ring", "--size", 16), "Rows have no size in pixels"),
        (("train", "--data", "ring", "--conditional"), "ring has no classes: leave --conditional out"),
        (
            ("train", "--data", "ring", "--kind", "sound"),
            "There is no kind 'sound': give auto, pictures, text, rows",
        ),
        (("train", "--data", "own.csv", "--kind", "text"), "own"),
        (("train", "--data", "none.csv", "--kind", "rows"), "There is nothing at 'none.csv'"),
        (("train", "--data", "ring", "--square", "pad"), "ring holds no pictures to make square"),
        (("train", "--data", "dates", "--preset", "perceptron"), "There is no preset 'perceptron'"),
    ],
)
def test_what_is_wrong_is_told_and_leaves_nothing(command: Command, tmp_path: Path, words: tuple, told: str):
    code, _, wrong = command(*words, "--steps", 2, "--run-dir", "run")
    assert code == 1
    assert told in " ".join(wrong.split())
    assert not (tmp_path / "run").exists()


@pytest.mark.usefixtures("small")
def test_what_rows_have_not_is_told(command: Command, tmp_path: Path):
    command("train", "--data", "ring", "--steps", 2, "--run-dir", "run")
    for words, told in (
        (("sample", "run", "--out", "x.txt"), "A .txt holds texts, not rows: give one of .png, .npy, .csv."),
        (("sample", "run", "--text", "a", "--out", "x.csv"), "makes rows from no text"),
        (("heatmap", "run", "--column", 2, "--out", "x.png"), "A place is a whole number from 0 to 1"),
        (("heatmap", "run", "--out", "x.png"), "or --column for rows"),
        (
            ("heatmap", "run", "--pixel", "1,1", "--out", "x.png"),
            "--pixel is for other models: give --column.",
        ),
        (
            ("heatmap", "run", "--output-character", 0, "--out", "x.png"),
            "--output-character is for other models: give --column.",
        ),
        (("evaluate", "run", "--data", "moons"), "in another scale than those of moons"),
        (("evaluate", "run", "--data", "digits"), "evaluate it against what it was trained on"),
    ):
        code, _, wrong = command(*words)
        assert code == 1
        assert told in " ".join(wrong.split())
    assert not [*tmp_path.glob("x.*")]
