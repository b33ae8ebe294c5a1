"""The command and texts: train on pairs of one's own, write, look and measure."""

import json
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from attngan import events
from attngan.explain import frames
from attngan.kinds.text.presets import PRESETS, TextPreset
from attngan.model import checkpoints
from attngan.run import runs
from attngan.run.folder import RunFolder
from tests import tiny_texts
from tests.conftest import Command


@pytest.fixture
def trained(command: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of a run of three steps on a file of one's own."""
    tiny = TextPreset(
        title="Tiny",
        about="",
        expect="",
        model={"width": 14, "heads": 2},
        train={"batch": 12, "precision": "float32"},
    )
    monkeypatch.setitem(PRESETS, "tiny", tiny)
    rows = "".join(f"{pair.input},{pair.output}\n" for pair in tiny_texts.pairs())
    (tmp_path / "own.csv").write_text(rows)  # of too few inputs to hold some out
    code, printed, complaint = command(
        "train", "--data", "own.csv", "--preset", "tiny", "--steps", 3, "--run-dir", "run", "--json"
    )
    assert code == 0, complaint
    kinds = [events.parse(line).event for line in printed.splitlines()]
    assert kinds[0] == "started"
    assert kinds[-1] == "finished"
    return tmp_path / "run"


def test_a_run_of_texts_is_a_run_like_any_other(command: Command, trained: Path) -> None:
    model = checkpoints.load(trained)
    assert model.kind.name == "text"
    examples = model.config.examples  # type: ignore[attr-defined]
    assert len(examples) == model.config.shown == 10
    run = RunFolder(trained)
    frame = frames.decode(run.frames.of(run.frames.steps()[-1]).read_bytes())
    assert frame.header["labels"] == [read for read, _ in examples], "a frame is of the examples"
    written = ["".join(map(chr, filter(None, text))) for text in frame.items.squeeze(-1).tolist()]
    assert frame.header["right"] == [text == true for text, (_, true) in zip(written, examples, strict=True)]
    assert {event.event for event in runs.read_events(trained)} >= {"started", "frame", "finished"}
    with Image.open(trained / "reals.png") as reals:
        assert reals.height > 400
    assert command("info", trained)[0] == 0
    assert "characters out of" in (trained / "model" / "README.md").read_text()
    code, _, _ = command("train", "--resume", trained, "--steps", 5, "--json")
    assert code == 0
    assert runs.read_events(trained)[-1].step == 5
    code, _, complaint = command("train", "--resume", trained, "--steps", 6, "--data", "numbers")
    assert code == 1
    assert "does not hold" in complaint


def test_a_text_is_written_from_several_noises(command: Command, trained: Path, tmp_path: Path) -> None:
    options = ("--text", "ab7q", "--count", 3, "--seed", 5)
    assert command("sample", trained, *options, "--out", "a.txt")[0] == 0
    assert command("sample", trained, *options, "--out", "a.npy")[0] == 0
    points = np.load(tmp_path / "a.npy")
    assert points.dtype == np.int32
    written = ["".join(chr(point) for point in text if point) for text in points.squeeze(-1).tolist()]
    assert len(written) == 3
    assert (tmp_path / "a.txt").read_text() == "".join(f"{text}\n" for text in written)
    assert command("sample", trained, "--text", "ab7q", "--out", "one.png")[1].startswith("1 text in")
    assert command("sample", trained, "--out", "usual.txt")[1].startswith("16 texts in")


def test_every_line_of_a_file_gives_a_line_wherever_it_stands(
    command: Command, trained: Path, tmp_path: Path
) -> None:
    lines = ["ab7q", "3", "qqb9", "a3"]
    (tmp_path / "in.txt").write_text("\n".join(lines) + "\n")
    (tmp_path / "back.txt").write_text("\r\n".join(lines[::-1]))
    for name in ("in", "back"):
        assert (
            command("sample", trained, "--texts", f"{name}.txt", "--seed", 0, "--out", f"{name}.out.txt")[0]
            == 0
        )
    one, other = ((tmp_path / f"{name}.out.txt").read_text().splitlines() for name in ("in", "back"))
    assert one == other[::-1]
    assert len(one) == 4
    assert command("sample", trained, "--text", "qqb9", "--seed", 0, "--out", "alone.txt")[0] == 0
    assert (tmp_path / "alone.txt").read_text().splitlines() == one[2:3]


def test_where_a_written_character_looked_is_drawn(command: Command, trained: Path, tmp_path: Path) -> None:
    code, printed, _ = command(
        "heatmap", trained, "--text", "ab7$q", "--output-character", 1, "--head", 1, "--out", "h.png"
    )
    assert code == 0
    assert printed.startswith("Weights of 5 cells, sum 1.0000, largest ")
    with Image.open(tmp_path / "h.png") as picture:
        assert picture.width > 300


def test_it_is_measured_exactly(command: Command, trained: Path) -> None:
    code, printed, _ = command("evaluate", trained, "--data", "own.csv", "--count", 30, "--json")
    assert code == 0
    found = json.loads(printed)
    assert found.keys() == {"exact", "real"}
    assert command("evaluate", trained, "--data", "own.csv", "--count", 30)[1].count("exact match ↑") == 1


@pytest.mark.parametrize(
    ("options", "wanted"),
    [
        (("sample", "run", "--text", "", "--out", "x.txt"), "nothing to read"),
        (("sample", "run", "--text", "a" * 50, "--out", "x.txt"), "at most 16 characters"),
        (("sample", "run", "--text", "a", "--texts", "own.csv", "--out", "x.txt"), "one of --label, --text"),
        (("sample", "run", "--texts", "own.csv", "--count", 3, "--out", "x.txt"), "leave --count out"),
        (("sample", "run", "--texts", "none.txt", "--out", "x.txt"), "none.txt cannot be read"),
        (("sample", "run", "--texts", "gap.txt", "--out", "x.txt"), "line 2 is empty"),
        (("sample", "run", "--texts", "empty.txt", "--out", "x.txt"), "must have from 1 to"),
        (
            ("sample", "run", "--label", 3, "--out", "x.txt"),
            "no classes: leave --label out, and say with --text",
        ),
        (
            ("sample", "run", "--text", "a", "--out", "x.csv"),
            "A .csv holds rows, not texts: give one of .png, .npy, .txt.",
        ),
        (("sample", "run", "--text", "a", "--out", "x.gif"), "--out must end in .png"),
        (("heatmap", "run", "--text", "a", "--out", "x.png"), "--output-character for texts"),
        (
            ("heatmap", "run", "--text", "a", "--pixel", "0,0", "--out", "x.png"),
            "--pixel is for other models: give --output-character.",
        ),
        (("heatmap", "run", "--text", "a", "--output-character", 2, "--out", "x.png"), "from 0 to 1, not 2"),
        (("evaluate", "run", "--data", "digits"), "evaluate it against what it was trained on"),
        (("train", "--data", "own.csv", "--steps", 3, "--run-dir", "r", "--size", 16), "Text has no sizes"),
        (
            ("train", "--data", "own.csv", "--steps", 3, "--run-dir", "r", "--attention", "8"),
            "Text has no sizes",
        ),
        (("train", "--data", "own.csv", "--steps", 3, "--run-dir", "r", "--conditional"), "no classes"),
        (
            ("train", "--data", "own.csv", "--steps", 3, "--run-dir", "r", "--preset", "dcgan-2015"),
            "no preset",
        ),
    ],
)
def test_what_is_wrong_is_told(
    command: Command, trained: Path, tmp_path: Path, options: tuple[object, ...], wanted: str
) -> None:
    (tmp_path / "gap.txt").write_text("a\n\nb")
    (tmp_path / "empty.txt").write_text("")
    code, _, complaint = command(*options)
    assert code == 1
    assert wanted in complaint


def test_the_twin_is_asked_for_as_other_models_without_attention_are(
    command: Command, trained: Path, tmp_path: Path
) -> None:
    code, _, _ = command(
        "train",
        "--data",
        "own.csv",
        "--preset",
        "tiny",
        "--attention",
        "none",
        "--steps",
        3,
        "--run-dir",
        "twin",
    )
    assert code == 0
    assert checkpoints.load(tmp_path / "twin").config.attention_layers == ()
    assert "without attention" in command("heatmap", "twin", "--output-character", 0, "--out", "x.png")[2]
