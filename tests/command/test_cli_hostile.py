"""Whatever is given to the command, and whatever happens to it, a person reads one sentence about it."""

import errno
import os
import pickle
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from attngan.model import checkpoints
from attngan.run import runs
from tests import tiny_runs

Command = Callable[..., tuple[int, str, str]]  # tests/conftest.py
LONG = "x" * 5000
TRAIN = ("train", "--data", "faces", "--preset", "tiny", "--size", 16, "--steps", 1)


def assert_one_line(told: tuple[int, str, str], said: str = "") -> None:
    code, printed, complaint = told
    assert (code, printed) == (1, "")
    assert complaint.startswith("Error: ")
    assert said in complaint
    assert complaint.count("\n") == 1
    assert len(complaint) < 620
    assert "should not have happened" not in complaint


def replace(name: str, data: bytes) -> Callable[[Path], object]:
    return lambda folder: (folder / name).write_bytes(data)


def make_huge(folder: Path) -> None:
    os.truncate(folder / "config.json", 2**30)


def make_pipe(folder: Path) -> None:
    (folder / "config.json").unlink()
    os.mkfifo(folder / "config.json")


SPOILT: dict[str, tuple[Callable[[Path], object], str]] = {
    "empty settings": (replace("config.json", b""), "Invalid JSON"),
    "a list for settings": (replace("config.json", b"[]"), "should be an object"),
    "deep settings": (replace("config.json", b"[" * 100_000), "Invalid JSON"),
    "no text for settings": (replace("config.json", b"\xff\xfe\0"), "Invalid JSON"),
    "empty weights": (replace("model.safetensors", b""), "broken or cut short"),
    "a pickle for weights": (replace("model.safetensors", pickle.dumps({1: 2})), "broken or cut short"),
    "weights of any size": (
        replace("model.safetensors", (2**62).to_bytes(8, "little")),
        "broken or cut short",
    ),
    "huge settings": (make_huge, "config.json cannot be read: File too large"),
}


@pytest.mark.parametrize("spoilt", SPOILT)
def test_a_spoilt_model_is_told(command: Command, model: Path, spoilt: str):
    spoil, said = SPOILT[spoilt]
    spoil(model)
    assert_one_line(command("info", "model"), said)
    assert_one_line(command("sample", "model", "--out", "x.png"), said)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no pipes with names")
def test_a_pipe_is_not_waited_for(command: Command, tmp_path: Path):
    tiny_runs.recorded(tmp_path / "run")
    make_pipe(tmp_path / "run")
    assert_one_line(command("train", "--resume", "run", "--steps", 4), "run is no run folder")
    assert_one_line(command("steer", "run", "stop"), "run is no run folder")


@pytest.mark.parametrize(
    "path", [" ", LONG, "a/" * 3000, "file", "loop", "caf\udce9", "http://example.org/x", "/dev/null"]
)
def test_what_is_no_model_and_no_run_is_told(command: Command, tmp_path: Path, path: str):
    (tmp_path / "file").touch()
    (tmp_path / "loop").symlink_to("loop")
    assert_one_line(command("info", path))
    assert_one_line(command("train", "--resume", path, "--steps", 4))
    assert_one_line(command("train", "--branch", f"{path}@3", "--run-dir", "new", "--steps", 4))
    assert_one_line(command("steer", path, "pause"))


@pytest.mark.parametrize(
    "path", [LONG, "a/" * 3000, "file", "file/run", "loop", "/dev/null", "/dev/null/run", "full"]
)
def test_where_no_run_can_be_is_told(command: Command, tmp_path: Path, path: str):
    (tmp_path / "file").touch()
    (tmp_path / "loop").symlink_to("loop")
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "thesis.txt").touch()
    assert_one_line(command(*TRAIN, "--run-dir", path))
    assert {found.name for found in tmp_path.iterdir()} == {"file", "loop", "full"}


@pytest.mark.parametrize("path", [f"{LONG}.png", "file/x.png", "folder.png", "loop/x.png", "/dev/null/x.npy"])
def test_where_no_picture_can_be_is_told(command: Command, model: Path, tmp_path: Path, path: str):
    (tmp_path / "file").touch()
    (tmp_path / "folder.png").mkdir()
    (tmp_path / "loop").symlink_to("loop")
    assert_one_line(command("sample", "model", "--out", path))


