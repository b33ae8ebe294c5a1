"""The command: what a person, a script and a signal get of each of its parts."""

import json
import os
import shutil
import signal
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
import torch
from PIL import Image

from attngan import data, events
from attngan.data import ImageSet
from attngan.kinds.pictures.config import PictureConfig
from attngan.kinds.registry import parse_config
from attngan.model import checkpoints
from attngan.nn.batch import Batch
from attngan.run import runs
from tests import tiny

HANGUP = getattr(signal, "SIGHUP", signal.SIGINT)
Command = Callable[..., tuple[int, str, str]]  # tests/conftest.py


@pytest.fixture
def pictures(tmp_path: Path) -> Path:
    """A .npz of the person's own, with labels."""
    given = tiny.pictures(classes=3)
    file = tmp_path / "own.npz"
    np.savez(file, images=given.images.permute(0, 2, 3, 1).numpy(), labels=given.labels.numpy())
    return file


def new_run(pictures: Path, *options: object) -> tuple[object, ...]:
    return ("train", "--data", pictures, "--preset", "tiny", "--size", 16, "--run-dir", "run", *options)


@pytest.mark.parametrize("name", ["", "train", "sample", "heatmap", "evaluate", "info", "export", "datasets"])
def test_every_command_explains_itself(command: Command, name: str):
    code, printed, complaint = command(*name.split(), "--help")
    assert (code, complaint) == (0, "")
    wanted = {
        "": ("train", "sample", "heatmap", "evaluate", "info", "export", "datasets"),
        "train": ("--data", "--run-dir", "--seconds", "--steps", "--size", "--attention", "--preset",
                  "--seed", "--conditional", "--unconditional", "--resume", "--json"),
        "sample": ("MODEL", "--count", "--seed", "--label", "--out"),
        "heatmap": ("MODEL", "--seed", "--pixel", "--layer", "--head", "--out"),
        "evaluate": ("MODEL", "--data", "--count", "--seed", "--inception", "--json"),
        "info": ("MODEL",),
        "export": ("MODEL", "--out"),
        "datasets": (),
    }  # fmt: skip
    assert all(word in printed for word in wanted[name])


def test_training_prints_one_event_a_line_and_leaves_a_run(command: Command, pictures: Path):
    code, printed, complaint = command(*new_run(pictures, "--steps", 3, "--json"))
    assert (code, complaint) == (0, "")
    said = [events.parse(line) for line in printed.splitlines()]
    assert said == runs.read_events(Path("run"))
    assert isinstance(said[0], events.Started)
    assert parse_config(said[0].model) == tiny.model_config()
    assert isinstance(said[-1], events.Finished)
    about = checkpoints.load("run").about
    assert about.steps == 3
    assert (
        about.command == f"python -m attngan {' '.join(map(str, new_run(pictures, '--steps', 3, '--json')))}"
    )


def test_training_tells_a_person_how_it_goes_and_where_the_model_is(command: Command, pictures: Path):
    code, printed, complaint = command(*new_run(pictures, "--steps", 2))
    assert (code, complaint) == (0, "")
    for said in (
        "13 pictures of",
        "attention at 4 x 4, 8 x 8",
        "pictures/s",
        "step 2",
        "the model is in run/model",
    ):
        assert said in " ".join(printed.split())
    assert "--resume run" in printed


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        ((), tiny.model_config()),
        (("--unconditional",), tiny.model_config()),
        (("--conditional",), tiny.model_config(classes=3)),
        (("--attention", "none"), tiny.model_config(generator_attention=())),
        (("--attention", "auto"), tiny.model_config()),
        (("--attention", "8"), tiny.model_config(generator_attention=(8,))),
        (("--discriminator-attention", "8"), tiny.model_config(discriminator_attention=(8,))),
        (
            ("--size", 32, "--attention", "16,4"),
            tiny.model_config(image_size=32, generator_attention=(16, 4)),
        ),
    ],
)
def test_options_say_what_is_trained(
    command: Command, pictures: Path, options: tuple[object, ...], expected: PictureConfig
):
    assert command(*new_run(pictures, "--steps", 1, "--seed", 11, *options))[0] == 0
    said = runs.read_config(Path("run"))
    assert said.model == expected
    assert (said.train.steps, said.train.seconds, said.train.seed) == (1, None, 11)
    assert said.train.batch == 12  # the recipe's for few pictures


