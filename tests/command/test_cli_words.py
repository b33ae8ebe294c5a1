"""The command and pictures from words: train on scenes and captions of one's own, draw, look and measure."""

import json
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from attngan import events
from attngan.data.scenes.made import made
from attngan.kinds.pictures.presets import PRESETS, PicturePreset
from attngan.model import checkpoints
from attngan.run import runs
from tests.conftest import Command

COUNT = 40


@pytest.fixture
def trained(command: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of a run of three steps on a folder of one's own with captions.csv."""
    tiny = PicturePreset(
        title="Tiny",
        about="",
        expect="",
        model={"image_size": 16, "width": 4, "latent_size": 7, "generator_attention": (4, 8)},
        train={"batch": 8, "precision": "float32"},
        model_words={"generator_attention": (8,)},
        train_words={"r1_weight": 0.25},
    )
    monkeypatch.setitem(PRESETS, "tiny", tiny)
    scenes = made(COUNT, 3)
    (tmp_path / "own").mkdir()
    rows = ["file_name,text"]
    for number, (picture, caption) in enumerate(zip(scenes.pictures(16), scenes.captions, strict=True)):
        Image.fromarray(picture).save(tmp_path / "own" / f"{number}.png")
        rows.append(f"{number}.png,{caption}")
    (tmp_path / "own" / "captions.csv").write_text("\n".join(rows))
    code, printed, complaint = command(
        "train", "--data", "own", "--preset", "tiny", "--steps", 3, "--run-dir", "run", "--json"
    )
    assert code == 0, complaint
    kinds = [events.parse(line).event for line in printed.splitlines()]
    assert (kinds[0], kinds[-1]) == ("started", "finished")
    return tmp_path / "run"


def test_a_run_of_captions_is_a_run_like_any_other(command: Command, trained: Path) -> None:
    model = checkpoints.load(trained)
    assert model.config.attention_layers == ("words-8", "8")
    assert model.config.conditional
    assert runs.read_config(trained).train.r1_weight == 0.25
    assert {event.event for event in runs.read_events(trained)} >= {"started", "frame", "finished"}
    assert command("info", trained)[0] == 0
    assert "from captions (" in (trained / "model" / "README.md").read_text()
    assert command("train", "--resume", trained, "--steps", 5, "--json")[0] == 0
    assert runs.read_events(trained)[-1].step == 5
    assert command("sample", trained, "--out", "usual.png")[1].startswith("16 pictures in")


def test_attention_that_is_asked_for_is_not_what_suits_captions(command: Command, trained: Path) -> None:
    asked = ("--data", "own", "--preset", "tiny", "--attention", "4", "--steps", 1, "--run-dir", "asked")
    assert command("train", *asked, "--json")[0] == 0
    assert checkpoints.load(trained.parent / "asked").config.attention_layers == ("words-4", "4")


def test_a_line_gives_the_same_picture_wherever_it_stands(
    command: Command, trained: Path, tmp_path: Path
) -> None:
    lines = ["a red star", "star", "a small blue circle to the left of a large red square", "a circle"]
    (tmp_path / "in.txt").write_text("\n".join(lines) + "\n")
    (tmp_path / "back.txt").write_text("\n".join(lines[::-1]))
    for name in ("in", "back"):
        asked = ("--texts", f"{name}.txt", "--seed", 0, "--out", f"{name}.npy")
        assert command("sample", trained, *asked)[0] == 0
    one, other = (np.load(tmp_path / f"{name}.npy") for name in ("in", "back"))
    assert one.shape == (4, 16, 16, 3)
    assert one.dtype == np.uint8
    assert (one == other[::-1]).all()
    assert command("sample", trained, "--text", lines[2], "--seed", 0, "--out", "alone.npy")[0] == 0
    assert (np.load(tmp_path / "alone.npy") == one[2:3]).all()
    code, printed, _ = command("sample", trained, "--text", lines[0], "--count", 3, "--out", "three.png")
    assert (code, printed[:10]) == (0, "3 pictures")


def test_a_word_that_is_not_known_is_told_with_the_nearest_one(command: Command, trained: Path) -> None:
    code, _, told = command("sample", trained, "--text", "a bleu star qqq", "--out", "x.png")
    assert code == 0
    assert "does not know 'bleu': the nearest that it knows is 'blue'." in told
    assert "does not know 'qqq'." in told
    many = " ".join(f"qq{number}" for number in range(12))
    told = command("sample", trained, "--text", f"a star {many}", "--out", "x.png")[2]
    assert "Nor does it know 4 others." in told
    assert command("sample", trained, "--text", "a blue star", "--out", "x.png")[2] == ""
    long = "a blue star " * 17
    told = command("sample", trained, "--text", long, "--out", "x.png")[2]
    assert "its last 3 words are not read" in told


def test_who_looks_at_a_word_is_drawn_and_at_which_words_a_pixel_looks(
    command: Command, trained: Path, tmp_path: Path
) -> None:
    asked = ("heatmap", trained, "--text", "a red star")
    code, printed, _ = command(*asked, "--word", 1, "--out", "word.png")
    assert code == 0
    assert printed.startswith("Weights of 64 cells, sum ")
    code, printed, _ = command(*asked, "--pixel", "3,4", "--layer", "words-8", "--head", 0, "--out", "p.png")
    assert code == 0
    assert printed.startswith("Weights of 3 cells, sum 1.0000")
    assert command(*asked, "--pixel", "3,4", "--out", "cells.png")[1].startswith("Weights of 64 cells")
    for name in ("word", "p", "cells"):
        with Image.open(tmp_path / f"{name}.png") as picture:
            assert picture.width > 300


def test_scenes_are_trained_by_their_name_and_measured_exactly(command: Command, trained: Path) -> None:
    code, _, complaint = command(
        "train", "--data", "scenes", "--preset", "tiny", "--steps", 3, "--run-dir", "named", "--json"
    )
    assert code == 0, complaint
    code, printed, _ = command("evaluate", "named", "--data", "scenes", "--count", 24, "--json")
    assert code == 0
    found = json.loads(printed)
    wanted = {"all_one", "all_two", "held_out_one", "held_out_two", "swap_obeyed", "all_facts", "iou_centre"}
    wanted |= {"iou_uniform", "iou_colour_discriminator", "iou_shape_discriminator_other"}
    assert wanted <= found.keys()
    assert command("evaluate", "named", "--data", "own", "--count", 24)[2].count("other captions") == 1


@pytest.mark.parametrize(
    ("options", "wanted"),
    [
        (("sample", "run", "--text", " ", "--out", "x.png"), "no words"),
        (("sample", "run", "--text", "zebra", "--out", "x.png"), "none of the words"),
        (("sample", "run", "--text", "a star", "--label", "a star", "--out", "x.png"), "one of --label"),
        (("sample", "run", "--text", "a star", "--out", "x.txt"), "holds texts, not pictures"),
        (("heatmap", "run", "--text", "a star", "--out", "x.png"), "--word for pictures of captions"),
        (
            ("heatmap", "run", "--text", "a star", "--column", 2, "--out", "x.png"),
            "--column is for other models: give --pixel or --word.",
        ),
        (("heatmap", "run", "--text", "a star", "--word", 2, "--out", "x.png"), "from 0 to 1, not 2"),
        (("heatmap", "run", "--text", "a star", "--word", 0, "--layer", "8", "--out", "x.png"), "words-8"),
        (("heatmap", "run", "--text", "a", "--word", 0, "--pixel", "0,0", "--out", "x.png"), "Give --pixel"),
    ],
)
def test_what_is_wrong_is_told(
    command: Command, trained: Path, options: tuple[object, ...], wanted: str
) -> None:
    code, _, complaint = command(*options)
    assert code == 1
    assert wanted in complaint