@pytest.mark.parametrize(
    ("name", "value"),
    [
        *((name, value) for name in ("--seconds", "--steps") for value in ("-5", "0", str(10**30))),
        *(("--seconds", value) for value in ("nan", "inf", "-inf", "1e400")),
        ("--seed", str(10**30)),
        ("--size", str(10**30)),
        *(("--attention", value) for value in ("junk", "8,", "8,8", "-8", "\udce9", LONG, "9" * 5000)),
        *(("--change", value) for value in ("x", "=3", "r1_weight=nan", "r1_weight=x,y", f"x={LONG}")),
        *(("--preset", value) for value in ("", LONG)),
    ],
)
def test_numbers_and_names_of_any_size_are_told(command: Command, tmp_path: Path, name: str, value: str):
    budget = () if name in ("--seconds", "--steps") else ("--steps", 1)
    given = ("train", "--data", "faces", "--run-dir", "run", *budget)
    assert_one_line(command(*given, f"{name}={value}"))
    assert not (tmp_path / "run").exists()


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (MemoryError(), "There is not enough memory"),
        (RuntimeError("DefaultCPUAllocator: can't allocate memory: you tried"), "There is not enough memory"),
        (
            OSError(errno.ENOSPC, "No space left on device", "x.png"),
            "x.png: No space left on device: make room there.",
        ),
        (OSError(errno.EIO, "Input/output error"), "Input/output error"),
    ],
)
def test_what_a_machine_lacks_is_told(
    command: Command, model: Path, monkeypatch: pytest.MonkeyPatch, error: Exception, said: str
):
    def fail(*_: object) -> None:
        raise error

    monkeypatch.setattr(checkpoints, "load", fail)
    assert_one_line(command("info", "model"), said)


@pytest.mark.parametrize(
    "error", [RecursionError("too deep"), KeyError("x\ny\x1b[31m"), AssertionError(LONG)]
)
def test_an_error_of_the_program_is_one_line_and_a_traceback_only_for_who_wants_it(
    command: Command, model: Path, monkeypatch: pytest.MonkeyPatch, error: Exception
):
    def fail(*_: object) -> None:
        raise error

    monkeypatch.setattr(checkpoints, "load", fail)
    code, printed, complaint = command("info", "model")
    assert (code, printed) == (1, "")
    assert complaint.startswith(f"Error: This should not have happened ({type(error).__name__}: ")
    assert complaint.endswith("ATTNGAN_DEBUG=1 is set.\n")
    assert complaint.count("\n") == 1
    assert "\x1b[31m" not in complaint
    monkeypatch.setenv("ATTNGAN_DEBUG", "1")
    assert "Traceback" in command("info", "model")[2]


def test_ctrl_c_is_told_in_a_word(command: Command, model: Path, monkeypatch: pytest.MonkeyPatch):
    def interrupt(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(checkpoints, "load", interrupt)
    assert command("info", "model") == (130, "", "Stopped.\n")


def test_names_in_a_model_of_a_stranger_do_not_command_the_terminal(command: Command, model: Path):
    text = (model / "config.json").read_text().replace('"noise"', '"\\u001b[31mred\\nline"')
    (model / "config.json").write_text(text)
    code, printed, _ = command("info", "model")
    assert code == 0
    assert "?[31mred line" in printed


@pytest.mark.skipif(sys.platform == "win32", reason="pipes break in other words on Windows")
@pytest.mark.parametrize(("output", "said"), [("| head -1", ""), ("> /dev/full", "No space left on device")])
def test_an_output_that_takes_no_more_is_no_traceback(tmp_path: Path, output: str, said: str):
    if "/dev/full" in output and not Path("/dev/full").exists():
        pytest.skip("there is no /dev/full")
    done = subprocess.run(
        ["/bin/sh", "-c", f'"$0" -m attngan datasets {output}', sys.executable],
        env=os.environ | {"PYTHONPATH": str(Path(__file__).parents[2])},
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    assert said in done.stderr
    assert "Traceback" not in done.stderr
    assert "Exception" not in done.stderr


def test_a_training_whose_reader_goes_away_is_saved(
    command: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    told = []

    def tell_two(text: str, **_: object) -> None:
        told.append(text)
        if len(told) == 3:
            raise OSError(errno.EIO, "Input/output error")

    monkeypatch.setattr("typer.echo", tell_two)
    monkeypatch.setattr("attngan.run.recorder.REPORT_SECONDS", 0)
    code, _, said = command(*TRAIN[:-1], 1000, "--run-dir", "run", "--json")
    assert (code, "Input/output error" in said) == (1, True)
    assert checkpoints.load(tmp_path / "run").about.steps < 1000
    assert runs.read_events(tmp_path / "run")[-1].event == "finished"