def test_a_run_goes_on_from_another_folder_and_further(
    command: Command, pictures: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    command(*new_run("own.npz", "--steps", 2))  # type: ignore[arg-type]
    (tmp_path / "elsewhere").mkdir()
    monkeypatch.chdir(tmp_path / "elsewhere")
    assert "has used its budget" in command("train", "--resume", "../run")[2]
    code, printed, _ = command("train", "--resume", "../run", "--steps", 3, "--json")
    assert code == 0
    first = events.parse(printed.splitlines()[0])
    assert isinstance(first, events.Started)
    assert first.step == 2
    about = checkpoints.load("../run").about
    assert about.steps == 3
    assert about.command.endswith("--steps 2 && python -m attngan train --resume ../run --steps 3 --json")


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, HANGUP])
def test_a_signal_stops_after_the_step_and_saves(
    command: Command, pictures: Path, monkeypatch: pytest.MonkeyPatch, number: signal.Signals
):
    batch, batches = ImageSet.batch, []

    def third_batch_sends_it(self: ImageSet, indices: torch.Tensor) -> Batch:
        if len(indices) == 12:  # a batch of few pictures; others are asked for frames
            batches.append(indices)
            if len(batches) == 3:
                # a closed terminal often sends two
                for _ in range(1 if number in (signal.SIGINT, signal.SIGTERM) else 2):
                    os.kill(os.getpid(), number)
        return batch(self, indices)

    monkeypatch.setattr(ImageSet, "batch", third_batch_sends_it)
    monkeypatch.setattr("attngan.run.recorder.REPORT_SECONDS", 0)
    before = signal.getsignal(number)
    code, printed, complaint = command(*new_run(pictures, "--steps", 1000, "--json"))
    assert (code, complaint) == (0, "")
    last = events.parse(printed.splitlines()[-1])
    assert isinstance(last, events.Finished)
    assert (last.step, last.reason) == (3, "stopped")
    assert checkpoints.load("run").about.steps == 3
    assert signal.getsignal(number) == before


def test_a_run_that_fails_ends_in_its_reason(
    command: Command, pictures: Path, monkeypatch: pytest.MonkeyPatch
):
    batch = ImageSet.batch
    monkeypatch.setattr(
        ImageSet, "batch", lambda self, indices: Batch(batch(self, indices).items * float("nan"))
    )
    code, printed, complaint = command(*new_run(pictures, "--steps", 3, "--json"))
    assert code == 1
    last = events.parse(printed.splitlines()[-1])
    assert isinstance(last, events.Failed)
    assert complaint == f"Error: {last.reason}\n"
    assert "nor is it a run that has saved one" in command("sample", "run", "--out", "x.png")[2]


def test_samples_are_saved_as_bytes_and_as_a_grid(command: Command, model: Path, tmp_path: Path):
    assert command("sample", model, "--count", 7, "--seed", 3, "--out", "a/b.npy")[0] == 0
    images = np.load(tmp_path / "a" / "b.npy")
    assert (images.shape, images.dtype) == ((7, 16, 16, 3), np.uint8)
    code, printed, complaint = command("sample", model, "--count", 7, "--seed", 3, "--out", "b.png")
    assert (code, printed, complaint) == (0, "7 pictures in b.png\n", "")
    with Image.open(tmp_path / "b.png") as grid:
        assert grid.size == (3 * 16 * 11, 3 * 16 * 11)
    command("sample", model, "--count", 1, "--seed", 5, "--out", "one.npy")
    assert np.abs(np.load(tmp_path / "one.npy")[0].astype(int) - images[2]).max() <= 1


def test_a_label_is_drawn_alone_else_each_in_turn(command: Command, classes: Path, tmp_path: Path):
    for name, options in (("turn", ()), ("two", ("--label", 2))):
        assert command("sample", classes, "--count", 5, "--out", f"{name}.npy", *options)[0] == 0
    turn, two = (np.load(tmp_path / f"{name}.npy").astype(int) for name in ("turn", "two"))
    assert np.abs(turn - two).max((1, 2, 3))[2] <= 1
    assert (np.abs(turn - two).max((1, 2, 3))[[0, 1, 3, 4]] > 1).all()


def test_a_heatmap_is_drawn_and_its_weights_sum_to_one(command: Command, model: Path, tmp_path: Path):
    options = ("--seed", 3, "--pixel", "15,0", "--layer", 4, "--head", 2, "--out", "h.png")
    code, printed, complaint = command("heatmap", model, *options)
    assert (code, complaint) == (0, "")
    assert printed.startswith("Weights of 16 cells, sum 1.0000, largest ")
    with Image.open(tmp_path / "h.png") as figure:
        assert figure.width > figure.height > 100
    assert "Weights of 64 cells" in command("heatmap", model, "--pixel", "0,0", "--out", "m.png")[1]


def test_evaluate_prints_every_figure_as_json_and_as_a_table(command: Command, classes: Path, pictures: Path):
    options = ("evaluate", classes, "--data", pictures, "--count", 41)
    code, printed, complaint = command(*options, "--json")
    assert (code, complaint) == (0, "")
    found = json.loads(printed)
    assert found.keys() == {
        "fd", "kd", "precision", "recall", "coverage", "memorisation", "images_per_second",
        "class_recall", "recall_0", "real",
    }  # fmt: skip
    assert found.pop("real") == {}, "13 pictures are too few to be halved"
    assert all(isinstance(value, float) for value in found.values())
    code, printed, complaint = command(*options)
    assert (code, complaint) == (0, "")
    assert "41 pictures drawn, 13 pictures of own" in printed
    assert f"FD ↓ {found['fd']:.4g} - Frechet distance" in " ".join(printed.split())


def test_info_tells_what_a_model_is(command: Command, model: Path):
    code, printed, complaint = command("info", model)
    assert (code, complaint) == (0, "")
    parameters = sum(value.numel() for value in tiny.model().generator.parameters())
    for row in ("image size 16", "generator attention 4, 8", "licence CC0 1.0", "gates 4: 1, 8: 1"):
        assert row in " ".join(printed.split())
    assert f"generator parameters {parameters:,}" in " ".join(printed.split())


def test_datasets_lists_every_name(command: Command):
    code, printed, complaint = command("datasets")
    assert (code, complaint) == (0, "")
    listed = {line.split()[0] for line in printed.splitlines()[1:] if not line.startswith(" ")}
    assert listed == {source.name for source in data.catalogue()}


def test_a_run_says_what_was_left_out_of_the_pictures(command: Command, tmp_path: Path):
    folder = tmp_path / "own"
    folder.mkdir()
    for index, pixels in enumerate(tiny.pictures().images.permute(0, 2, 3, 1).numpy()):
        Image.fromarray(pixels).save(folder / f"{index}.png")
    (folder / "broken.png").write_bytes(b"no picture")
    code, printed, _ = command(*new_run(folder, "--steps", 1))
    assert code == 0
    assert "Note: broken.png" in printed
    code, printed, complaint = command(*new_run(folder, "--steps", 1, "--run-dir", "again", "--json"))
    assert code == 0
    assert all(events.parse(line) for line in printed.splitlines())
    assert "Note: broken.png" in complaint
    assert json.loads((tmp_path / "run" / "config.json").read_text())["pictures"] == 13


def test_an_exported_model_is_one_for_every_command(command: Command, pictures: Path, tmp_path: Path):
    assert command(*new_run(pictures, "--steps", 2))[0] == 0
    code, printed, complaint = command("export", "run", "--out", "mine.zip")
    assert (code, complaint) == (0, "")
    assert "run/model in mine.zip" in printed
    shutil.unpack_archive("mine.zip", "home")
    assert command("sample", "run", "--count", 3, "--out", "here.png")[0] == 0
    assert command("sample", "home/mine", "--count", 3, "--out", "there.png")[0] == 0
    assert Path("here.png").read_bytes() == Path("there.png").read_bytes()
    assert (
        command("export", "run", "--out", "mine.tar")[2].strip().endswith("must end in .zip, not 'mine.tar'.")
    )
